// Owns: an ADS1115 that goes round its four inputs.
// Must never: wait for a conversion: each is read a tick later.

namespace Gateway.Esp32
{
    /// <summary>
    /// Single conversions of 1.2 ms, range 4.096 V, one input a tick, so each is new every 80 ms: 32767 counts are 4.096 V.
    /// </summary>
    public sealed class Ads1115 : I2cPart
    {
        private const int Conversion = 0;
        private const int Config = 1;
        private const int LowThreshold = 2;
        private const int Channels = 4;

        // Start, single-ended input 0, 4.096 V, single; 860 a second, comparator off.
        private const int High0 = 0xC3;
        private const int Low0 = 0xE3;
        private const int Started = 0x80;

        private readonly int[] _count = { -1, -1, -1, -1 };
        private int _channel;
        private bool _converting;

        public Ads1115(I2cPort port, I2cGuard guard)
            : base(port, guard)
        {
        }

        public override int Count(int channel)
        {
            return _count[channel];
        }

        protected override bool Begin()
        {
            for (int i = 0; i < Channels; i++)
            {
                _count[i] = -1;
            }

            _channel = 0;
            _converting = true;
            if (!Start(_channel))
            {
                return false;
            }

            Port.Out[0] = Config;
            if (!Port.WriteRead(1, 2) || (Port.In[0] | Started) != High0 || Port.In[1] != Low0)
            {
                return false;
            }

            // Any part with registers would hold what was written. This one was not, and is -32768 in this part.
            Port.Out[0] = LowThreshold;
            return Port.WriteRead(1, 2) && Port.In[0] == 0x80 && Port.In[1] == 0;
        }

        protected override bool Work()
        {
            if (_converting)
            {
                // In the tick of the beginning the first conversion is still under way.
                _converting = false;
                return true;
            }

            Port.Out[0] = Conversion;
            if (!Port.WriteRead(1, 2))
            {
                return false;
            }

            // Below ground by the converter's offset is nothing.
            int count = (short)((Port.In[0] << 8) | Port.In[1]);
            _count[_channel] = count < 0 ? 0 : count;
            _channel = (_channel + 1) & (Channels - 1);
            return Start(_channel);
        }

        private bool Start(int channel)
        {
            Port.Out[0] = Config;
            Port.Out[1] = (byte)(High0 | (channel << 4));
            Port.Out[2] = Low0;
            return Port.Write(3);
        }
    }
}
