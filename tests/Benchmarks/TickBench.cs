// Owns: the figures of a tick, in IL instructions of Contract and Core.
// Must never: measure time; the device's speed is not this machine's.

using System.Reflection;
using System.Text;
using Gateway.Contract;
using Gateway.Core;
using Gateway.Tests.Device;

namespace Gateway.Tests.Benchmarks;

internal static class TickBench
{
    private const int TickMs = Limits.TickMs;

    /// <summary>
    /// The first tick after a start, with the start itself: it reads the newest segment of every lane and the journal, under a second of
    /// the device, while the siren of a fire that was latched waits for nothing else.
    /// </summary>
    private const int FirstTickMost = 400_000;
    private static readonly Type s_counters = typeof(Gateway.Contract.EventRecord).Assembly.GetType(Weaver.CounterType)!;
    private static readonly FieldInfo s_counter = s_counters.GetField(Weaver.CounterField)!;
    private static readonly string[] s_methods = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, Weaver.ProfileNames));
    private static readonly long[] s_byMethod = new long[s_methods.Length];
    private static readonly bool s_profile = Environment.GetEnvironmentVariable("BENCH_PROFILE") == "1";
    private static bool s_good = true;

    public static int Run()
    {
        s_counters.GetField(Weaver.ProfileField)!.SetValue(null, s_byMethod);
        foreach ((int zones, int rules, int limit) in new[] { (8, 16, 700), (32, 64, 2500) })
        {
            Quiet(zones, rules, limit);
        }

        foreach (string kinds in new[] { "smoke", "valve", "pump-fault", "mixed" })
        {
            Storm(kinds, rules: 64);
        }

        Settings();
        foreach (string name in new[] { "restart", "silent", "returning", "rewind", "start" })
        {
            History(name);
        }

        WrongLines();
        return s_good ? 0 : 1;
    }

    /// <summary>The largest station's text comes from the county and is checked while the gateway goes on.</summary>
    private static void Settings()
    {
        string text = Scene.Text(StationText.Of("mixed", Limits.ZonesMax, Limits.RulesMax))
            .Replace("127.0.0.1", "good", StringComparison.Ordinal);
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        TrialScene scene = new(new Tests.Device.MemoryFlash());
        scene.Start(Encoding.UTF8.GetBytes(text + "# before\n"));
        scene.Pass(20_000);
        uint number = 0;
        uint crc = Crc32.Of(bytes, 0, bytes.Length);
        long piece = 0;
        for (int at = 0; at < bytes.Length; at += Command.TextBytesMax)
        {
            scene.County.Text = bytes[at..Math.Min(at + Command.TextBytesMax, bytes.Length)];
            scene.County.Ask(++number, CommandCode.SettingsPiece, at, bytes.Length, (int)crc);
            piece = Math.Max(piece, Worst(scene, 20).Ticks);
        }

        Line($"a piece of settings of {bytes.Length} bytes comes, worst tick", piece, 25_000);
        scene.County.Text = [];
        scene.County.Ask(++number, CommandCode.SettingsCommit, 0, bytes.Length, (int)crc);
        (long worst, long[] profile) = Worst(scene, 200);
        Line("settings are checked, worst tick", worst, 40_000);
        Profile(profile);
        if (scene.Starts == 1 && !scene.Trial.RestartWanted)
        {
            throw new InvalidOperationException("the settings were not taken");
        }
    }

    /// <summary>Ticks with a full log: what is in flash must not make one longer.</summary>
    private static void History(string name)
    {
        LogPlan plan = new() { SegmentRecords = Limits.SegmentRecordsMax };
        Array.Fill(plan.Segments, 3);
        Scene scene = new(StationText.Of("smoke", Limits.ZonesMax, 16), plan, null);
        scene.Pass(20_000, everyTick: true);
        scene.County.UtcMs = 1795392000000;
        scene.County.Answers = name is "returning" or "rewind" or "start";
        long filling = 0;
        long[] profile = [];
        while (scene.Loop.Log.At(Lane.Fire).Last < 260)
        {
            // Four segments of 64: the ring has been round, and nothing of it is held but where the county answers.
            foreach (string word in new[] { "on", "off" })
            {
                All(scene, word);
                (long ticks, long[] where) = Worst(scene, 2000 / TickMs);
                profile = ticks > filling ? where : profile;
                filling = Math.Max(filling, ticks);
            }

            SceneSteps.Play(scene, "reset");
        }

        Line($"a full lane takes more, {name}, worst tick", filling, 25_000);
        Profile(profile);
        if (name is "restart" or "start")
        {
            if (name == "start")
            {
                All(scene, "on");
            }

            Array.Clear(s_byMethod);
            long before = Counted();
            scene.Start();
            scene.Pass(TickMs, everyTick: true);
            Line($"first tick after a start on full segments, {name}", Counted() - before, FirstTickMost);
            Profile([.. s_byMethod]);
        }

        if (name == "rewind")
        {
            scene.County.Rewind();
        }

        scene.County.Answers = name != "silent";
        if (name != "start")
        {
            scene.Board.Set(scene.Settings.ZoneInput[0], SceneWires.Level(scene.Settings.ZoneWiring[0], "on"));
        }

        (long worst, profile) = Worst(scene, 120_000 / TickMs);
        Line($"ticks that follow on full segments, {name}, worst tick", worst, 25_000);
        Profile(profile);
    }

    private static (long Ticks, long[] Profile) Worst(Scene scene, int ticks)
    {
        long worst = 0;
        long[] profile = [];
        for (int i = 0; i < ticks; i++)
        {
            Array.Clear(s_byMethod);
            long counted = Tick(scene);
            if (counted > worst)
            {
                worst = counted;
                profile = [.. s_byMethod];
            }
        }

        return (worst, profile);
    }

    /// <summary>Every line of the largest station's text has three misspelt words; one line is what a tick checks.</summary>
    private static void WrongLines()
    {
        string text = Scene.Text(StationText.Of("mixed", Limits.ZonesMax, Limits.RulesMax));
        (string Right, string Wrong)[] slips =
        [
            ("kind=smoke", "kind=smoek"), ("wiring=", "wireing="), ("name=", "nmae="), ("active:", "actvie:"), ("relay", "realy"),
        ];
        foreach ((string right, string wrong) in slips)
        {
            text = text.Replace(right, wrong, StringComparison.Ordinal);
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text);
        SettingsErrors errors = new();
        SettingsParser parser = new(bytes, bytes.Length, SceneBoard.Shape(), errors);
        long worst = 0;
        bool more = true;
        while (more)
        {
            long before = Counted();
            more = parser.Step();
            worst = Math.Max(worst, Counted() - before);
        }

        Line($"a wrong settings line is told, worst of {errors.Total} errors", worst, 20_000);
    }

    private static (long Ticks, long[] Profile) Worst(TrialScene scene, int ticks)
    {
        long worst = 0;
        long[] profile = [];
        for (int i = 0; i < ticks && scene.Starts == 1; i++)
        {
            Array.Clear(s_byMethod);
            long before = Counted();
            scene.Pass(TickMs);
            long counted = Counted() - before;
            if (counted > worst && scene.Starts == 1)
            {
                worst = counted;
                profile = [.. s_byMethod];
            }
        }

        return (worst, profile);
    }

    private static void Quiet(int zones, int rules, int limit)
    {
        Scene scene = new(StationText.Of("mixed", zones, rules));
        scene.Pass(20_000, everyTick: true);
        long[] ticks = [.. Enumerable.Range(0, 60_000 / TickMs).Select(_ => Tick(scene)).Order()];
        string name = $"quiet tick, {zones} zones, {rules} rules";
        Line(name, ticks[ticks.Length / 2], limit);
        do
        {
            Array.Clear(s_byMethod);
        }
        while (Tick(scene) > ticks[ticks.Length / 2]);

        Profile([.. s_byMethod]);
        Line($"{name}, mean of a minute", (long)ticks.Average(), limit);
        Line($"{name}, plain loop that only reads", Plain(zones), null);
    }

    private static void Storm(string kinds, int rules)
    {
        Scene scene = new(StationText.Of(kinds, Limits.ZonesMax, rules));
        scene.Pass(20_000, everyTick: true);
        foreach (string word in new[] { "on", "off", "cut", "off", "short", "on", "cut", "on", "lost", "off" })
        {
            All(scene, word);
            long worst = 0;
            long[] profile = [];
            for (int i = 0; i < 3000 / TickMs; i++)
            {
                Array.Clear(s_byMethod);
                long counted = Tick(scene);
                profile = counted > worst ? [.. s_byMethod] : profile;
                worst = Math.Max(worst, counted);
            }

            Line($"every zone of 32 ({kinds}) goes {word}, worst tick", worst, 25_000);
            Profile(profile);
        }
    }

    /// <summary>With BENCH_PROFILE=1: where the instructions of a worst tick went.</summary>
    private static void Profile(long[] profile)
    {
        foreach (int method in Enumerable.Range(0, profile.Length).OrderByDescending(i => profile[i]).Take(s_profile ? 200 : 0))
        {
            Console.WriteLine($"    {profile[method],8} {s_methods[method]}");
        }
    }

    private static void All(Scene scene, string word)
    {
        for (int zone = 0; zone < scene.Settings.ZoneCount; zone++)
        {
            scene.Board.Set(scene.Settings.ZoneInput[zone], SceneWires.Level(scene.Settings.ZoneWiring[zone], word));
        }
    }

    private static long Tick(Scene scene)
    {
        long before = Counted();
        scene.Pass(TickMs, everyTick: true);
        return Counted() - before;
    }

    private static long Plain(int zones)
    {
        int[] raw = new int[zones];
        int[] last = new int[zones];
        long before = Counted();
        PlainLoop.Changes(raw, last, zones);
        return Counted() - before;
    }

    private static long Counted() => (long)s_counter.GetValue(null)!;

    private static void Line(string name, long value, int? limit)
    {
        s_good &= limit == null || value <= limit;
        string past = value > limit ? " PAST ITS LIMIT" : "";
        Console.WriteLine($"{name}: {value} instructions" + (limit == null ? "" : $" (limit {limit})") + past);
    }
}
