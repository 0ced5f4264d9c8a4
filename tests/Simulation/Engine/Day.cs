// Owns: the scripted day for exhaustive power cuts.
// Must never: contain chance; every run of a day is the same but for its cuts.

using Gateway.Core;

namespace Gateway.Simulation;

/// <summary>A power cut at the write of that number after a start.</summary>
/// <param name="After">Writes that still succeed.</param>
/// <param name="Mode">What is left of the write.</param>
/// <param name="GoodBytes">Of a torn or garbage write.</param>
public readonly record struct PlannedCut(int After, CutMode Mode, int GoodBytes);

/// <summary>A short day: alarms, silence, reset, an outage in which lanes fill and run over, and the county's return.</summary>
public static class Day
{
    private const ulong Seed = 20_260_101;

    /// <summary>
    /// Runs the day with the cuts given, the first counted from the first start, each further one from the start after the one before.
    /// </summary>
    public static RunResult Run(int segmentRecords, int segments, int presses, params PlannedCut[] cuts) =>
        Run(segmentRecords, segments, presses, out _, cuts);

    /// <summary>As <see cref="Run(int, int, int, PlannedCut[])"/>, with the bytes of each write that the day took.</summary>
    public static RunResult Run(int segmentRecords, int segments, int presses, out IReadOnlyList<int> writes, params PlannedCut[] cuts)
    {
        Swarm swarm = new() { SegmentRecords = segmentRecords, Zones = 4, StimulusEveryMs = long.MaxValue / 4 };
        Array.Fill(swarm.Segments, segments);
        swarm.FaultsForMs = 20_000 + (presses * 4_000L) + 10_000;
        using World world = new(Seed, swarm);
        foreach (PlannedCut cut in cuts)
        {
            world.Cuts.Enqueue(cut);
        }

        At(world, 2_000, w => w.Inputs.Press(0, w.NowMs, 1_000));
        At(world, 5_000, w => w.Inputs.Press(1, w.NowMs, 1_500));
        At(world, 8_000, w => w.Inputs.PressSilence(w.NowMs));
        At(world, 10_000, w => w.Inputs.PressReset(w.NowMs));
        At(world, 12_000, w => w.Network.SetBroker(up: false, forgets: false));
        for (int i = 0; i < presses; i++)
        {
            int zone = i % 4;
            long at = 14_000 + (i * 4_000L);
            At(world, at, w => w.Inputs.Press(zone, w.NowMs, 1_000));
            if (i % 3 == 2)
            {
                At(world, at + 2_500, w => w.Inputs.PressReset(w.NowMs));
            }
        }

        At(world, 18_000 + (presses * 4_000L), w => w.Network.SetBroker(up: true, forgets: false));
        List<int> sizes = [];
        Action<int, int, ReadOnlyMemory<byte>>? tried = world.Flash.Tried;
        world.Flash.Tried = (area, number, bytes) =>
        {
            tried?.Invoke(area, number, bytes);
            sizes.Add(bytes.Length);
        };
        world.Flash.Deleted = () => sizes.Add(0);
        RunResult result = world.Run();
        writes = sizes;
        return result;
    }

    /// <summary>Cuts the smallest day at each of its writes, before and after; the first violation, or null.</summary>
    public static string? FirstViolation()
    {
        RunResult whole = Run(4, 3, 12, out IReadOnlyList<int> writes);
        for (int write = 0; write <= writes.Count && whole.Violation is null; write++)
        {
            foreach (CutMode mode in new[] { CutMode.Nothing, CutMode.All, CutMode.Torn })
            {
                RunResult cut = Run(4, 3, 12, new PlannedCut(write, mode, 64));
                if (cut.Violation is not null)
                {
                    return $"cut at write {write} ({mode}): {cut.Violation}";
                }
            }
        }

        return whole.Violation;
    }

    private static void At(World world, long atMs, Action<World> step) => world.Script.Add(atMs, step);
}
