// Owns: the judgement at the end: what the county has, compared with what happened.
// Must never: excuse what the options of the run don't explain.

using Gateway.Contract;
using Gateway.County;

namespace Gateway.Simulation;

public sealed partial class Truth
{
    private IReadOnlyList<StoredEvent> _events = [];
    private IReadOnlyList<Loss> _losses = [];

    /// <summary>Compares the county's table with what happened. Called when faults have stopped and everything was held.</summary>
    /// <param name="store">What the county has.</param>
    /// <param name="conflicts">Records of the gateway that came under a taken name.</param>
    /// <param name="longestWaitMs">The longest that a message waited for the county.</param>
    public void Judge(ISimStore store, long conflicts, long longestWaitMs)
    {
        _events = [.. store.Events.Where(e => e.Record.Station == World.Station)];
        _losses =
            [.. _events.Where(e => e.Record.Kind == EventKind.Loss)
                .Select(e => new Loss(e.Key.InLane, e.Record.Sequence, (uint)e.Record.A, (uint)e.Record.B))];
        if (conflicts > 0 && !swarm.Lies)
        {
            throw new ViolationException($"one number for two events: {conflicts} conflicts at the county");
        }

        JudgeAlarms();
        JudgeGaps(store);
        JudgeWritten();
        JudgeSpans();
        JudgeTimes(longestWaitMs);
        JudgeCases(store);
    }

    /// <summary>Cases that were built as things came equal those of all events; each first fire behind a reset began one.</summary>
    private void JudgeCases(ISimStore store)
    {
        if (store.GoneOver(World.Station) is not var (cases, changed))
        {
            return;
        }

        if (changed != 0)
        {
            throw new ViolationException($"cases: {changed} of {cases.Count} came out otherwise when they were gone over anew");
        }

        HashSet<string> first = [];
        HashSet<uint> open = [];
        foreach (EventRecord r in _events.Select(e => e.Record).Where(r => !r.Flags.HasFlag(EventFlags.Drill)
            && r.Kind is EventKind.FireAlarm or EventKind.Reset).OrderBy(r => r.Epoch).ThenBy(r => r.Sequence))
        {
            if (r.Kind == EventKind.Reset)
            {
                open.Remove(r.Epoch);
            }
            else if (open.Add(r.Epoch))
            {
                first.Add($"{r.Station}-{r.Epoch}-{(int)r.LaneNumber}-{r.Sequence}");
            }
        }

        string[] had = [.. cases.Where(c => c.Trouble == CaseTrouble.Fire && c.State != CaseState.Merged).Select(c => c.Id)];
        if (!first.SetEquals(had))
        {
            throw new ViolationException($"cases: {string.Join(' ', had)} instead of {string.Join(' ', first)}");
        }
    }

    private void JudgeAlarms()
    {
        foreach (ShownAlarm alarm in _alarms.Values)
        {
            alarm.AtCounty = false;
        }

        HashSet<ShownAlarm> memory = [];
        foreach (StoredEvent stored in _events.Where(e => e.Record.Kind == EventKind.FireAlarm).OrderBy(e => e.Record.Sequence))
        {
            ShownAlarm alarm = Find(stored.Record) ?? throw new ViolationException($"invented: {Text(stored.Record)} was never shown");
            // A write that the flash refused may have left whole records: they come from flash after the restart, having come from
            // memory before it.
            bool twice = _memoryEpochs.Contains(stored.Record.Epoch) || memory.Contains(alarm);
            if (_memoryEpochs.Contains(stored.Record.Epoch))
            {
                memory.Add(alarm);
            }

            if (alarm.AtCounty && !swarm.Lies && !(twice && swarm.RefuseEveryMs > 0))
            {
                throw new ViolationException($"double: {string.Join(" and ", RowsOf(alarm))} are one alarm");
            }

            alarm.AtCounty = true;
        }

        Dictionary<ShownAlarm, (uint Epoch, uint Sequence)> numbers = [];
        foreach (KeyValuePair<(uint Epoch, Lane Lane, uint Sequence), List<byte[]>> w in _written.Where(w => w.Key.Lane == Lane.Fire))
        {
            foreach (byte[] raw in w.Value)
            {
                bool good = _record.Decode(raw, 0, raw.Length) == DecodeResult.Ok;
                if (good && _record.Kind == EventKind.FireAlarm && Find(_record) is { } alarm)
                {
                    numbers[alarm] = (w.Key.Epoch, w.Key.Sequence);
                }
            }
        }

        foreach (ShownAlarm alarm in _alarms.Values.Where(a => !a.AtCounty && a.Excuse is null))
        {
            string name = $"zone {alarm.Zone} shown at {alarm.AtMs} ms (start {alarm.Start}, uptime {alarm.UptimeMs})";
            if (!numbers.TryGetValue(alarm, out (uint Epoch, uint Sequence) number))
            {
                throw new ViolationException($"lost: {name} was shown and is nowhere (durable {alarm.Durable})");
            }

            List<uint> epochs = [number.Epoch, .. _redrawn.Where(d => d.Value == number.Epoch).Select(d => d.Key)];
            bool owned = epochs.Exists(epoch => Owned(epoch, Lane.Fire, number.Sequence));
            bool policy = _alarms.Values.Any(a => Covers(a, alarm));
            if (Restored && _goneEpochs.Contains(number.Epoch))
            {
                continue;
            }

            if (!owned && !swarm.Damages)
            {
                throw new ViolationException($"lost: {name}, number {number.Sequence}, in silence");
            }

            if (!policy && !swarm.Damages && !Restored)
            {
                throw new ViolationException($"lost: {name}, number {number.Sequence}, the zone's first that was not held");
            }
        }
    }

    // A full lane keeps a zone's first alarm that is not held, so a later one may go only where an earlier one has come.
    private static bool Covers(ShownAlarm first, ShownAlarm later) => first.Zone == later.Zone && first.AtMs < later.AtMs && first.AtCounty;

    private IEnumerable<string> RowsOf(ShownAlarm alarm) =>
        _events.Where(e => e.Record.Kind == EventKind.FireAlarm && Find(e.Record) == alarm).Select(e => Text(e.Record));

    private bool Owned(uint epoch, Lane lane, uint sequence) =>
        _losses.Any(l => l.Lane.Lane == lane && l.Lane.Epoch == epoch && l.First <= sequence && l.Last >= sequence);

    private void JudgeGaps(ISimStore store)
    {
        foreach (Gap gap in store.AllGaps.Where(g => g.OwnedBy == 0 && g.Lane.Station == World.Station))
        {
            uint epoch = gap.Lane.Epoch;
            if (_goneEpochs.Contains(epoch) || _cutMemories.Contains(epoch) || (Restored && _memoryEpochs.Contains(epoch)))
            {
                // That life has ended; nobody is left who could report it.
                continue;
            }

            // A loss record that was itself damaged in flash took what it said with it; the place where it stood must be reported lost.
            if (!swarm.Damages)
            {
                throw new ViolationException($"silence: lane {(int)gap.Lane.Lane} of epoch {epoch:x8} lacks {gap.First}..{gap.Last}");
            }
        }
    }

    private void JudgeWritten()
    {
        if (swarm.Damages)
        {
            return;
        }

        HashSet<(uint, Lane, uint)> held = [.. _events.Select(e => (e.Record.Epoch, e.Record.LaneNumber, e.Record.Sequence))];
        foreach (KeyValuePair<(uint Epoch, Lane Lane, uint Sequence), List<byte[]>> w in _written.Where(w => _durable.Contains(w.Key)))
        {
            if (!held.Contains(w.Key) && !_goneEpochs.Contains(w.Key.Epoch) && !Presented(w.Key, held)
                && !Owned(w.Key.Epoch, w.Key.Lane, w.Key.Sequence)
                && !LostUnderLaterEpoch(w.Key))
            {
                _record.Decode(w.Value[0], 0, EventRecord.Size);
                throw new ViolationException($"lost: {Text(_record)} was durable and neither came nor was reported lost");
            }
        }
    }

    // A store whose first epoch was given up gives its records out under the next one.
    private bool Presented((uint Epoch, Lane Lane, uint Sequence) key, HashSet<(uint, Lane, uint)> held) =>
        _redrawn.Any(d => d.Value == key.Epoch && held.Contains((d.Key, key.Lane, key.Sequence)));

    private bool LostUnderLaterEpoch((uint Epoch, Lane Lane, uint Sequence) key) =>
        _redrawn.Any(d => d.Value == key.Epoch && (_goneEpochs.Contains(d.Key)
            || Owned(d.Key, key.Lane, key.Sequence)));

    // Told times carry the delay with which the county's clock came: on the way, in a tick that wrote to a slow flash, behind other
    // messages; what a gateway lets stand of a clock that it has; and where messages are held up, a first welcome for as long as it is
    // awaited, or a command to set the clock for as long as it is good.
    private long ToldErrorMs => 7_000 + (2 * swarm.NetDelayMs) + (12 * swarm.SlowFlashMs) + (swarm.ClockEveryMs > 0 ? 86_400_000 : 0)
        + (swarm.StepEveryMs > 0 ? World.StepMaxMs : 0)
        + (swarm.ReplayPercent == 0 ? 0 : swarm.CommandEveryMs == 0 ? Core.Limits.WelcomeMs : CountyLimits.CommandLifeS * 1_000);

    /// <summary>Where a clock was known in a boot, before or after an event, the event's time is right.</summary>
    private void JudgeTimes(long longestWaitMs)
    {
        foreach (IGrouping<(uint Epoch, uint Boot), StoredEvent> boot in _events.GroupBy(e => (e.Record.Epoch, e.Record.Boot)))
        {
            bool known = boot.Any(e => e.Record.UtcQuality != UtcQuality.Unknown);
            foreach (StoredEvent e in boot)
            {
                if (e.TimeQuality == UtcQuality.Unknown)
                {
                    if (known && !swarm.Damages)
                    {
                        throw new ViolationException($"time: {Text(e.Record)} has none, though its boot's clock is known");
                    }

                    continue;
                }

                // What the county reckons from when a message came is late by as long as the message waited for a county that was down.
                long most = ToldErrorMs + (known ? 0 : longestWaitMs + 6_000);
                long error = _starts[boot.Key].Select(s => Math.Abs(e.TimeMs - TrueMs(s, e.Record))).Min();
                if (error > most)
                {
                    throw new ViolationException($"time: {Text(e.Record)} is {error} ms off, quality {(int)e.TimeQuality}");
                }
            }
        }
    }

    private long TrueMs(int start, EventRecord r) => swarm.UtcAtZeroMs + _zeroMs[start] + r.UptimeMs;
}
