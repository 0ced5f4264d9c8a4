// Owns: a full log of a real board's size, some hours of events on it, and a power cut at any of its writes.
// Must never: contain chance, or count an alarm as kept before the commit that keeps it has come back.

using Gateway.Contract;
using Gateway.Core;

namespace Gateway.Simulation;

/// <summary>
/// The log and the journal alone, on flash that was filled before: each lane is two records short of its last segment's end, so that a few
/// events make every lane begin a segment, give up its oldest, keep first alarms and report losses. Every cut begins from a copy of it.
/// </summary>
public sealed class LogDay
{
    private const uint Station = 7;
    private const int Zones = 8;
    private const uint HeldOfFire = 4;

    private static readonly EventKind[] s_kinds = [EventKind.FireAlarm, EventKind.Fault, EventKind.Started];

    private readonly LogPlan _plan;
    private readonly SimFlash _filled;
    private readonly List<int> _sizes = [];

    /// <param name="plan">How the flash is shared out.</param>
    public LogDay(LogPlan plan)
    {
        _plan = plan;
        _filled = new SimFlash(new Rng(1));
        Fill();
        Whole = Run(null, _sizes);
    }

    /// <summary>What is wrong with the day without a cut, or null.</summary>
    public string? Whole { get; }

    /// <summary>Bytes of each write of the day; 0 for a deletion.</summary>
    public IReadOnlyList<int> WriteSizes => _sizes;

    /// <summary>The day with a power cut; what is wrong after it, or null.</summary>
    public string? Run(PlannedCut cut) => Run(cut, null);

    private string? Run(PlannedCut? cut, List<int>? sizes)
    {
        SimFlash flash = _filled.Clone(new Rng(2));
        long before = flash.Writes;
        flash.Tried = (_, _, bytes) => sizes?.Add(bytes.Length);
        flash.Deleted = () => sizes?.Add(0);
        if (cut is { } c)
        {
            flash.CutAtWrite = before + c.After;
            flash.Cut = c.Mode;
            flash.CutBytes = c.GoodBytes;
        }

        List<(uint Sequence, int Zone)> kept = [];
        Life life = new(flash, _plan);
        try
        {
            life.Start();
            Play(life, kept);
        }
        catch (PowerCutException)
        {
            // What follows is the next start.
        }

        flash.Tried = null;
        flash.Deleted = null;
        flash.PowerUp();
        return AfterStart(flash, kept, life.HeldTold) ?? AfterStart(flash, kept, life.HeldTold);
    }

    private void Fill()
    {
        Life life = new(_filled, _plan);
        life.Start();
        life.Log.Meet(new uint[Lanes.Count], 0);
        for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
        {
            int wanted = (_plan.Segments[(int)lane] * _plan.SegmentRecords) - 2;
            while (life.Log.At(lane).Last < wanted)
            {
                life.Add(s_kinds[(int)lane], 1 + ((int)life.Log.At(lane).Last % Zones));
                if (life.Log.At(lane).Pending == 4 || life.Log.At(lane).Last == wanted)
                {
                    life.Commit();
                }
            }
        }
    }

    private static void Play(Life life, List<(uint Sequence, int Zone)> kept)
    {
        for (int i = 0; i < 4; i++)
        {
            life.Add(EventKind.FireAlarm, 1 + i);
            life.Commit(kept);
        }

        for (int i = 0; i < 6; i++)
        {
            life.Add(i % 2 == 0 ? EventKind.Fault : EventKind.Started, 1);
            life.Commit();
        }

        life.Held(Lane.Fire, HeldOfFire);
        life.Held(Lane.Condition, life.Log.At(Lane.Condition).Durable);
        life.SaveCursor();
        for (int i = 0; i < 6; i++)
        {
            life.Add(EventKind.FireAlarm, 1 + (i % Zones));
        }

        life.Commit(kept);
        life.Held(Lane.Fire, life.Log.At(Lane.Fire).Durable - 3);
        life.SaveCursor();
        life.Add(EventKind.FireAlarm, 5);
        life.Commit(kept);
    }

    /// <summary>Starts again and looks for every alarm that was kept and that the county does not hold.</summary>
    private string? AfterStart(SimFlash flash, List<(uint Sequence, int Zone)> kept, uint held)
    {
        Life life = new(flash, _plan);
        life.Start();
        if (Missing(life, kept, held) is { } missing)
        {
            return "at the start " + missing;
        }

        life.Add(EventKind.FireAlarm, 9);
        life.Commit();
        LaneLog fire = life.Log.At(Lane.Fire);
        if (fire.Last <= (kept.Count == 0 ? 0 : kept[^1].Sequence) || life.Log.InMemory || life.Log.StoreIsNew)
        {
            return $"number {fire.Last} was given after {(kept.Count == 0 ? 0 : kept[^1].Sequence)}, new {life.Log.StoreIsNew}";
        }

        return Missing(life, kept, held);
    }

    /// <summary>Which alarm can't be read, or whose latch is forgotten; null when all are there.</summary>
    private string? Missing(Life life, List<(uint Sequence, int Zone)> kept, uint held)
    {
        LaneLog fire = life.Log.At(Lane.Fire);
        int segment = _plan.SegmentRecords;
        Dictionary<uint, EventRecord> found = [];
        life.Read(found, 0, fire.Oldest + (uint)(2 * segment));
        life.Read(found, fire.Durable > (uint)(4 * segment) ? fire.Durable - (uint)(4 * segment) : 0, fire.Durable);
        foreach ((uint sequence, int zone) in kept)
        {
            bool there = found.TryGetValue(sequence, out EventRecord? record) && record.Kind == EventKind.FireAlarm && record.Zone == zone;
            if (!there && sequence > held)
            {
                return $"the alarm of zone {zone}, number {sequence}, is lost (oldest {fire.Oldest}, last {fire.Last}, held {held})";
            }

            if ((life.Tail.Latched & (1 << (zone - 1))) == 0)
            {
                return $"the latch of zone {zone} is forgotten";
            }
        }

        // Each zone's first alarm is from before the day: its number is the zone's. Later ones may go where the first has come.
        for (uint first = held + 1; first <= Zones; first++)
        {
            if (!found.ContainsKey(first))
            {
                return $"the first alarm of zone {first}, number {first}, is lost";
            }
        }

        return null;
    }

    /// <summary>One start of a log on a flash.</summary>
    private sealed class Life
    {
        private readonly EventRecord _record = new();
        private readonly byte[] _buffer = new byte[ContractLimits.BatchRecordsMax * EventRecord.Size];

        /// <summary>Lent to the log, as the loop's is.</summary>
        private readonly byte[] _work = new byte[ContractLimits.MessageBytesMax];
        private readonly Journal _journal;
        private long _nowMs;

        public Life(SimFlash flash, LogPlan plan)
        {
            _journal = new Journal(flash);
            _journal.Recover();
            Log = new EventLog(flash, _journal, plan, new WallClock(), Station);
            Tail = new FireTail(0, 0, silenced: false, acknowledged: false);
        }

        public EventLog Log { get; }

        public FireTail Tail { get; }

        /// <summary>What the county has said that it holds of the fire lane.</summary>
        public uint HeldTold { get; private set; }

        public void Start() => Log.Recover(5, Tail, 0);

        public void Add(EventKind kind, int zone)
        {
            _record.Clear();
            _record.Kind = kind;
            _record.Zone = zone;
            Log.Add(_record, ++_nowMs);
        }

        public void Commit() => Log.Commit(_work, Limits.SegmentRecordsMax, ++_nowMs);

        /// <summary>Commits, and notes the alarms that are durable now.</summary>
        public void Commit(List<(uint Sequence, int Zone)> kept)
        {
            uint before = Log.At(Lane.Fire).Durable;
            Commit();
            uint after = before;
            int read;
            while ((read = Log.At(Lane.Fire).Read(after, ContractLimits.BatchRecordsMax, _buffer, 0)) > 0)
            {
                for (int i = 0; i < read; i++)
                {
                    _record.Decode(_buffer, i * EventRecord.Size, _buffer.Length);
                    after = _record.Sequence;
                    if (_record.Kind == EventKind.FireAlarm)
                    {
                        kept.Add((_record.Sequence, _record.Zone));
                    }
                }
            }
        }

        public void Held(Lane lane, uint through)
        {
            HeldTold = lane == Lane.Fire ? through : HeldTold;
            Log.SetHeld(lane, through, ++_nowMs);
        }

        public void SaveCursor()
        {
            _nowMs += Limits.CursorSaveMs;
            Log.Tidy(_work, _nowMs);
        }

        public void Read(Dictionary<uint, EventRecord> found, uint after, uint through)
        {
            int read;
            while (after < through && (read = Log.At(Lane.Fire).Read(after, ContractLimits.BatchRecordsMax, _buffer, 0)) > 0)
            {
                for (int i = 0; i < read; i++)
                {
                    EventRecord record = new();
                    record.Decode(_buffer, i * EventRecord.Size, _buffer.Length);
                    found[record.Sequence] = record;
                    after = record.Sequence;
                }
            }
        }
    }
}
