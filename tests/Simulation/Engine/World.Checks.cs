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
        bool resetNearby = _nowMs - _inputs.ResetAtMs < 20_000;
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

        if (_formatted && !loop.Log.StoreIsNew && !loop.Log.InMemory)
        {
            throw new ViolationException("a formatted flash was not noticed");
        }

        _formatted = false;
        _latched = latched;
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
            _lifeEpochs.Add(log.Epoch);
            _bootsOfStart.Add(log.Boot);
            _bootsOfStart.ForEach(boot => _truth.Identity(log.Epoch, boot, (int)_result.Starts, log.InMemory));
            Trace($"epoch {log.Epoch:x8} boot {log.Boot} memory {log.InMemory}");
        }

        int latched = _settings.NumberBits(loop.Panel.Latched);
        int added = latched & ~_latched;
        for (int zone = 1; added != 0 && zone <= Limits.ZonesMax; zone++)
        {
            if ((added & (1 << (zone - 1))) != 0)
            {
                added &= ~(1 << (zone - 1));
                ShownAlarm alarm = _truth.Shown((int)_result.Starts, uptime, zone, _nowMs);
                Trace($"alarm zone {zone} uptime {uptime}");
                if (whole && loop.Uplink.State == UplinkState.Online && _nowMs - _lastFaultMs > CalmMs && Calm())
                {
                    _expected.Add((_nowMs + LateMs, alarm));
                }
            }
        }

        _latched = latched;
        if (!whole)
        {
            return;
        }

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
            if (!_wasDurable || latched != 0)
            {
                _truth.AllDurable();
            }
        }

        _wasDurable = durable;
        CheckTick(loop, latched);
    }

    private bool Calm() => _swarm.NetDelayMs <= 100 && _swarm.LossPercent == 0 && _swarm.NoRoomPercent == 0 && !_swarm.SlowCommits
        && _swarm.SlowFlashMs == 0 && _faults.TrueForAll(f => f.EndsMs == long.MaxValue) && _county.Up;

    private void CheckTick(MainLoop loop, int latched)
    {
        bool siren = _board.Output[OutputRole.Siren];
        if (latched != 0 && !loop.Panel.Silenced && !siren)
        {
            throw new ViolationException($"zones {latched:x} are in fire, nobody silenced, and the siren is off");
        }

        for (int zone = 0; zone < _swarm.Zones; zone++)
        {
            if (_inputs.ActiveTicks(zone) > 9 && SimInputs.IsFire(zone) && (latched & (1 << zone)) == 0)
            {
                throw new ViolationException($"zone {zone + 1} has been active for {_inputs.ActiveTicks(zone)} ticks and is not shown");
            }
        }

        for (int lane = 0; lane < Lane.Count; lane++)
        {
            LaneLog log = loop.Log.At(lane);
            bool memory = loop.Log.InMemory;
            int segmentsMax = log.SegmentsMax + 1 + (Limits.PendingRecordsMax / _swarm.SegmentRecords);
            bool settled = !memory && !loop.Log.FlashFails && !loop.Log.Waiting;
            if (log.Pending > Limits.PendingRecordsMax || (settled && log.Segments > segmentsMax))
            {
                throw new ViolationException($"lane {lane} grew beyond its bounds: {log.Pending} waiting, {log.Segments} segments");
            }
        }

        for (int i = _expected.Count - 1; i >= 0; i--)
        {
            (long dueMs, ShownAlarm alarm) = _expected[i];
            if (alarm.AtCounty || _lastFaultMs > alarm.AtMs)
            {
                _expected.RemoveAt(i);
            }
            else if (_nowMs >= dueMs)
            {
                throw new ViolationException($"late: zone {alarm.Zone} shown at {alarm.AtMs} ms is not held {LateMs} ms later");
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
            _fireSent = last;
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
    }

    private void Publish(Outgoing answer)
    {
        if (_trace is not null)
        {
            MessageHeader header = new();
            int result = header.DecodeDown(answer.Payload, answer.Payload.Length);
            uint[] held = new uint[Lane.Count];
            int body = header.Type == MessageType.Welcome
                ? Welcome.Decode(answer.Payload, answer.Payload.Length, held)
                : HeldThrough.Decode(answer.Payload, answer.Payload.Length, held);
            string session = $"{header.Boot}/{header.Session}";
            Trace($"county answers {header.Type:x2} ({result}/{body}) session {session} held {held[0]}/{held[1]}/{held[2]}");
        }

        _network.Answer(answer);
    }

    private void TraceFlash()
    {
        if (_trace is null)
        {
            return;
        }

        foreach (((int area, int number), byte[] file) in Flash.Files.OrderBy(f => f.Key))
        {
            bool records = area < Lane.Count || area == FlashArea.Kept;
            List<string> texts = [];
            for (int at = 0; at < file.Length; at += EventRecord.Size)
            {
                texts.Add(records ? RecordText(file, at) : $"{file[at]:x2}");
            }

            Trace($"file {area}/{(uint)number}: {string.Join(' ', texts)}");
        }
    }

    private static string RecordText(byte[] file, int at) =>
        EventRecord.Check(file, at, Math.Min(file.Length, at + EventRecord.Size)) == DecodeResult.Ok
            ? $"{EventRecord.SequenceOf(file, at)}({EventKind.Code(Bytes.U16(file, at + 2))})"
            : "bad";

    private static bool Held(MainLoop loop)
    {
        bool held = !loop.Log.Waiting;
        for (int lane = 0; lane < Lane.Count; lane++)
        {
            LaneLog log = loop.Log.At(lane);
            held &= log.Held == log.Last;
        }

        return held;
    }

    private bool AllHeld() =>
        _loop is { Configured: true } loop && !loop.Log.InMemory && loop.Uplink.State == UplinkState.Online && Held(loop);

    private static string Lanes(EventLog? log) => log is null
        ? "off"
        : string.Join(", ", Enumerable.Range(0, 3).Select(log.At).Select(l => $"{l.Oldest}..{l.Last} durable {l.Durable} held {l.Held}"));
}
