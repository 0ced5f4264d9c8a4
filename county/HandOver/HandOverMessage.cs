// Owns: what a step of a case is as a message: one event of CloudEvents 1.0 in structured JSON.
// Must never: say that an alarm ended because it was silenced, or give a person's telephone number unless the county says so.

using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Gateway.Contract;

namespace Gateway.County.HandOver;

/// <summary>Cases in words for people, as the county's program says them.</summary>
public interface ICaseWords
{
    string Title(Case of);

    string State(Case of);

    string Grade(Case of);

    string Step(CaseStep of);

    /// <summary>An event that is of no case.</summary>
    string Event(StoredEvent of);
}

/// <summary>All that a message is made of.</summary>
public sealed record HandOverFacts
{
    /// <summary>As it is now.</summary>
    public required Case Case { get; init; }

    /// <summary>The one that is told.</summary>
    public required CaseStep Step { get; init; }

    /// <summary>All of the case that hold, by their numbers.</summary>
    public IReadOnlyList<CaseStep> Steps { get; init; } = [];

    /// <summary>The station's name; empty when it is no longer registered.</summary>
    public string StationName { get; init; } = "";

    public PlaceFile? Place { get; init; }

    /// <summary>Whether the place's contact and telephone go with it.</summary>
    public bool Contact { get; init; }

    /// <summary>The station and its address, as far as they are known.</summary>
    internal string Where =>
        string.Join(' ', ((string[])[StationName, Place?.Address ?? ""]).Where(text => text.Length > 0));
}

/// <summary>Written once, when the step is; a resend is the same bytes.</summary>
public static class HandOverMessage
{
    public const string MediaType = "application/cloudevents+json";
    public const string TypePrefix = "cn.fgw.";

    /// <summary>Where the schema of a message is published, with the version that breaks readers.</summary>
    public const string Schema = "urn:fgw:hand-over:1";

    /// <summary>Its name, the same at each attempt: case and step.</summary>
    public static string Id(CaseStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return string.Create(CultureInfo.InvariantCulture, $"{step.Case}-{step.N}");
    }

    /// <summary>What is told, such as cn.fgw.alarm.raised.</summary>
    public static string Type(CaseClass of, CaseStepKind kind) => TypePrefix + (of, kind) switch
    {
        (CaseClass.Alarm, CaseStepKind.Opened) => "alarm.raised",
        (CaseClass.Silent, CaseStepKind.Opened) => "station.silent",
        (CaseClass.Silent, CaseStepKind.Ended) => "station.back",
        (CaseClass.Risk, CaseStepKind.Opened) => "risk.raised",
        _ => $"{(of == CaseClass.Silent ? "station" : CaseNames.Of(of))}.{CaseNames.Of(kind)}",
    };

    /// <summary>How soon it goes: an alarm's beginning and who is called to it first, then its other steps, then all else.</summary>
    public static int Priority(CaseClass of, CaseStepKind kind) => of != CaseClass.Alarm ? 2
        : kind is CaseStepKind.Opened or CaseStepKind.More or CaseStepKind.Escalated or CaseStepKind.PassedUp or CaseStepKind.Called
            ? 0 : 1;

    /// <summary>The body, UTF-8.</summary>
    public static byte[] Body(HandOverFacts facts, ICaseWords words)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(words);
        Case one = facts.Case;
        CaseStep step = facts.Step;
        return Written(Id(step), Type(one.Class, step.Kind), one.County, one.Id, step.AtMs, step.Number, json =>
        {
            json.WriteString("case", one.Id);
            json.WriteString("class", one.Class switch
            {
                CaseClass.Alarm => "event",
                CaseClass.Danger => "task",
                _ => "risk",
            });
            json.WriteString("trouble", CaseNames.Of(one.Trouble));
            json.WriteString("state", CaseNames.Of(one.State));
            json.WriteString("stateName", words.State(one));
            json.WriteString("title", PlainText.Cut(words.Title(one), HandOverLimits.TitleMax));
            json.WriteString("text", PlainText.Cut(Sentence(facts, words), HandOverLimits.TextMax));
            json.WriteString("grade", CaseNames.Of(one.Grade));
            json.WriteString("level", CaseNames.Of(one.Level));
            Zone(json, one.Zone, one.ZoneKind, one.Places);
            Moment(json, "occurredAt", one.OpenedMs);
            json.WriteString("timeQuality", Quality(one.TimeQuality));
            Moment(json, "receivedAt", one.ReceivedMs);
            Moment(json, "endedAt", one.EndedMs);
            Moment(json, "closedAt", one.ClosedMs);
            Moment(json, "due", one.DueMs);
            if (one.Judgement != CaseJudgement.None)
            {
                json.WriteString("judgement", CaseNames.Of(one.Judgement));
            }

            Text(json, "cause", one.Cause);
            Text(json, "owner", one.Owner);
            Text(json, "mergedInto", one.MergedInto);
            Place(json, (one.County, one.Township, one.Village), facts.Place);
            Station(json, one.Station, facts.StationName);
            if (facts is { Contact: true, Place: { } place })
            {
                Text(json, "contact", PlainText.Cut(place.Contact, HandOverLimits.PlaceTextMax));
                Text(json, "telephone", PlainText.Cut(place.Telephone, HandOverLimits.PlaceTextMax));
            }

            json.WriteEndObject();
            json.WritePropertyName("step");
            Step(json, step, words);
            json.WriteStartArray("steps");
            foreach (CaseStep earlier in facts.Steps.Skip(facts.Steps.Count - HandOverLimits.StepsMax))
            {
                Step(json, earlier, words);
            }

            json.WriteEndArray();
            json.WriteBoolean("drill", one.Judgement == CaseJudgement.Drill);
            json.WriteBoolean("test", one.Test);
        });
    }

    /// <summary>A drill of a station began or ended. It is no case, and whoever shows it has to say that it is a drill.</summary>
    public static byte[] Drill(string id, StoredEvent drill, long number, string stationName, PlaceFile? place, ICaseWords words)
    {
        ArgumentNullException.ThrowIfNull(drill);
        ArgumentNullException.ThrowIfNull(words);
        return Written(id, DrillType(drill), drill.County, DrillSubject(drill), drill.TimeMs, number, json =>
        {
            json.WriteString("text", PlainText.Cut($"{stationName} {words.Event(drill)}".Trim(), HandOverLimits.TextMax));
            Moment(json, "occurredAt", drill.TimeMs);
            json.WriteString("timeQuality", Quality(drill.TimeQuality));
            Place(json, (drill.County, drill.Township, drill.Village), place);
            Station(json, drill.Record.Station, stationName);
            json.WriteEndObject();
            json.WriteBoolean("drill", true);
            json.WriteBoolean("test", false);
        });
    }

    public static string DrillType(StoredEvent drill)
    {
        ArgumentNullException.ThrowIfNull(drill);
        return TypePrefix + (drill.Record.Kind == EventKind.DrillBegan ? "drill.began" : "drill.ended");
    }

    /// <summary>What a station's drills go under, one after the other.</summary>
    public static string DrillSubject(StoredEvent drill)
    {
        ArgumentNullException.ThrowIfNull(drill);
        return string.Create(CultureInfo.InvariantCulture, $"{drill.Record.Station}-drill");
    }

    /// <summary>A message that tells nothing, to try the way.</summary>
    public static byte[] Ping(string id, string county, long number, long nowMs) =>
        Written(id, TypePrefix + "test.ping", county, "test", nowMs, number, json =>
        {
            json.WriteString("text", "联通测试 a test of the connection");
            json.WriteBoolean("test", true);
        });

    private static byte[] Written(
        string id, string type, string county, string subject, long atMs, long number, Action<Utf8JsonWriter> data)
    {
        return Json(json =>
        {
            json.WriteString("specversion", "1.0");
            json.WriteString("id", id);
            json.WriteString("source", "/fgw/" + county);
            json.WriteString("type", type);
            json.WriteString("subject", subject);
            Moment(json, "time", atMs);
            json.WriteString("sequence", number.ToString($"D{HandOverLimits.SequenceDigits}", CultureInfo.InvariantCulture));
            json.WriteString("datacontenttype", "application/json");
            json.WriteString("dataschema", Schema);
            json.WriteStartObject("data");
            data(json);
            json.WriteEndObject();
        });
    }

    /// <summary>An object of JSON with what is written into it; Chinese is written as it is.</summary>
    internal static byte[] Json(Action<Utf8JsonWriter> write)
    {
        using MemoryStream body = new();
        using (Utf8JsonWriter json = new(body, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return body.ToArray();
    }

    /// <summary>Where, what, and how far it is.</summary>
    private static string Sentence(HandOverFacts facts, ICaseWords words)
    {
        string where = facts.Where;
        return $"{where}{(where.Length > 0 ? "：" : "")}{words.Title(facts.Case)}；{words.Step(facts.Step)}；{words.State(facts.Case)}";
    }

    /// <summary>Begins the station's object, which is still to be ended.</summary>
    private static void Station(Utf8JsonWriter json, uint number, string name)
    {
        json.WriteStartObject("station");
        json.WriteNumber("number", number);
        Text(json, "name", name);
    }

    private static void Place(Utf8JsonWriter json, (string County, string Township, string Village) codes, PlaceFile? place)
    {
        json.WriteStartObject("place");
        Text(json, "county", codes.County);
        Text(json, "township", codes.Township);
        Text(json, "village", codes.Village);
        Text(json, "address", PlainText.Cut(place?.Address ?? "", HandOverLimits.PlaceTextMax));
        if (place is not null && Degrees(place.Longitude) is { } longitude && Degrees(place.Latitude) is { } latitude)
        {
            json.WriteNumber("longitude", longitude);
            json.WriteNumber("latitude", latitude);
            Text(json, "datum", place.Datum);
        }

        if (place is { Sleeping: > 0 })
        {
            json.WriteNumber("sleeping", place.Sleeping);
        }

        Text(json, "gas", PlainText.Cut(place?.Gas ?? "", HandOverLimits.PlaceTextMax));
        json.WriteEndObject();
    }

    private static void Step(Utf8JsonWriter json, CaseStep step, ICaseWords words)
    {
        json.WriteStartObject();
        json.WriteNumber("number", step.N);
        json.WriteString("what", CaseNames.Of(step.Kind));
        json.WriteString("words", PlainText.Cut(words.Step(step), HandOverLimits.StepWordsMax));
        Moment(json, "at", step.AtMs);
        Zone(json, step.Zone, ZoneKind.None, step.Places);
        Text(json, "who", step.Who);
        Text(json, "party", step.Party);
        if (step.Level != 0)
        {
            json.WriteString("level", CaseNames.Of((EscalationLevel)step.Level));
        }

        json.WriteEndObject();
    }

    private static void Zone(Utf8JsonWriter json, int zone, ZoneKind kind, StationPlaces? places)
    {
        if (zone != 0)
        {
            json.WriteNumber("zone", zone);
            Text(json, "zoneName", places?.Chinese.Zone(zone) ?? "");
        }

        if (kind != ZoneKind.None)
        {
            json.WriteNumber("zoneKind", (int)kind);
            json.WriteString("zoneKindName", Catalogue.Chinese.Name(kind));
        }
    }

    private static string Quality(UtcQuality quality) => quality switch
    {
        UtcQuality.Synchronised => "synchronised",
        UtcQuality.BackFilled => "back-filled",
        _ => "unknown",
    };

    /// <summary>What is not known is absent: an empty text would be taken for something.</summary>
    private static void Text(Utf8JsonWriter json, string name, string text)
    {
        if (text.Length > 0)
        {
            json.WriteString(name, text);
        }
    }

    private static void Moment(Utf8JsonWriter json, string name, long ms)
    {
        if (ms > 0)
        {
            DateTimeOffset at = DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(ms, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));
            json.WriteString(name, at.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        }
    }

    private static decimal? Degrees(string text) => decimal.TryParse(
        text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out decimal degrees)
        ? degrees : null;
}
