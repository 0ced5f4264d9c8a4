// Owns: what people at the box do beside pressing call points, and what the box then says, record by record.
// Must never: act in a run whose flash loses what it was given: there a record that is missing proves nothing.

using Gateway.Contract;
using Gateway.Core;

namespace Gateway.Simulation;

public sealed partial class World
{
    /// <summary>The county's clock steps by so much at most, ms.</summary>
    public const long StepMaxMs = 40 * 60_000;

    private readonly List<EventRecord> _said = [];
    private readonly HashSet<(uint Epoch, Lane Lane, uint Sequence)> _heard = [];
    private long _utcBeforeMs;
    private long _upSinceMs;

    /// <summary>From a cause to its record: samples that settle, zones and events that wait, writes to a slow flash.</summary>
    private long SlackMs => 2_000 + (12L * _swarm.SlowFlashMs);

    private void AddPeople()
    {
        Add("person", _swarm.PersonEveryMs, () => Act(Person));
        Add("act", _swarm.ActEveryMs, AskAct);
        Add("side", _swarm.SideEveryMs, () => Act(TurnSide));
        Add("clock step", _swarm.StepEveryMs, () => Act(() => _county.ClockErrorMs = StepMs()), () => _county.ClockErrorMs = 0, 100_000);
    }

    private void TurnSide() => _inputs.Turn(_people.Below(SimInputs.Sides), _nowMs, _people.Range(1, 150) * 1_000L);

    private long StepMs() => _people.Range((int)-StepMaxMs / 1_000, (int)StepMaxMs / 1_000) * 1_000L;

    private void Person()
    {
        switch (_people.Below(6))
        {
            case 0 when _swarm.Patrol is not null:
                _inputs.PressPatrol(_nowMs);
                break;
            case 1:
                _inputs.PressKey(SimInputs.TestKey, _nowMs);
                break;
            default:
                _inputs.PressKey(SimInputs.AnswerKey, _nowMs);
                break;
        }
    }

    /// <summary>A shorted key, or a hand on one, while power comes.</summary>
    private void HoldSomeKey()
    {
        if (_swarm.HeldKeys && _people.OneIn(2))
        {
            long untilMs = _startAtMs + _people.Range(500, 90_000);
            _inputs.HoldKey(_people.Below(SimInputs.Keys), untilMs);
        }
    }

    /// <summary>A record that the box writes; it is judged when the tick is over.</summary>
    private void Note(int area, ReadOnlyMemory<byte> bytes)
    {
        byte[] all = _swarm.Duty && area < Lanes.Count ? bytes.ToArray() : [];
        for (int at = 0; at + EventRecord.Size <= all.Length; at += EventRecord.Size)
        {
            EventRecord record = new();
            record.Decode(all, at, all.Length);
            if (_heard.Add((record.Epoch, (Lane)area, record.Sequence)))
            {
                _said.Add(record);
                Trace($"says {EventKinds.Code(record.Kind)} zone {record.Zone} {record.A}/{record.B}/{record.C} value {record.Value} "
                    + $"flags {(int)record.Flags:x}");
            }
        }
    }

    private void PowerGone()
    {
        RestartGone();
        NoAnswerGone();
        KeysGone();

        // What power took in the middle of its write may get its number again.
        _said.ForEach(r => _heard.Remove((r.Epoch, r.LaneNumber, r.Sequence)));
        _said.Clear();
        ActsGone();
        DrillGone();
        PulseGone();
        DelayGone();
        AnswersGone();
        PatrolGone();
        CallOutGone();
    }

    private void PowerCame(MainLoop loop, long uptime)
    {
        _upSinceMs = _nowMs;
        _utcBeforeMs = 0;
        NoAnswerCame(loop);
        ActsCame(loop);
        DrillCame(loop, uptime);
        KeysCame(uptime);
        DelayCame(_settings.NumberBits(loop.Panel.Latched));
        CallOutCame(loop);
    }

    /// <summary>After a whole tick, before the siren is looked at.</summary>
    private void CheckPeople(MainLoop loop, long uptime, int latched, int anew)
    {
        if (!_swarm.Duty)
        {
            return;
        }

        bool waits = loop.Panel.State.Events.Count > 0;
        int fresh = latched & ~_latched;
        CheckActs(loop, latched);
        CheckKeys(uptime);
        CheckDelay(uptime, latched, fresh, waits);
        CheckAnswers(latched, fresh | anew);
        CheckWindows();
        CheckPatrol(waits);
        CheckDrill(loop, uptime, latched, fresh, waits);
        CheckPulse();
        CheckRestart(loop);
        CheckNoAnswer(loop);
        CheckCallOut(loop, latched);
        _said.Clear();
    }
}
