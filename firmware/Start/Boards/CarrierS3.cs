// Owns: the pins of the carrier for the ESP32-S3 N16R8. hardware/pins.csv says the same for people, and a test compares the two.
// Must never: name a pin that flash, PSRAM, USB, UART0 or the choice of a start mode needs.

using Gateway.Core;

namespace Gateway.Start
{
    /// <summary>ESP32-S3 with 16 MB of flash and 8 MB of octal PSRAM (hardware/boards/esp32-s3-n16r8.md).</summary>
    public static class CarrierS3
    {
        public const string Name = "carrier-s3";

        /// <summary>Bytes of drive I: in the image for 16 MB of flash.</summary>
        public const int FlashBytes = 3 * 1024 * 1024;

        private const int Expander = 0;
        private const int Converter = 1;
        private const byte Any = CountScale.TakesLine | CountScale.TakesCurrent | CountScale.TakesVoltage;

        public static Board Make()
        {
            Board board = new Board();
            board.Chip = ChipFamily.Esp32S3;
            board.FlashBytes = FlashBytes;

            // Channel c of ADC1 is GPIO c + 1. Channel 2 (GPIO3) is left out: it is read at reset. ADC2 fails while the radio is on.
            // The last three are the part's: the wires of siren and strobe, and the battery.
            board.Lines = new int[] { 0, 1, 3, 4, 5, 6, 7, 8, Place.Of(Converter, 0), Place.Of(Converter, 1), Place.Of(Converter, 2) };
            board.Reference = 9;
            board.PartReference = Place.Of(Converter, 3);
            board.Shape.AnalogTakes = new byte[] { Any, Any, Any, Any, Any, Any, Any, Any,
                CountScale.TakesLine, CountScale.TakesLine, CountScale.TakesVoltage };

            // What sounds, switches or shows fire is on pins of the chip; what may wait for a jammed bus is on the expander.
            board.Inputs = new int[]
            {
                15, 16, 17, 18, Place.Of(Expander, 8), Place.Of(Expander, 9), Place.Of(Expander, 10), Place.Of(Expander, 11),
            };
            board.Outputs = new int[]
            {
                11, 12, 13, 14, 21, 38, Place.Of(Expander, 0), Place.Of(Expander, 1), Place.Of(Expander, 2), Place.Of(Expander, 3),
                Place.Of(Expander, 4), Place.Of(Expander, 5), Place.Of(Expander, 6),
            };
            board.Watchdog = 42;
            board.Service = 48;
            board.Data = 40;
            board.Clock = 41;
            board.ConsoleSend = 39;
            board.ConsoleReceive = 47;
            board.PartKinds = new PartKind[] { PartKind.Mcp23017, PartKind.Ads1115, PartKind.Ds3231 };
            board.PartAddresses = new byte[] { 0x20, 0x48, 0x68 };
            board.TimePart = 2;
            board.Close(Name, new OutputRole[]
            {
                OutputRole.Siren, OutputRole.Strobe, OutputRole.Relay1, OutputRole.Relay2, OutputRole.Buzzer,
                OutputRole.LampFire, OutputRole.LampFault, OutputRole.LampLink, OutputRole.LampPower, OutputRole.LampDisabled,
                OutputRole.LampTest, OutputRole.LampSupervisory, OutputRole.LampDuty,
            });
            return board;
        }
    }
}
