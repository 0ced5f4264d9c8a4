// Owns: what whoever stands before the box is to do next, in a sentence or two by its state.
// Must never: name a key that the box does not have, or say that a fire is over.

using Gateway.Contract;
using Gateway.Core;
using Gateway.Pc.Run;

namespace Gateway.Pc.Screen;

/// <summary>The gravest state decides; beside a fire it is said too when the county does not hear.</summary>
internal static class Guidance
{
    /// <summary>Sentences, the first of which is the one to follow.</summary>
    public static IEnumerable<string> Of(Snapshot s, Look look)
    {
        if (!s.Configured)
        {
            return [look.Say("此网关还没有配置，现在不能报警。请联系维保人员装入配置", "No settings: it can raise no alarm. Call the technician")];
        }

        FireView[] real = [.. s.Fires.Where(fire => !fire.Zone.OfDrill)];
        if (real.Length > 0)
        {
            // One press answers a fire and a duty check; where the fire was answered, the check still waits for it.
            string? asks = Unanswered(s) ? null : OfDutyCheck(s, look);
            return [OfFire(s, real, look), .. OfGas(real, look), .. OfSilence(s, real, look), .. Said(asks)];
        }

        if ((OfRefusal(s, look) ?? OfPreAlarm(s, look, ofDrill: false)) is { } first)
        {
            return [first];
        }

        // The county asks in a drill too.
        string[] asked = Said(OfDrill(s, look) ?? OfPreAlarm(s, look, ofDrill: true), OfOrder(s, look));
        if (asked.Length > 0)
        {
            return asked;
        }

        string[] faults = [.. OfFaults(s, look)];
        return faults.Length > 0 ? faults : [OfRest(s, look)];
    }

    private static string[] Said(params string?[] sentences) => [.. sentences.OfType<string>()];

    /// <summary>Why the last reset did nothing, for a while after it.</summary>
    private static string? OfRefusal(Snapshot s, Look look)
    {
        if (s.RefusedReset is not { } refused)
        {
            return null;
        }

        if (s.Zones.FirstOrDefault(zone => zone.Number == refused.Zone) is not { } zone)
        {
            return look.Say("复位未成功：先打开钥匙开关，再按[复位]", "Not reset: turn the key switch on, then press [reset] again");
        }

        string place = Banner.Place(zone, look);
        return zone.Settled != InputClass.Active ? look.Say($"{place}已复原，再按一次[复位]", $"{place} is back to normal: press [reset] once more")
            : refused.Rule != 0 ? look.Say(
                $"复位未成功：{place}仍在动作，联动规则{refused.Rule}还保持着输出。处理后再按[复位]",
                $"Not reset: {place} is still active and rule {refused.Rule} holds an output. Put it right, then press [reset] again")
            : look.Say(
                $"复位未成功：{place}仍在报警。{Cure(zone.Kind)}后再按[复位]",
                $"Not reset: {place} is still in alarm. Put it back or find out why, then press [reset] again");
    }

    private static string OfFire(Snapshot s, FireView[] fires, Look look)
    {
        if (OfRefusal(s, look) is { } refusal)
        {
            return refusal;
        }

        bool gas = fires.All(fire => fire.Zone.Kind == ZoneKind.Gas);
        bool answer = Unanswered(s);
        if (s.Summary.HasFlag(ConditionBits.Silenced))
        {
            return gas ? look.Say(
                $"已消音，燃气报警还在：{(answer ? "先按[应答]，" : "")}不动电器、不点火，关阀开窗、人撤出。气散查清后再[复位]",
                $"The sounders are silent, the gas alarm is not over. {(answer ? "Press [answer]. " : "")}"
                    + "No switch, no flame; reset only when the gas is gone and you know why")
                : look.Say(
                $"警报声已停，火警还在。{(answer ? "先按[应答]，" : "")}"
                    + $"{(Has(s, Button.Scene) ? "人到现场按[到场]" : "派人到现场")}，查清处理后再按[复位]",
                $"The sounders are silent, the fire is not over. {(answer ? "Press [answer]. " : "")}"
                    + "Go and look; reset only when you know");
        }

        if (gas)
        {
            return look.Say(
                (answer ? "①按[应答] ②" : "") + "不动电器、不点火，关燃气阀、开窗，人撤出再打119。查清前不要[复位]",
                (answer ? "Press [answer]. " : "")
                    + "No switch, no flame. Shut the gas valve, open windows, get everybody out, then call 119");
        }

        // Gas is no further place of the fire; it has a sentence of its own.
        fires = [.. fires.Where(fire => fire.Zone.Kind != ZoneKind.Gas)];
        if (fires.Length > 1)
        {
            return look.Say(
                $"又报一处：{Banner.Place(fires[^1].Zone, look)}（共{fires.Length}处）。"
                    + $"{(answer ? "按[应答]，" : "")}火势可能扩大，马上打119",
                $"One more place: {Banner.Place(fires[^1].Zone, look)} ({fires.Length} in all). {(answer ? "Press [answer]. " : "")}"
                    + "The fire may spread: call 119 now");
        }

        return look.Say(
            answer ? "①按[应答] ②派人带灭火器看现场 ③真火打119、疏散 ④再[消音]。查清前不要[复位]"
                : "①派人带灭火器看现场 ②真火打119、疏散 ③再[消音]。查清前不要[复位]",
            (answer ? "Press [answer]. " : "") + "Send somebody with an extinguisher. Real fire: call 119, evacuate."
                + " Then [silence]. Do not reset yet");
    }

    /// <summary>Whoever is sent to a fire has to know of the gas.</summary>
    private static IEnumerable<string> OfGas(FireView[] fires, Look look)
    {
        if (Array.Find(fires, fire => fire.Zone.Kind == ZoneKind.Gas) is { } gas && !fires.All(fire => fire.Zone.Kind == ZoneKind.Gas))
        {
            yield return look.Say(
                $"{Banner.Place(gas.Zone, look)}有可燃气体：那里不动电器、不点火，关阀、开窗、人撤出",
                $"There is gas at {Banner.Place(gas.Zone, look)}: no switch, no flame there; shut the valve, open windows, get out");
        }
    }

    private static string Cure(ZoneKind kind) => kind switch
    {
        ZoneKind.CallPoint => "用钥匙复原按钮",
        ZoneKind.Gas => "气散了",
        _ => "烟或热散了",
    };

    private static IEnumerable<string> OfSilence(Snapshot s, FireView[] fires, Look look)
    {
        bool gas = fires.All(fire => fire.Zone.Kind == ZoneKind.Gas);
        if (s.Summary.HasFlag(ConditionBits.NoCountyAnswer))
        {
            yield return look.Say(
                $"{(gas ? "报警" : "火警")}100秒没回执：现在{(gas ? "到室外" : "")}打119和县值班电话",
                "No receipt for 100 s: call 119 and the county's duty room now");
        }
        else if (s.Uplink != UplinkState.Online)
        {
            yield return look.Say(
                gas ? "县平台联系不上，报警发不出去。到室外打119，并打县值班电话"
                    : "县平台联系不上，火警发不出去。真火自己打119，并打县值班电话",
                $"The county can't be reached and does not know of the {(gas ? "gas" : "fire")}. Call 119 and its duty room yourself");
        }
    }

    private static string? OfDrill(Snapshot s, Look look)
    {
        VillageView v = s.Village;
        return v.DrillEnding ? look.Say(
                "演练1分钟后结束：先把按钮复原，否则报故障；探测器还在报警的转真火警",
                "The drill ends in a minute: put call points back, or they are faults; detectors that still signal are real fires")
            : v.DrillLeftMin > 0 && s.Fires.Count > 0 ? Exercise(s, look)
            : null;
    }

    private static string Exercise(Snapshot s, Look look) => look.Say(
        $"演练剩{s.Village.DrillLeftMin}分。真着火：喊人、打119{(Has(s, Button.Test) ? "、按[自检]结束演练" : "")}",
        $"The drill lasts {s.Village.DrillLeftMin} min. Real fire: shout, call 119"
        + $"{(Has(s, Button.Test) ? ", press [test] to end the drill" : "")}");

    private static string? OfPreAlarm(Snapshot s, Look look, bool ofDrill)
    {
        if (s.Zones.FirstOrDefault(zone => zone.In(Conditions.PreAlarm)
            && s.Village.DrillZones.Contains(zone.Number) == ofDrill) is not { } zone)
        {
            return null;
        }

        string then = s.AloneS == 0 ? "" : look.Say(
            $"；{Catalogue.Chinese.Duration(s.AloneS)}不消除自动转火警", $"; it becomes a fire after {Catalogue.English.Duration(s.AloneS)}");
        return look.Say($"{Banner.Place(zone, look)}单只报警，马上派人去看{then}", $"{Banner.Place(zone, look)} signals alone: go and look{then}");
    }

    /// <summary>What somebody asked for and waits to be answered.</summary>
    private static string? OfOrder(Snapshot s, Look look)
    {
        VillageView v = s.Village;
        if (OfDutyCheck(s, look) is { } check)
        {
            return check;
        }

        if (v.CallOutPlace.Length > 0)
        {
            string left = VillageText.MinutesOf(v.CallOutLeftS);
            return look.Say(
                $"增援：去{v.CallOutPlace}救火。{left}内按[应答]出动",
                $"Called out to a fire at {v.CallOutPlace}: press [answer] within {left} and set out");
        }

        return v.LookAsked
            ? look.Say("动火已结束：去现场看有无余火，看完按[应答]", "Hot work is over: look for embers on the spot, then press [answer]") : null;
    }

    private static string? OfDutyCheck(Snapshot s, Look look)
    {
        string left = VillageText.MinutesOf(s.Village.DutyLeftS);
        return s.Village.DutyLeftS == 0 ? null
            : look.Say($"县平台查岗，{left}内按[应答]", $"Duty check: press [answer] within {left}");
    }

    /// <summary>A power cut often takes the village's network with it: then both are said.</summary>
    private static IEnumerable<string> OfFaults(Snapshot s, Look look)
    {
        ZoneView[] faulty = [.. s.Zones.Where(zone => zone.In(Conditions.Fault))];
        bool mains = faulty.Any(zone => zone.Kind == ZoneKind.Mains);
        bool link = s.PanelFaults.HasFlag(BoxFault.Link);
        if (mains)
        {
            yield return look.Say(
                "停电，正用备电。查空气开关，通知电工", "Mains failed, on battery. Check the circuit breaker, call the electrician");
        }

        if (link)
        {
            yield return look.Say(
                "县平台联系不上，火警发不出去。真火自己打119，并打县值班电话；通知维保",
                "The county can't be reached. In a fire call 119 and its duty room yourself; call maintenance");
        }

        if (!mains && !link && OfLesserFault(s, faulty, look) is { } lesser)
        {
            yield return lesser;
        }
    }

    private static string? OfLesserFault(Snapshot s, ZoneView[] faulty, Look look)
    {
        if (faulty.Length > 0)
        {
            ZoneView zone = faulty[0];
            bool fire = ZoneMeanings.OfKind(zone.Kind) == ZoneMeaning.Fire;
            string place = Banner.Place(zone, look);
            string why = Banner.Cause(zone, look);
            if (zone.Kind == ZoneKind.CallPoint && zone.Settled == InputClass.Active)
            {
                return look.Say(
                    $"{place}演练后没复原，报不了火警：用钥匙复原按钮", $"{place} was not put back after the drill, it can raise no alarm: put it back");
            }

            if (zone.Settled == InputClass.Active && ZoneMeanings.OfKind(zone.Kind) == ZoneMeaning.Fault)
            {
                // What it watches is broken, and it says so.
                return look.Say($"{place} {why}。打维保电话，修好前加强巡查", $"{place}: {why}. Call maintenance and go round more often");
            }

            string lost = zone.Kind == ZoneKind.Gas ? "测不了燃气" : fire ? "报不了火警" : "监视不了";
            return look.Say(
                $"{place} {(why.Length == 0 ? "故障" : why)}，此处{lost}。打维保电话，修好前加强巡查",
                $"{place}: {(why.Length == 0 ? "fault" : why)}, it can raise no alarm. Call maintenance and go round more often");
        }

        string box = string.Join(look.Say("、", ", "), Banner.OfBox(s, look));
        return box.Length == 0 ? null : look.Say($"{box}。打维保电话", $"{box}: call maintenance");
    }

    private static string OfRest(Snapshot s, Look look)
    {
        VillageView v = s.Village;
        if (s.Zones.FirstOrDefault(zone => zone.In(Conditions.Supervisory)) is { } zone)
        {
            return zone.Kind == ZoneKind.PumpNotAuto
                ? look.Say("到泵房把转换开关转到“自动”", "Go to the pump room and turn the switch to automatic")
                : look.Say(
                    $"去看{Banner.Place(zone, look)}，处理不了打维保电话",
                    $"Look at {Banner.Place(zone, look)}; call maintenance if you can't help it");
        }

        if (v.DrillLeftMin > 0)
        {
            return Exercise(s, look);
        }

        ZoneView[] disabled = [.. s.Zones.Where(one => one.In(Conditions.Disabled))];
        if (disabled.Length > 0)
        {
            string numbers = string.Join(look.Say("、", ", "), disabled.Select(one => one.Number));
            int PermitMin(ZoneView one) => v.PermitZones.Contains(one.Number) ? v.PermitLeftMin : 0;
            string until = Until(s, disabled.Max(one => Math.Max(one.LeftMin, PermitMin(one))), look);
            return look.Say($"{numbers}号{until}不报警，现场留人看守", $"Zones {numbers} raise no alarm{until}: keep somebody there");
        }

        ZoneView[] tested = [.. s.Zones.Where(one => one.In(Conditions.Test))];
        if (tested.Length > 0)
        {
            string numbers = string.Join(look.Say("、", ", "), tested.Select(one => one.Number));
            string until = Until(s, tested.Max(one => one.LeftMin), look);
            return look.Say(
                $"{numbers}号{until}测试中，动作不报警，现场留人看守",
                $"Zones {numbers} are in test{until} and raise no alarm: keep somebody there");
        }

        return look.Say("监视正常。发现着火：按报警按钮、喊人、打119", "All quiet. If you see a fire: press a call point, shout, call 119");
    }

    private static string Until(Snapshot s, int leftMin, Look look)
    {
        if (leftMin == 0)
        {
            return "";
        }

        DateTimeOffset end = s.Local(s.UtcMs).AddMinutes(leftMin);
        return s.UtcMs == 0 ? look.Say($"还有{leftMin}分", $" for {leftMin} min") : look.Say($"到{end:HH:mm}", $" until {end:HH:mm}");
    }

    private static bool Unanswered(Snapshot s) => s.Unanswered && Has(s, Button.Answer);

    private static bool Has(Snapshot s, Button key) => s.Keys.Contains(key);
}
