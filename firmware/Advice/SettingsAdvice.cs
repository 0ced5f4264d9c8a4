// Owns: what a right settings text should make a technician think twice about.
// Must never: refuse anything; what is wrong is the parser's to say.

using Gateway.Core;

namespace Gateway.Advice;

/// <summary>Warnings about settings that are in order. Compiled into each program that checks a text for a person.</summary>
internal static class SettingsAdvice
{
    private const string NoAnswerKey =
        "没有应答键：在本机没人能应答火警和查岗，县平台会逐级升级；加一行 button answer input=…"
        + "\nno answer key: nobody can answer a fire or a duty check at the box, so the county escalates; add: button answer input=…";

    /// <summary>Its bus does not leave the board.</summary>
    private const string NoRoomForDisplay = "carrier-s3";

    /// <summary>One warning in two languages each, see <see cref="SettingsWords"/>; empty when there is none.</summary>
    public static IReadOnlyList<string> For(Settings settings)
    {
        var warnings = new List<string>();
        if (settings.ButtonInput[(int)Button.Answer] < 0)
        {
            warnings.Add(NoAnswerKey);
        }

        if (settings.Display && settings.BoardName == NoRoomForDisplay)
        {
            warnings.Add(
                $"{NoRoomForDisplay} 没有接显示屏的端子：会一直报显示屏故障；删掉 display 一行"
                + $"\n{NoRoomForDisplay} has no connector for a display, which will be a fault for good; leave the line display out");
        }

        if (settings.UtcOffsetMin % Limits.UtcOffsetStepMin != 0)
        {
            int offset = settings.UtcOffsetMin;
            warnings.Add(
                $"utcOffsetMin={offset}：单位是分钟，中国为 480；写成 {offset} 分钟时，时段会错开几小时"
                + $"\nutcOffsetMin={offset} is in minutes, China has 480; with {offset} every window of time is hours off");
        }

        if (settings.GasOutsideRules != ZoneSet.None)
        {
            string zones = string.Join("、", Enumerable.Range(0, settings.ZoneCount)
                .Where(zone => Bits.Has(settings.GasOutsideRules, zone)).Select(zone => settings.ZoneNumber[zone]));
            warnings.Add(
                $"{zones}号可燃气体不算 fire:，现有规则对它不动作，默认联动也不动作；要联动请另写 gas: 的规则"
                + $"\ngas of zone {zones.Replace("、", ", ")} is no fire: in a rule, and works nothing by default; give it rules with gas:");
        }

        for (int zone = 0; zone < settings.ZoneCount; zone++)
        {
            if (AlarmContact.Unsupervised(settings, zone))
            {
                int number = settings.ZoneNumber[zone];
                warnings.Add(settings.ZoneWiring[zone] == Wiring.NormallyOpen
                    ? $"{number}号接常开触点（no）：断线后不再报警，也不报故障；应改接监视线路 wiring=line"
                        + $"\nzone {number} closes in alarm (no): with its wire cut it is silent, and that is no fault; use wiring=line"
                    : $"{number}号接常闭触点（nc）：断线就是报警，不是故障；应改接监视线路 wiring=line"
                        + $"\nzone {number} opens in alarm (nc): its cut wire is an alarm and no fault; use wiring=line");
            }
        }

        for (int rule = 0; rule < settings.Rules.Count; rule++)
        {
            if (settings.Rules.FireByTime(rule))
            {
                int number = settings.Rules.Number[rule];
                warnings.Add(
                    $"规则 {number} 对火警的动作取决于时间：时钟未校时（断电后又没有网络）它不动作；火警请另写一条不看时间的规则"
                    + $"\nrule {number} acts on fire only at some times: while the clock is not set (after a power cut, without network) "
                    + "it does nothing; give fire a rule without time as well");
            }
        }

        return warnings;
    }
}
