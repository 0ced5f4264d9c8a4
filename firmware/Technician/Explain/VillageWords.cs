// Owns: groups, the delay of outputs, the 135 clocks and the village's work in words.
// Must never: call a clock watched that is not.

using Gateway.Core;

namespace Gateway.Technician.Explain;

internal sealed class VillageWords(Tongue tongue, Settings settings)
{
    private const int AllDays = 0x7F;

    private static readonly string[] s_days = ["周一\nMon", "周二\nTue", "周三\nWed", "周四\nThu", "周五\nFri", "周六\nSat", "周日\nSun"];

    /// <summary>Days by bit, Monday first.</summary>
    public static string Days(Tongue tongue, int days) => days == AllDays
        ? tongue.Of("每天", "every day")
        : tongue.List(Enumerable.Range(0, s_days.Length).Where(d => (days & (1 << d)) != 0).Select(d => tongue.Of(s_days[d])));

    /// <summary>A window of local time.</summary>
    public static string Window(Tongue tongue, int fromMin, int toMin) =>
        $"{Clock(fromMin)}–{(toMin < fromMin ? tongue.Of("次日", "next day ") : "")}{Clock(toMin)}";

    public IReadOnlyList<Item> Groups() =>
    [
        .. Enumerable.Range(0, settings.GroupCount).Select(g => new Item(
            tongue.Of($"第 {settings.GroupNumber[g]} 组", $"group {settings.GroupNumber[g]}"),
            [
                new(tongue.Of("部位", "zones"), ZoneWords.Names(tongue, settings, settings.GroupZones[g])),
                new(tongue.Of("火警条件", "a fire"), Need(g)),
            ])
        {
            Key = $"group {settings.GroupNumber[g]}",
        }),
    ];

    public IReadOnlyList<Item> Work()
    {
        List<Item> items = [Delay(), Clocks()];
        for (int p = 0; p < settings.PatrolCount; p++)
        {
            items.Add(One($"patrol {p + 1}", tongue.Of($"夜巡第 {p + 1} 班", $"patrol {p + 1}"), tongue.Of(
                $"{Days(tongue, settings.PatrolDays[p])} {Window(tongue, settings.PatrolFromMin[p], settings.PatrolToMin[p])}，"
                    + $"须打点：{ZoneWords.Names(tongue, settings, settings.PatrolZones[p])}；到时没打全报漏巡",
                $"{Days(tongue, settings.PatrolDays[p])} {Window(tongue, settings.PatrolFromMin[p], settings.PatrolToMin[p])}, "
                    + $"to be pressed: {ZoneWords.Names(tongue, settings, settings.PatrolZones[p])}; missed when one is not")));
        }

        items.Add(One("drill", tongue.Of("演练", "drill"), tongue.Of(
            $"最长 {settings.DrillMaxMin} 分钟，继电器{(settings.DrillLinkage ? "照常动作" : "不动作")}；其他部位照常报真火警",
            $"at most {settings.DrillMaxMin} min, relays {(settings.DrillLinkage ? "work" : "rest")}; all other zones stay real")));
        items.Add(One("hotwork", tongue.Of("动火", "hot work"), tongue.Of(
            $"结束后 {settings.HotWorkLookMin} 分钟内要有人到现场复查并按[应答]",
            $"somebody must look again and press answer within {settings.HotWorkLookMin} min of its end")));
        items.Add(new Item(tongue.Of("隐患", "hidden dangers"), [
            new(tongue.Of("登记", "entered"), tongue.Of(
                $"故障或监管报警满 {settings.CaseAfterMin} 分钟登记隐患，挂账满 {settings.CaseRedDays} 天站点码变红",
                $"a fault or supervisory signal for {settings.CaseAfterMin} min is one; "
                    + $"open for {settings.CaseRedDays} days makes the station red")),
            new(tongue.Of("停电", "power cuts"), tongue.Of(
                $"主电断电当时就显示，满 {Hours(settings.MainsAfterMin)}才登记隐患、站点码变黄",
                $"shown at once; a danger that makes the station yellow only after {Hours(settings.MainsAfterMin)}")),
        ])
        {
            Key = "cases",
        });
        items.Add(new Item(tongue.Of("自检", "self-test"), [
            new(tongue.Of("自动", "by itself"), tongue.Of(
                $"每天 {settings.SelfTestHour} 点，不响", $"every day at {settings.SelfTestHour}:00, silent")),
            new(tongue.Of("人工", "by a person"), settings.TestSounds
                ? tongue.Of($"{Window(tongue, settings.TestFromMin, settings.TestToMin)} 之间声光警报器响亮 2 秒；别的时候和时钟未校时不响",
                    $"siren and strobe for 2 s between {Window(tongue, settings.TestFromMin, settings.TestToMin)}; silent at other hours, "
                        + "and while the clock is unknown")
                : tongue.Of("声光警报器不响不亮，只试蜂鸣器和灯", "siren and strobe stay silent; buzzer and lamps are tried")),
        ])
        {
            Key = "selftest",
        });
        items.Add(One("remote", tongue.Of("远程消音", "silence from afar"), settings.RemoteSilence
            ? tongue.Of("县平台可以消音，不能复位", "the county may silence, never reset")
            : tongue.Of("县平台不能消音，也不能复位", "the county may neither silence nor reset")));
        items.Add(One("callout", tongue.Of("增援", "call-out"), settings.TakesCallOuts
            ? tongue.Of("县里呼叫去别处救火时响增援声，按[应答]表示出动", "a tone of its own when the county calls to a fire elsewhere; press answer to set out")
            : tongue.Of("本站不参加增援，县里会知道", "nobody sets out for a fire elsewhere, and the county is told so")));
        return items;
    }

    private string Hours(int min) => min == 0 ? tongue.Of("0 分钟", "0 min")
        : min % 60 == 0 ? tongue.Of($"{min / 60} 小时", $"{min / 60} h") : tongue.Of($"{min} 分钟", $"{min} min");

    private static string Clock(int min) => $"{min / 60:00}:{min % 60:00}";

    private static Item One(string key, string title, string text) => new(title, [new(title, text)]) { Key = key };

    private string Need(int g)
    {
        if (settings.GroupNeed[g] <= 1)
        {
            return tongue.Of("任一部位动作即火警", "any zone by itself");
        }

        string alone = settings.GroupAloneS[g] == 0
            ? tongue.Of("单只报警一直只是预警", "one by itself stays a pre-alarm")
            : tongue.Of($"单只报警持续 {settings.GroupAloneS[g]} 秒也转火警", $"one by itself after {settings.GroupAloneS[g]} s");
        return tongue.Of(
            $"{settings.GroupWithinS[g]} 秒内 {settings.GroupNeed[g]} 处动作；{alone}",
            $"{settings.GroupNeed[g]} zones within {settings.GroupWithinS[g]} s; {alone}");
    }

    private Item Delay()
    {
        string title = tongue.Of("报警延时（有人值守时）", "delay while manned");
        if (settings.DelayT1S == 0)
        {
            return One("delay", title, tongue.Of("不用，火警立即响", "none, a fire sounds at once"));
        }

        string when = $"{Days(tongue, settings.DelayDays)} {Window(tongue, settings.DelayFromMin, settings.DelayToMin)}";
        return One("delay", title, tongue.Of(
            $"{when}，探测器的第一处火警等 {settings.DelayT1S} 秒，按[应答]后再等 {settings.DelayT2S} 秒去看现场；"
                + "手动报警按钮、第二处火警立即响；时钟未校时不延时",
            $"{when}: the first detector's fire waits {settings.DelayT1S} s for an answer, then {settings.DelayT2S} s for a look; "
                + "a call point or a second zone sounds at once; never while the clock is unknown"));
    }

    private Item Clocks()
    {
        string title = tongue.Of("135 时限", "135 clocks");
        string[] names = settings.ClocksFromScene
            ? ["本站到场\nown station on the scene", "邻站到场\nneighbours", "消防队到场\nbrigade"]
            : ["应答\nanswered", "到场\non the scene", "增援到\njoined"];
        string[] watched = [.. Enumerable.Range(0, names.Length).Where(c => settings.ClockS(c) > 0).Select(c =>
            tongue.Of($"{SettingsWords.Chinese(names[c])} {settings.ClockS(c)} 秒",
                $"{SettingsWords.English(names[c])} {settings.ClockS(c)} s"))];
        return One("clocks", title, watched.Length == 0
            ? tongue.Of("不计时", "none is watched")
            : tongue.Of($"从本机报警算起：{tongue.List(watched)}；超时依次升至村、乡镇、县",
                $"from the local alarm: {tongue.List(watched)}; missed: up to village, township, county"));
    }
}
