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

        public static Board Make()
        {
            Board board = new Board();
            board.Chip = ChipFamily.Esp32S3;
            board.FlashBytes = FlashBytes;

            // Channel c of ADC1 is GPIO c + 1. Channel 2 (GPIO3) is left out: it is read at reset. ADC2 fails while the radio is on.
            board.Lines = new int[] { 0, 1, 3, 4, 5, 6, 7, 8 };
            board.Reference = 9;
            board.Inputs = new int[] { 15, 16, 17, 18, 47 };
            board.Outputs = new int[] { 11, 12, 13, 14, 21, 38, 39, 40, 41 };
            board.Watchdog = 42;
            board.Service = 48;
            board.Close(Name, new byte[]
            {
                OutputRole.Siren, OutputRole.Strobe, OutputRole.Relay1, OutputRole.Relay2, OutputRole.Buzzer,
                OutputRole.LampFire, OutputRole.LampFault, OutputRole.LampLink, OutputRole.LampPower,
            });
            return board;
        }
    }
}
