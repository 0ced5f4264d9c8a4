// Owns: the parts on a board's bus, by their numbers in the board's file.
// Must never: send anything before the first tick has said what each output shall be.

using Gateway.Core;
using Gateway.Start;

namespace Gateway.Esp32
{
    /// <summary>
    /// Expanders keep their outputs over a reset of the chip, so a siren sounds on through it. "All off" first would silence it, so the
    /// first tick only collects what is wanted and the parts begin with the second.
    /// </summary>
    public sealed class BoardParts
    {
        private readonly I2cGuard _guard = new I2cGuard();
        private readonly I2cPart[] _parts;
        private readonly byte[] _addresses;
        private readonly SteadyLoss _steady = new SteadyLoss();
        private bool _begun;

        /// <param name="bus">May be null for a board without parts.</param>
        public BoardParts(Board board, I2cBus bus)
        {
            _parts = new I2cPart[board.Parts];
            _addresses = board.PartAddresses;
            for (int part = 0; part < _parts.Length; part++)
            {
                _parts[part] = Make(board, part, bus);
            }
        }

        /// <summary>
        /// A part does not answer, or did not a short while ago. True from the first step on until all have answered once.
        /// </summary>
        public bool Lost { get; private set; }

        /// <summary>Addresses of the parts that do not answer, for a person; empty = all do.</summary>
        public string Silent()
        {
            string silent = "";
            for (int i = 0; i < _parts.Length; i++)
            {
                if (_parts[i] != null && _parts[i].Lost)
                {
                    silent += (silent.Length == 0 ? "0x" : ", 0x") + _addresses[i].ToString("X2");
                }
            }

            return silent;
        }

        /// <summary>Once a tick, before the inputs are read.</summary>
        public void Step()
        {
            if (!_begun)
            {
                _begun = true;
                return;
            }

            _guard.Step();
            bool lost = false;
            for (int i = 0; i < _parts.Length; i++)
            {
                if (_parts[i] != null)
                {
                    _parts[i].Step();
                    lost |= _parts[i].Lost;
                }
            }

            Lost = _steady.Note(lost);
        }

        /// <summary>A display on the same bus, which is held off together with the parts when the bus is jammed.</summary>
        public EspDisplay MakeDisplay(I2cBus bus)
        {
            return new EspDisplay(new Ssd1306(bus.Open(EspLimits.DisplayAddress), _guard));
        }

        /// <summary>1 = high, 0 = low, -1 = its part does not answer.</summary>
        public int Read(int place)
        {
            I2cPart part = _parts[Place.Part(place)];
            return part.Lost ? -1 : part.High(Place.Bit(place)) ? 1 : 0;
        }

        /// <summary>A converter's counts, or -1.</summary>
        public int Count(int place)
        {
            I2cPart part = _parts[Place.Part(place)];
            return part.Lost ? -1 : part.Count(Place.Bit(place));
        }

        /// <summary>Goes out with the next step, and whenever the part comes back.</summary>
        public void Write(int place, bool high)
        {
            _parts[Place.Part(place)].Set(Place.Bit(place), high);
        }

        private I2cPart Make(Board board, int part, I2cBus bus)
        {
            int driven = 0;
            int turned = 0;
            for (int i = 0; i < board.Outputs.Length; i++)
            {
                if (Place.Part(board.Outputs[i]) == part)
                {
                    driven |= 1 << Place.Bit(board.Outputs[i]);
                    turned |= (board.OutputsTurned & (1 << i)) != 0 ? 1 << Place.Bit(board.Outputs[i]) : 0;
                }
            }

            switch (board.PartKinds[part])
            {
                case PartKind.Pcf8574:
                    return new Pcf8574(bus.Open(board.PartAddresses[part]), _guard, driven, driven & ~turned);
                case PartKind.Mcp23017:
                    return new Mcp23017(bus.Open(board.PartAddresses[part]), _guard, turned);
                case PartKind.Ads1115:
                    return new Ads1115(bus.Open(board.PartAddresses[part]), _guard);
                default:
                    // A clock has no work in a tick.
                    return null;
            }
        }
    }
}
