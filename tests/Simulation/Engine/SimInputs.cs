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
    private const int RestTicks = 20;
    private const int RestSettlesMs = 1_500;
    private const int SilenceInput = SimBoard.Analog + 6;
    private const int ResetInput = SimBoard.Analog + 7;

    private static readonly string[] s_lines =
    [
        "zone 1 kind=callpoint wiring=no input=d1 name=z1",
        "zone 2 kind=smoke wiring=line input=a1 name=z2",
        "zone 3 kind=callpoint wiring=nc input=d2 name=z3 debounce=2/3",
        "zone 4 kind=heat wiring=line input=a2 name=z4 debounce=5/8",
        "zone 5 kind=pump-fault wiring=no input=d3 name=z5",
        "zone 6 kind=smoke wiring=no input=d4 name=z6 debounce=1/1",
    ];

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
    private readonly long[] _keyUntilMs = new long[2];
    private readonly uint[] _samples = new uint[6];
    private readonly int[] _sinceMajority = new int[6];
    private readonly uint[] _normalSamples = new uint[6];
    private readonly int[] _sinceNormal = new int[6];
    private readonly long[] _normalTicks = new long[6];
    private readonly long[] _normalSinceMs = new long[6];
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

    public static string Settings(int zones, uint station, bool remoteSilence = false, bool holds = false)
    {
        StringBuilder text = new();
        text.Append($"station id={station} county=c township=t village=v name=sim\n");
        text.Append("uplink host=h heartbeatS=30 drainPerS=50\n");
        for (int i = 0; i < zones; i++)
        {
            text.Append(s_lines[i]).Append('\n');
        }

        text.Append("button silence input=d7\nbutton reset input=d8\n");
        text.Append(holds ? "rule 1 if fault:z5 then relay3:hold\n" : "");
        return text.Append(remoteSilence ? "remote silence=yes\n" : "").ToString();
    }

    /// <summary>True when the zone is one whose activity is a fire.</summary>
    public static bool IsFire(int zone) => zone != 4;

    /// <summary>Ticks in a row in which the gateway could see the zone active, without bounce.</summary>
    public long ActiveTicks(int zone) => _activeTicks[zone];

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

        raw[SilenceInput] = nowMs < _keyUntilMs[0] ? 0 : 1;
        raw[ResetInput] = nowMs < _keyUntilMs[1] ? 0 : 1;
        for (int key = 0; key < 2; key++)
        {
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
        _keyUntilMs[1] = nowMs + 300;
        ResetAtMs = nowMs;
        Stimuli++;
    }

    public void PressSilence(long nowMs)
    {
        _keyUntilMs[0] = nowMs + 300;
        SilenceAtMs = nowMs;
        Stimuli++;
    }

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
        _untilMs[zone] = nowMs + forMs;
        _bounceUntilMs[zone] = nowMs + (_swarm.Noise ? 60 : 0);
        _activeTicks[zone] = 0;
        _restedMs[zone] = 0;
        Stimuli++;
    }
}
