// Owns: an event in words for people and as JSON for programs.
// Must never: hide what it does not know: an unknown kind, flag or unit shows as its number.

using System.Text.Json;
using Gateway.Contract;

namespace Gateway.County;

internal static class EventText
{
    private static readonly (EventFlags Bit, string Code)[] s_flags =
    [
        (EventFlags.Drill, "drill"), (EventFlags.Test, "test"), (EventFlags.FirstAlarm, "first-alarm"),
        (EventFlags.AfterRestart, "after-restart"), (EventFlags.ByPerson, "by-person"), (EventFlags.Damage, "damage"),
        (EventFlags.HeldBefore, "held-before"),
    ];

    /// <summary>Local time; with a mark where it is not the gateway's own.</summary>
    public static string Time(StoredEvent e) => TimeText.Local(e.TimeMs) + e.TimeQuality switch
    {
        UtcQuality.Synchronised => "",
        UtcQuality.BackFilled => "≈",
        _ => "?",
    };

    /// <summary>What happened, where and how much, in Chinese.</summary>
    public static string Words(EventRecord r) => Of(Catalogue.Chinese, r);

    public static string English(EventRecord r) => Of(Catalogue.English, r);

    /// <summary>The same with the names that its places had then.</summary>
    public static string Words(StoredEvent e) => Of(Catalogue.Chinese, e.Record, e.Places?.Chinese);

    public static string English(StoredEvent e) => Of(Catalogue.English, e.Record, e.Places?.English);

    private static string Of(Catalogue language, EventRecord r, PlaceNames? names = null)
    {
        string warned = r.Kind == EventKind.BoxState && BoxReport.Of(r) != BoxWarnings.None
            ? language == Catalogue.Chinese ? " 【告警】" : " (warning)" : "";
        return language.Sentence(r, names ?? PlaceNames.None) + warned;
    }

    /// <summary>Zone numbers of bits, such as 1,2,5.</summary>
    public static string Zones(uint bits) =>
        string.Join(',', ZoneSet.Numbers(bits));

    /// <param name="json">Where to.</param>
    /// <param name="e">The event.</param>
    /// <param name="doubtful">Received while somebody else may have had the station's key.</param>
    /// <param name="conflict">Came under the name of another record.</param>
    /// <param name="origin">Where an event of another maker's box came from.</param>
    public static void Write(Utf8JsonWriter json, StoredEvent e, bool doubtful, bool conflict, PeerOrigin? origin = null)
    {
        EventRecord r = e.Record;
        json.WriteStartObject();
        json.WriteNumber("station", r.Station);
        json.WriteNumber("epoch", r.Epoch);
        json.WriteString("lane", Lanes.Name(r.LaneNumber));
        json.WriteNumber("sequence", r.Sequence);
        json.WriteString("time", TimeText.Utc(e.TimeMs));
        json.WriteString("timeQuality", Quality(e.TimeQuality));
        json.WriteString("kind", EventKinds.Code(r.Kind));
        json.WriteNumber("kindNumber", (int)r.Kind);
        json.WriteString("kindName", Catalogue.Chinese.Name(r.Kind));
        json.WriteString("severity", Severities.Code(r.Severity));
        json.WriteStartArray("flags");
        foreach (string code in Flags(r.Flags))
        {
            json.WriteStringValue(code);
        }

        json.WriteEndArray();
        json.WriteNumber("zone", r.Zone);
        json.WriteString("zoneName", r.Zone == 0 ? "" : e.Places?.Chinese.Zone(r.Zone) ?? "");
        json.WriteString("zoneKind", ZoneKinds.Code(r.ZoneKind));
        json.WriteNumber("otherZone", r.OtherZone);
        json.WriteNumber("rule", r.Rule);
        json.WriteNumber("value", r.Value);
        json.WriteString("unit", Units.Text(r.Unit));
        json.WriteNumber("a", r.A);
        json.WriteNumber("b", r.B);
        json.WriteNumber("c", r.C);
        json.WriteNumber("boot", r.Boot);
        json.WriteNumber("uptimeMs", r.UptimeMs);
        json.WriteNumber("utcMs", r.UtcMs);
        json.WriteString("utcQuality", Quality(r.UtcQuality));
        json.WriteString("receivedAt", TimeText.Utc(e.ReceivedMs));
        json.WriteString("county", e.County);
        json.WriteString("township", e.Township);
        json.WriteString("village", e.Village);
        json.WriteBoolean("doubtful", doubtful);
        json.WriteBoolean("conflict", conflict);
        json.WriteString("raw", Convert.ToHexStringLower(e.Raw));
        if (origin is not null)
        {
            json.WriteStartObject("box");
            json.WriteString("part", origin.Part.What.ToString().ToLowerInvariant());
            json.WriteNumber("systemType", origin.Part.SystemType);
            json.WriteNumber("systemAddress", origin.Part.SystemAddress);
            json.WriteNumber("component", origin.Part.Component);
            json.WriteNumber("componentType", origin.ComponentType);
            json.WriteNumber("bit", origin.Bit);
            json.WriteNumber("status", origin.Status);
            json.WriteString("text", origin.Text);
            json.WriteNumber("frameSequence", origin.FrameSequence);
            json.WriteString("sentAt", origin.SentMs > 0 ? TimeText.Utc(origin.SentMs) : null);
            json.WriteString("toldAt", origin.ToldMs > 0 ? TimeText.Utc(origin.ToldMs) : null);
            json.WriteString("unit", Convert.ToHexStringLower(origin.Unit));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static string Quality(UtcQuality quality) => quality switch
    {
        UtcQuality.Synchronised => "synchronised",
        UtcQuality.BackFilled => "back-filled",
        _ => "unknown",
    };

    private static IEnumerable<string> Flags(EventFlags flags)
    {
        foreach ((EventFlags bit, string code) in s_flags)
        {
            if ((flags & bit) != EventFlags.None)
            {
                flags &= ~bit;
                yield return code;
            }
        }

        if (flags != EventFlags.None)
        {
            yield return $"flags-{(int)flags}";
        }
    }
}
