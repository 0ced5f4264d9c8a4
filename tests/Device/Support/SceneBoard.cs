// Owns: the terminals of a gateway in a test: what hangs on each zone's wires, and what the outputs do.
// Must never: decide anything for the panel.

using Gateway.Core;

namespace Gateway.Tests.Device
{
    /// <summary>Ten analog inputs a1.., 38 digital inputs d1.., of which d33.. are the keys; sixteen outputs, one a role.</summary>
    public sealed class SceneBoard : BoardPort
    {
        public const int Analog = 10;
        public const int Digital = 38;

        /// <summary>Digital input of the first key, from 1; the keys follow in the order of their names.</summary>
        public const int FirstKey = 33;

        private readonly int[] _raw = new int[Limits.InputsMax];
        private readonly bool[] _noisy = new bool[Limits.InputsMax];
        private readonly bool[] _on = new bool[OutputRoles.Count];
        private int _phase;

        /// <summary>Outputs written so far.</summary>
        public int Writes { get; private set; }

        public static BoardShape Shape()
        {
            BoardShape shape = new BoardShape();
            shape.AnalogInputs = Analog;
            shape.DigitalInputs = Digital;
            shape.Outputs = OutputRoles.Count;
            for (int role = 0; role < OutputRoles.Count; role++)
            {
                shape.OutputOf[role] = (sbyte)role;
            }

            return shape;
        }

        public void Set(int input, int value)
        {
            _raw[input] = value;
            _noisy[input] = false;
        }

        /// <summary>The input changes its band with every sample.</summary>
        public void MakeNoise(int input)
        {
            _noisy[input] = true;
        }

        public bool IsOn(int output)
        {
            return _on[output];
        }

        public override void ReadInputs(int[] raw)
        {
            _phase++;
            for (int i = 0; i < raw.Length; i++)
            {
                // Short, alarm, normal and open of a line in turn: no band is ever in the majority.
                raw[i] = !_noisy[i] ? _raw[i]
                    : (_phase & 3) == 0 ? 500
                    : (_phase & 3) == 1 ? 2300
                    : (_phase & 3) == 2 ? 5000
                    : 9000;
            }
        }

        public override void WriteOutput(int output, bool on)
        {
            _on[output] = on;
            Writes++;
        }

        public override void FeedWatchdog()
        {
        }
    }
}
