// Owns: that every kind, cause, outcome and refusal has its sentence in both languages, kept as a text that reads from top to bottom.
// Must never: approve by itself; GATEWAY_APPROVE=1 writes what is said now, for a person to read and commit.

using System.Text;
using Gateway.Contract;
using Gateway.Core;
using Gateway.Pc.Board;
using Gateway.Pc.Run;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Pc.Tests;

public sealed class SentenceTests
{
    private static readonly string s_folder = Repository.Path("tests", "Pc", "Sentences");

    /// <summary>What makes another sentence of the same kind.</summary>
    private static readonly Dictionary<EventKind, EventRecord[]> s_variants = new()
    {
        [EventKind.FireAlarm] =
        [
            Of(2, ZoneKind.Smoke, flags: EventFlags.FirstAlarm), Of(2, ZoneKind.Smoke, b: (int)AlarmRepeat.Anew),
            Of(3, ZoneKind.Heat, value: 684, unit: Unit.DeciCelsius), Of(3, ZoneKind.Smoke, other: 2, rule: 4),
            Of(1, ZoneKind.CallPoint, flags: EventFlags.Drill), Of(4, ZoneKind.Gas, value: 251, unit: Unit.DeciPercentLel),
        ],
        [EventKind.FireRestored] = [Of(3, ZoneKind.Heat, value: 312, unit: Unit.DeciCelsius)],
        [EventKind.Silenced] = [Of(flags: EventFlags.ByPerson)],
        [EventKind.NotConfigured] = [Of()],
        [EventKind.StoreNew] = [Of()],
        [EventKind.DelayOff] = [Of()],
        [EventKind.Reset] = [Of(a: 0b11)],
        [EventKind.ResetRefused] = [Of(1, ZoneKind.CallPoint, a: 1), Of(8, ZoneKind.CableTemperature, a: 1, b: 3, rule: 1), Of(c: 1)],
        [EventKind.Linkage] = [Of(2, ZoneKind.Smoke, a: 3, b: 1), Of(a: 3), Of(a: 0, b: 1, c: 5, rule: 1)],
        [EventKind.Acknowledged] = [Of(a: 0b1, value: 3, unit: Unit.Second, flags: EventFlags.ByPerson)],
        [EventKind.FireSignalLost] = [Of(2, ZoneKind.Smoke, a: (int)FaultCause.OpenCircuit)],
        [EventKind.HoldReleased] = [Of(8, ZoneKind.CableTemperature, a: 3, b: (int)FaultCause.BelowRange)],
        [EventKind.Fault] =
        [
            .. Causes().Select(cause => Of(2, ZoneKind.Smoke, a: cause)), Of(5, ZoneKind.Mains, a: (int)FaultCause.Reported),
            Of(6, ZoneKind.Battery, a: (int)FaultCause.Reported, value: 11_320, unit: Unit.Millivolt),
            .. new[] { BoxFault.Link, BoxFault.NoCountyAnswer, BoxFault.Flash, BoxFault.StandbyPath, BoxFault.Part,
                BoxFault.Display, (BoxFault)128 }
                .Select(box => Of(a: (int)FaultCause.Box, b: (int)box)),
            .. Enumerable.Range(1, 7).Select(key => Of(a: (int)FaultCause.Box, b: (int)BoxFault.Key, c: key)),
        ],
        [EventKind.UnsupervisedFires] = [Of(a: 0b101)],
        [EventKind.GasOutsideRules] = [Of(a: 0b1000)],
        [EventKind.FaultRestored] = [Of(2, ZoneKind.Smoke, a: (int)FaultCause.OpenCircuit)],
        [EventKind.Supervisory] =
        [
            Of(4, ZoneKind.PumpNotAuto), Of(7, ZoneKind.TankLevel, value: 3_043, unit: Unit.Millimetre),
            Of(7, ZoneKind.HydrantPressure, value: 498, unit: Unit.DeciKilopascal),
            Of(8, ZoneKind.ResidualCurrent, value: 430, unit: Unit.Milliampere),
        ],
        [EventKind.Disabled] = [Of(2, ZoneKind.Smoke, value: 1_800, unit: Unit.Second)],
        [EventKind.TestBegan] = [Of(2, ZoneKind.Smoke, value: 3_600, unit: Unit.Second)],
        [EventKind.Chattering] = [Of(2, ZoneKind.Smoke, a: (int)FaultCause.Chatter, value: 21, unit: Unit.Count)],
        [EventKind.DrillBegan] = [Of(b: 0b11, value: 1_800, unit: Unit.Second), Of(b: 0b1, c: 1, value: 600, unit: Unit.Second)],
        [EventKind.DrillEnding] = [Of(value: 60, unit: Unit.Second)],
        [EventKind.DrillEnded] =
            [.. Enumerable.Range(0, 7).Select(how => how == (int)DrillEnd.Fire ? Of(3, ZoneKind.Heat, b: how) : Of(b: how))],
        [EventKind.DutyCheckAsked] = [Of(value: 300, unit: Unit.Second)],
        [EventKind.DutyCheckAnswered] = [Of(value: 3, unit: Unit.Second)],
        [EventKind.DutyCheckMissed] = [Of(value: 300, unit: Unit.Second)],
        [EventKind.DutyCheckReplaced] = [Of(value: 90, unit: Unit.Second)],
        [EventKind.ClockStarted] = [.. Clocks().Select(clock => Of(a: clock, value: clock * 60, unit: Unit.Second))],
        [EventKind.ClockMet] =
        [
            .. Clocks().Select(clock => Of(a: clock, b: 180, value: 2 + clock, unit: Unit.Second)),
            Of(a: 2, b: 60, value: 1_030, unit: Unit.Second), Of(a: 1, value: 2, unit: Unit.Second),
        ],
        [EventKind.ClockMissed] = [.. Clocks().Select(clock => Of(a: clock, b: clock, value: 60 * clock, unit: Unit.Second))],
        [EventKind.PatrolMet] = [Of(a: 2, b: 0b1100000, value: 900, unit: Unit.Second)],
        [EventKind.PatrolMissed] = [Of(7, ZoneKind.PatrolButton, a: 1, b: 0b1000000), Of(6, ZoneKind.PatrolButton, a: 1, b: 0b1100000)],
        [EventKind.HotWorkBegan] = [Of(b: 0b110, value: 3_600, unit: Unit.Second)],
        [EventKind.HotWorkEnded] = [Of(b: 0b110)],
        [EventKind.HotWorkLastLook] = [.. Enumerable.Range(0, 4).Select(what => Of(a: what))],
        [EventKind.CaseOpened] = [Of(2, ZoneKind.Smoke, severity: Severity.General)],
        [EventKind.CaseAged] =
        [
            .. new[] { 1, 7, 15 }.Select(days =>
                Of(2, ZoneKind.Smoke, value: days * 86_400, unit: Unit.Second, severity: days > 7 ? Severity.Larger : Severity.General)),
        ],
        [EventKind.CaseClosed] = [Of(2, ZoneKind.Smoke, value: 7_200, unit: Unit.Second), Of(2, ZoneKind.Smoke, unit: Unit.Second)],
        [EventKind.DelayOn] = [Of(value: 480, unit: Unit.Second)],
        [EventKind.DelayExpired] =
            [Of(a: 1, b: 0b10, value: 180, unit: Unit.Second), Of(a: 2, b: 0b10, value: 300, unit: Unit.Second)],
        [EventKind.StationCode] = [Of(a: 2, b: 1, value: 1), Of(a: 1, b: 2), Of(a: 3, b: 2, value: 4), Of(a: 1)],
        [EventKind.RuleFired] = [Of(a: 0b11, rule: 2, severity: Severity.Larger)],
        [EventKind.Activated] = [Of(9, ZoneKind.PumpRun), Of(6, ZoneKind.PatrolButton), Of(10, ZoneKind.Tamper)],
        [EventKind.Deactivated] = [Of(9, ZoneKind.PumpRun), Of(10, ZoneKind.Tamper)],
        [EventKind.SignalLost] = [Of(4, ZoneKind.PumpNotAuto, a: (int)FaultCause.OpenCircuit, b: (int)EventKind.Supervisory)],
        [EventKind.Started] = [.. Enumerable.Range(0, ContractLimits.StartReasonMax + 2).Select(reason => Of(a: reason))],
        [EventKind.ClockSet] =
            [Of(b: 1, c: (int)Origin.County), Of(value: 0, c: (int)Origin.County),
                Of(value: -1_250, a: -1, c: (int)Origin.TimeServer), Of(value: int.MaxValue, a: 2_700_000)],
        [EventKind.SettingsLoaded] = [Of(a: 0x1AB27BCC, b: (int)Origin.Technician)],
        [EventKind.SettingsTried] = [Of(a: 0x1AB27BCC, b: (int)Origin.County, c: 1, value: 600, unit: Unit.Second)],
        [EventKind.SettingsRolledBack] = [Of(a: 0x1AB27BCC, b: (int)Origin.County, value: 3, unit: Unit.Count)],
        [EventKind.SettingsRefused] =
        [
            .. Enumerable.Range(0, SettingsReasons.Last + 2).Select(reason => Of(a: 12, b: 7, c: reason << 8, value: 1)),
            Of(c: (int)SettingsReason.OtherBoard << 8, value: 3),
        ],
        [EventKind.LogLost] = [Of(), Of(b: 1)],
        [EventKind.LinkUp] = [Of(value: 276, unit: Unit.Second), Of(a: 1, value: 0, unit: Unit.Second)],
        [EventKind.LinkDown] = [Of(), Of(a: 1)],
        [EventKind.SelfTest] =
            [Of(b: 31), Of(a: (int)(SelfTestPart.Inputs | SelfTestPart.Clock | SelfTestPart.Power), b: 31),
                Of(b: 127), Of(a: (int)SelfTestPart.Clock, b: 63), Of(a: (int)(SelfTestPart.Flash | SelfTestPart.Link) | 128, b: 255)],
        [EventKind.SelfTestOverdue] = [Of(value: 3 * 86_400, unit: Unit.Second)],
        [EventKind.CommandDone] =
        [
            .. Enumerable.Range(1, CommandCodes.Last + 1).Select(code => Of(a: 9, b: code)),
            .. Enumerable.Range(1, CommandOutcomes.Last + 1).Select(outcome => Of(a: 9, b: (int)CommandCode.HotWork, value: outcome)),
        ],
        [EventKind.CommandRefused] =
        [
            .. Enumerable.Range(1, DecodeResults.Count).Select(result => Of(a: 9, b: (int)CommandCode.Disable, value: result)),
            Of(value: (int)DecodeResult.WrongSignature, c: 3),
        ],
        [EventKind.KeyPressed] = [.. Enumerable.Range(1, 9).Select(key => Of(a: key, flags: EventFlags.ByPerson))],
        [EventKind.BoxState] = [Of(a: 2_000_000, b: 70_000, c: 300, value: 12_000, unit: Unit.Millisecond)],
        [EventKind.Loss] =
        [
            Of(a: 18, b: 25, c: 90, value: 8, unit: Unit.Count), Of(value: 3, flags: EventFlags.Damage),
            Of(a: 1, b: 4, value: 4, flags: EventFlags.HeldBefore),
        ],
    };

    [Theory]
    [InlineData("events.zh.txt")]
    [InlineData("events.en.txt")]
    [InlineData("words.zh.txt")]
    [InlineData("words.en.txt")]
    public void Every_sentence_is_said_once_and_as_approved(string file)
    {
        string said = Told(file);
        string path = Path.Combine(s_folder, file);
        if (Environment.GetEnvironmentVariable("GATEWAY_APPROVE") == "1")
        {
            Directory.CreateDirectory(s_folder);
            File.WriteAllText(path, said);
        }

        Assert.Equal(File.ReadAllText(path), said);
    }

    [Fact]
    public void No_sentence_has_a_word_that_is_not_said_to_people()
    {
        // Each was read by somebody as another thing: a place, a loss, a platform, an order.
        string[] banned = ["防区", "遗失", "上级", "被拒", "立案", "赋码", "时限", "×0.1"];
        string said = Told("events.zh.txt") + Told("words.zh.txt");
        Assert.All(banned, word => Assert.DoesNotContain(word, said, StringComparison.Ordinal));
    }

    private static string Told(string file)
    {
        bool english = file.Contains(".en.", StringComparison.Ordinal);
        return file.StartsWith("events", StringComparison.Ordinal) ? Events(english) : Others(english);
    }

    private static string Events(bool english)
    {
        Catalogue words = english ? Catalogue.English : Catalogue.Chinese;
        var names = new DemoNames(english);
        var said = new StringBuilder();
        foreach (Lane lane in (Lane[])[Lane.Fire, Lane.Condition, Lane.Routine, Lane.None])
        {
            Head(said, lane == Lane.None ? Pick(english, "任何分类", "any lane") : words.Name(lane));
            foreach (EventKind kind in Enum.GetValues<EventKind>().Where(kind => EventKinds.LaneOf(kind) == lane))
            {
                EventRecord[] records = s_variants.GetValueOrDefault(kind) ?? [Of(2, ZoneKind.Smoke)];
                Say(said, records.Select(record =>
                {
                    record.Kind = kind;
                    return words.Sentence(record, names);
                }));
            }
        }

        EventRecord unknown = Of(2, (ZoneKind)99, value: 5, unit: (Unit)77, flags: (EventFlags)(1 << 14));
        unknown.Kind = (EventKind)4711;
        Say(said, [words.Sentence(unknown, PlaceNames.None)]);
        return said.ToString();
    }

    private static string Others(bool english)
    {
        Catalogue words = english ? Catalogue.English : Catalogue.Chinese;
        var said = new StringBuilder();
        void Numbered(string chinese, string inEnglish, IEnumerable<int> numbers, Func<int, string> word)
        {
            Head(said, Pick(english, chinese, inEnglish));
            Say(said, numbers.Select(word));
        }

        Numbered("事件名称", "kinds of event", Enum.GetValues<EventKind>().Select(kind => (int)kind), kind => words.Name((EventKind)kind));
        Numbered("部位类型", "kinds of zone", Enumerable.Range(1, ZoneKinds.Last), kind => words.Name((ZoneKind)kind));
        Numbered("风险", "risks", Enumerable.Range(1, Severities.Last), grade => words.Risk((Severity)grade));
        Numbered("标志", "flags", Enumerable.Range(0, 8).Select(bit => 1 << bit), bit => words.Flag((EventFlags)bit));
        Numbered("站点现状", "conditions", Enumerable.Range(0, 15).Select(bit => 1 << bit), bit => words.Condition((ConditionBits)bit));
        Numbered("来源", "origins", Enumerable.Range(1, ContractLimits.OriginMax), words.OriginName);
        Numbered("时间", "times", [5, 60, 1_030, 3_600, 7_500, 86_400, 100_000], seconds => words.Duration(seconds));
        Numbered("面板按键", "keys", Enumerable.Range(0, Buttons.Count), key => Words.OfKey((Button)key).In(english));
        Numbered("试验操作", "trying", Enum.GetValues<HandMove>().Select(move => (int)move), move => Words.Of((HandMove)move).In(english));
        Numbered("输入", "inputs", Enum.GetValues<InputClass>().Select(one => (int)one), one => Words.OfClass((InputClass)one).In(english));
        Numbered("与县平台", "county", Enum.GetValues<UplinkState>().Select(one => (int)one),
            one => Words.OfUplink((UplinkState)one).In(english));
        Numbered("上报", "told", Enum.GetValues<EventStep>().Select(one => (int)one), one => Words.Of((EventStep)one).In(english));
        Numbered("站点码", "code", Enum.GetValues<StationCode>().Select(one => (int)one),
            one => Words.OfStationCode((StationCode)one).In(english));
        foreach (OutputRole role in Enum.GetValues<OutputRole>())
        {
            bool sounds = role is OutputRole.Siren or OutputRole.Buzzer;
            Numbered(
                Words.OfRole(role).Chinese, Words.OfRole(role).Code, Enumerable.Range(0, sounds ? Patterns.Count : (int)Pattern.Blink + 1),
                pattern => Words.OfPattern(role, (Pattern)pattern).In(english));
        }

        return said.ToString();
    }

    private static string Pick(bool english, string chinese, string inEnglish) => english ? inEnglish : chinese;

    private static void Head(StringBuilder said, string head) =>
        said.Append(said.Length == 0 ? "== " : "\n== ").Append(head).Append(" ==\n");

    private static void Say(StringBuilder said, IEnumerable<string> sentences)
    {
        foreach (string sentence in sentences.Distinct())
        {
            Assert.NotEmpty(sentence);
            said.Append(sentence).Append('\n');
        }
    }

    private static IEnumerable<int> Clocks() => Enumerable.Range(1, 3);

    private static IEnumerable<int> Causes() =>
    [
        (int)FaultCause.Unknown, (int)FaultCause.Reported, (int)FaultCause.ShortCircuit, (int)FaultCause.OpenCircuit,
        (int)FaultCause.NotRead, (int)FaultCause.BelowRange, (int)FaultCause.AboveRange, (int)FaultCause.Unsteady,
        (int)FaultCause.Chatter, (int)FaultCause.AfterDrill, (int)FaultCause.Disabled, (int)FaultCause.InTest, 99,
    ];

    private static EventRecord Of(
        int zone = 0, ZoneKind kind = ZoneKind.None, int a = 0, int b = 0, int c = 0, int value = 0, Unit unit = Unit.None,
        EventFlags flags = EventFlags.None, int other = 0, int rule = 0, Severity severity = Severity.None) => new()
        {
            Zone = zone, ZoneKind = kind, A = a, B = b, C = c, Value = value, Unit = unit, Flags = flags, OtherZone = other, Rule = rule,
            Severity = severity,
        };

    private sealed class DemoNames(bool english) : PlaceNames
    {
        private static readonly string[] s_names =
        [
            "", "值班室报警按钮", "仓库东感烟", "厨房感温", "消防泵转换开关", "总电源", "祠堂", "仓库后门", "充电棚线缆", "一号泵", "网关箱门",
        ];

        public override bool WithKinds => false;

        public override string Zone(int number) => number < s_names.Length ? s_names[number] : "";

        public override string Output(int number) => number == 3 ? Words.OfRole(OutputRole.Relay1).In(english) : "";
    }
}
