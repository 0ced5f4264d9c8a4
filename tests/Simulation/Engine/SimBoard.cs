// Owns: the board's terminals: what the inputs say, and what the outputs were last told.
// Must never: know a rule of the panel.

using Gateway.Core;

namespace Gateway.Simulation;

/// <summary>Inputs as the world has them; outputs as levels.</summary>
public sealed class SimBoard : BoardPort
{
    /// <summary>Analog inputs come first.</summary>
    public const int Analog = 4;
    public const int Digital = 12;

    public int[] Raw { get; } = new int[Analog + Digital];

    public bool[] Output { get; } = new bool[OutputRoles.Count];

    public int WatchdogFed { get; private set; }

    public static BoardShape Shape()
    {
        BoardShape shape = new() { AnalogInputs = Analog, DigitalInputs = Digital, Outputs = OutputRoles.Count };
        for (int role = 0; role < OutputRoles.Count; role++)
        {
            shape.OutputOf[role] = (sbyte)role;
        }

        return shape;
    }

    public override void ReadInputs(int[] raw) => Raw.CopyTo(raw, 0);

    public override void WriteOutput(int output, bool on) => Output[output] = on;

    public override void FeedWatchdog() => WatchdogFed++;

    /// <summary>Without power every output is off.</summary>
    public void PowerDown() => Array.Clear(Output);
}
