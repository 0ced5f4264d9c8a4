// Owns: what a bystander sees after each tick, and what must hold then.
// Must never: change the world.

using System.Globalization;
using Gateway.Contract;
using Gateway.Core;
using Gateway.County;

namespace Gateway.Simulation;

public sealed partial class World
{
    private void CheckStart(MainLoop loop)
    {
        int latched = _settings.NumberBits(loop.Panel.Latched);
        bool resetNearby = _nowMs - _inputs.ResetAtMs < 20_000 || _drilled != 0 || _nowMs - _drillMovedMs < 20_000;
        if (!_formatted && !_swarm.Damages && !resetNearby && (latched & _latchedDurable) != _latchedDurable)
        {
            throw new ViolationException($"latch forgotten: zones {_latchedDurable:x} before the restart, {latched:x} after it");
        }

        int possible = _latched | _latchedDurable | _latchedSince;
        for (int zone = 0; zone < _swarm.Zones; zone++)
        {
            possible |= _inputs.IsActive(zone) ? 1 << zone : 0;
        }

        if ((latched & ~possible) != 0 && !_swarm.Damages && !resetNearby)
        {
            throw new ViolationException($"latch invented: zones {latched:x} are latched after the restart, {possible:x} may be");
        }

        EventLog log = loop.Log;
        if (!_swarm.Damages && !log.InMemory && _truth.WroteAs(log.Epoch, log.Boot))
        {
            throw new ViolationException($"start {log.Boot} of epoch {log.Epoch:x8}: another start has written under that number");
        }

        if (!_swarm.Damages && !log.InMemory && !log.StoreIsNew && _bootMax > 0 && log.Boot >= _bootMax + ContractLimits.SequenceJump)
        {
            throw new ViolationException($"start {log.Boot}: the journal is lost, the start before was {_bootMax}");
        }

        if (_formatted && !loop.Log.StoreIsNew && !loop.Log.InMemory)
        {
            throw new ViolationException("a formatted flash was not noticed");
        }

        // A life whose flash refused, or whose last alarm the power took before it was kept, left what it had before, with the silence of
        // that time.
        bool kept = !_swarm.Damages && !_formatted && !resetNearby && _swarm.RefuseEveryMs == 0 && _swarm.FullEveryMs == 0;
        _held &= kept && _nowMs - _heldSinceMs > HeldKeptMs;
        _silencedInFire |= _flashBehind || (!_wasDurable && _silencedDurable);
        _flashBehind = false;
        _formatted = false;
        _latched = latched;
        _quiet = _settings.NumberBits(loop.Panel.State.Signals.Quiet);
        _sirenWasOn = true;
    }

    /// <summary>What a bystander sees after a tick, and what must hold after each.</summary>
    private void See(MainLoop loop, long uptime, bool whole)
    {
        EventLog log = loop.Log;
        if (log.Epoch != _epochShown || log.Boot != _bootShown)
        {
            if (_epochShown != 0 && _epochShown != log.Epoch && !log.InMemory)
            {
                _truth.Redrawn(_epochShown, log.Epoch);
            }

            _result.MemoryLives += log.InMemory && _epochShown != log.Epoch ? 1 : 0;
            _epochShown = log.Epoch;
            _bootShown = log.Boot;
            _bootMax = Math.Max(_bootMax, log.Boot);
            _lifeEpochs.Add(log.Epoch);
            _bootsOfStart.Add(log.Boot);
            _bootsOfStart.ForEach(boot => _truth.Identity(log.Epoch, boot, (int)_result.Starts, log.InMemory));
            Trace($"epoch {log.Epoch:x8} boot {log.Boot} memory {log.InMemory}");
        }

        int latched = _settings.NumberBits(loop.Panel.Latched);
        int quiet = _settings.NumberBits(loop.Panel.State.Signals.Quiet);

        if (_swarm.Duty)
        {
            SeeDrill(loop, uptime);
        }

        // A zone that was shown as restored and is no longer signals anew; after a reset it is shown in fire or not at all.
        int anew = latched & _latched & _quiet & ~quiet;
        int added = (latched & ~_latched) | anew;
        if (whole)
        {
            CheckPeople(loop, uptime, latched, anew);
        }

        SeeSiren(latched, whole ? anew : 0);
        for (int zone = 1; added != 0 && zone <= Limits.ZonesMax; zone++)
        {
            if ((added & (1 << (zone - 1))) != 0)
            {
                added &= ~(1 << (zone - 1));
                if (_inputs.SinceMajority(zone - 1) > ShownTicksMax)
                {
                    string since = $"{_inputs.SinceMajority(zone - 1)} samples ago";
                    throw new ViolationException($"invented: zone {zone} is shown in fire, active for its n of m samples {since}");
                }

                ShownAlarm alarm = _truth.Shown((int)_result.Starts, uptime, zone, _nowMs);
                Trace($"alarm zone {zone} uptime {uptime}");
                if (whole && loop.Uplink.State == UplinkState.Online && _nowMs - _lastFaultMs > CalmMs && Calm())
                {
                    _expected.Add((_nowMs + LateMs + QueueMs(loop), alarm));
                }

                _alarmAtMs = (anew & (1 << (zone - 1))) == 0 ? _nowMs : _alarmAtMs;
                _inputs.Alarmed(zone - 1);
            }
        }

        if ((latched & ~_latched) != 0 && whole && !DelayHolds && !IsPlayed(latched) && !_board.Output[OutputRole.Siren])
        {
            throw new ViolationException($"late: zones {latched & ~_latched:x} are newly in fire, and the siren is off in that tick");
        }

        CheckLetGo(latched, quiet);
        _latched = latched;
        _quiet = quiet;
        if (!whole)
        {
            return;
        }

        _flashBehind |= log.FlashFails;

        // A storm's records are spread over a few ticks; until then its alarms are shown and not yet kept.
        bool durable = !log.FlashFails && log.At(Lane.Fire).Pending == 0 && loop.Panel.State.Events.Count == 0;
        _latchedSince |= latched;
        if (!durable)
        {
            // Flash may have the alarm and not the reset, or the other way round.
            _latchedDurable &= latched;
        }
        else
        {
            _latchedSince = latched;
            _latchedDurable = latched;
            _silencedDurable = _silencedInFire && _alarmAtMs != _nowMs;
            if (!_wasDurable || latched != 0)
            {
                _truth.AllDurable();
            }
        }

        _wasDurable = durable;
        _undurableTicks = durable || log.FlashFails ? 0 : _undurableTicks + 1;
        if (_undurableTicks > DurableTicksMax)
        {
            throw new ViolationException($"late: after {_undurableTicks} ticks of a good flash there are events that it does not have");
        }

        CheckTick(loop, latched);
        CheckHeldOutput(uptime);
    }

    /// <summary>
    /// Records of the fire lane go in their order, only so many at a time: what stands before an alarm costs a round trip for every load.
    /// </summary>
    private long QueueMs(MainLoop loop)
    {
        LaneLog fire = loop.Log.At(Lane.Fire);
        long before = fire.Last - fire.Held + loop.Panel.State.Events.Count;
        return before / (Limits.InFlightMax * Limits.SendRecordsMax) * RoundTripMs;
    }

    /// <summary>Nothing is wrong that would lose a message or hold the flash up; what only delays is in <see cref="LateMs"/>.</summary>
    private bool Calm() => _swarm.LossPercent == 0 && _strangePercent == 0
        && _faults.TrueForAll(f => f.EndsMs == long.MaxValue) && _county.Up;

    /// <summary>The gateway holds nothing for held that the county never said.</summary>
    private void CheckCursors(EventLog log)
    {
        for (int lane = 0; lane < Lane.Count; lane++)
        {
            if (log.At(lane).Held == _heldSeen[lane])
            {
                continue;
            }

            _heldSeen[lane] = log.At(lane).Held;
            uint told = _told.GetValueOrDefault((log.Epoch, lane));
            if (log.At(lane).Held > told)
            {
                throw new ViolationException($"cursor: lane {lane} is taken for held through {log.At(lane).Held}, the county said {told}");
            }
        }
    }

    /// <summary>What an answer says, whether it arrives or not.</summary>
    private void Told(byte[] answer)
    {
        MessageHeader header = new();
        uint[] held = new uint[Lane.Count];
        bool good = header.DecodeDown(answer, answer.Length) == DecodeResult.Ok && header.Type switch
        {
            MessageType.Welcome => Welcome.Decode(answer, answer.Length, held) == DecodeResult.Ok,
            MessageType.Held => HeldThrough.Decode(answer, answer.Length, held) == DecodeResult.Ok,
            _ => false,
        };
        for (int lane = 0; good && lane < Lane.Count; lane++)
        {
            uint stored = _county.Store.Held(new LaneKey(Station, header.Epoch, lane));
            if (held[lane] > stored)
            {
                throw new ViolationException($"acknowledged: lane {lane} through {held[lane]}, committed is {stored}");
            }

            _told[(header.Epoch, lane)] = Math.Max(held[lane], _told.GetValueOrDefault((header.Epoch, lane)));
        }
    }

    /// <summary>A silenced siren that sounds again must be silenced again; a zone that had rested long enough makes it sound.</summary>
    private void SeeSiren(int latched, int anew)
    {
        bool on = _board.Output[OutputRole.Siren];
        for (int zone = 0; !on && !DelayHolds && !IsPlayed(latched) && zone < _swarm.Zones; zone++)
        {
            if ((anew & (1 << zone)) != 0 && _inputs.RestedMs(zone) >= Limits.ResoundRestMs)
            {
                long restedMs = _inputs.RestedMs(zone);
                throw new ViolationException($"late: zone {zone + 1} signals anew after a rest of {restedMs} ms, and the siren is off");
            }
        }

        _alarmAtMs = latched != 0 && on && !_sirenWasOn ? _nowMs : _alarmAtMs;
        _sirenWasOn = on || IsPlayed(latched);
    }

    /// <summary>Siren off in a fire: only when someone silenced it after the last new alarm.</summary>
    private void CheckSiren(MainLoop loop, int latched)
    {
        bool silent = latched != 0 && !DelayHolds && !IsPlayed(latched) && !_board.Output[OutputRole.Siren];

        // A key counts a few samples after it is pressed, so it may have been pressed before the alarm that it silences.
        bool byKey = _inputs.SilenceAtMs >= _alarmAtMs - 1_000;
        bool byCounty = _swarm.RemoteSilence && _nowMs <= _silenceUntilMs;
        _silencedInFire = latched != 0 && (_silencedInFire || byKey || byCounty) && _alarmAtMs != _nowMs;
        if (silent && (!loop.Panel.Silenced || !(_silencedInFire || _swarm.Damages)))
        {
            throw new ViolationException($"zones {latched:x} are in fire, nobody silenced, and the siren is off");
        }
    }

    /// <summary>Queues, files and memory.</summary>
    private void CheckBounds(MainLoop loop, long writes, long calls, int commits, long bytes)
    {
        int waiting = loop.Panel.State.Events.Count;
        if (waiting > Limits.EventsWaitingMax || loop.Log.At(Lane.Fire).Kept > Limits.KeptRecordsMax)
        {
            throw new ViolationException($"queues: {waiting} events wait, {loop.Log.At(Lane.Fire).Kept} alarms are kept");
        }

        // A life in memory writes unseen: room for a segment with its first record, and kept alarms anew when the lane or its cursor moves.
        EventLog log = loop.Log;
        LaneLog fire = log.At(Lane.Fire);
        long moves = fire.Durable + (long)fire.Held + fire.Oldest + fire.Kept
            + log.At(Lane.Condition).Durable + log.At(Lane.Routine).Durable;
        bool unseen = log.InMemory && moves != _memoryMoves;
        _memoryMoves = moves;

        // Now and then the runtime makes something of its own for good.
        bool quiet = !unseen && Flash.Writes == writes && _network.Calls == calls && loop.Log.Commits == commits;
        _allocations += quiet && bytes > 0 ? 1 : 0;

        if (_allocations > 3)
        {
            throw new ViolationException($"memory: {bytes} bytes were allocated in a tick that neither wrote nor sent");
        }

        if (Flash.Writes != writes && Flash.Writes % 16 == 0)
        {
            for (int area = 0; area < FlashArea.Count; area++)
            {
                int max = area < Lane.Count ? (SegmentsMax(loop, area) + 1) * _swarm.SegmentRecords * EventRecord.Size
                    : area == FlashArea.Journal ? 2 * (Limits.JournalEntriesMax + Limits.JournalKeysMax) * Limits.JournalEntryBytes
                    : 2 * Limits.KeptRecordsMax * EventRecord.Size;
                if (Flash.BytesIn(area) > max && !loop.Log.InMemory && !loop.Log.FlashFails)
                {
                    throw new ViolationException($"flash: area {area} has {Flash.BytesIn(area)} bytes, at most {max}");
                }
            }
        }
    }

    private int SegmentsMax(MainLoop loop, int lane) =>
        loop.Log.At(lane).SegmentsMax + 1 + (Limits.PendingRecordsMax / _swarm.SegmentRecords);

    private void CheckTick(MainLoop loop, int latched)
    {
        CheckSiren(loop, latched);
        for (int zone = 0; zone < _swarm.Zones; zone++)
        {
            bool excused = ((Hidden | _afterDrill) & (1 << zone)) != 0;
            if (_inputs.ActiveTicks(zone) > 9 && SimInputs.IsFire(zone) && (latched & (1 << zone)) == 0 && !excused)
            {
                throw new ViolationException($"zone {zone + 1} has been active for {_inputs.ActiveTicks(zone)} ticks and is not shown");
            }

            if (_inputs.ActiveTicks(zone) > 9 && SimInputs.IsFire(zone) && _inputs.OwesAlarm(zone) && !excused)
            {
                throw new ViolationException($"lost: zone {zone + 1} was quiet, signals anew, and it is no new alarm");
            }
        }

        for (int lane = 0; lane < Lane.Count; lane++)
        {
            LaneLog log = loop.Log.At(lane);
            bool memory = loop.Log.InMemory;
            int segmentsMax = SegmentsMax(loop, lane);
            bool settled = !memory && !loop.Log.FlashFails && !loop.Log.Waiting;
            if (log.Pending > Limits.PendingRecordsMax || (settled && log.Segments > segmentsMax))
            {
                throw new ViolationException($"lane {lane} grew beyond its bounds: {log.Pending} waiting, {log.Segments} segments");
            }
        }

        CheckCursors(loop.Log);
        for (int i = _expected.Count - 1; i >= 0; i--)
        {
            (long dueMs, ShownAlarm alarm) = _expected[i];
            if (alarm.AtCounty || _lastFaultMs > alarm.AtMs)
            {
                _expected.RemoveAt(i);
            }
            else if (_nowMs >= dueMs)
            {
                throw new ViolationException($"late: zone {alarm.Zone} shown at {alarm.AtMs} ms not held after {_nowMs - alarm.AtMs} ms");
            }
        }
    }

    private void GatewaySends(int leaf, ReadOnlyMemory<byte> message)
    {
        if (leaf == LinkLeaf.Hello)
        {
            _fireSent = 0;
        }

        if (leaf > Lane.Routine)
        {
            return;
        }

        byte[] bytes = message.ToArray();
        int count = Batch.CountOf(bytes);
        uint last = EventRecord.SequenceOf(bytes, Batch.RecordsAt + ((count - 1) * EventRecord.Size));
        LaneLog fire = _loop!.Log.At(Lane.Fire);
        Trace($"batch lane {leaf} after {Batch.AfterOf(bytes)}: {count} through {last}");
        if (leaf == Lane.Fire)
        {
            // What the county asked to have again comes with old numbers between the new ones.
            _fireSent = _swarm.CommandEveryMs > 0 ? Math.Max(_fireSent, last) : last;
        }
        else if (fire.Durable > Math.Max(_fireSent, fire.Held) && !_swarm.Damages && _swarm.NoRoomPercent == 0)
        {
            throw new ViolationException($"order: lane {leaf} is sent while fire {fire.Durable} waits (sent {_fireSent})");
        }
    }

    private void Stored(StoredEvent stored)
    {
        EventRecord r = stored.Record;
        string details = $"zone {r.Zone} value {r.Value} {r.A}..{r.B}";
        Trace($"county stores {r.Epoch:x8} lane {r.LaneNumber} number {r.Sequence}: {EventKind.Code(r.Kind)} {details}");
        if (_truth.Stored(stored) is { } alarm)
        {
            alarm.AtCounty = true;
        }

        if (r.Kind is EventKind.CommandDone or EventKind.CommandRefused)
        {
            CheckAnswer(r);
        }
    }
}
