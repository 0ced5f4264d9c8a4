// Owns: an event in words for people and as JSON for programs.
// Must never: hide what it does not know: an unknown kind, flag or unit shows as its number.

using System.Text.Json;
using Gateway.Contract;

namespace Gateway.County;

internal static class EventText
{
    private static readonly (int Bit, string Code, string Chinese)[] s_flags =
    [
        (EventFlags.Drill, "drill", "演练"),
        (EventFlags.Test, "test", "测试"),
        (EventFlags.FirstAlarm, "first-alarm", "首警"),
        (EventFlags.AfterRestart, "after-restart", "重启后"),
        (EventFlags.ByPerson, "by-person", "人工"),
        (EventFlags.Damage, "damage", "存储损坏"),
        (EventFlags.HeldBefore, "held-before", "曾已上报"),
    ];

    private static readonly string[] s_keys = ["消音键", "复位键", "应答键", "自检键", "到场键", "到齐键"];

    /// <summary>Local time; with a mark where it is not the gateway's own.</summary>
    public static string Time(StoredEvent e) => TimeText.Local(e.TimeMs) + e.TimeQuality switch
    {
        UtcQuality.Synchronised => "",
        UtcQuality.BackFilled => "≈",
        _ => "?",
    };

    /// <summary>What happened, where, and how grave, in Chinese.</summary>
    public static string Words(EventRecord r)
    {
        List<string> words = [EventKinds.Chinese(r.Kind)];
        if (r.Kind == EventKind.Loss)
        {
            words.Add($"共{r.Value}条，序号{(uint)r.A}-{(uint)r.B}，历时{r.C}秒");
        }

        words.AddRange(Settings(r));
        words.AddRange(Details(r));
        if (r.Zone != 0)
        {
            words.Add($"{r.Zone}区" + (r.ZoneKind != ZoneKind.None ? ZoneKinds.Chinese(r.ZoneKind) : ""));
        }

        if (r.OtherZone != 0)
        {
            words.Add($"并{r.OtherZone}区");
        }

        if (r.Severity != Severity.None)
        {
            words.Add(Severities.Chinese(r.Severity));
        }

        if (r.Unit != Unit.None)
        {
            words.Add($"{r.Value} {Units.Text(r.Unit)}".TrimEnd());
        }

        if (r.Rule != 0)
        {
            words.Add($"规则{r.Rule}");
        }

        string flags = string.Join(' ', Flags(r.Flags).Select(f => f.Chinese));
        return string.Join(' ', words) + (flags.Length == 0 ? "" : $" [{flags}]");
    }

    /// <summary>What a person would ask next: which fault, which key, what came of the command.</summary>
    private static IEnumerable<string> Details(EventRecord r) => r.Kind switch
    {
        EventKind.FireAlarm when r.B is AlarmRepeat.Anew or AlarmRepeat.AnewUnheard => ["再次"],
        EventKind.Fault or EventKind.FaultRestored or EventKind.FireSignalLost or EventKind.SignalLost => Cause(r.A, r.B, r.C),
        EventKind.HoldReleased => [$"输出{r.A}", .. Cause(r.B, 0, 0)],
        EventKind.DrillBegan when r.B != 0 => [$"部位 {Zones((uint)r.B)}"],
        EventKind.DrillEnded => DrillEnd(r.B),
        EventKind.KeyPressed => [Key(r.A)],
        EventKind.BoxState => BoxText.Words(r),
        EventKind.Started when r.A is StartReason.Watchdog => ["看门狗"],
        EventKind.Started when r.A is StartReason.Fault => ["异常重启"],
        EventKind.CommandDone => [$"{(uint)r.A} {CommandCode.Name(r.B)} {CommandOutcome.Name(r.Value)}"],
        _ => [],
    };

    private static IEnumerable<string> DrillEnd(int how) => how switch
    {
        Contract.DrillEnd.Time => ["到时"],
        Contract.DrillEnd.Command => ["上级结束"],
        Contract.DrillEnd.TestKey => ["自检键中止"],
        Contract.DrillEnd.Fire => ["火警中止"],
        Contract.DrillEnd.Replaced => ["另一演练"],
        0 => [],
        _ => [$"方式{how}"],
    };

    private static string Key(int key) => key >= 1 && key <= s_keys.Length ? s_keys[key - 1] : $"键{key}";

    /// <summary>Zone numbers of bits, such as 1,2,5.</summary>
    public static string Zones(uint bits) =>
        string.Join(',', Enumerable.Range(0, 32).Where(i => (bits & (1u << i)) != 0).Select(i => i + 1));

    private static IEnumerable<string> Cause(int cause, int box, int key) => cause switch
    {
        FaultCause.Unknown => [],
        FaultCause.Reported => ["设备报故障"],
        FaultCause.ShortCircuit => ["短路"],
        FaultCause.OpenCircuit => ["断线"],
        FaultCause.NotRead => ["读不到"],
        FaultCause.BelowRange => ["低于量程"],
        FaultCause.AboveRange => ["高于量程"],
        FaultCause.Unsteady => ["不稳定"],
        FaultCause.Chatter => ["频繁"],
        FaultCause.AfterDrill => ["演练后未复原"],
        FaultCause.Shielded => ["已屏蔽"],
        FaultCause.InTest => ["测试中"],
        FaultCause.Box when box == BoxFault.Link => ["网关上行"],
        FaultCause.Box when box == BoxFault.NoCountyAnswer => ["上级未应答"],
        FaultCause.Box when box == BoxFault.Flash => ["网关存储"],
        FaultCause.Box when box == BoxFault.IdlePath => ["网关备用通道"],
        FaultCause.Box when box == BoxFault.Part => ["网关扩展芯片"],
        FaultCause.Box when box == BoxFault.Key => [$"{Key(key)}卡住"],
        FaultCause.Box => [$"网关故障{box}"],
        _ => [$"原因{cause}"],
    };

    private static IEnumerable<string> Settings(EventRecord r) => r.Kind switch
    {
        EventKind.SettingsRefused when r.A == 0 => [$"全文 {SettingsReason.Name(r.C >> 8)}"],
        EventKind.SettingsRefused => [$"第{r.A}行第{r.B}列 {SettingsReason.Name(r.C >> 8)}"],
        EventKind.SettingsLoaded or EventKind.SettingsTried or EventKind.SettingsRolledBack => [$"{(uint)r.A:x8}"],
        _ => [],
    };

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
        json.WriteString("kindName", EventKinds.Chinese(r.Kind));
        json.WriteString("severity", Severities.Code(r.Severity));
        json.WriteStartArray("flags");
        foreach ((string code, _) in Flags(r.Flags))
        {
            json.WriteStringValue(code);
        }

        json.WriteEndArray();
        json.WriteNumber("zone", r.Zone);
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

    private static string Quality(int quality) => quality switch
    {
        UtcQuality.Synchronised => "synchronised",
        UtcQuality.BackFilled => "back-filled",
        _ => "unknown",
    };

    private static IEnumerable<(string Code, string Chinese)> Flags(int flags)
    {
        foreach ((int bit, string code, string chinese) in s_flags)
        {
            if ((flags & bit) != 0)
            {
                flags &= ~bit;
                yield return (code, chinese);
            }
        }

        if (flags != 0)
        {
            yield return ($"flags-{flags}", $"标志{flags}");
        }
    }
}
