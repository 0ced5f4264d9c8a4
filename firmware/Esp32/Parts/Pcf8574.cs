// Owns: eight pins of a PCF8574.
// Must never: pull a pin low that is read.

namespace Gateway.Esp32
{
    /// <summary>
    /// The part has no registers and no directions: what is written stands at the pins, and a high pin is held so weakly that a contact can
    /// pull it low. After a reset of its own all pins are high. Outputs are written again every
    /// <see cref="EspLimits.PartRefreshTicks"/>, since nothing else tells of such a reset.
    /// </summary>
    public sealed class Pcf8574 : I2cPart
    {
        private readonly int _outputs;
        private int _latch;
        private int _pins = 0xFF;
        private bool _changed;
        private int _age;

        /// <param name="outputs">The bits that are driven; the others are read.</param>
        /// <param name="low">The outputs that are off at low level.</param>
        public Pcf8574(I2cPort port, I2cGuard guard, int outputs, int low)
            : base(port, guard)
        {
            _outputs = outputs;
            _latch = 0xFF & ~(outputs & low);
        }

        public override bool High(int bit)
        {
            return (_pins & (1 << bit)) != 0;
        }

        public override void Set(int bit, bool high)
        {
            _latch = high ? _latch | (1 << bit) : _latch & ~(1 << bit);
            _changed = true;
        }

        protected override bool Begin()
        {
            _changed = true;
            return true;
        }

        protected override bool Work()
        {
            _age++;
            if (_changed || _age >= EspLimits.PartRefreshTicks)
            {
                Port.Out[0] = (byte)_latch;
                if (!Port.Write(1))
                {
                    return false;
                }

                _changed = false;
                _age = 0;
            }

            if (_outputs == 0xFF)
            {
                return true;
            }

            if (!Port.Read(1))
            {
                return false;
            }

            _pins = Port.In[0];
            return true;
        }
    }
}
