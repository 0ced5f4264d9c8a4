// Owns: the device: power on and off, starts, and its ticks in the world's time.
// Must never: let the gateway see anything but its ports.

using Gateway.Contract;
using Gateway.Core;
using Gateway.County;

namespace Gateway.Simulation;

public sealed partial class World
{
    /// <summary>Takes the power away at once.</summary>
    public void Stop()
    {
        if (_loop is null)
        {
            return;
        }

        if (_loop.Log.InMemory && !Held(_loop))
        {
            _truth.MemoryCut(_loop.Log.Epoch);
        }

        _loop = null;
        _truth.PowerCut();
        PowerGone();
        _network.PowerDown();
        _board.PowerDown();
        _expected.Clear();
        _lastFaultMs = _nowMs;
        _startAtMs = _nowMs + _chance.Range(200, 5_000);
        HoldSomeKey();
        Trace("off");
    }

    private long NextMs(long end)
    {
        long slow = Flash.Refuses || _swarm.SlowFlashMs == 0 ? 0 : _slowMs;
        _slowMs = 0;
        long next = _nowMs + Limits.TickMs + slow;
        if (_loop is null)
        {
            next = Math.Max(next, Math.Min(_startAtMs, Earliest()));
        }
        else if (_nowMs >= _busyUntilMs)
        {
            next = Math.Max(next, Math.Min(_nowMs + 1_000, Earliest()));
        }

        return Math.Min(Math.Max(next, _nowMs + 1), Math.Max(end, _nowMs + 1));
    }

    private long _slowMs;

    private long Earliest()
    {
        long due = Math.Min(_network.DueMs, _county.DueMs);
        due = Math.Min(due, Math.Min(_inputs.DueMs, _cutAtMs));
        foreach (Fault fault in _faults)
        {
            due = Math.Min(due, Math.Min(fault.NextMs, fault.EndsMs));
        }

        return Script.Count > 0 ? Math.Min(due, Script.Keys[0]) : due;
    }

    private void RunScript()
    {
        while (Script.Count > 0 && Script.Keys[0] <= _nowMs)
        {
            Action<World> step = Script.Values[0];
            Script.RemoveAt(0);
            step(this);
            _busyUntilMs = _nowMs + 400;
        }
    }

    private void Gateway()
    {
        if (_loop is null)
        {
            if (_nowMs < _startAtMs || !Start())
            {
                return;
            }
        }

        MainLoop loop = _loop!;
        long uptime = Uptime();
        long writes = Flash.Writes;
        long calls = _network.Calls;
        int commits = loop.Log.Commits;
        _utcBeforeMs = loop.Clock.UtcMs(uptime);
        long bytes = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            loop.Tick(uptime);
            bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        }
        catch (PowerCutException)
        {
            Trace("cut in a write");
            See(loop, uptime, whole: false);
            Stop();
            return;
        }

        _result.Ticks++;
        _slowMs = (Flash.Writes - writes) * _swarm.SlowFlashMs;
        if (Flash.Writes != writes && _nowMs >= _busyUntilMs - 300)
        {
            _busyUntilMs = _nowMs + 300;
        }

        See(loop, uptime, whole: true);
        CheckBounds(loop, writes, calls, commits, bytes);
    }

    private long Uptime() => _nowMs - _bootedAtMs + _swarm.UptimeBaseMs;

    private bool Start()
    {
        Flash.PowerUp();
        if (Cuts.TryDequeue(out PlannedCut cut))
        {
            Flash.CutAtWrite = Flash.Writes + cut.After;
            Flash.Cut = cut.Mode;
            Flash.CutBytes = cut.GoodBytes;
        }

        _bootedAtMs = _nowMs - _chance.Below(1_000);
        _result.Starts++;
        _busyUntilMs = _nowMs + 1_000;
        _inputs.ForgetTicks();
        uint epoch = _swarm.PoorChance ? 0x1234567 : (uint)_chance.Next() | 1;
        Ports ports = new()
        {
            Board = _board,
            Flash = Flash,
            Link = _network,
            Key = new StationKey(s_key),
            Shape = SimBoard.Shape(),
            Firmware = "sim",
            Plan = Plan(),
        };
        _network.NowMs = _nowMs;
        try
        {
            _loop = new MainLoop(ports, InForce(ports), epoch, Uptime());
        }
        catch (PowerCutException)
        {
            Trace("cut at the start");
            _startAtMs = _nowMs + _chance.Range(200, 5_000);
            _lastFaultMs = _nowMs;
            return false;
        }

        EventLog log = _loop.Log;
        _undurableTicks = 0;
        _truth.Began((int)_result.Starts, _nowMs - Uptime());
        TraceFlash();
        Trace($"start {_result.Starts}: epoch {log.Epoch:x8} boot {log.Boot} new {log.StoreIsNew} memory {log.InMemory}: {LanesIn(log)}");
        CheckStart(_loop);
        for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
        {
            _heldSeen[(int)lane] = log.At(lane).Held;
        }

        PowerCame(_loop, Uptime());
        _fireSent = 0;
        _bootsOfStart.Clear();
        _epochShown = 0;
        return true;
    }

    private LogPlan Plan()
    {
        LogPlan plan = new() { SegmentRecords = _swarm.SegmentRecords };
        for (int lane = 0; lane < Lanes.Count; lane++)
        {
            plan.Segments[lane] = _swarm.Segments[lane];
        }

        return plan;
    }
}
