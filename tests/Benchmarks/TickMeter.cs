// Owns: counting the instructions of a tick, and the lines that tell them with their limits.
// Must never: measure time; the device's speed is not this machine's.

using System.Reflection;
using Gateway.Core;
using Gateway.Tests.Device;

namespace Gateway.Tests.Benchmarks;

internal static class TickMeter
{
    public const int TickMs = Limits.TickMs;

    /// <summary>What any tick may cost: a twentieth of a second of the device.</summary>
    public const int TickMost = 25_000;

    /// <summary>
    /// The first tick after a start, with the start itself: it reads the newest segment of every lane and the journal, under a second of
    /// the device, while the siren of a fire that was latched waits for nothing else.
    /// </summary>
    public const int FirstTickMost = 400_000;

    private static readonly Type s_counters = typeof(Gateway.Contract.EventRecord).Assembly.GetType(Weaver.CounterType)!;
    private static readonly FieldInfo s_counter = s_counters.GetField(Weaver.CounterField)!;
    private static readonly string[] s_methods = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, Weaver.ProfileNames));
    private static readonly long[] s_byMethod = new long[s_methods.Length];
    private static readonly bool s_profile = Environment.GetEnvironmentVariable("BENCH_PROFILE") == "1";

    /// <summary>False once a figure was past its limit.</summary>
    public static bool Good { get; private set; } = true;

    /// <summary>Where the instructions of the last span that was told went.</summary>
    private static long[] s_worst = [];
    private static long s_most;

    /// <summary>Before anything that is counted.</summary>
    public static void Begin() => s_counters.GetField(Weaver.ProfileField)!.SetValue(null, s_byMethod);

    public static long Counted() => (long)s_counter.GetValue(null)!;

    /// <summary>Instructions of what is done.</summary>
    public static long Of(Action what)
    {
        Array.Clear(s_byMethod);
        long before = Counted();
        what();
        return Counted() - before;
    }

    public static long Tick(Scene scene) => Of(() => scene.Pass(TickMs, everyTick: true));

    /// <summary>The worst of so many ticks.</summary>
    public static long Worst(Scene scene, int ticks) => Worst(() => Tick(scene), ticks);

    /// <summary>The worst of so many, each of which says what it cost; less than 0 is none.</summary>
    public static long Worst(Func<long> tick, int ticks)
    {
        long worst = 0;
        for (int i = 0; i < ticks; i++)
        {
            long counted = tick();
            worst = Math.Max(worst, counted);
            if (counted > s_most)
            {
                s_most = counted;
                s_worst = [.. s_byMethod];
            }
        }

        return worst;
    }

    /// <summary>What is done, told with its limit.</summary>
    public static void Line(string name, Action what, int limit)
    {
        long counted = Of(what);
        s_worst = [.. s_byMethod];
        Line(name, counted, limit);
    }

    /// <summary>A figure with its limit; with BENCH_PROFILE=1 also where the instructions of the worst tick went.</summary>
    public static void Line(string name, long value, int? limit)
    {
        Good &= limit == null || value <= limit;
        string past = value > limit ? " PAST ITS LIMIT" : "";
        Console.WriteLine($"{name}: {value} instructions" + (limit == null ? "" : $" (limit {limit})") + past);
        foreach (int method in Enumerable.Range(0, s_worst.Length).OrderByDescending(i => s_worst[i]).Take(s_profile ? 200 : 0))
        {
            Console.WriteLine($"    {s_worst[method],8} {s_methods[method]}");
        }

        s_worst = [];
        s_most = 0;
    }
}
