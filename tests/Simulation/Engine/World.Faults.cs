// Owns: the faults that chance brings, when they begin and end.
// Must never: come when the options do not allow it.

using System.Globalization;
using Gateway.Contract;
using Gateway.Core;
using Gateway.County;

namespace Gateway.Simulation;

public sealed partial class World
{
    private void AddFaults()
    {
        Swarm s = _swarm;
        NetworkFaults net = _network.Faults;
        net.DelayMsMax = s.NetDelayMs;
        net.LossPercent = s.LossPercent;
        net.RepeatPercent = s.RepeatPercent;
        net.StaleAnswerPercent = s.StalePercent;
        net.OpenFailsPercent = s.OpenFailsPercent;
        net.NoRoomPercent = s.NoRoomPercent;
        net.ReplayPercent = s.ReplayPercent;
        _strangePercent = s.StrangePercent;
        Add("power cut", s.PowerCutEveryMs, PlanCut);
        Add("bit flip", s.BitFlipEveryMs, FlipBit);
        Add("flash refuses", s.RefuseEveryMs, () => RefuseWrites(_chance.OneIn(2) ? 50 : 0), () => Flash.Refuses = false, 6_000);
        Add("flash full", s.FullEveryMs, () => Flash.Full = true, () => Flash.Full = false, 10_000);
        Add("reads fail", s.ReadFailEveryMs, () => Act(FailReads), () => Flash.ReadFailsPercent = 0, 3_000);
        Add("format", s.FormatEveryMs, Format);
        Add("connection breaks", s.BreakEveryMs, () => Act(_network.Break));
        Add("half-open", s.HalfOpenEveryMs, () => Act(_network.GoHalfOpen));
        Add("broker down", s.BrokerEveryMs, () => Act(() => SetBroker(up: false)), () => SetBroker(up: true), 15_000);
        Add("outage", s.OutageEveryMs, () => Act(CutOff), () => net.OpenFailsPercent = s.OpenFailsPercent, 120_000);
        Add("county crash", s.CountyCrashEveryMs, CrashCounty);
        Add("store fails", s.StoreFailEveryMs, () => _county.Store.FailNextCommit = true);
        Add("backup", s.RestoreEveryMs == 0 ? 0 : 90_000, () => Act(() => _county.Backup(_nowMs)));
        Add("restore", s.RestoreEveryMs, Restore);
        Add("command", s.CommandEveryMs, AskSomething);
        Add("call-out", s.CallOutEveryMs, AskCallOut, draws: _calls);
        AddPeople();
        AddHostile();
        Add("clock wrong", s.ClockEveryMs, () => Act(() => _county.ClockErrorMs = WrongByADay()), () => _county.ClockErrorMs = 0, 60_000);
    }

    private void SetBroker(bool up) => _network.SetBroker(up, _swarm.BrokerForgets);

    private void FailReads() => Flash.ReadFailsPercent = _chance.Range(5, 100);

    private void CutOff()
    {
        _network.Faults.OpenFailsPercent = 100;
        _network.Break();
    }

    private long WrongByADay() => (_chance.Below(3) - 1) * 86_400_000L;

    private static bool Act(Action action)
    {
        action();
        return true;
    }

    private void Add(string name, long everyMs, Func<bool> begin, Action? end = null, long lastsMs = 0, Rng? draws = null)
    {
        if (everyMs > 0)
        {
            Fault fault = new(name, everyMs, begin, end, lastsMs) { Draws = draws ?? _chance };
            fault.NextMs = fault.Draws.Pause(everyMs);
            _faults.Add(fault);
        }
    }

    private bool PlanCut()
    {
        if (_loop is null && _chance.OneIn(2))
        {
            return false;
        }

        if (_swarm.CutsInWrites)
        {
            Flash.CutAtWrite = Flash.Writes + _chance.Below(8);
            Flash.Cut = _swarm.TornWrites ? (CutMode)_chance.Below(4) : _chance.OneIn(2) ? CutMode.Nothing : CutMode.All;
            Flash.CutBytes = -1;
        }
        else
        {
            _cutAtMs = _nowMs + _chance.Below(500);
        }

        return true;
    }

    private bool CrashCounty()
    {
        _county.Crash(_nowMs, (CrashMode)_chance.Below(3), _chance.Pause(5_000));
        return true;
    }

    private bool FlipBit()
    {
        if (_loop is not null && _chance.OneIn(2))
        {
            Stop();
        }

        int areas = _chance.OneIn(2) ? Lanes.Count : Limits.FlashAreas;
        return Flash.FlipBit((FlashArea)_chance.Below(areas));
    }

    private bool RefuseWrites(int leavesPartPercent)
    {
        Flash.Refuses = true;
        Flash.RefusalLeavesPartPercent = leavesPartPercent;
        return true;
    }

    private bool Format()
    {
        Stop();
        _truth.LifeEnded(_lifeEpochs, (int)_result.Starts);
        _lifeEpochs.Clear();
        Flash.Format();
        Flash.CutAtWrite = -1;
        _formatted = true;
        _bootMax = 0;
        _latchedDurable = 0;
        _latchedSince = 0;
        _latched = 0;
        return true;
    }

    private bool Restore()
    {
        if (!_county.RestoreBackup(_nowMs, _chance.Pause(10_000)))
        {
            return false;
        }

        _truth.Restored = true;
        CountyRestored();
        return true;
    }

    private sealed class Fault(string name, long everyMs, Func<bool> begin, Action? end, long lastsMs)
    {
        public string Name { get; } = name;

        public long EveryMs { get; } = everyMs;

        public long LastsMs { get; } = lastsMs;

        public Func<bool> Begin { get; } = begin;

        public Action? End { get; } = end;

        /// <summary>Its times come from these.</summary>
        public required Rng Draws { get; init; }

        /// <summary>Loses nothing and holds nothing up.</summary>
        public bool Harmless => Name is "command" or "call-out" or "act" or "person" or "side" or "clock step" or "hostile station";

        public long NextMs { get; set; }

        public long EndsMs { get; set; } = long.MaxValue;
    }

    private void Faults()
    {
        foreach (Fault fault in _faults)
        {
            if (_nowMs >= fault.EndsMs)
            {
                fault.EndsMs = long.MaxValue;
                fault.End!();
                _lastFaultMs = _nowMs;
            }

            if (_nowMs >= fault.NextMs)
            {
                fault.NextMs = _nowMs + fault.Draws.Pause(fault.EveryMs);
                if (fault.EndsMs == long.MaxValue && fault.Begin())
                {
                    _result.Faults[fault.Name] = _result.Faults.GetValueOrDefault(fault.Name) + 1;
                    _lastFaultMs = fault.Harmless ? _lastFaultMs : _nowMs;
                    Trace("fault: " + fault.Name);
                    if (fault.End is not null)
                    {
                        fault.EndsMs = _nowMs + _chance.Pause(fault.LastsMs);
                    }
                }
            }
        }

        if (_nowMs >= _cutAtMs)
        {
            _cutAtMs = long.MaxValue;
            Stop();
        }
    }
}
