// Owns: what happens at the zones and keys: presses, smoke, cut lines, bounce, noise, storms.
// Must never: look at the gateway; the world outside doesn't.

using System.Text;
using Gateway.Core;

namespace Gateway.Simulation;

/// <summary>Up to six zones of every wiring and two keys, each with the time until which it is as it is.</summary>
public sealed class SimInputs
{
    private const int Normal = 0;
    private const int Active = 1;
    private const int Short = 2;
    private const int Open = 3;
    private const int RestTicks = 40;
    private const int RestSettlesMs = 1_500;
    private const int KeyPressMs = 300;
    private const int FirstKeyInput = SimBoard.Analog + 6;
    private const int PatrolInput = SimBoard.Analog + 10;
    private const int FirstSideInput = SimBoard.Analog + 4;

    /// <summary>Keys of the box, by their place among the inputs.</summary>
    public const int SilenceKey = 0;
    public const int ResetKey = 1;
    public const int AnswerKey = 2;
    public const int TestKey = 3;
    public const int Keys = 4;

    private static readonly string[] s_lines =
    [
        "zone 1 kind=callpoint wiring=no unsupervised=yes input=d1 name=z1",
        "zone 2 kind=smoke wiring=line input=a1 name=z2",
        "zone 3 kind=callpoint wiring=nc unsupervised=yes input=d2 name=z3 debounce=2/3",
        "zone 4 kind=heat wiring=line input=a2 name=z4 debounce=5/8",
        "zone 5 kind=pump-fault wiring=no input=d3 name=z5",
        "zone 6 kind=smoke wiring=no unsupervised=yes input=d4 name=z6 debounce=1/1",
    ];

    private const string SideLines =
        "zone 8 kind=valve wiring=no input=d5 name=z8\nzone 9 kind=pump-run wiring=no input=d6 name=z9\n";

    private static readonly int[] s_input = [SimBoard.Analog, 0, SimBoard.Analog + 1, 1, SimBoard.Analog + 2, SimBoard.Analog + 3];
    private static readonly int[] s_lineRaw = [5000, 2500, 400, 9500];

    // Of the last "of" samples so many must be active: as in the lines above, 3/5 where they say nothing.
    private static readonly (int Needed, int Of)[] s_debounce = [(3, 5), (3, 5), (2, 3), (5, 8), (3, 5), (1, 1)];

    private readonly Rng _rng;
    private readonly Swarm _swarm;
    private readonly int[] _state = new int[6];
    private readonly long[] _untilMs = new long[6];
    private readonly long[] _bounceUntilMs = new long[6];
    private readonly long[] _activeTicks = new long[6];
    private readonly long[] _keyUntilMs = new long[Keys];
    private readonly long[] _sideUntilMs = new long[Sides];
    private readonly long[] _changedMs = new long[FirstSideZone - 1 + Sides];
    private long _patrolUntilMs;
    private readonly uint[] _samples = new uint[6];
    private readonly int[] _sinceMajority = new int[6];
    private readonly uint[] _normalSamples = new uint[6];
    private readonly int[] _sinceNormal = new int[6];
    private readonly long[] _normalTicks = new long[6];
    private readonly long[] _normalSinceMs = new long[6];
    private readonly long[] _activeSinceMs = new long[6];
    private readonly long[] _notActiveMs = new long[6];
    private readonly long[] _restedMs = new long[6];
    private readonly bool[] _owesAlarm = new bool[6];
    private long _nextMs;
    private long _stormMs;
    private long _stirred;

    public SimInputs(Rng rng, Swarm swarm)
    {
        _rng = rng;
        _swarm = swarm;
        _nextMs = rng.Pause(swarm.StimulusEveryMs);
        _stormMs = swarm.StormEveryMs == 0 ? long.MaxValue : rng.Pause(swarm.StormEveryMs);
    }

    /// <summary>Presses, changes and pulses so far.</summary>
    public long Stimuli { get; private set; }

    /// <summary>When an input will change next.</summary>
    public long DueMs { get; private set; }

    /// <summary>True when something changed since this was asked last: the gateway must see every sample from here on.</summary>
    public bool TakeStirred()
    {
        bool stirred = _stirred != Stimuli;
        _stirred = Stimuli;
        return stirred;
    }

    /// <summary>When the reset key was last pressed.</summary>
    public long ResetAtMs { get; private set; } = long.MinValue / 2;

    /// <summary>When the silence key was last pressed.</summary>
    public long SilenceAtMs { get; private set; } = long.MinValue / 2;

    /// <summary>No new stimuli; what is active goes back to normal in its time.</summary>
    public bool Quiet { get; set; }

    public static string Settings(Swarm swarm, uint station)
    {
        StringBuilder text = new();
        text.Append($"station id={station} county=c township=t village=v name=sim utcOffsetMin={swarm.UtcOffsetMin}\n");
        text.Append("uplink host=h heartbeatS=30 drainPerS=50\n");
        for (int i = 0; i < swarm.Zones; i++)
        {
            text.Append(s_lines[i]).Append('\n');
        }

        text.Append("button silence input=d7\nbutton reset input=d8\nbutton answer input=d9\nbutton test input=d10\n");
        if (swarm.Patrol is not null)
        {
            text.Append($"zone {PatrolZone} kind=patrol wiring=no input=d11 name=z7\npatrol 1 zones={PatrolZone} {swarm.Patrol.Keys}\n");
        }

        text.Append(swarm.SideEveryMs == 0 ? "" : SideLines);
        text.Append(swarm.Delay is null ? "" : $"delay t1S={swarm.DelayT1S} t2S={swarm.DelayT2S} {swarm.Delay.Keys}\n");
        text.Append(swarm.Holds ? "rule 1 if fault:z5 then relay3:hold\n" : "");
        text.Append(swarm.Rule is null ? "" : $"rule 2 if {swarm.Rule.Conditions} then relay4:on\n");
        text.Append(swarm.Pulse ? "rule 3 if fault:z5 then relay2:pulse5s\n" : "");
        return text.Append(swarm.RemoteSilence ? "remote silence=yes\n" : "").ToString();
    }

    /// <summary>Number of the zone that a patrol presses.</summary>
    public const int PatrolZone = 7;

    /// <summary>Numbers of the zones that are no fire and no fault: a valve and a pump that runs.</summary>
    public const int FirstSideZone = 8;
    public const int Sides = 2;

    /// <summary>True when the zone is one whose activity is a fire.</summary>
    public static bool IsFire(int zone) => zone != 4;

    /// <summary>True when one of these zones, by number, is a call point.</summary>
    public static bool IsCallPoint(int zones) => (zones & 0b101) != 0;

    /// <summary>Ticks in a row in which the gateway could see the zone active, without bounce.</summary>
    public long ActiveTicks(int zone) => _activeTicks[zone];

    /// <summary>Since when the zone is active without a bounce or a new press.</summary>
    public long ActiveSinceMs(int zone) => _activeSinceMs[zone];

    /// <summary>When the zone was last anything but active.</summary>
    public long NotActiveMs(int zone) => _notActiveMs[zone];

    /// <summary>True when the zone rested in plain sight, became active, and no alarm of it has been shown since.</summary>
    public bool OwesAlarm(int zone) => _owesAlarm[zone];

    /// <summary>An alarm of the zone is shown.</summary>
    public void Alarmed(int zone)
    {
        _owesAlarm[zone] = false;
        _restedMs[zone] = 0;
    }

    /// <summary>How long the zone had rested in plain sight before it became active; 0 when it had not.</summary>
    public long RestedMs(int zone) => _restedMs[zone];

    public bool IsActive(int zone) => _state[zone] == Active;

    /// <summary>Samples since the last one at which as many of the zone's window were active as make it active.</summary>
    public int SinceMajority(int zone) => _sinceMajority[zone];

    /// <summary>Samples since the last one at which as many of the zone's window were normal as make it normal.</summary>
    public int SinceNormal(int zone) => _sinceNormal[zone];

    /// <summary>Sets the terminals for a moment.</summary>
    public void Apply(long nowMs, int[] raw)
    {
        if (!Quiet && nowMs >= _nextMs)
        {
            _nextMs = nowMs + _rng.Pause(_swarm.StimulusEveryMs);
            Stimulate(nowMs);
        }

        if (!Quiet && nowMs >= _stormMs)
        {
            _stormMs = nowMs + _rng.Pause(_swarm.StormEveryMs);
            for (int zone = 0; zone < _swarm.Zones; zone++)
            {
                Change(zone, Active, nowMs, _rng.Range(200, 3000));
            }
        }

        long due = Quiet ? long.MaxValue : Math.Min(_nextMs, _stormMs);
        for (int zone = 0; zone < _swarm.Zones; zone++)
        {
            if (_state[zone] != Normal && nowMs >= _untilMs[zone])
            {
                Change(zone, Normal, nowMs, 0);
            }

            bool bounces = nowMs < _bounceUntilMs[zone];
            int shown = bounces && _rng.OneIn(2) ? (_state[zone] == Normal ? Active : Normal) : _state[zone];
            _activeTicks[zone] = _state[zone] == Active && !bounces ? _activeTicks[zone] + 1 : 0;
            _activeSinceMs[zone] = _state[zone] == Active && !bounces ? _activeSinceMs[zone] : nowMs + 1;
            _notActiveMs[zone] = _state[zone] == Active ? _notActiveMs[zone] : nowMs;
            Rest(zone, nowMs, bounces);
            raw[s_input[zone]] = Raw(zone, shown);
            _samples[zone] = (_samples[zone] << 1) | (shown == Active ? 1u : 0);
            (int needed, int of) = s_debounce[zone];

            // When many zones change the gateway takes a zone's samples over several ticks; the longer its ticks, the more.
            uint window = _swarm.SlowFlashMs > 0 ? uint.MaxValue : (1u << (of + 4)) - 1;
            bool majority = System.Numerics.BitOperations.PopCount(_samples[zone] & window) >= needed;
            _sinceMajority[zone] = majority ? 0 : _sinceMajority[zone] + 1;
            _normalSamples[zone] = (_normalSamples[zone] << 1) | (shown == Normal ? 1u : 0);
            bool normal = System.Numerics.BitOperations.PopCount(_normalSamples[zone] & window) >= needed;
            _sinceNormal[zone] = normal ? 0 : _sinceNormal[zone] + 1;
            due = _state[zone] != Normal ? Math.Min(due, _untilMs[zone]) : due;
            due = bounces ? nowMs : due;
        }

        for (int side = 0; side < Sides; side++)
        {
            raw[FirstSideInput + side] = nowMs < _sideUntilMs[side] ? 0 : 1;
            due = nowMs < _sideUntilMs[side] ? Math.Min(due, _sideUntilMs[side]) : due;
        }

        raw[PatrolInput] = nowMs < _patrolUntilMs ? 0 : 1;
        due = nowMs < _patrolUntilMs ? Math.Min(due, _patrolUntilMs) : due;
        for (int key = 0; key < Keys; key++)
        {
            raw[FirstKeyInput + key] = nowMs < _keyUntilMs[key] ? 0 : 1;
            due = nowMs < _keyUntilMs[key] ? Math.Min(due, _keyUntilMs[key]) : due;
        }

        DueMs = due;
    }

    /// <summary>The gateway has just started: what it sees now it sees for the first time.</summary>
    public void ForgetTicks()
    {
        Array.Clear(_activeTicks);
        Array.Clear(_normalTicks);
        Array.Clear(_restedMs);
        Array.Clear(_owesAlarm);
        for (int zone = 0; zone < _samples.Length; zone++)
        {
            _samples[zone] &= 1;
            _normalSamples[zone] &= 1;
        }
    }

    /// <summary>A person presses a zone's button for a time.</summary>
    public void Press(int zone, long nowMs, long forMs) => Change(zone, Active, nowMs, forMs);

    public void PressReset(long nowMs)
    {
        PressKey(ResetKey, nowMs);
        ResetAtMs = nowMs;
    }

    public void PressSilence(long nowMs)
    {
        PressKey(SilenceKey, nowMs);
        SilenceAtMs = nowMs;
    }

    /// <summary>A person presses a key, if it is not held.</summary>
    public void PressKey(int key, long nowMs) => HoldKey(key, nowMs + KeyPressMs);

    /// <summary>A key is closed until a time.</summary>
    public void HoldKey(int key, long untilMs)
    {
        _keyUntilMs[key] = Math.Max(_keyUntilMs[key], untilMs);
        Stimuli++;
    }

    public bool IsHeld(int key, long nowMs) => nowMs < _keyUntilMs[key];

    public bool PatrolPressed(long nowMs) => nowMs < _patrolUntilMs;

    /// <summary>Somebody comes by and presses the patrol's button.</summary>
    public void PressPatrol(long nowMs)
    {
        _patrolUntilMs = nowMs + KeyPressMs;
        Stimuli++;
    }

    /// <summary>A valve is closed, or a pump runs, for a time.</summary>
    public void Turn(int side, long nowMs, long forMs)
    {
        _sideUntilMs[side] = nowMs + forMs;
        _changedMs[FirstSideZone - 1 + side] = nowMs;
        Stimuli++;
    }

    /// <summary>How long a zone, by index, has been as it is now, without a bounce.</summary>
    public long SteadyMs(int zone, long nowMs) => nowMs - (zone < FirstSideZone - 1
        ? Math.Max(_changedMs[zone], _bounceUntilMs[zone])
        : nowMs < _sideUntilMs[zone - FirstSideZone + 1] ? _changedMs[zone] : _sideUntilMs[zone - FirstSideZone + 1]);

    /// <summary>Keeps how long the gateway could see the zone at rest.</summary>
    private void Rest(int zone, long nowMs, bool bounces)
    {
        if (_state[zone] == Normal && !bounces)
        {
            _normalSinceMs[zone] = _normalTicks[zone] == 0 ? nowMs : _normalSinceMs[zone];
            _normalTicks[zone]++;
            return;
        }

        // A zone's samples are taken over several ticks, and each of these may wait for a slow flash.
        long settlesMs = RestSettlesMs + (8L * _swarm.SlowFlashMs);
        if (_state[zone] == Active && _normalTicks[zone] > RestTicks && nowMs - _normalSinceMs[zone] > settlesMs)
        {
            _restedMs[zone] = nowMs - _normalSinceMs[zone] - settlesMs;
            _owesAlarm[zone] = true;
        }
        else if (_state[zone] == Normal)
        {
            _restedMs[zone] = 0;
        }

        _normalTicks[zone] = 0;
    }

    private static int Raw(int zone, int state)
    {
        int input = s_input[zone];
        if (input < SimBoard.Analog)
        {
            return s_lineRaw[state];
        }

        // A plain contact shows no faults; zone 3 opens in alarm, the others close.
        bool active = state == Active;
        return (zone == 2) == active ? 1 : 0;
    }

    private void Stimulate(long nowMs)
    {
        int what = _rng.Below(10);
        int zone = _rng.Below(_swarm.Zones);
        switch (what)
        {
            case < 5:
                Change(zone, Active, nowMs, _rng.OneIn(4) ? _rng.Range(5_000, 60_000) : _rng.Range(120, 4_000));
                break;
            case 5:
                Change(zone, s_input[zone] < SimBoard.Analog ? (_rng.OneIn(2) ? Short : Open) : Active, nowMs, _rng.Range(500, 20_000));
                break;
            case 6:
                PressSilence(nowMs);
                break;
            case 7 or 8:
                PressReset(nowMs);
                break;
            default:
                if (_swarm.Noise)
                {
                    // Shorter than any debounce but that of zone 6.
                    _bounceUntilMs[zone] = nowMs + 40;
                    Stimuli++;
                }

                break;
        }
    }

    private void Change(int zone, int state, long nowMs, long forMs)
    {
        _state[zone] = state;
        _changedMs[zone] = nowMs;
        _untilMs[zone] = nowMs + forMs;
        _bounceUntilMs[zone] = nowMs + (_swarm.Noise ? 60 : 0);
        _activeTicks[zone] = 0;
        _activeSinceMs[zone] = nowMs + 1;
        _restedMs[zone] = 0;
        Stimuli++;
    }
}
