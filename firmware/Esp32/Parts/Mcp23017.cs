// Owns: an MCP23017 with eight outputs (port A) and seven inputs (port B).
// Must never: make a pin an output before it has its wanted level.

namespace Gateway.Esp32
{
    /// <summary>
    /// Registers in pairs, as after its reset. After a reset of its own all pins are inputs and the loads' resistors hold them off; the
    /// directions are looked at every <see cref="EspLimits.PartRefreshTicks"/> and the part then begins anew.
    /// </summary>
    public sealed class Mcp23017 : I2cPart
    {
        private const int Directions = 0x00;
        private const int PullUps = 0x0C;
        private const int Pins = 0x12;
        private const int Latches = 0x14;

        // GPB7 is driven low: by the data sheet of 2022 an input there, or at GPA7, can spoil a transfer.
        private const int Inputs = 0x7F;

        private int _latch;
        private int _pins = 0xFF;
        private bool _changed;
        private int _age;

        /// <param name="high">The outputs that are off at high level.</param>
        public Mcp23017(I2cPort port, I2cGuard guard, int high)
            : base(port, guard)
        {
            _latch = high & 0xFF;
        }

        /// <summary>Bits 8..14 are the inputs.</summary>
        public override bool High(int bit)
        {
            return (_pins & (1 << (bit - 8))) != 0;
        }

        /// <summary>Bits 0..7 are the outputs.</summary>
        public override void Set(int bit, bool high)
        {
            _latch = high ? _latch | (1 << bit) : _latch & ~(1 << bit);
            _changed = true;
        }

        protected override bool Begin()
        {
            _age = 0;
            _changed = false;
            return Put(Latches, _latch, 0) && Put(PullUps, 0, Inputs) && Put(Directions, 0, Inputs) && IsSetUp();
        }

        protected override bool Work()
        {
            _age++;
            if (_age >= EspLimits.PartRefreshTicks)
            {
                _age = 0;
                if (!IsSetUp())
                {
                    return false;
                }
            }

            if (_changed)
            {
                if (!Put(Latches, _latch, 0))
                {
                    return false;
                }

                _changed = false;
            }

            Port.Out[0] = Pins;
            if (!Port.WriteRead(1, 2))
            {
                return false;
            }

            _pins = Port.In[1];
            return true;
        }

        /// <summary>Whether the part holds its directions: one that does not was reset, or is another part.</summary>
        private bool IsSetUp()
        {
            Port.Out[0] = Directions;
            return Port.WriteRead(1, 2) && Port.In[0] == 0 && Port.In[1] == Inputs;
        }

        private bool Put(int register, int a, int b)
        {
            Port.Out[0] = (byte)register;
            Port.Out[1] = (byte)a;
            Port.Out[2] = (byte)b;
            return Port.Write(3);
        }
    }
}
