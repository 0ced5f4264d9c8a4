// Owns: what a board's file says: where each input and output is, and what else stands on the board.
// Must never: hold a rule, or touch a pin.

using Gateway.Core;

namespace Gateway.Start
{
    /// <summary>
    /// One board. Each board is one file beside this one, which fills the fields; the device reads them, and a PC checks texts with its
    /// <see cref="Shape"/>. Places of inputs and outputs are those of <see cref="Place"/>.
    /// </summary>
    public sealed class Board
    {
        /// <summary>What a settings text may name. Its name is the board's.</summary>
        public readonly BoardShape Shape = new BoardShape();

        /// <summary>The chip: one of <see cref="ChipFamily"/>; an application is for one.</summary>
        public ChipFamily Chip;

        /// <summary>Bytes of the file system's partition in the image for this size of flash. The runtime itself can't tell.</summary>
        public int FlashBytes;

        /// <summary>Digital inputs d1.. and whether a bit of them is to be turned round: closed reads 0 in Core.</summary>
        public int[] Inputs;
        public int InputsTurned;

        /// <summary>Outputs 1.. and the bits of those that are on at low level.</summary>
        public int[] Outputs;
        public int OutputsTurned;

        /// <summary>Analog inputs a1..: a channel of the chip's first converter, or of a part.</summary>
        public int[] Lines;

        /// <summary>
        /// What a line's greatest count stands for, in 1/10000 of 3.3 V, or for a current input in the same of what 100 Ω would give. Null
        /// where all lines are read as shares of a reference.
        /// </summary>
        public int[] LineFull;

        /// <summary>The chip's channel of a divider that gives <see cref="ReferenceShare"/> of the lines' supply; -1 = none.</summary>
        public int Reference = -1;

        /// <summary>The same for lines of a part: the place of a divider that the same part measures; -1 = none.</summary>
        public int PartReference = -1;

        /// <summary>In 1/10000.</summary>
        public int ReferenceShare = 5000;

        /// <summary>Output that the external watchdog looks at; -1 = the board has none.</summary>
        public int Watchdog = -1;

        /// <summary>Closed to ground, the application does not start; -1 = none.</summary>
        public int Service = -1;

        /// <summary>Pins that are held low for good, before anything else: what would disturb the board. Null = none.</summary>
        public byte[] HeldLow;

        /// <summary>Pins of the I2C bus; -1 = none.</summary>
        public int Data = -1;
        public int Clock = -1;

        /// <summary>Pins of the second serial port, for a technician's console; -1 = none.</summary>
        public int ConsoleSend = -1;
        public int ConsoleReceive = -1;

        /// <summary>Parts on that bus by number: kind (<see cref="PartKind"/>) and address; null = none.</summary>
        public PartKind[] PartKinds;
        public byte[] PartAddresses;

        /// <summary>The part that keeps the time of day; -1 = none.</summary>
        public int TimePart = -1;

        /// <summary>Parts on the bus.</summary>
        public int Parts
        {
            get { return PartKinds == null ? 0 : PartKinds.Length; }
        }

        /// <summary>Takes the numbers of inputs and outputs into the shape, and labels the outputs 1, 2, … with these roles.</summary>
        public void Close(string name, OutputRole[] roles)
        {
            Shape.Name = name;
            Shape.AnalogInputs = Lines.Length;
            Shape.DigitalInputs = Inputs.Length;
            Shape.Outputs = Outputs.Length;
            Shape.Label(roles);
        }
    }

    /// <summary>The chips that there is an application for.</summary>
    public enum ChipFamily : byte
    {
        Esp32S3 = 0,
        Esp32 = 1,
    }

    /// <summary>Parts that a board may have on its bus.</summary>
    public enum PartKind : byte
    {
        /// <summary>Eight pins without a direction: one that is set high can be read.</summary>
        Pcf8574 = 0,

        /// <summary>Sixteen pins with directions; the first eight drive outputs here, the next seven read inputs.</summary>
        Mcp23017 = 1,

        /// <summary>A converter with four inputs.</summary>
        Ads1115 = 2,

        /// <summary>A clock with a battery.</summary>
        Ds3231 = 3,
    }

    /// <summary>Where an input or output is: a pin or channel of the chip, or one of a part, in one number.</summary>
    public static class Place
    {
        private const int PartBase = 256;
        private const int BitsPerPart = 32;

        /// <summary>Bit or channel of a part.</summary>
        public static int Of(int part, int bit)
        {
            return PartBase + part * BitsPerPart + bit;
        }

        /// <summary>The part, or -1: the place is the chip's own.</summary>
        public static int Part(int place)
        {
            return place < PartBase ? -1 : (place - PartBase) / BitsPerPart;
        }

        public static int Bit(int place)
        {
            return place % BitsPerPart;
        }
    }
}
