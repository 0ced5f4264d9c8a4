// Owns: the figures of ticks with a history in flash: full lanes, a county that was away, a store that lost its end.
// Must never: let the length of a history decide what a tick costs.

using Gateway.Contract;
using Gateway.Core;
using Gateway.Tests.Device;

namespace Gateway.Tests.Benchmarks;

internal static class TickHistory
{
    private const int Segments = 3;

    /// <summary>Four segments: the ring has been round.</summary>
    private const int Filled = 260;

    public static void Run()
    {
        Restart();
        Silent();
        Returning();
        Rewind();
        Start();
        LostEnd();
    }

    /// <summary>A station with small lanes, each of them full; nothing of it is held but where the county answers.</summary>
    public static Scene Full(string name, string text, bool answers)
    {
        LogPlan plan = new() { SegmentRecords = Limits.SegmentRecordsMax };
        Array.Fill(plan.Segments, Segments);
        Scene scene = new(text, plan, null);
        scene.Pass(20_000, everyTick: true);
        scene.County.UtcMs = 1795392000000;
        scene.County.Answers = answers;
        long filling = 0;
        while (scene.Loop.Log.At(Lane.Fire).Last < Filled)
        {
            foreach (string word in new[] { "on", "off" })
            {
                TickBench.All(scene, word);
                filling = Math.Max(filling, TickMeter.Worst(scene, 2000 / TickMeter.TickMs));
            }

            SceneSteps.Play(scene, "reset");
        }

        TickMeter.Line($"a full lane takes more, {name}, worst tick", filling, TickMeter.TickMost);
        return scene;
    }

    private static string Text() => StationText.Of("smoke", Limits.ZonesMax, Limits.RulesMax);

    private static void One(Scene scene) =>
        scene.Board.Set(scene.Settings.ZoneInput[0], SceneWires.Level(scene.Settings.ZoneWiring[0], "on"));

    private static void Follow(Scene scene, string name) => TickMeter.Line(
        $"{name}, worst tick", TickMeter.Worst(scene, 120_000 / TickMeter.TickMs), TickMeter.TickMost);

    private static void FirstTick(Scene scene, string name) => TickMeter.Line(
        $"first tick after a start on full segments, {name}",
        () =>
        {
            scene.Start();
            scene.Pass(TickMeter.TickMs, everyTick: true);
        },
        TickMeter.FirstTickMost);

    private static void Restart()
    {
        Scene scene = Full("restart", Text(), answers: false);
        FirstTick(scene, "restart");
        scene.County.Answers = true;
        One(scene);
        Follow(scene, "first fire after a restart with full segments");
    }

    private static void Silent()
    {
        Scene scene = Full("silent", Text(), answers: false);
        One(scene);
        Follow(scene, "fire on full segments, silent county");
    }

    private static void Returning()
    {
        Scene scene = Full("returning", Text(), answers: true);
        scene.County.Answers = false;
        One(scene);
        scene.Pass(60_000, everyTick: true);
        scene.County.Answers = true;
        Follow(scene, "fire on full segments, returning county");
        scene = Full("away", Text(), answers: false);
        scene.County.Answers = true;
        TickBench.All(scene, "on");
        Follow(scene, "history to send while 32 zones change");
    }

    private static void Rewind()
    {
        Scene scene = Full("rewind", Text(), answers: true);
        scene.County.Rewind();
        One(scene);
        Follow(scene, "rewind on full segments");
        scene.County.Rewind();
        TickBench.All(scene, "off");
        Follow(scene, "rewind while 32 zones change");
    }

    private static void Start()
    {
        Scene scene = Full("start", Text(), answers: true);
        TickBench.All(scene, "on");
        FirstTick(scene, "32 zones");
        Follow(scene, "32 zones after a start on full segments");
    }

    /// <summary>The county holds more than the store knew of at its start; what came since is told under numbers above.</summary>
    private static void LostEnd()
    {
        Scene scene = Full("lost end", Text(), answers: false);
        scene.Start();
        scene.Pass(20_000, everyTick: true);
        uint known = scene.Loop.Log.At(Lane.Fire).Last;
        while (scene.Loop.Log.At(Lane.Fire).Last < known + 128)
        {
            foreach (string word in new[] { "on", "off" })
            {
                TickBench.All(scene, word);
                scene.Pass(2000, everyTick: true);
            }

            SceneSteps.Play(scene, "reset");
        }

        uint last = scene.Loop.Log.At(Lane.Fire).Last;
        for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
        {
            scene.County.Claim(lane, last + 1000);
        }

        scene.County.Answers = true;
        TickBench.All(scene, "on");
        Follow(scene, "a store that lost its end is put right while 32 zones change");
        LaneLog fire = scene.Loop.Log.At(Lane.Fire);
        if (fire.Last < last + 1000 + 60 || fire.Held < fire.Last)
        {
            throw new InvalidOperationException(
                $"the store was not put right: {last} before, now {fire.Last}, of these held {fire.Held}");
        }
    }
}
