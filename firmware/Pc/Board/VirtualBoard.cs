// Owns: the inputs that a person or script moves, and what the outputs did and when.
// Must never: debounce, decide, or be used by two threads.

using Gateway.Core;
using Gateway.Start;

namespace Gateway.Pc.Board;

/// <summary>
/// A board without hardware, in a terminal: 16 analog and 32 digital inputs, 16 outputs; or those of the board that the settings name.
/// </summary>
public sealed class VirtualBoard : BoardPort
{
    private readonly int[] _raw = new int[PcLimits.AnalogInputs + PcLimits.DigitalInputs];
    private readonly HandMove[] _moves = new HandMove[Limits.ZonesMax];
    private readonly SteadyLoss _steady = new();
    private bool _lockOn;
    private readonly long[] _keyUpMs = new long[Buttons.Count];
    private readonly bool[] _output = new bool[Limits.OutputsMax];
    private readonly long[] _outputMs = new long[Limits.OutputsMax];
    private readonly bool[] _partInput = new bool[PcLimits.AnalogInputs + PcLimits.DigitalInputs];
    private readonly bool[] _partOutput = new bool[Limits.OutputsMax];
    private readonly bool[] _wanted = new bool[Limits.OutputsMax];
    private readonly MonotonicClock _clock;
    private readonly Troubles _troubles;
    private Settings? _settings;

    /// <param name="troubles">What the board does as a device does; null = nothing.</param>
    public VirtualBoard(MonotonicClock clock, Troubles? troubles = null)
    {
        _clock = clock;
        _troubles = troubles ?? new Troubles();
        Array.Fill(_keyUpMs, long.MaxValue);
    }

    /// <summary>What settings may use. Where they name no outputs, each role has the output of its number.</summary>
    public static BoardShape Shape()
    {
        var shape = new BoardShape
        {
            AnalogInputs = PcLimits.AnalogInputs,
            DigitalInputs = PcLimits.DigitalInputs,
            Outputs = Limits.OutputsMax,
            ShowsNames = true,
        };
        for (int role = 0; role < OutputRoles.Count; role++)
        {
            shape.OutputOf[role] = (sbyte)role;
        }

        var boards = BoardList.All();
        foreach (var board in boards)
        {
            board.Shape.ShowsNames = true;
        }

        BoardList.Relate(boards, shape);
        return shape;
    }

    /// <summary>Whether the board that the settings name has inputs or outputs on parts of a bus.</summary>
    public bool HasParts { get; private set; }

    /// <summary>Times that the loop has come to its end.</summary>
    public long WatchdogFeeds { get; private set; }

    /// <summary>Wires the zones and keys of the settings, at rest but for what somebody has moved under other settings.</summary>
    public void Wire(Settings settings)
    {
        Settings? before = _settings;
        HandMove[] moves = [.. _moves];
        _settings = settings;
        TakeParts(settings.BoardName);
        Array.Fill(_raw, Limits.RawMax, 0, settings.AnalogInputs);
        Array.Fill(_raw, 1, settings.AnalogInputs, _raw.Length - settings.AnalogInputs);
        for (int zone = 0; zone < settings.ZoneCount; zone++)
        {
            int was = before is null ? -1 : Array.IndexOf(before.ZoneInput, settings.ZoneInput[zone], 0, before.ZoneCount);
            Set(zone, was < 0 ? HandMove.Release : moves[was]);
        }

        for (int key = 0; key < Buttons.Count; key++)
        {
            SetKey((Button)key, pressed: false);
        }
    }

    /// <summary>Does something to the zone of this index.</summary>
    public void Set(int zone, HandMove move)
    {
        Settings settings = Wired();
        _moves[zone] = move;
        _raw[settings.ZoneInput[zone]] = WireLevels.Of(settings, zone, move);
    }

    /// <summary>What was last done to the zone of this index.</summary>
    public HandMove MoveOf(int zone) => _moves[zone];

    /// <summary>The raw reading of the zone of this index.</summary>
    public int RawOf(int zone) => _raw[Wired().ZoneInput[zone]];

    /// <summary>Presses a key of the box, for <see cref="PcLimits.KeyPressMs"/>. False when the settings give it no input.</summary>
    public bool PressKey(Button key)
    {
        if (_settings is null || _settings.ButtonInput[(int)key] < 0)
        {
            return false;
        }

        if (key == Button.Lock)
        {
            // A key switch stays as it is turned.
            _lockOn = !_lockOn;
            SetKey(key, pressed: _lockOn);
            return true;
        }

        SetKey(key, pressed: true);
        _keyUpMs[(int)key] = _clock.NowMs + PcLimits.KeyPressMs;
        return true;
    }

    /// <summary>Lets go of keys whose time has come; called before each tick.</summary>
    public void LiftKeys(long nowMs)
    {
        for (int key = 0; key < _keyUpMs.Length; key++)
        {
            if (nowMs >= _keyUpMs[key])
            {
                _keyUpMs[key] = long.MaxValue;
                SetKey((Button)key, pressed: false);
            }
        }
    }

    /// <summary>Whether an output is high.</summary>
    public bool OutputHigh(int output) => _output[output];

    /// <summary>When an output last changed; 0 before its first change.</summary>
    public long OutputChangedMs(int output) => _outputMs[output];

    public override void ReadInputs(int[] raw)
    {
        Array.Copy(_raw, raw, _raw.Length);
        bool jammed = HasParts && _troubles.BusJammed;
        PartLost = _steady.Note(jammed);
        for (int input = 0; jammed && input < _partInput.Length; input++)
        {
            raw[input] = _partInput[input] ? -1 : raw[input];
        }

        // A part that answers again gets its outputs as they are wanted now.
        for (int output = 0; !jammed && output < _output.Length; output++)
        {
            if (_output[output] != _wanted[output])
            {
                Drive(output);
            }
        }
    }

    public override void WriteOutput(int output, bool on)
    {
        _wanted[output] = on;
        if (!_partOutput[output] || !_troubles.BusJammed)
        {
            Drive(output);
        }
    }

    public override void FeedWatchdog()
    {
        WatchdogFeeds++;
    }

    private void Drive(int output)
    {
        _output[output] = _wanted[output];
        _outputMs[output] = _clock.NowMs;
    }

    private void TakeParts(string? name)
    {
        Array.Clear(_partInput);
        Array.Clear(_partOutput);
        if (name is not null && BoardList.Named(BoardList.All(), name) is { } board)
        {
            int[] inputs = [.. board.Lines, .. board.Inputs];
            for (int input = 0; input < inputs.Length; input++)
            {
                _partInput[input] = Place.Part(inputs[input]) >= 0;
            }

            for (int output = 0; output < board.Outputs.Length; output++)
            {
                _partOutput[output] = Place.Part(board.Outputs[output]) >= 0;
            }
        }

        HasParts = _partInput.Contains(true) || _partOutput.Contains(true);
    }

    private Settings Wired() => _settings ?? throw new InvalidOperationException("the board was not wired");

    private void SetKey(Button button, bool pressed)
    {
        Settings settings = Wired();
        int key = (int)button;
        if (settings.ButtonInput[key] >= 0)
        {
            bool closed = (settings.ButtonsClosed & (1 << key)) != 0;
            _raw[settings.ButtonInput[key]] = WireLevels.Contact(closed, pressed ? HandMove.Press : HandMove.Release);
        }
    }
}
