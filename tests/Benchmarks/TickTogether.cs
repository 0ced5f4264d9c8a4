// Owns: the figures of ticks in which several things come together.
// Must never: leave the whole station out; each scene has 32 zones, with all rules or as many as are gone over beside all else.

using Gateway.Contract;
using Gateway.Core;
using Gateway.Tests.Device;

namespace Gateway.Tests.Benchmarks;

internal static class TickTogether
{
    private const long Monday = 1795392000000;

    public static void Run()
    {
        foreach (int rules in new[] { Limits.RulesMax, Limits.RulesBeside })
        {
            Drill(rules);
            Keys(rules);
        }

        TimeBecomesKnown();
        LogRange();
    }

    private static Scene Of(string kinds, int rules, string more)
    {
        Scene scene = new(StationText.Of(kinds, Limits.ZonesMax, rules) + more);
        scene.Pass(20_000, everyTick: true);
        return scene;
    }

    private static void Follow(Scene scene, string name) => TickMeter.Line(
        $"{name}, worst tick", TickMeter.Worst(scene, 3000 / TickMeter.TickMs), TickMeter.TickMost);

    private static void Drill(int rules)
    {
        foreach (string kinds in new[] { "smoke", "counts", "held" })
        {
            Scene scene = Of(kinds, rules, " | drill linkage=yes");
            PanelCommands commands = scene.Loop.Panel.Commands;
            commands.Run(CommandCode.Drill, 30, 0xFFFF, scene.NowMs);
            scene.Pass(1000, everyTick: true);
            TickBench.All(scene, "on", 0, 16);
            Follow(scene, $"drill of 16 zones ({kinds}, {rules} rules), these go on");
            TickBench.All(scene, "on", 16, Limits.ZonesMax);
            Follow(scene, $"fire in 16 others ({kinds}, {rules} rules) breaks the drill off");
            SceneSteps.Play(scene, "silence");
            TickBench.All(scene, "off");
            Follow(scene, $"all 32 rest after the drill ({kinds}, {rules} rules)");
            SceneSteps.Play(scene, "reset");
            commands.Run(CommandCode.Drill, 30, -1, scene.NowMs);
            TickBench.All(scene, "on");
            Follow(scene, $"drill of 32 zones ({kinds}, {rules} rules), these go on");
            long ends = Key(scene, "test");
            TickMeter.Line($"test key ends the drill of 32 burning zones ({kinds}, {rules} rules), worst tick", ends, TickMeter.TickMost);
        }
    }

    /// <summary>Every rule has a window, the delay has one, and all patrols; the clock becomes known within them, then moves.</summary>
    private static void TimeBecomesKnown()
    {
        string patrols = " | zone 1 kind=patrol wiring=no input=d1 name=p";
        for (int patrol = 1; patrol <= Limits.PatrolsMax; patrol++)
        {
            patrols += $" | patrol {patrol} zones=1 from=08:0{patrol} to=0{patrol}:30";
        }

        string text = StationText.Of("windows", Limits.ZonesMax, Limits.RulesMax).Replace("smoke 1 wiring=line | ", "",
            StringComparison.Ordinal);
        Scene scene = new(patrols[3..] + " | " + text + " | delay t1S=60 t2S=60 from=07:00 to=20:00");
        scene.Pass(20_000, everyTick: true);
        TickBench.All(scene, "on");
        scene.Pass(60, everyTick: true);
        scene.County.UtcMs = Monday;
        SceneSteps.Play(scene, "county=on");
        scene.Loop.Clock.Set(Monday, scene.NowMs);
        scene.Loop.Panel.Wake();
        Follow(scene, "time becomes known (windows) while 32 zones go on");
        scene.Loop.Clock.Set(Monday + 5 * Limits.HourMs, scene.NowMs);
        scene.Loop.Panel.Wake();
        TickBench.All(scene, "off");
        Follow(scene, "time moves by hours (windows) while 32 zones go off");
    }

    private static void LogRange()
    {
        Scene scene = TickHistory.Full("log range", StationText.Of("smoke", Limits.ZonesMax, Limits.RulesMax), answers: true);
        LaneLog fire = scene.Loop.Log.At(Lane.Fire);
        scene.County.CommandLifeS = 60;
        scene.County.Ask(1, CommandCode.ReadLog, (int)Lane.Fire, (int)fire.Oldest, (int)fire.Last);
        TickBench.All(scene, "on");
        Follow(scene, "the county reads the fire lane again while 32 zones go on");
    }

    private static void Keys(int rules)
    {
        foreach (string kinds in new[] { "smoke", "held", "counts" })
        {
            Scene scene = Of(kinds, rules, " | cases afterMin=0");
            TickBench.All(scene, "on");
            Follow(scene, $"32 zones go on ({kinds}, {rules} rules), cases at once");
            foreach (string key in new[] { "answer", "silence", "reset" })
            {
                TickMeter.Line($"{key} with 32 zones on ({kinds}, {rules} rules), worst tick", Key(scene, key), TickMeter.TickMost);
            }

            scene.Start();
            _ = TickMeter.Worst(scene, 1);
            Follow(scene, $"the ticks after a start with 32 zones on ({kinds}, {rules} rules)");
            TickBench.All(scene, "off");
            scene.Pass(3000, everyTick: true);
            TickMeter.Line($"reset with 32 zones at rest ({kinds}, {rules} rules), worst tick", Key(scene, "reset"), TickMeter.TickMost);
        }
    }

    private static long Key(Scene scene, string key)
    {
        int input = SceneBoard.Analog + SceneBoard.FirstKey - 1 + SettingsLine.IndexOf(Buttons.Names(), key);
        scene.Board.Set(input, 0);
        long down = TickMeter.Worst(scene, 20);
        scene.Board.Set(input, 1);
        return Math.Max(down, TickMeter.Worst(scene, 150));
    }
}
