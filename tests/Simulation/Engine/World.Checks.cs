// Owns: what a bystander sees after each tick, and what must hold then.
// Must never: change the world.

using System.Globalization;
using Gateway.Contract;
using Gateway.Core;
using Gateway.County;

namespace Gateway.Simulation;

public sealed partial class World
{
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
            SeeLastOfDrill();
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

        if ((latched & ~_latched) != 0 && whole && !DelayHolds && !IsPlayed(latched) && !_board.Output[(int)OutputRole.Siren])
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
        CheckBack();

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
            _silencedDurable = _backUnkept ? _silencedDurable : _silencedInFire && _alarmAtMs != _nowMs;
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

    private void CheckTick(MainLoop loop, int latched)
    {
        CheckSiren(loop, latched);
        for (int zone = 0; zone < _swarm.Zones; zone++)
        {
            bool excused = ((Hidden | _afterDrill) & (1 << zone)) != 0;
            if (_inputs.ActiveTicks(zone) > SettlesTicksMax && SimInputs.IsFire(zone) && (latched & (1 << zone)) == 0 && !excused)
            {
                throw new ViolationException($"zone {zone + 1} has been active for {_inputs.ActiveTicks(zone)} ticks and is not shown");
            }

            if (_inputs.ActiveTicks(zone) > SettlesTicksMax && SimInputs.IsFire(zone) && _inputs.OwesAlarm(zone) && !excused)
            {
                throw new ViolationException($"lost: zone {zone + 1} was quiet, signals anew, and it is no new alarm");
            }
        }

        for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
        {
            LaneLog log = loop.Log.At(lane);
            bool memory = loop.Log.InMemory;
            int segmentsMax = SegmentsMax(loop, lane);
            bool settled = !memory && !loop.Log.FlashFails && !loop.Log.Waiting;
            if (log.Pending > Limits.PendingRecordsMax || (settled && log.Segments > segmentsMax))
            {
                throw new ViolationException($"lane {(int)lane} grew beyond its bounds: {log.Pending} waiting, {log.Segments} segments");
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
}
