// Owns: running fuzzed inputs on all cores, and what one of them may cost.
// Must never: let an exception, a hang or a megabyte of garbage pass for one input.

using System.Diagnostics;

namespace Gateway.Simulation;

/// <summary>Each input is drawn from a seed and its number, so that a failing one can be made again.</summary>
public static class Fuzz
{
    /// <summary>How long one input may take before the run is given up as hung, s: longer than any pause of a busy machine.</summary>
    private const int HangS = 60;

    private static readonly FuzzKind[] s_kinds =
    [
        // Of a thousand inputs: the dear ones are few. Bytes are some times what the worst of ten million took.
        new("messages", 900, 8 << 10, FuzzMessages.Decode),
        new("signed to county", 50, 256 << 10, FuzzMessages.ToCounty),
        new("signed to gateway", 5, 1 << 20, FuzzMessages.ToGateway),
        new("settings", 20, 512 << 10, FuzzTexts.Settings),
        new("scripts", 5, 512 << 10, FuzzTexts.Script),
        new("store files bent", 10, 1 << 20, FuzzFiles.Bent),
        new("store files made up", 10, 1 << 20, FuzzFiles.MadeUp),
    ];

    /// <summary>Names of the kinds of input.</summary>
    public static IReadOnlyList<string> Kinds => [.. s_kinds.Select(k => k.Name)];

    /// <summary>Runs so many inputs on all cores; 0 when none failed.</summary>
    public static int Run(ulong seed, long inputs)
    {
        Warm();
        long started = Stopwatch.GetTimestamp();
        FuzzSum sum = new(s_kinds.Length);
        long next = 0;
        int cores = Environment.ProcessorCount;
        long[] atWork = new long[cores];
        long[] since = new long[cores];
        Thread[] workers = [.. Enumerable.Range(0, cores).Select(core => new Thread(() => Work(core)))];
        foreach (Thread worker in workers)
        {
            worker.Start();
        }

        for (int core = 0; core < cores; core++)
        {
            while (!workers[core].Join(1_000))
            {
                EndIfHung(seed, atWork, since);
            }
        }

        sum.Print(seed, inputs, Stopwatch.GetElapsedTime(started).TotalSeconds, s_kinds);
        return sum.Failures == 0 ? 0 : 1;

        void Work(int core)
        {
            byte[] buffer = new byte[2048];
            FuzzSum mine = new(s_kinds.Length);
            long i;
            while ((i = Interlocked.Increment(ref next) - 1) < inputs)
            {
                atWork[core] = i;
                Volatile.Write(ref since[core], Stopwatch.GetTimestamp());
                string? failure = One(seed, i, buffer, mine);
                if (failure is not null)
                {
                    Console.WriteLine($"FUZZ seed {seed} input {i}: {failure}");
                }
            }

            Volatile.Write(ref since[core], 0);
            sum.Add(mine);
        }
    }

    /// <summary>Tries one input of each kind that nobody counts: what is made once, at the first use, is no input's cost.</summary>
    public static void Warm()
    {
        byte[] buffer = new byte[2048];
        foreach (FuzzKind kind in s_kinds)
        {
            kind.Try(new Rng(0), buffer);
        }
    }

    /// <summary>One input; what went wrong, or null.</summary>
    public static string? One(ulong seed, long number, byte[] buffer, FuzzSum sum)
    {
        Rng rng = new(seed ^ ((ulong)number * 0x9E3779B97F4A7C15));
        int kind = 0;
        for (int share = rng.Below(1000) - s_kinds[0].Share; share >= 0; share -= s_kinds[kind].Share)
        {
            kind++;
        }

        long bytes = GC.GetAllocatedBytesForCurrentThread();
        long from = Stopwatch.GetTimestamp();
        string? failure;
        try
        {
            failure = s_kinds[kind].Try(rng, buffer);
        }
        catch (Exception e)
        {
            failure = e.ToString();
        }

        long ticks = Stopwatch.GetTimestamp() - from;
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        failure ??= bytes > s_kinds[kind].BytesMax ? $"allocated {bytes} bytes, at most {s_kinds[kind].BytesMax}" : null;
        sum.Add(kind, ticks, bytes, failure is not null);
        return failure is null ? null : $"{s_kinds[kind].Name}: {failure}";
    }

    private static void EndIfHung(ulong seed, long[] atWork, long[] since)
    {
        for (int core = 0; core < since.Length; core++)
        {
            long from = Volatile.Read(ref since[core]);
            if (from != 0 && Stopwatch.GetElapsedTime(from).TotalSeconds > HangS)
            {
                Console.WriteLine($"FUZZ seed {seed} input {atWork[core]}: hangs for {HangS} s");
                Environment.Exit(1);
            }
        }
    }
}

/// <summary>A way to make inputs and to throw them at what decodes them.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Share">So many of a thousand inputs.</param>
/// <param name="BytesMax">What one input may allocate.</param>
/// <param name="Try">Tries one; what went wrong, or null.</param>
public sealed record FuzzKind(string Name, int Share, long BytesMax, Func<Rng, byte[], string?> Try);

/// <summary>Counts of a run, a kind.</summary>
public sealed class FuzzSum(int kinds)
{
    private readonly long[] _inputs = new long[kinds];
    private readonly long[] _ticks = new long[kinds];
    private readonly long[] _bytes = new long[kinds];

    public long Failures { get; private set; }

    /// <summary>Inputs of a kind so far.</summary>
    public long Inputs(int kind) => _inputs[kind];

    public void Add(int kind, long ticks, long bytes, bool failed)
    {
        _inputs[kind]++;
        _ticks[kind] = Math.Max(_ticks[kind], ticks);
        _bytes[kind] = Math.Max(_bytes[kind], bytes);
        Failures += failed ? 1 : 0;
    }

    public void Add(FuzzSum other)
    {
        lock (_inputs)
        {
            for (int kind = 0; kind < _inputs.Length; kind++)
            {
                _inputs[kind] += other._inputs[kind];
                _ticks[kind] = Math.Max(_ticks[kind], other._ticks[kind]);
                _bytes[kind] = Math.Max(_bytes[kind], other._bytes[kind]);
            }

            Failures += other.Failures;
        }
    }

    public void Print(ulong seed, long inputs, double seconds, IReadOnlyList<FuzzKind> of)
    {
        for (int kind = 0; kind < _inputs.Length; kind++)
        {
            double slowestMs = _ticks[kind] * 1000.0 / Stopwatch.Frequency;
            Console.WriteLine($"fuzz: {of[kind].Name}: {_inputs[kind]} inputs, slowest {slowestMs:0.0} ms, "
                + $"most allocated {_bytes[kind]} bytes (limit {of[kind].BytesMax})");
        }

        Console.WriteLine($"fuzz: {inputs} inputs from seed {seed} in {seconds:0.0} s; failures: {Failures}");
    }
}
