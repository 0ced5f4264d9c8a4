// Owns: what a zone does, in words: what it reports, how it is wired, when it counts.
// Must never: reckon a value back from the device's raw units where the text says it.

using Gateway.Contract;
using Gateway.Core;

namespace Gateway.Technician.Explain;

internal sealed class ZoneWords(Tongue tongue, StationText text, Settings settings)
{
    public IReadOnlyList<Item> All() => [.. Enumerable.Range(0, settings.ZoneCount).Select(Zone)];

    /// <summary>How people and rules call a zone: number and name.</summary>
    public static string Name(Tongue tongue, Settings settings, int zone) =>
        tongue.Of($"{settings.ZoneNumber[zone]}号 {settings.ZoneName[zone]}", $"{settings.ZoneNumber[zone]} {settings.ZoneName[zone]}");

    /// <summary>The names of several.</summary>
    public static string Names(Tongue tongue, Settings settings, ZoneSet zones) => tongue.List(
        Enumerable.Range(0, settings.ZoneCount).Where(i => Bits.Has(zones, i)).Select(i => Name(tongue, settings, i)));

    /// <summary>a1.. or d1.., as beside the terminals.</summary>
    public static string Input(Settings settings, int input) =>
        input < settings.AnalogInputs ? $"a{input + 1}" : $"d{input - settings.AnalogInputs + 1}";

    public static string Kind(Tongue tongue, ZoneKind kind) => tongue.Of(Catalogue.Chinese.Name(kind), ZoneKinds.Code(kind));

    private Item Zone(int i)
    {
        List<Clause> clauses =
        [
            new(tongue.Of("类型", "kind"), $"{Kind(tongue, settings.ZoneKind[i])}{tongue.Of("；", "; ")}{Meaning(i)}"),
            new(tongue.Of("接线", "wiring"), Wires(i)),
        ];
        if (settings.ZoneWiring[i] >= Wiring.Current)
        {
            clauses.Add(new(tongue.Of("动作值", "limits"), Limit(i)));
        }

        (int needed, int of) = (settings.ZoneDebounce[i] & Settings.DebounceMask, settings.ZoneDebounce[i] >> Settings.DebounceShift);
        int ms = needed * Limits.TickMs;
        clauses.Add(new(tongue.Of("采样确认", "samples"), tongue.Of($"{of} 次中 {needed} 次一致才算，约 {ms} 毫秒", $"{needed} of {of}, some {ms} ms")));
        clauses.Add(new(tongue.Of("延时", "delay"), Delay(i)));
        clauses.Add(new(tongue.Of("频繁报警", "chatter"), tongue.Of(
            $"一小时超过 {settings.ZoneChatter[i]} 次合并为一条故障，火警不合并",
            $"over {settings.ZoneChatter[i]} troubles an hour become one fault; a fire is never capped")));
        return new Item(Name(tongue, settings, i), clauses) { Key = $"zone {settings.ZoneNumber[i]}" };
    }

    private string Meaning(int i)
    {
        for (int g = 0; g < settings.GroupCount; g++)
        {
            if (Bits.Has(settings.GroupZones[g], i) && settings.GroupNeed[g] > 1)
            {
                return tongue.Of($"动作先报预警，按第 {settings.GroupNumber[g]} 组确认火警",
                    $"pre-alarm first; group {settings.GroupNumber[g]} makes it a fire");
            }
        }

        if (settings.ZoneKind[i] == ZoneKind.Gas)
        {
            return tongue.Of("动作即报可燃气体报警，与火警同级；除规则外不启动继电器", "a gas alarm when active, as urgent as a fire; no relay but by a rule");
        }

        string flow = settings.ZoneKind[i] != ZoneKind.FlowSwitch ? ""
            : settings.MeaningOf(i) == ZoneMeaning.Fire ? tongue.Of("（配置定为火警）", " (by the settings)")
            : tongue.Of("（配置定为监管，不报火警）", " (by the settings, and no fire)");
        return settings.MeaningOf(i) switch
        {
            ZoneMeaning.Fire => tongue.Of("动作即报火警", "a fire when active") + flow,
            ZoneMeaning.Fault => tongue.Of("动作报故障", "a fault when active"),
            ZoneMeaning.Supervisory => tongue.Of("动作报监管报警", "a supervisory signal when active") + flow,
            _ => settings.ZoneKind[i] == ZoneKind.PatrolButton
                ? tongue.Of("按下即打点", "a patrol's visit when pressed") : tongue.Of("只记录启动和停止", "its start and stop are recorded"),
        };
    }

    /// <summary>What the electrician puts at the wire's end.</summary>
    public string Ends(int i) => settings.ZoneWiring[i] switch
    {
        Wiring.Line => tongue.Of("末端 4.7 kΩ，触点串 2.2 kΩ", "4.7 kΩ at the end, 2.2 kΩ at the contact"),
        Wiring.NormallyOpen => tongue.Of("常开", "closes when active"),
        Wiring.NormallyClosed => tongue.Of("常闭", "opens when active"),
        Wiring.Current => "4-20 mA",
        _ => tongue.Of("电压", "voltage"),
    };

    private string Wires(int i)
    {
        string input = Input(settings, settings.ZoneInput[i]);
        bool fire = settings.MeaningOf(i) == ZoneMeaning.Fire;
        switch (settings.ZoneWiring[i])
        {
            case Wiring.Line:
                string bands = text.Written(settings.ZoneNumber[i], SettingKey.Bands) is { } own
                    ? tongue.Of($"；界限 {own}", $"; bands {own}") : "";
                return tongue.Of(
                    $"{input}，监视线路：末端电阻 4.7 kΩ，报警触点串 2.2 kΩ；断线、短路报故障，不报火警{bands}",
                    $"{input}, supervised line: 4.7 kΩ at its end, 2.2 kΩ at the contact; cut or short is a fault and no fire{bands}");
            case Wiring.NormallyOpen:
                return tongue.Of($"{input}，常开触点：闭合即动作；断线查不出，要定期试验",
                    $"{input}, contact that closes when active; a cut wire is not seen, so test it");
            case Wiring.NormallyClosed:
                return tongue.Of(
                    $"{input}，常闭触点：断开即动作；断线等于动作{(fire ? "，会报火警" : "")}",
                    $"{input}, contact that opens when active; a cut wire is taken for it{(fire ? ": a fire" : "")}");
            case Wiring.Current:
                return tongue.Of(
                    $"{input}，4–20 mA，量程 {Value(i, settings.ZoneFrom[i])} 到 {Value(i, settings.ZoneTo[i])}；低于 3.6 mA（断线）、高于 21 mA（传感器坏）报故障",
                    $"{input}, 4-20 mA for {Value(i, settings.ZoneFrom[i])} to {Value(i, settings.ZoneTo[i])}; "
                        + "below 3.6 mA (cut) or above 21 mA (sensor failed) is a fault");
            default:
                string valid = text.Written(settings.ZoneNumber[i], SettingKey.Valid) is { } range
                    && range.Split("..") is [var low, var high]
                    ? tongue.Of($"{Value(i, low)} 到 {Value(i, high)} 以外", $"outside {Value(i, low)} to {Value(i, high)}")
                    : tongue.Of("量程的 1% 到 99% 以外", "outside 1 to 99 % of it");
                return tongue.Of(
                    $"{input}，电压，量程 {Value(i, settings.ZoneFrom[i])} 到 {Value(i, settings.ZoneTo[i])}；{valid}报故障",
                    $"{input}, voltage for {Value(i, settings.ZoneFrom[i])} to {Value(i, settings.ZoneTo[i])}; {valid} is a fault");
        }
    }

    private string Limit(int i)
    {
        int number = settings.ZoneNumber[i];
        List<string> limits = [];
        if (text.Written(number, SettingKey.Low) is { } low)
        {
            limits.Add(tongue.Of($"降到 {Value(i, low)} 动作", $"active at or below {Value(i, low)}"));
        }

        if (text.Written(number, SettingKey.High) is { } high)
        {
            limits.Add(tongue.Of($"升到 {Value(i, high)} 动作", $"active at or above {Value(i, high)}"));
        }

        if (text.Written(number, SettingKey.Rise) is { } rise && rise != "0")
        {
            limits.Add(tongue.Of($"一分钟内升高 {Value(i, rise)} 动作", $"active when it rises by {Value(i, rise)} within a minute"));
        }

        string share = $"{(settings.ZoneTo[i] - settings.ZoneFrom[i]) / Limits.HysteresisShare}";
        string back = Value(i, text.Written(number, SettingKey.Hysteresis) ?? share);
        limits.Add(tongue.Of($"回差 {back}", $"hysteresis {back}"));
        return string.Join(tongue.Of("；", "; "), limits);
    }

    private string Delay(int i) => (settings.ZoneDelayS[i], settings.ZoneVerifyS[i]) switch
    {
        ( > 0, _) => tongue.Of($"动作持续 {settings.ZoneDelayS[i]} 秒后才算", $"counts when active for {settings.ZoneDelayS[i]} s"),
        (_, > 0) => tongue.Of($"{settings.ZoneVerifyS[i]} 秒后仍在动作才算", $"counts when active again after {settings.ZoneVerifyS[i]} s"),
        _ => tongue.Of("无，立即算", "none, counts at once"),
    };

    private string Value(int zone, string written) => int.TryParse(written, out int value) ? Value(zone, value) : written;

    /// <summary>In the unit that people read.</summary>
    private string Value(int zone, int value) => AnalogScale.UnitOf(settings.ZoneKind[zone]) switch
    {
        Unit.DeciCelsius => $"{value / 10m:0.#} ℃",
        Unit.DeciKilopascal => $"{value / 10_000m:0.####} MPa",
        Unit.DeciPercentLel => $"{value / 10m:0.#} %LEL",
        Unit.Millimetre => $"{value / 1000m:0.###} m",
        Unit.Milliampere => $"{value} mA",
        Unit.Millivolt => $"{value / 1000m:0.###} V",
        _ => $"{value}",
    };
}
