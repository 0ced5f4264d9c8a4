// Owns: messages to group robots and to gateways for SMS or voice: their form, their signature, and what an answer means.
// Must never: put a telephone number, a key or a token into a text or a problem.

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Gateway.County.HandOver;

/// <summary>What takes the message.</summary>
internal enum RobotKind
{
    /// <summary>A custom robot of a DingTalk group (钉钉).</summary>
    DingTalk,

    /// <summary>A robot of a WeCom group (企业微信).</summary>
    WeCom,

    /// <summary>Anything that takes JSON of a form that the county writes down, such as a gateway for SMS or voice.</summary>
    Template,
}

internal static class RobotMessage
{
    /// <summary>Where the text stands in a template.</summary>
    public const string Place = "{text}";

    // As their pages say: busy, ask again; and too many messages in a minute, or at once. DingTalk's page on custom robots lists 410100 (发送
    // 速度太快而限流) and answers 130101; WeCom's list of errors has 45009 and 45033 (接口并发调用超过限制).
    private const int Busy = -1;
    private static readonly int[] s_tooFast = [130_101, 410_100, 45_009, 45_033];

    /// <summary>The address to post to. DingTalk wants each request signed: base64 of HMAC-SHA256 over the time and the secret.</summary>
    /// <param name="kind">What takes it.</param>
    /// <param name="url">As the group gave it, with its token.</param>
    /// <param name="secret">As the group gave it, SEC…; empty where it was set up without.</param>
    /// <param name="nowMs">The wall clock: a signature is good for an hour.</param>
    public static Uri Address(RobotKind kind, Uri url, string secret, long nowMs)
    {
        if (kind != RobotKind.DingTalk || secret.Length == 0)
        {
            return url;
        }

        string at = nowMs.ToString(CultureInfo.InvariantCulture);
        byte[] mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{at}\n{secret}"));
        char join = url.Query.Length > 0 ? '&' : '?';
        return new Uri($"{url.AbsoluteUri}{join}timestamp={at}&sign={Uri.EscapeDataString(Convert.ToBase64String(mac))}");
    }

    /// <summary>The body.</summary>
    /// <param name="kind">What takes it.</param>
    /// <param name="text">For people.</param>
    /// <param name="template">Of a gateway: JSON with <see cref="Place"/> in a text of it.</param>
    public static byte[] Body(RobotKind kind, string text, string template = "")
    {
        text = Fitting(text, HandOverLimits.RobotTextBytesMax);
        if (kind == RobotKind.Template)
        {
            string escaped = JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text);
            return Encoding.UTF8.GetBytes(template.Replace(Place, escaped, StringComparison.Ordinal));
        }

        return HandOverMessage.Json(json =>
        {
            json.WriteString("msgtype", "text");
            json.WriteStartObject("text");
            json.WriteString("content", text);
            json.WriteEndObject();
        });
    }

    /// <summary>What is wrong with a template; null when nothing is.</summary>
    public static string? ProblemOfTemplate(string template)
    {
        const string Allowed = "JSON with {text} in a text of it, such as {\"content\":\"{text}\"}";
        if (!template.Contains(Place, StringComparison.Ordinal))
        {
            return $"no {Place}; allowed: {Allowed}";
        }

        try
        {
            using JsonDocument whole = JsonDocument.Parse(template);
            return null;
        }
        catch (JsonException)
        {
            return $"no JSON; allowed: {Allowed}";
        }
    }

    /// <summary>
    /// What became of an attempt. Robots answer 200 whatever happened and say it in errcode: too many in a minute is tried again after
    /// one, busy and what is no answer of theirs as any outage, a wrong token or signature is refused.
    /// </summary>
    public static Attempt Outcome(RobotKind kind, Attempt http, ReadOnlySpan<byte> body)
    {
        if (kind == RobotKind.Template || !RetryPlan.Delivered(http.Status))
        {
            return http;
        }

        int code = ErrorCode(body);
        return code switch
        {
            0 => http,
            Busy => new Attempt(503, $"errcode {code}"),
            _ when s_tooFast.Contains(code) => new Attempt(429, $"errcode {code}", HandOverLimits.RobotPauseMs),
            _ => new Attempt(422, $"errcode {code}"),
        };
    }

    /// <summary>One text of one message, or of a storm with its count.</summary>
    /// <param name="lines">What each message says, the oldest first.</param>
    public static string Text(IReadOnlyList<string> lines) => lines.Count == 1 ? lines[0]
        : $"共{lines.Count}条消息：\n{string.Join('\n', lines.Take(HandOverLimits.StormLinesMax))}"
            + (lines.Count > HandOverLimits.StormLinesMax ? $"\n……另有{lines.Count - HandOverLimits.StormLinesMax}条" : "");

    private static int ErrorCode(ReadOnlySpan<byte> body)
    {
        try
        {
            Utf8JsonReader reader = new(body);
            JsonElement root = JsonElement.ParseValue(ref reader);
            return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("errcode", out JsonElement code)
                && code.ValueKind == JsonValueKind.Number && code.TryGetInt32(out int number) ? number : Busy;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Half a character in a name is no answer of theirs.
            return Busy;
        }
    }

    /// <summary>No more than so many bytes of UTF-8, and no character half.</summary>
    private static string Fitting(string text, int bytesMax)
    {
        if (Encoding.UTF8.GetByteCount(text) <= bytesMax)
        {
            return text;
        }

        StringBuilder fitting = new();
        int bytes = Encoding.UTF8.GetByteCount("…");
        foreach (Rune rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > bytesMax)
            {
                break;
            }

            fitting.Append(rune.ToString());
        }

        return fitting.Append('…').ToString();
    }
}
