// Owns: the board's pins: what they say and what they are set to.
// Must never: debounce or decide, or write a pin that does not change.

using System;
using System.Device.Gpio;
using Gateway.Core;
using Gateway.Start;

namespace Gateway.Esp32
{
    /// <summary>
    /// A board by its file. Made first at a start: its making sets every output of the chip to what it was doing before a restart, or off.
    /// Outputs of parts are left as they are until the first tick, and begin with the same.
    /// </summary>
    public sealed class EspBoard : BoardPort
    {
        // Taken out of the library once: each access to High or Low makes a new object.
        private static readonly PinValue s_high = PinValue.High;
        private static readonly PinValue s_low = PinValue.Low;

        private readonly Board _board;
        private readonly BoardParts _parts;
        private readonly EspLines _lines;
        private readonly GpioPin[] _input;
        private readonly GpioPin[] _output;
        private readonly bool[] _level;
        private readonly bool[] _used;
        private readonly int[] _wait;
        private readonly GpioPin _watchdog;
        private readonly GpioPin _service;
        private readonly I2cBus _bus;
        private Supervision _supervision;

        /// <param name="bus">Null on a board without parts.</param>
        /// <param name="levels">Outputs that are on from the start, see <see cref="StartLevels"/>.</param>
        public EspBoard(Board board, I2cBus bus, int levels)
        {
            // One controller for the program's life; if it went, its pins would go with it.
            GpioController gpio = new GpioController();
            _board = board;
            for (int i = 0; board.HeldLow != null && i < board.HeldLow.Length; i++)
            {
                Write(Open(gpio, board.HeldLow[i], PinMode.Output), false);
            }

            _output = new GpioPin[board.Outputs.Length];
            _level = new bool[board.Outputs.Length];
            for (int i = 0; i < _output.Length; i++)
            {
                // Opening a pin drives it low; its level follows at once, which neither a siren nor a relay notices. Resistors hold the
                // drivers off while nobody drives the pin.
                _level[i] = (levels & (1 << i)) != 0;
                if (Place.Part(board.Outputs[i]) < 0)
                {
                    _output[i] = Open(gpio, board.Outputs[i], PinMode.Output);
                    Write(_output[i], _level[i] != Turned(board.OutputsTurned, i));
                }
            }

            _watchdog = board.Watchdog < 0 ? null : Open(gpio, board.Watchdog, PinMode.Output);
            _service = board.Service < 0 ? null : Open(gpio, board.Service, InputMode(board, board.Service));
            _input = new GpioPin[board.Inputs.Length];
            for (int i = 0; i < _input.Length; i++)
            {
                _input[i] = Place.Part(board.Inputs[i]) < 0 ? Open(gpio, board.Inputs[i], InputMode(board, board.Inputs[i])) : null;
            }

            Time = BoardClock.Of(board, bus);
            _bus = bus;
            _parts = new BoardParts(board, bus);
            for (int i = 0; i < _output.Length; i++)
            {
                if (_level[i] && Place.Part(board.Outputs[i]) >= 0)
                {
                    _parts.Write(board.Outputs[i], !Turned(board.OutputsTurned, i));
                }
            }

            _lines = new EspLines(board, _parts);
            _used = new bool[board.Inputs.Length];
            _wait = new int[board.Inputs.Length];
        }

        /// <summary>The board's own clock; null = it has none.</summary>
        public BoardClock Time { get; }

        /// <summary>A small display on the board's bus; null where the board has none.</summary>
        public EspDisplay MakeDisplay()
        {
            return _bus == null ? null : _parts.MakeDisplay(_bus);
        }

        /// <summary>True when the service jumper is closed. False also when it can't be read:
        /// a broken jumper must not stop the alarm.</summary>
        public bool ServiceJumper()
        {
            return _service != null && !(bool)_service.Read();
        }

        /// <summary>
        /// Tells of parts that do not answer, some seconds after a start: the settings may name another board than the one that the text
        /// runs on. The county has the fault of the box and of the zones.
        /// </summary>
        /// <returns>True when there was something to tell.</returns>
        public bool TellSilentParts(PlaceNotes notes)
        {
            string silent = _parts.Silent();
            if (silent.Length == 0)
            {
                return false;
            }

            string name = _board.Shape.Name;
            notes.Add("board " + name, 0, "地址 " + silent + " 的部件不应答\nparts at " + silent + " that do not answer",
                "配置里 board 所写的板 " + name + "，总线完好\nthe board that the settings name, " + name + ", with its bus whole");
            return true;
        }

        /// <summary>Every output off, whatever it kept over the restart.</summary>
        public void AllOff()
        {
            OffBut(0);
        }

        /// <summary>
        /// Reads from now on what these settings name; every read costs time of the tick and the digital ones garbage. An output that they
        /// do not name is nobody's any more, so what it kept over the restart ends here.
        /// </summary>
        public void Use(Settings settings)
        {
            int named = 0;
            for (int role = 0; role < OutputRoles.Count; role++)
            {
                named |= settings.OutputOf[role] < 0 ? 0 : 1 << settings.OutputOf[role];
            }

            OffBut(named);
            for (int zone = 0; zone < settings.ZoneCount; zone++)
            {
                UseInput(settings.ZoneInput[zone]);
            }

            for (int button = 0; button < Buttons.Count; button++)
            {
                if (settings.ButtonInput[button] >= 0)
                {
                    UseInput(settings.ButtonInput[button]);
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
            _parts.Step();
            PartLost = _parts.Lost;
            _lines.Read(raw);
            int lines = _board.Lines.Length;
            for (int i = 0; i < _input.Length; i++)
            {
                if (_used[i])
                {
                    int place = _board.Inputs[i];
                    int level = Place.Part(place) < 0 ? ReadInput(i) : _parts.Read(place);
                    raw[lines + i] = level < 0 || !Turned(_board.InputsTurned, i) ? level : 1 - level;
                }
            }
        }

        public override void WriteOutput(int output, bool on)
        {
            if (_level[output] != on)
            {
                _level[output] = on;
                bool high = on != Turned(_board.OutputsTurned, output);
                if (Place.Part(_board.Outputs[output]) < 0)
                {
                    Write(_output[output], high);
                }
                else
                {
                    _parts.Write(_board.Outputs[output], high);
                }
            }
        }

        public override void FeedWatchdog()
        {
            // Without supervision yet nothing is fed: the part's own time covers the start.
            if (_watchdog != null && _supervision != null && _supervision.Healthy)
            {
                _watchdog.Toggle();
            }
        }

        /// <summary>Lowest bits of a converter's channel, which are its noise: one bit a read.</summary>
        public void NoiseBits(byte[] into)
        {
            _lines.NoiseBits(into);
        }

        /// <param name="kept">Outputs that go on as they are, bit k for output k + 1.</param>
        private void OffBut(int kept)
        {
            for (int i = 0; i < _level.Length; i++)
            {
                if ((kept & (1 << i)) == 0)
                {
                    WriteOutput(i, false);
                }
            }
        }

        private void UseInput(int input)
        {
            if (input < _board.Lines.Length)
            {
                _lines.Use(input);
            }
            else
            {
                _used[input - _board.Lines.Length] = true;
            }
        }

        private int ReadInput(int input)
        {
            if (_wait[input] > 0)
            {
                _wait[input]--;
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

            _wait[input] = EspLimits.InputRetryTicks;
            return -1;
        }

        /// <summary>Pins 34 to 39 of the ESP32 have no pull-up, and none opens with one.</summary>
        private static PinMode InputMode(Board board, int pin)
        {
            return board.Chip == ChipFamily.Esp32 && pin >= 34 ? PinMode.Input : PinMode.InputPullUp;
        }

        private static bool Turned(int bits, int place)
        {
            return (bits & (1 << place)) != 0;
        }

        private static void Write(GpioPin pin, bool high)
        {
            if (pin != null)
            {
                pin.Write(high ? s_high : s_low);
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
    }
}
