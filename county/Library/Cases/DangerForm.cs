// Owns: the form in JSON by which another program registers a danger that people found, and the answer to it.
// Must never: pass over a word that it does not know: what was meant by it would be lost.

using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Gateway.County;

/// <summary>
/// { "station": 330701, "grade": "major", "words": "堵塞消防通道", "by": "李", "level": "village", "reference": "W-2026-17" }; level and
/// reference may be left out. The same reference again is the same danger.
/// </summary>
public static class DangerForm
{
    public const string Allowed = "one object with station, grade, words and by, and where wanted level and reference";

    private static readonly ImmutableArray<string> s_fields = ["station", "grade", "words", "by", "level", "reference"];

    /// <summary>Reads one.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="find">A registered station or box, or null.</param>
    /// <param name="reference">That of the sender's message, where the form has none.</param>
    /// <exception cref="CaseRefusedException">It cannot be; the message says place, value and what is allowed.</exception>
    public static FoundDanger Read(ReadOnlyMemory<byte> json, Func<uint, StationRegistration?> find, string reference = "")
    {
        ArgumentNullException.ThrowIfNull(find);
        if (json.Length > CountyLimits.DangerFormBytesMax)
        {
            throw new CaseRefusedException($"form: {json.Length} bytes; allowed: at most {CountyLimits.DangerFormBytesMax}");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 2 });
            return Read(document.RootElement, find, reference);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Half a character in a text is no JSON that anybody means.
            throw new CaseRefusedException($"form: no JSON; allowed: {Allowed}", e);
        }
    }

    /// <summary>What is answered of the case: its name, and how far it is.</summary>
    public static byte[] Answer(Case one)
    {
        ArgumentNullException.ThrowIfNull(one);
        using MemoryStream body = new();
        using (Utf8JsonWriter writer = new(body, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteString("case", one.Id);
            writer.WriteString("state", CaseNames.Of(one.State));
            writer.WriteString("grade", CaseNames.Of(one.Grade));
            writer.WriteString("level", CaseNames.Of(one.Level));
            DateTimeOffset due = DateTimeOffset.FromUnixTimeMilliseconds(one.DueMs);
            writer.WriteString("dueAt", due.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            writer.WriteEndObject();
        }

        return body.ToArray();
    }

    private static FoundDanger Read(JsonElement root, Func<uint, StationRegistration?> find, string reference)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new CaseRefusedException($"form: {root.ValueKind}; allowed: {Allowed}");
        }

        Dictionary<string, JsonElement> fields = new(StringComparer.Ordinal);
        foreach (JsonProperty field in root.EnumerateObject())
        {
            if (!s_fields.Contains(field.Name) || !fields.TryAdd(field.Name, field.Value))
            {
                throw new CaseRefusedException($"{PlainText.Clean(field.Name)}; allowed: each once: {string.Join(", ", s_fields)}");
            }
        }

        if (!fields.TryGetValue("station", out JsonElement station) || station.ValueKind != JsonValueKind.Number
            || !station.TryGetUInt32(out uint number) || find(number) is not { } at)
        {
            throw new CaseRefusedException($"station: {Shown(station)}; allowed: the number of a registered station");
        }

        return new FoundDanger(
            at,
            (CaseGrade)Word(fields, "grade", CaseNames.Grades, standard: 0),
            Text(fields, "words"),
            Text(fields, "by"),
            (EscalationLevel)Word(fields, "level", CaseNames.Levels, (int)EscalationLevel.Village))
        {
            Reference = fields.ContainsKey("reference") ? Text(fields, "reference") : reference,
        };
    }

    /// <summary>A word of a list, by its number from 1.</summary>
    private static int Word(Dictionary<string, JsonElement> fields, string name, ImmutableArray<string> words, int standard)
    {
        if (!fields.TryGetValue(name, out JsonElement value) && standard != 0)
        {
            return standard;
        }

        return value.ValueKind == JsonValueKind.String && words.IndexOf(value.GetString()!) is >= 0 and var at ? at + 1
            : throw new CaseRefusedException($"{name}: {Shown(value)}; allowed: {string.Join(", ", words)}");
    }

    private static string Text(Dictionary<string, JsonElement> fields, string name)
    {
        string text = fields.TryGetValue(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        return text.Length > 0 ? text : throw new CaseRefusedException($"{name}: {Shown(value)}; allowed: a text");
    }

    private static string Shown(JsonElement value)
    {
        string text = value.ValueKind == JsonValueKind.Undefined ? "missing" : PlainText.Clean(value.GetRawText());
        return PlainText.Cut(text, CountyLimits.CaseNameMax);
    }
}
