// Owns: what really happened: which alarms the box showed, which records its flash took; and the judgement at the end.
// Must never: ask the gateway or the county what is true; it watches outputs, flash and database.

using System.Globalization;
using Gateway.Contract;
using Gateway.Core;
using Gateway.County;

namespace Gateway.Simulation;

/// <summary>An invariant is broken.</summary>
public sealed class ViolationException : Exception
{
    public ViolationException()
    {
    }

    public ViolationException(string message)
        : base(message)
    {
    }

    public ViolationException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

/// <summary>An alarm that siren and lamps showed.</summary>
/// <param name="start">Which start of the gateway, counted by the simulation.</param>
/// <param name="uptimeMs">The gateway's uptime then.</param>
/// <param name="zone">Zone number.</param>
/// <param name="atMs">The world's time.</param>
public sealed class ShownAlarm(int start, long uptimeMs, int zone, long atMs)
{
    public int Start { get; } = start;

    public long UptimeMs { get; } = uptimeMs;

    public int Zone { get; } = zone;

    public long AtMs { get; } = atMs;

    /// <summary>The tick ended with everything durable: from here on it may not be lost.</summary>
    public bool Durable { get; set; }

    /// <summary>Why it may be missing at the county; null when it may not.</summary>
    public string? Excuse { get; set; }

    public bool AtCounty { get; set; }
}

/// <summary>The model that the county's table is compared with.</summary>
public sealed partial class Truth(Swarm swarm)
{
    private readonly Dictionary<(int Start, long UptimeMs, int Zone), ShownAlarm> _alarms = [];
    private readonly Dictionary<(uint Epoch, Lane Lane, uint Sequence), List<byte[]>> _written = [];
    private readonly HashSet<(uint Epoch, Lane Lane, uint Sequence)> _durable = [];
    private readonly Dictionary<(uint Epoch, uint Boot), HashSet<int>> _starts = [];
    private readonly HashSet<uint> _memoryEpochs = [];
    private readonly HashSet<uint> _goneEpochs = [];
    private readonly EventRecord _record = new();
    private readonly HashSet<uint> _cutMemories = [];
    private readonly Dictionary<int, long> _zeroMs = [];
    private readonly HashSet<(uint Epoch, uint Boot)> _wroteAs = [];
    private int _lifeFirstStart;

    public IReadOnlyCollection<ShownAlarm> Alarms => _alarms.Values;

    /// <summary>Records that the flash has taken.</summary>
    public long RecordsWritten { get; private set; }

    public bool Restored { get; set; }

    /// <summary>A start of the gateway: at which time of the world its uptime was 0.</summary>
    public void Began(int start, long zeroMs) => _zeroMs[start] = zeroMs;

    /// <summary>The gateway gave this start an identity.</summary>
    public void Identity(uint epoch, uint boot, int start, bool inMemory)
    {
        if (!_starts.TryGetValue((epoch, boot), out HashSet<int>? starts))
        {
            _starts[(epoch, boot)] = starts = [];
        }

        starts.Add(start);
        if (inMemory)
        {
            _memoryEpochs.Add(epoch);
        }
    }

    /// <summary>Whether a record is durable that was written under this number of a start.</summary>
    public bool WroteAs(uint epoch, uint boot) => _wroteAs.Contains((epoch, boot));

    /// <summary>A life in memory ended with something on its way.</summary>
    public void MemoryCut(uint epoch) => _cutMemories.Add(epoch);

    /// <summary>The flash was formatted: what this life held and the county does not is gone.</summary>
    public void LifeEnded(IEnumerable<uint> epochs, int startsSoFar)
    {
        _goneEpochs.UnionWith(epochs);
        _wroteAs.Clear();
        _lifeFirstStart = startsSoFar + 1;
        foreach (ShownAlarm alarm in _alarms.Values.Where(a => a.Durable && !a.AtCounty))
        {
            alarm.Excuse ??= "formatted";
        }
    }

    public bool WasShown(int start, long uptimeMs, int zone) => _alarms.ContainsKey((start, uptimeMs, zone));

    public ShownAlarm Shown(int start, long uptimeMs, int zone, long nowMs)
    {
        ShownAlarm alarm = new(start, uptimeMs, zone, nowMs);
        if (!_alarms.TryAdd((start, uptimeMs, zone), alarm))
        {
            throw new ViolationException($"zone {zone} latched twice in one tick");
        }

        return alarm;
    }

    /// <summary>All alarms so far are durable.</summary>
    public void AllDurable()
    {
        foreach (ShownAlarm alarm in _alarms.Values)
        {
            alarm.Durable |= alarm.Excuse is null;
        }
    }

    /// <summary>The power went: what was only in memory may be gone.</summary>
    public void PowerCut()
    {
        foreach (ShownAlarm alarm in _alarms.Values.Where(a => !a.Durable))
        {
            alarm.Excuse ??= "not durable at a power cut";
        }
    }

    /// <summary>The flash took these bytes of a lane's file: from now on none of them may be lost.</summary>
    public void Written(FlashArea area, ReadOnlyMemory<byte> bytes)
    {
        byte[] all = bytes.ToArray();
        for (int at = 0; (int)area < Lanes.Count && at + EventRecord.Size <= all.Length; at += EventRecord.Size)
        {
            _record.Decode(all, at, all.Length);
            RecordsWritten++;
            _durable.Add((_record.Epoch, (Lane)area, _record.Sequence));
            _wroteAs.Add((_record.Epoch, _record.Boot));
        }
    }

    /// <summary>These bytes are about to be written to a lane's file; what becomes of them, a power cut may decide.</summary>
    public void Tried(int area, ReadOnlyMemory<byte> bytes)
    {
        if (area >= Lanes.Count)
        {
            return;
        }

        byte[] all = bytes.ToArray();
        for (int at = 0; at + EventRecord.Size <= all.Length; at += EventRecord.Size)
        {
            if (_record.Decode(all, at, all.Length) != DecodeResult.Ok || _record.LaneNumber != (Lane)area)
            {
                throw new ViolationException($"lane {area}: a record was written that is not one of its own");
            }

            (uint, Lane, uint) key = (_record.Epoch, (Lane)area, _record.Sequence);
            if (!_written.TryGetValue(key, out List<byte[]>? versions))
            {
                _written[key] = versions = [];
            }

            if (_record.Kind == EventKind.Loss)
            {
                // In flash a loss also says how long before it the first one was; the county gets it without.
                long ageS = Bytes.U32(all, at + 36);
                if (ageS != 0 && ageS < _record.C && !swarm.ClockIsWrong)
                {
                    throw new ViolationException($"lane {area}: a loss of {_record.C} s that began {ageS} s before its record");
                }

                _record.Zone = _record.OtherZone = _record.Rule = 0;
                _record.ZoneKind = ZoneKind.None;
                _record.Encode(all, at);
            }

            byte[] raw = all.AsSpan(at, EventRecord.Size).ToArray();
            if (!versions.Exists(v => v.AsSpan().SequenceEqual(raw)))
            {
                versions.Add(raw);
            }
        }
    }

    /// <summary>The county stored an event for the first time: it must be one that was written.</summary>
    public ShownAlarm? Stored(StoredEvent stored)
    {
        EventRecord r = stored.Record;
        bool memory = _memoryEpochs.Contains(r.Epoch);
        if (!memory && !WasWritten(stored) && !WasMoved(stored))
        {
            throw new ViolationException($"invented: {Text(r)} was never written to flash");
        }

        if (r.Kind != EventKind.FireAlarm)
        {
            return null;
        }

        ShownAlarm? alarm = Find(r) ?? throw new ViolationException($"invented: {Text(r)} was never shown");
        return alarm;
    }

    // Later epoch, first drawn epoch.
    private readonly Dictionary<uint, uint> _redrawn = [];

    /// <summary>The store's first epoch was another life's: it goes on under another.</summary>
    public void Redrawn(uint first, uint later)
    {
        _redrawn[later] = first;
        foreach (((uint epoch, uint boot), HashSet<int> starts) in _starts.ToArray())
        {
            if (epoch == first)
            {
                foreach (int start in starts.Where(s => s >= _lifeFirstStart))
                {
                    Identity(later, boot, start, inMemory: false);
                }
            }
        }
    }

    private bool WasWritten(StoredEvent stored)
    {
        EventRecord r = stored.Record;
        bool timed = r.UtcQuality == UtcQuality.BackFilled;
        if (_written.TryGetValue((r.Epoch, r.LaneNumber, r.Sequence), out List<byte[]>? versions)
            && versions.Exists(v => timed ? Same(v, stored.Raw) : v.AsSpan().SequenceEqual(stored.Raw)))
        {
            return true;
        }

        // Written under the first drawn epoch, which differs in bytes 8..11 and in the checksum.
        return _redrawn.TryGetValue(r.Epoch, out uint first)
            && _written.TryGetValue((first, r.LaneNumber, r.Sequence), out versions)
            && versions.Exists(v => Same(v, stored.Raw));
    }

    /// <summary>
    /// A store that lost its end tells of what it wrote since under numbers above those that the county holds: from then on the record is
    /// one that was written under its new number.
    /// </summary>
    private bool WasMoved(StoredEvent stored)
    {
        EventRecord r = stored.Record;
        bool moved = _written.Where(w => w.Key.Lane == r.LaneNumber && w.Key.Sequence < r.Sequence
                && (w.Key.Epoch == r.Epoch || (_redrawn.TryGetValue(r.Epoch, out uint first) && w.Key.Epoch == first)))
            .Any(w => w.Value.Exists(v => SameButNumber(v, stored.Raw, r.Kind == EventKind.Loss)));
        if (moved)
        {
            if (!_written.TryGetValue((r.Epoch, r.LaneNumber, r.Sequence), out List<byte[]>? versions))
            {
                _written[(r.Epoch, r.LaneNumber, r.Sequence)] = versions = [];
            }

            versions.Add([.. stored.Raw]);
            _durable.Add((r.Epoch, r.LaneNumber, r.Sequence));
        }

        return moved;
    }

    private bool SameButNumber(byte[] written, byte[] stored, bool isLoss)
    {
        byte[] a = Timeless(written);
        byte[] b = Timeless(stored);
        return a.AsSpan(0, 8).SequenceEqual(b.AsSpan(0, 8)) && a.AsSpan(16, 32).SequenceEqual(b.AsSpan(16, 32))
            && (isLoss || a.AsSpan(48, 8).SequenceEqual(b.AsSpan(48, 8))) && a.AsSpan(56, 4).SequenceEqual(b.AsSpan(56, 4));
    }

    /// <summary>
    /// True when two records differ in epoch, time and checksum at most. A gateway completes the time of a record on its way to the
    /// county; in flash it stays unknown.
    /// </summary>
    private bool Same(byte[] written, byte[] stored)
    {
        byte[] a = Timeless(written);
        byte[] b = Timeless(stored);
        return a.AsSpan(0, 8).SequenceEqual(b.AsSpan(0, 8)) && a.AsSpan(12, 48).SequenceEqual(b.AsSpan(12, 48));
    }

    private byte[] Timeless(byte[] raw)
    {
        byte[] bytes = [.. raw];
        if (_record.Decode(raw, 0, raw.Length) == DecodeResult.Ok && _record.UtcQuality != UtcQuality.Synchronised)
        {
            _record.UtcMs = 0;
            _record.UtcQuality = UtcQuality.Unknown;
            _record.Encode(bytes, 0);
        }

        return bytes;
    }

    private ShownAlarm? Find(EventRecord r)
    {
        if (_starts.TryGetValue((r.Epoch, r.Boot), out HashSet<int>? starts))
        {
            foreach (int start in starts.Order())
            {
                if (_alarms.TryGetValue((start, r.UptimeMs, r.Zone), out ShownAlarm? alarm))
                {
                    return alarm;
                }
            }
        }

        return null;
    }

    private static string Text(EventRecord r) => string.Create(
        CultureInfo.InvariantCulture,
        $"{EventKinds.Code(r.Kind)} zone {r.Zone} (epoch {r.Epoch:x8} lane {(int)r.LaneNumber} "
        + $"number {r.Sequence} start {r.Boot}/{r.UptimeMs})");
}
