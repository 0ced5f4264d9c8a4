// Owns: an example of what stands between a county's cases and a platform: take, check, map, print, answer.
// Must never: print twice what came twice, or say that it has what it did not write down.

using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Gateway.Example;

/// <summary>What the adapter is told by its command line.</summary>
/// <param name="Listen">Where webhooks come in, such as http://127.0.0.1:8080/.</param>
/// <param name="Secret">The secret that signs them.</param>
/// <param name="County">Where feedback goes, such as http://127.0.0.1:9300.</param>
/// <param name="FeedbackSecret">The secret that signs that.</param>
/// <param name="MapFile">The table from cases to the platform's classes.</param>
/// <param name="SeenFile">Ids that were printed, so that a restart prints none again.</param>
public sealed record AdapterSettings(
    string Listen, string Secret, string County, string FeedbackSecret, string MapFile, string SeenFile);

/// <summary>One webhook at a time.</summary>
public sealed class Adapter : IDisposable
{
    private const int BodyBytesMax = 65_536;
    private const int ClockSeconds = 300;
    private static readonly JsonSerializerOptions s_form = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly AdapterSettings _settings;
    private readonly TextWriter _print;
    private readonly HttpListener _listener = new();
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly string[][] _map;
    private readonly HashSet<string> _seen;

    public Adapter(AdapterSettings settings, TextWriter print)
    {
        ArgumentNullException.ThrowIfNull(settings);
        (_settings, _print) = (settings, print);
        _map = [.. File.ReadAllLines(settings.MapFile).Skip(1).Select(line => line.Split(','))];
        _seen = [.. File.Exists(settings.SeenFile) ? File.ReadAllLines(settings.SeenFile) : []];
        _listener.Prefixes.Add(settings.Listen);
        _listener.Start();
    }

    public static async Task<int> Main(string[] args)
    {
        if (args.Length != 6)
        {
            Console.Error.WriteLine("platform-adapter LISTEN SECRET-FILE COUNTY-URL FEEDBACK-SECRET-FILE MAP-FILE SEEN-FILE");
            return 2;
        }

        string First(int at) => File.ReadLines(args[at]).First();
        try
        {
            using Adapter adapter = new(new AdapterSettings(args[0], First(1), args[2], First(3), args[4], args[5]), Console.Out);
            await adapter.Run(CancellationToken.None);
            return 0;
        }
        catch (Exception e) when (e is IOException or HttpListenerException or ArgumentException)
        {
            Console.Error.WriteLine($"platform-adapter: {e.Message}");
            return 2;
        }
    }

    /// <summary>Serves until it is stopped.</summary>
    public async Task Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            HttpListenerContext context;
            try
            {
                // Not ended by stopping the listener: one that is closed behind a stop takes its port once more.
                context = await _listener.GetContextAsync().WaitAsync(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }

            try
            {
                context.Response.StatusCode = await Take(context.Request);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
            {
                // The county sends it again under the same id.
                context.Response.StatusCode = 503;
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
            {
                // What has no form or no line in the table is refused: the county shows it to people.
                context.Response.StatusCode = 422;
            }

            context.Response.Close();
        }
    }

    public void Dispose()
    {
        ((IDisposable)_listener).Dispose();
        _client.Dispose();
    }

    private async Task<int> Take(HttpListenerRequest request)
    {
        byte[] body = new byte[BodyBytesMax + 1];
        int count = await request.InputStream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false);
        string id = request.Headers["webhook-id"] ?? "";
        if (count > BodyBytesMax)
        {
            return 413;
        }

        body = body[..count];
        if (!Signed(id, request.Headers["webhook-timestamp"] ?? "", request.Headers["webhook-signature"] ?? "", body))
        {
            return 401;
        }

        if (_seen.Contains(id))
        {
            return 409;
        }

        using JsonDocument message = JsonDocument.Parse(body);
        JsonElement data = message.RootElement.GetProperty("data");
        // A test of the way and a drill are no cases.
        if (data.TryGetProperty("case", out _))
        {
            string form = Form(data);
            await Answer(data, id);
            _print.WriteLine(form);
        }

        // Only what is on the disk was taken: a kill before this line lets the county send it again.
        await File.AppendAllTextAsync(_settings.SeenFile, id + "\n");
        _seen.Add(id);
        return 204;
    }

    private bool Signed(string id, string timestamp, string signatures, byte[] body)
    {
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out long at)
            || Math.Abs(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - at) > ClockSeconds)
        {
            return false;
        }

        byte[] good = Encoding.ASCII.GetBytes(Sign(_settings.Secret, id, timestamp, body));
        return signatures.Split(' ').Any(one => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(one), good));
    }

    private static string Sign(string secret, string id, string timestamp, byte[] body)
    {
        byte[] key = Convert.FromBase64String(secret["whsec_".Length..]);
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, (byte[])[.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body]));
    }

    /// <summary>The form of an event as four-platform systems have it; the table gives what is theirs alone.</summary>
    private string Form(JsonElement data)
    {
        string Of(string name) => data.TryGetProperty(name, out JsonElement value) ? value.ToString() : "";
        JsonElement place = data.GetProperty("place");
        string At(string name) => place.TryGetProperty(name, out JsonElement value) ? value.ToString() : "";
        string[] row = _map.First(one => one[0] is var trouble && (trouble == "*" || trouble == Of("trouble"))
            && one[1] is var kind && (kind == "*" || kind == Of("zoneKind")));
        return JsonSerializer.Serialize(
            new Dictionary<string, object>
            {
                ["id"] = Of("case"),
                ["title"] = Of("title"),
                ["incidentContent"] = Of("text"),
                ["incidentTime"] = Of("occurredAt"),
                ["firstCategoryId"] = row[2],
                ["secondCategoryId"] = row[3],
                ["warningLevel"] = Array.IndexOf(["low", "general", "larger", "major"], Of("grade")) + 1,
                ["roadId"] = At("township"),
                ["incidentAddress"] = At("address"),
                ["x"] = At("longitude"),
                ["y"] = At("latitude"),
                ["status"] = Of("stateName"),
                ["drill"] = data.GetProperty("drill").GetBoolean() || data.GetProperty("test").GetBoolean(),
            },
            s_form);
    }

    /// <summary>受理 at the first step; 办结 and 销号 when the county has closed it.</summary>
    private async Task Answer(JsonElement data, string id)
    {
        string of = data.GetProperty("case").GetString()!;
        string what = data.GetProperty("step").GetProperty("what").GetString()!;
        string[] states = what == "opened" ? ["accepted"] : what == "closed" ? ["done", "struck-off"] : [];
        foreach (string state in states)
        {
            byte[] body = JsonSerializer.SerializeToUtf8Bytes(
                new { state, by = new { organisation = "示例平台" }, number = $"SJ-{of}" }, s_form);
            string said = $"{id}-{state}";
            string at = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            using HttpRequestMessage request = new(HttpMethod.Post, $"{_settings.County}/handover/v1/cases/{of}/status")
            {
                Content = new ByteArrayContent(body),
            };
            request.Headers.Add("webhook-id", said);
            request.Headers.Add("webhook-timestamp", at);
            request.Headers.Add("webhook-signature", Sign(_settings.FeedbackSecret, said, at, body));
            using HttpResponseMessage answer = await _client.SendAsync(request);
            answer.EnsureSuccessStatusCode();
        }
    }
}
