// Owns: the figures of a quiet tick, of storms of zones and of settings, in IL instructions of Contract and Core.
// Must never: leave out a kind of tick because it is rare; the device meets it all the same.

using System.Text;
using Gateway.Contract;
using Gateway.Core;
using Gateway.Tests.Device;

namespace Gateway.Tests.Benchmarks;

internal static class TickBench
{
    private static readonly string[] s_words = ["on", "off", "cut", "off", "short", "on", "cut", "on", "lost", "off"];

    public static int Run()
    {
        TickMeter.Begin();
        foreach ((int zones, int rules, int limit) in new[] { (8, 16, 700), (32, 64, 2500) })
        {
            Quiet(zones, rules, limit);
        }

        foreach (string kinds in StationText.Kinds)
        {
            Storm(kinds, Limits.RulesMax);
            Storm(kinds, Limits.RulesBeside);
        }

        Settings();
        Names();
        WrongLines();
        TickHistory.Run();
        TickTogether.Run();
        ConsoleBench.Run();
        return TickMeter.Good ? 0 : 1;
    }

    /// <summary>Puts every zone's wires into a state at once.</summary>
    public static void All(Scene scene, string word) => All(scene, word, 0, scene.Settings.ZoneCount);

    public static void All(Scene scene, string word, int from, int to)
    {
        for (int zone = from; zone < to; zone++)
        {
            scene.Board.Set(scene.Settings.ZoneInput[zone], SceneWires.Level(scene.Settings.ZoneWiring[zone], word));
        }
    }

    private static void Quiet(int zones, int rules, int limit)
    {
        Scene scene = new(StationText.Of("mixed", zones, rules));
        scene.Pass(20_000, everyTick: true);
        long[] ticks = [.. Enumerable.Range(0, 60_000 / TickMeter.TickMs).Select(_ => TickMeter.Tick(scene)).Order()];
        long median = ticks[ticks.Length / 2];
        string name = $"quiet tick, {zones} zones, {rules} rules";
        _ = TickMeter.Worst(() => TickMeter.Tick(scene) is long counted && counted <= median ? counted : -1, ticks.Length);
        TickMeter.Line(name, median, limit);
        TickMeter.Line($"{name}, mean of a minute", (long)ticks.Average(), limit);
        TickMeter.Line($"{name}, plain loop that only reads", Plain(zones), null);
    }

    private static void Storm(string kinds, int rules)
    {
        Scene scene = new(StationText.Of(kinds, Limits.ZonesMax, rules));
        scene.Pass(20_000, everyTick: true);
        foreach (string word in s_words)
        {
            All(scene, word);
            long worst = TickMeter.Worst(scene, 3000 / TickMeter.TickMs);
            TickMeter.Line($"every zone of 32 ({kinds}, {rules} rules) goes {word}, worst tick", worst, TickMeter.TickMost);
        }
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
            piece = Math.Max(piece, Worst(scene, 20));
        }

        TickMeter.Line($"a piece of settings of {bytes.Length} bytes comes, worst tick", piece, TickMeter.TickMost);
        scene.County.Text = [];
        scene.County.Ask(++number, CommandCode.SettingsCommit, 0, bytes.Length, (int)crc);
        TickMeter.Line("settings are checked, worst tick", Worst(scene, 200), 40_000);
        if (scene.Starts == 1 && !scene.Trial.RestartWanted)
        {
            throw new InvalidOperationException("the settings were not taken");
        }
    }

    /// <summary>The county asks the largest station, with the longest names, for its table.</summary>
    private static void Names()
    {
        string longest = $" name=\"{new string('火', Limits.NameBytesMax / 3)}\"";
        string[] lines = Scene.Text(StationText.Of("mixed", Limits.ZonesMax, Limits.RulesBeside)).Split('\n');
        string text = string.Join('\n', lines.Select(line => !line.StartsWith("zone", StringComparison.Ordinal) ? line
            : string.Join(' ', line.Split(' ').Where(word => !word.StartsWith("name=", StringComparison.Ordinal))) + longest))
            .Replace("127.0.0.1", "good", StringComparison.Ordinal);
        TrialScene scene = new(new Tests.Device.MemoryFlash());
        scene.Start(Encoding.UTF8.GetBytes(text));
        scene.Pass(20_000);
        scene.County.NamesOf = scene.Loop.Settings.TextCrc;
        TickMeter.Line("the table of names is told, worst tick", Worst(scene, 400), TickMeter.TickMost);
        if (scene.County.Places < Limits.ZonesMax)
        {
            throw new InvalidOperationException($"{scene.County.Places} places were told");
        }
    }

    /// <summary>Ticks up to a restart; that is another kind of tick.</summary>
    private static long Worst(TrialScene scene, int ticks) => TickMeter.Worst(
        () =>
        {
            int starts = scene.Starts;
            long counted = starts > 1 ? -1 : TickMeter.Of(() => scene.Pass(TickMeter.TickMs));
            return scene.Starts == starts ? counted : -1;
        },
        ticks);

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
            worst = Math.Max(worst, TickMeter.Of(() => more = parser.Step()));
        }

        TickMeter.Line($"a wrong settings line is told, worst of {errors.Total} errors", worst, 20_000);
    }

    private static long Plain(int zones)
    {
        int[] raw = new int[zones];
        int[] last = new int[zones];
        return TickMeter.Of(() => PlainLoop.Changes(raw, last, zones));
    }
}
