// Owns: what a platform says of a case: how it is read, and what state the case has there.
// Must never: take what is too long or unknown, or let a message that was overtaken lower a state.

using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Gateway.County.HandOver;

/// <summary>How far a case is at the platform, in its rank.</summary>
internal static class PlatformState
{
    /// <summary>Handed back: our desk has it again.</summary>
    public const string Returned = "returned";

    public const string StruckOff = "struck-off";

    /// <summary>In the order of their ranks from 1.</summary>
    public static ImmutableArray<string> Ranked { get; } = ["accepted", "assigned", "handling", "done", StruckOff];

    public static string Allowed { get; } = string.Join(", ", Ranked) + ", " + Returned;

    /// <summary>0 of what was returned, -1 of what is no state.</summary>
    public static int RankOf(string state) => state == Returned ? 0 : Ranked.IndexOf(state) is >= 0 and var at ? at + 1 : -1;

    /// <summary>
    /// The state that holds after a message. Messages overtake each other, so a lower one changes nothing but a return, and after a return
    /// only what came later than that.
    /// </summary>
    public static PlatformCase After(PlatformCase? before, Feedback told)
    {
        ArgumentNullException.ThrowIfNull(told);
        PlatformCase kept = before ?? new PlatformCase { Case = told.Case };
        PlatformCase named = kept with { Number = kept.Number.Length > 0 ? kept.Number : told.Number };
        int rank = RankOf(told.State);
        int keptRank = RankOf(kept.State);
        bool holds = kept.State.Length == 0 || (rank == 0 || keptRank == 0 ? told.AtMs > kept.StateAtMs : rank > keptRank);
        return holds ? named with { State = told.State, StateAtMs = told.AtMs } : named;
    }
}

/// <summary>One message of a platform about a case.</summary>
internal sealed record Feedback
{
    private static readonly string[] s_fields = ["state", "at", "number", "by", "words", "flags", "attachments"];
    private static readonly string[] s_flags = ["overdue", "supervised"];

    public required string Case { get; init; }

    public required string State { get; init; }

    public required long AtMs { get; init; }

    /// <summary>The platform's own number of the case.</summary>
    public string Number { get; init; } = "";

    /// <summary>Organisation and person.</summary>
    public string By { get; init; } = "";

    /// <summary>办理意见, with flags and attachments behind it.</summary>
    public string Words { get; init; } = "";

    /// <summary>Reads one.</summary>
    /// <returns>The message, or what is wrong with it: place, value and what is allowed.</returns>
    public static (Feedback? Told, string? Problem) Read(string of, ReadOnlyMemory<byte> body, long nowMs)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = HandOverLimits.FeedbackDepthMax });
            return Read(of, json.RootElement, nowMs);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Half a character in a text is no JSON that anybody means.
            return (null, "body: no JSON; allowed: an object with state");
        }
    }

    private static (Feedback? Told, string? Problem) Read(string of, JsonElement root, long nowMs)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return (null, "body: no object; allowed: an object with state");
        }

        HashSet<string> named = new(StringComparer.Ordinal);
        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (!s_fields.Contains(property.Name, StringComparer.Ordinal) || !named.Add(property.Name))
            {
                return (null, $"'{Shown(property.Name)}': no such field, or twice; allowed: each once: {string.Join(", ", s_fields)}");
            }
        }

        string? problem = null;
        string state = Text(root, "state", HandOverLimits.FeedbackNameMax, ref problem);
        string at = Text(root, "at", HandOverLimits.FeedbackNameMax, ref problem);
        string number = Text(root, "number", HandOverLimits.FeedbackNameMax, ref problem);
        string words = Text(root, "words", CountyLimits.CaseWordsMax, ref problem);
        string organisation = "";
        string person = "";
        if (root.TryGetProperty("by", out JsonElement by))
        {
            if (by.ValueKind != JsonValueKind.Object)
            {
                return (null, "by: no object; allowed: organisation, person, telephone");
            }

            organisation = Text(by, "organisation", HandOverLimits.FeedbackNameMax, ref problem);
            person = Text(by, "person", HandOverLimits.FeedbackNameMax, ref problem);
            Text(by, "telephone", HandOverLimits.FeedbackNameMax, ref problem);
        }

        string flags = Flags(root, ref problem);
        string links = Links(root, ref problem);
        long atMs = nowMs;
        if (problem is null && PlatformState.RankOf(state) < 0)
        {
            problem = $"state: '{Shown(state)}'; allowed: {PlatformState.Allowed}";
        }

        if (problem is null && at.Length > 0 && (!Moment(at, out atMs) || atMs > nowMs + HandOverLimits.FeedbackAheadMs))
        {
            problem = $"at: '{Shown(at)}'; allowed: 2026-11-26T21:52:41+08:00, or 2026-11-26 21:52:41 in Beijing time, no more than a day "
                + "ahead";
        }

        return problem is not null ? (null, problem) : (new Feedback
        {
            Case = of,
            State = state,
            AtMs = atMs,
            Number = number,
            By = PlainText.Cut($"{organisation} {person}".Trim(), CountyLimits.CaseNameMax),
            Words = PlainText.Cut(
                string.Join('；', ((string[])[words, flags, links]).Where(part => part.Length > 0)), CountyLimits.CaseWordsMax),
        }, null);
    }

    private static string Text(JsonElement of, string name, int most, ref string? problem)
    {
        if (!of.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return "";
        }

        string text = value.ValueKind == JsonValueKind.String ? value.GetString()!.ReplaceLineEndings(" ") : "\0";
        if (text.Length > most || PlainText.FirstBad(text) is not null)
        {
            problem ??= $"{name}: '{Shown(text)}'; allowed: a text of at most {most} characters that are seen";
            return "";
        }

        return text;
    }

    private static string Flags(JsonElement root, ref string? problem)
    {
        if (!root.TryGetProperty("flags", out JsonElement flags))
        {
            return "";
        }

        string[] given = flags.ValueKind != JsonValueKind.Array ? [""]
            : [.. flags.EnumerateArray().Select(flag => flag.ValueKind == JsonValueKind.String ? flag.GetString()! : "")];
        if (given.Any(flag => !s_flags.Contains(flag, StringComparer.Ordinal)))
        {
            problem ??= $"flags: allowed: an array of {string.Join(", ", s_flags)}";
            return "";
        }

        return string.Join('；', given.Distinct(StringComparer.Ordinal).Select(flag => flag == "overdue" ? "超时" : "督办"));
    }

    /// <summary>Links are shown and never fetched.</summary>
    private static string Links(JsonElement root, ref string? problem)
    {
        if (!root.TryGetProperty("attachments", out JsonElement links))
        {
            return "";
        }

        string[] given = links.ValueKind != JsonValueKind.Array ? [""]
            : [.. links.EnumerateArray().Take(HandOverLimits.AttachmentsMax + 1)
                .Select(link => link.ValueKind == JsonValueKind.String ? link.GetString()! : "")];
        if (given.Length > HandOverLimits.AttachmentsMax || given.Any(link => link.Length > HandOverLimits.AttachmentMax
            || PlainText.FirstBad(link) is not null || !Uri.TryCreate(link, UriKind.Absolute, out Uri? uri)
            || (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp)))
        {
            problem ??= $"attachments: allowed: at most {HandOverLimits.AttachmentsMax} addresses of at most "
                + $"{HandOverLimits.AttachmentMax} characters";
            return "";
        }

        return given.Length == 0 ? "" : $"附件 {string.Join(' ', given)}";
    }

    private static bool Moment(string text, out long ms)
    {
        // Without an offset it is of Beijing.
        string[] forms = ["yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];
        const DateTimeStyles Style = DateTimeStyles.AssumeUniversal;
        bool good = DateTimeOffset.TryParseExact(text, forms, CultureInfo.InvariantCulture, Style, out DateTimeOffset at)
            || DateTimeOffset.TryParseExact(text + "+08:00", "yyyy-MM-dd HH:mm:sszzz", CultureInfo.InvariantCulture, Style, out at);
        ms = good ? at.ToUnixTimeMilliseconds() : 0;
        return good;
    }

    private static string Shown(string text) => PlainText.Clean(PlainText.Cut(text, HandOverLimits.FeedbackNameMax));
}
