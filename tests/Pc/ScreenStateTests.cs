// Owns: what the screen says in each state that somebody on duty has to understand, at 80x24 and at 150x44.
// Must never: draw a state that no run came to; GATEWAY_APPROVE=1 writes what is shown now, for a person to look at and commit.

using Gateway.Contract;
using Gateway.Core;
using Gateway.Pc.Run;
using Gateway.Pc.Screen;
using Gateway.Tests.Support;
using Spectre.Console;
using Xunit;

namespace Gateway.Pc.Tests;

public sealed class ScreenStateTests
{
    private const string Gas = "station id=330701 county=yiwu township=fotang village=qiantang name=前塘村微型消防站\n"
        + "uplink host=127.0.0.1 user=st330701\nzone 1 kind=callpoint wiring=line input=a1 name=值班室报警按钮\n"
        + "zone 2 kind=gas wiring=line input=a2 name=厨房燃气\nbutton silence input=d1\nbutton reset input=d2\nbutton answer input=d3\n";

    /// <summary>Two detectors that have to agree.</summary>
    private static readonly string Pair = Smoke("仓库东感烟")
        + "zone 3 kind=smoke wiring=line input=a3 name=仓库西感烟\ngroup 1 zones=2,3 need=2 withinS=60 aloneS=300\n";

    /// <summary>With what only an engineer needs, and there what the small display shows.</summary>
    private const string Engineer = "engineer";

    private static readonly string s_folder = Repository.Path("tests", "Pc", "Screens");

    /// <summary>Each state by its name: what is done, and what has to stand on the screen in every size.</summary>
    private static readonly Dictionary<string, (Func<Rig> Play, string[] Says)> s_states = new()
    {
        ["idle"] = (() => Run(""), ["正常", "监视正常。"]),
        ["fire"] = (() => Run("press 1\nwait 3s"), ["火警 1号 值班室报警按钮 16:0", "①按[应答]"]),
        ["second-fire"] = (
            () => Run("press 1\nwait 20s\nanswer\nwait 1s\npress 2\nwait 3s"),
            ["首警 1号 值班室报警按钮 16:0", "最新 2号 仓库感烟 16:0", "马上打119"]),
        ["silenced"] = (
            () => Run("press 1\nwait 10s\nanswer\nwait 1s\nsilence\nwait 2s"),
            ["火警 1号", "警报已消音·火警未解除", "警报声已停，火警还在"]),
        ["reset-refused"] = (
            () => Run("press 1\nwait 10s\nanswer\nwait 1s\nsilence\nwait 1s\nreset\nwait 1s"),
            ["火警 1号", "复位未成功：1号 值班室报警按钮仍在报警。用钥匙复原按钮后再按[复位]"]),
        ["gas"] = (() =>
        {
            var rig = new Rig(Rig.Parse(Gas), county: true);
            rig.Play("wait until online\nwait until county holds\nwait 1s\npress 2\nwait 5s");
            return rig;
        }, ["可燃气体报警 2号 厨房燃气 16:0", "不动电器、不点火，关燃气阀、开窗"]),
        ["gas-silenced"] = (() =>
        {
            var rig = new Rig(Rig.Parse(Gas), county: true);
            rig.Play("wait until online\nwait until county holds\nwait 1s\npress 2\nwait 10s\nanswer\nwait 1s\nsilence\nwait 2s");
            return rig;
        }, ["可燃气体报警 2号 厨房燃气 16:0", "警报已消音·可燃气体报警未解除", "▶ 已消音，燃气报警还在：不动电器"]),
        ["silenced-unanswered"] = (
            () => Run("press 1\nwait 10s\nsilence\nwait 2s"), ["警报已消音·火警未解除", "火警还在。先按[应答]，人到现场按[到场]"]),
        ["fire-and-gas"] = (() =>
        {
            var rig = new Rig(Rig.Parse(Gas), county: true);
            rig.Play("wait until online\nwait until county holds\nwait 1s\npress 1\nwait 2s\npress 2\nwait 3s");
            return rig;
        }, ["火警 1号", "可燃气体报警 2号", "①按[应答]", "2号 厨房燃气有可燃气体：那里不动电器"]),
        ["reset-key-off"] = (() =>
        {
            var rig = new Rig(Rig.Parse(Gas + "button lock input=d4\n"), county: true);
            rig.Play("wait until online\nwait until county holds\nwait 1s\npress 1\nwait 3s\nrelease 1\nwait 1s\nreset\nwait 1s");
            return rig;
        }, ["火警 1号", "复位未成功：先打开钥匙开关，再按[复位]"]),
        ["drill-pre-alarm"] = (() => Run("", rig =>
        {
            Commands(rig).Run(CommandCode.Drill, 30, 0b1, rig.NowMs);
            rig.Play("press 1\nwait 3s\npress 2\nwait 2s");
        }, 0, Rig.Parse(Gas.Replace("gas wiring=line input=a2 name=厨房燃气", "smoke wiring=line input=a2 name=仓库感烟", StringComparison.Ordinal)
            + "zone 3 kind=smoke wiring=line input=a3 name=二层感烟\ngroup 1 zones=2,3 need=2 withinS=60\n")),
            ["演练（非真火） 1号", "预警 2号 仓库感烟", "▶ 2号 仓库感烟单只报警，马上派人去看"]),
        ["in-test"] = (
            () => Run("", rig => Commands(rig).Run(CommandCode.Test, 2, 30, rig.NowMs), 3_000),
            ["测试 2号 仓库感烟", "2号到16:3", "测试中，动作不报警，现场留人看守"]),
        ["fault"] = (() => Run("cut 2\nwait 3s"), ["故障 2号 仓库感烟 断线", "此处报不了火警。打维保电话"]),
        ["mains-failure"] = (() => Run("press 5\nwait 3s"), ["主电断电", "停电，正用备电"]),
        ["duty-check"] = (
            () => Run("", rig => Commands(rig).Run(CommandCode.DutyCheck, 5, 0, rig.NowMs), 3_000),
            ["县平台查岗，4:57内按[应答]"]),
        ["drill"] = (() => Run("", rig =>
        {
            Commands(rig).Run(CommandCode.Drill, 30, 0, rig.NowMs);
            rig.Play("press 1\nwait 3s");
        }, 0), ["演练（非真火） 1号 值班室报警按钮", "真着火：喊人、打119、按[自检]结束演练"]),
        ["drill-ending"] = (() => Run("", rig =>
        {
            Commands(rig).Run(CommandCode.Drill, 5, 0, rig.NowMs);
            rig.Play("press 1\nwait 3s");
        }, 240_000), ["演练（非真火） 1号", "演练1分钟后结束：先把按钮复原，否则报故障"]),
        ["hot-work"] = (
            () => Run("", rig => Commands(rig).Run(CommandCode.HotWork, 0b110, 60, rig.NowMs), 3_000),
            ["动火 2、3号 剩60分", "2、3号到17:0", "现场留人看守"]),
        ["hot-work-look"] = (
            () => Run("", rig => Commands(rig).Run(CommandCode.HotWork, 0b110, 5, rig.NowMs), 303_000),
            ["动火已结束：去现场看有无余火，看完按[应答]"]),
        ["pre-alarm"] = (
            () => Run("press 2\nwait 3s", settings: Rig.Parse(Pair)),
            ["预警 2号 仓库东感烟", "▶ 2号 仓库东感烟单只报警，马上派人去看"]),
        ["supervisory"] = (() => Run("press 4\nwait 3s"), ["监管报警 4号 消防泵房转换开关", "转到"]),
        ["call-out"] = (() => Run("", rig =>
        {
            rig.Station.Loop.Panel.State.Text = "前塘村仓库";
            Commands(rig).Run(CommandCode.CallOut, 5, 0, rig.NowMs);
        }, 3_000), ["增援：去前塘村仓库救火。4:57内按[应答]出动"]),
        ["drill-duty-check"] = (() => Run("", rig =>
        {
            Commands(rig).Run(CommandCode.Drill, 30, 0, rig.NowMs);
            rig.Play("press 1\nwait 3s");
            Commands(rig).Run(CommandCode.DutyCheck, 5, 0, rig.NowMs);
        }, 3_000), ["演练（非真火） 1号", "▶ 演练剩30分", "县平台查岗，4:57内按[应答]"]),
        [Engineer] = (
            () => Run("press 1\nwait 10s\npress 2\nwait 1s\nanswer\nwait 1s\nsilence\nwait 3s",
                settings: Rig.Parse(Smoke("仓库感烟") + "display kind=oled\n")),
            ["火警共2处", "最新2号 已消音", "1号还在报警"]),
        ["offline-fire"] = (() =>
        {
            var rig = new Rig(settings: null, county: false);
            rig.Play("wait 150s\npress 1\nwait 3s");
            return rig;
        }, ["火警 1号 值班室报警按钮 3秒前", "尚未报到县平台", "县平台联系不上，火警发不出去", "时钟未校"]),
    };

    public static TheoryData<string, int, int> States()
    {
        var all = new TheoryData<string, int, int>();
        foreach (string state in s_states.Keys)
        {
            all.Add(state, 80, 24);
            all.Add(state, 150, 44);
        }

        return all;
    }

    [Fact]
    public void A_fire_of_another_day_has_its_day()
    {
        using Rig rig = Run("press 1\nwait 1s");
        Snapshot now = Snapshot.Of(rig.Station, []);
        string line = ScreenView.Lines(now with { UtcMs = now.UtcMs + 86_400_000 }, new Look(), 79, 24, ColorSystemSupport.NoColors)[0];
        Assert.StartsWith("火警 1号 值班室报警按钮 01-15 16:00:01", line.Trim(), StringComparison.Ordinal);
    }

    /// <summary>What the wide English screen says in one of these states, its lines joined.</summary>
    internal static string English(string state)
    {
        using Rig rig = s_states[state].Play();
        var look = new Look(English: true);
        return string.Join(' ', ScreenView.Lines(Snapshot.Of(rig.Station, []), look, 149, 44, ColorSystemSupport.NoColors)
            .Select(line => line.Trim()));
    }

    [Theory]
    [MemberData(nameof(States))]
    public void State_is_shown_as_approved_and_says_what_and_where_and_what_next(string state, int width, int height)
    {
        (Func<Rig> play, string[] says) = s_states[state];
        using Rig rig = play();
        RunUntilLit(rig);
        Snapshot now = Snapshot.Of(rig.Station, []);
        var look = new Look(Engineer: state == Engineer);

        // A column less, as the live screen leaves it to the terminal.
        string[] lines = [.. ScreenView.Lines(now, look, width - 1, height, ColorSystemSupport.NoColors)];
        Assert.InRange(lines.Length, 1, height);
        string shown = string.Join('\n', lines.Select(line => line.TrimEnd())) + "\n";
        string name = $"{state}-{width}x{height}";
        if (Environment.GetEnvironmentVariable("GATEWAY_PICTURES") is { Length: > 0 } folder)
        {
            IReadOnlyList<string> coloured = ScreenView.Lines(now, look, width - 1, height, ColorSystemSupport.TrueColor);
            File.WriteAllText(Path.Combine(folder, name + ".ansi"), string.Join('\n', coloured) + "\n");
        }

        string path = Path.Combine(s_folder, name + ".txt");
        if (Environment.GetEnvironmentVariable("GATEWAY_APPROVE") == "1")
        {
            Directory.CreateDirectory(s_folder);
            File.WriteAllText(path, shown);
        }

        string joined = shown.Replace("\n  ", "", StringComparison.Ordinal);
        Assert.All(says, words => Assert.Contains(words, joined, StringComparison.Ordinal));
        Assert.Equal(File.ReadAllText(path), shown);
    }

    /// <summary>A station lives for weeks with a fire that nobody may reset yet.</summary>
    [Fact]
    public void Fires_keep_their_order_and_time_however_much_comes_behind_them()
    {
        using Rig rig = Run("press 1\nwait 20s\npress 2\nwait 3s\npress 3\nwait 3s");
        string[] Fires() => [.. ScreenView.Lines(Snapshot.Of(rig.Station, []), new Look(), 79, 24, ColorSystemSupport.NoColors).Take(3)];
        string[] before = Fires();
        EventTrace other = rig.Station.Tail.Traces.First(trace => trace.Record.Kind != EventKind.FireAlarm);
        for (int i = 0; i < 2 * PcLimits.EventsKeptMax; i++)
        {
            rig.Station.Tail.Add(new EventTrace(other.Record, inFlashMs: 0));
        }

        Assert.Equal(before, Fires());
        Assert.Equal(PcLimits.EventsKeptMax, rig.Station.Tail.Traces.Count);
    }

    /// <summary>A still picture of a lamp that flashes shows it when it burns.</summary>
    private static void RunUntilLit(Rig rig)
    {
        for (int tick = 0; tick < 50 && IsDark(rig.Station); tick++)
        {
            rig.Run(Limits.TickMs);
        }
    }

    private static bool IsDark(Station station) => Enumerable
        .Range((int)OutputRole.LampFire, OutputRole.LampBattery - OutputRole.LampFire + 1)
        .Any(role => station.Loop.Outputs.PatternOf((OutputRole)role) == Pattern.Flash
            && !station.Board.OutputHigh(station.Settings.OutputOf[role]));

    /// <summary>The settings of gas, with a smoke detector of this name in its place.</summary>
    private static string Smoke(string name) =>
        Gas.Replace("gas wiring=line input=a2 name=厨房燃气", "smoke wiring=line input=a2 name=" + name, StringComparison.Ordinal);

    private static Rig Run(string script, Action<Rig>? asked = null, long thenMs = 0, Settings? settings = null)
    {
        var rig = new Rig(settings, county: true);
        rig.Play($"wait until online\nwait until county holds\nwait 1s\nwait until county holds\n{script}");
        asked?.Invoke(rig);
        rig.Run(thenMs);
        return rig;
    }

    private static PanelCommands Commands(Rig rig) => rig.Station.Loop.Panel.Commands;
}
