// Owns: the board's pins: what they say and what they are set to.
// Must never: debounce or decide, or write a pin that does not change.

using System;
using System.Device.Adc;
using System.Device.Gpio;
using Gateway.Core;

namespace Gateway.Esp32
{
    /// <summary>See <see cref="BoardS3N16R8"/>. Made first at a start: its making sets every output to its safe level, off.</summary>
    public sealed class EspBoard : BoardPort
    {
        // Taken out of the library once: each access to High or Low makes a new object.
        private static readonly PinValue s_high = PinValue.High;
        private static readonly PinValue s_low = PinValue.Low;

        private readonly AdcChannel[] _line;
        private readonly AdcChannel _reference;
        private readonly GpioPin[] _input;
        private readonly GpioPin[] _output;
        private readonly bool[] _level;
        private readonly bool[] _used;
        private readonly int[] _wait;
        private readonly GpioPin _watchdog;
        private readonly GpioPin _service;
        private Supervision _supervision;
        private bool _anyLine;
        private int _referenceWait;

        public EspBoard()
        {
            // One controller for the program's life; if it went, its pins would go with it.
            GpioController gpio = new GpioController();
            byte[] pins = BoardS3N16R8.OutputPins();
            _output = new GpioPin[pins.Length];
            _level = new bool[pins.Length];
            for (int i = 0; i < pins.Length; i++)
            {
                // The board's drivers are off at low level, and resistors hold them there while the chip starts.
                _output[i] = Open(gpio, pins[i], PinMode.Output);
                Set(_output[i], false);
            }

            _watchdog = Open(gpio, BoardS3N16R8.WatchdogPin, PinMode.Output);
            _service = Open(gpio, BoardS3N16R8.ServicePin, PinMode.InputPullUp);
            pins = BoardS3N16R8.InputPins();
            _input = new GpioPin[pins.Length];
            for (int i = 0; i < pins.Length; i++)
            {
                _input[i] = Open(gpio, pins[i], PinMode.InputPullUp);
            }

            byte[] channels = BoardS3N16R8.LineChannels();
            _line = new AdcChannel[channels.Length];
            AdcController adc = new AdcController();
            for (int i = 0; i < channels.Length; i++)
            {
                _line[i] = Open(adc, channels[i]);
            }

            _reference = Open(adc, BoardS3N16R8.ReferenceChannel);
            _used = new bool[_line.Length + _input.Length];
            _wait = new int[_line.Length + _input.Length];
        }

        /// <summary>True when the service jumper is closed. False also when it can't be read:
        /// a broken jumper must not stop the alarm.</summary>
        public bool ServiceJumper()
        {
            return _service != null && !(bool)_service.Read();
        }

        /// <summary>Reads from now on what these settings name; every read costs time of the tick and the digital ones garbage.</summary>
        public void Use(Settings settings)
        {
            for (int zone = 0; zone < settings.ZoneCount; zone++)
            {
                _used[settings.ZoneInput[zone]] = true;
                _anyLine |= settings.ZoneInput[zone] < _line.Length;
            }

            for (int button = 0; button < Button.Count; button++)
            {
                if (settings.ButtonInput[button] >= 0)
                {
                    _used[settings.ButtonInput[button]] = true;
                }
            }
        }

        /// <summary>From now on the watchdog is fed while all these threads move.</summary>
        public void Supervise(Supervision supervision)
        {
            _supervision = supervision;
        }

        public override void ReadInputs(int[] raw)
        {
            int lines = _line.Length;
            int reference = _anyLine ? ReadReference() : -1;
            for (int i = 0; i < lines; i++)
            {
                if (_used[i])
                {
                    raw[i] = reference > 0 ? ReadLine(i, reference) : -1;
                }
            }

            for (int i = 0; i < _input.Length; i++)
            {
                if (_used[lines + i])
                {
                    raw[lines + i] = ReadInput(i, lines + i);
                }
            }
        }

        public override void WriteOutput(int output, bool on)
        {
            if (_level[output] != on)
            {
                _level[output] = on;
                Set(_output[output], on);
            }
        }

        public override void FeedWatchdog()
        {
            // Without supervision yet nothing is fed: the part's own start-up delay covers the start.
            if (_watchdog != null && _supervision != null && _supervision.Healthy)
            {
                _watchdog.Toggle();
            }
        }

        /// <summary>Lowest bits of the reference channel, which are the converter's noise: one bit a read.</summary>
        public void NoiseBits(byte[] into)
        {
            try
            {
                for (int i = 0; _reference != null && i < EspLimits.EntropyReads && i < into.Length * 8; i++)
                {
                    into[i >> 3] = (byte)((into[i >> 3] << 1) | (_reference.ReadValue() & 1));
                }
            }
            catch (Exception)
            {
                // What came so far is as good as any.
            }
        }

        /// <summary>The sum of the reference's reads, or -1 when it can't be believed: then no line can.</summary>
        private int ReadReference()
        {
            if (_referenceWait > 0)
            {
                _referenceWait--;
                return -1;
            }

            int sum = Sum(_reference);
            if (sum < EspLimits.ReferenceMin * EspLimits.AdcReads || sum > EspLimits.ReferenceMax * EspLimits.AdcReads)
            {
                _referenceWait = sum < 0 ? EspLimits.InputRetryTicks : 0;
                return -1;
            }

            return sum;
        }

        private int ReadLine(int line, int reference)
        {
            if (_wait[line] > 0)
            {
                _wait[line]--;
                return -1;
            }

            int sum = Sum(_line[line]);
            if (sum < 0)
            {
                _wait[line] = EspLimits.InputRetryTicks;
                return -1;
            }

            int share = sum * BoardS3N16R8.ReferenceShare / reference;
            return share > Limits.RawMax ? Limits.RawMax : share;
        }

        private int ReadInput(int input, int place)
        {
            if (_wait[place] > 0)
            {
                _wait[place]--;
                return -1;
            }

            try
            {
                if (_input[input] != null)
                {
                    return (bool)_input[input].Read() ? 1 : 0;
                }
            }
            catch (Exception)
            {
                // A zone that can't be read is a fault, which Core shows.
            }

            _wait[place] = EspLimits.InputRetryTicks;
            return -1;
        }

        /// <summary>The sum of <see cref="EspLimits.AdcReads"/> reads, or -1.
        /// The sum serves as well as the mean: only ratios count.</summary>
        private static int Sum(AdcChannel channel)
        {
            if (channel == null)
            {
                return -1;
            }

            try
            {
                int sum = 0;
                for (int i = 0; i < EspLimits.AdcReads; i++)
                {
                    sum += channel.ReadValue();
                }

                return sum;
            }
            catch (Exception)
            {
                return -1;
            }
        }

        private static void Set(GpioPin pin, bool on)
        {
            if (pin != null)
            {
                pin.Write(on ? s_high : s_low);
            }
        }

        /// <summary>A pin that can't be had must not keep the others from working: it stays unreadable, or off.</summary>
        private static GpioPin Open(GpioController gpio, int pin, PinMode mode)
        {
            try
            {
                return gpio.OpenPin(pin, mode);
            }
            catch (Exception)
            {
                return null;
            }
        }

        private static AdcChannel Open(AdcController adc, int channel)
        {
            try
            {
                return adc.OpenChannel(channel);
            }
            catch (Exception)
            {
                return null;
            }
        }
    }
}
