// Owns: the time of day in a DS3231.
// Must never: be asked in a tick.

namespace Gateway.Esp32
{
    /// <summary>UTC in decimal digits, two to a byte; its battery carries it over power cuts.</summary>
    public sealed class Ds3231
    {
        private const int Seconds = 0x00;
        private const int Status = 0x0F;
        private const int Stopped = 0x80;
        private const int TwelveHours = 0x40;
        private const int Digits = 7;

        private readonly I2cPort _port;

        public Ds3231(I2cPort port)
        {
            _port = port;
        }

        /// <summary>
        /// Reads year, month, day, hour, minute, second. False: no answer, an oscillator that stood, as with an empty battery, or no date.
        /// Hours up to twelve are somebody else's, since this driver never sets them.
        /// </summary>
        public bool Read(int[] time)
        {
            _port.Out[0] = Status;
            if (!_port.WriteRead(1, 1) || (_port.In[0] & Stopped) != 0)
            {
                return false;
            }

            _port.Out[0] = Seconds;
            if (!_port.WriteRead(1, Digits) || (_port.In[2] & TwelveHours) != 0)
            {
                return false;
            }

            byte[] r = _port.In;
            time[0] = 2000 + Of(r[6]);
            time[1] = Of((byte)(r[5] & 0x1F));
            time[2] = Of(r[4]);
            time[3] = Of((byte)(r[2] & 0x3F));
            time[4] = Of(r[1]);
            time[5] = Of(r[0]);
            return time[0] <= 2099 && time[1] >= 1 && time[1] <= 12 && time[2] >= 1 && time[2] <= 31 && time[3] <= 23 && time[4] <= 59
                && time[5] <= 59;
        }

        /// <summary>Sets it, and takes the mark of a stopped oscillator away.</summary>
        public bool Write(int[] time)
        {
            byte[] o = _port.Out;
            o[0] = Seconds;
            o[1] = To(time[5]);
            o[2] = To(time[4]);
            o[3] = To(time[3]);
            o[4] = 1;
            o[5] = To(time[2]);
            o[6] = To(time[1]);
            o[7] = To(time[0] % 100);
            if (!_port.Write(Digits + 1))
            {
                return false;
            }

            o[0] = Status;
            o[1] = 0;
            return _port.Write(2);
        }

        /// <summary>A number above every bound when a digit is none.</summary>
        private static int Of(byte digits)
        {
            int low = digits & 15;
            return low > 9 || digits > 0x99 ? 255 : (digits >> 4) * 10 + low;
        }

        private static byte To(int number)
        {
            return (byte)(((number / 10) << 4) | (number % 10));
        }
    }
}
