// Owns: the pins of the Olimex ESP32-POE-WROVER with an MCP23017 and an ADS1115 on its UEXT bus (hardware/boards/esp32-poe-wrover.md).
// Must never: use GPIO16 and 17, which PSRAM has, or the pins of the wired network.

using Gateway.Core;

namespace Gateway.Start
{
    /// <summary>A bought board with a cable: ESP32, 4 MB of flash, PSRAM. Inputs, outputs and lines stand on a carrier of parts.</summary>
    public static class OlimexPoeWrover
    {
        public const string Name = "esp32-poe-wrover";

        public static Board Make()
        {
            Board board = new Board();
            board.Chip = ChipFamily.Esp32;

            // Bytes of drive I: in the image for 4 MB of flash.
            board.FlashBytes = 256 * 1024;
            board.Data = 13;
            board.Clock = 33;
            board.PartKinds = new PartKind[] { PartKind.Mcp23017, PartKind.Ads1115 };
            board.PartAddresses = new byte[] { 0x20, 0x48 };

            // GPB7 is left out: it may not be an input.
            board.Outputs = new int[8];
            board.Inputs = new int[7];
            for (int i = 0; i < 8; i++)
            {
                board.Outputs[i] = Place.Of(0, i);
            }

            for (int i = 0; i < 7; i++)
            {
                board.Inputs[i] = Place.Of(0, 8 + i);
            }

            // Three lines as on the carrier, and half of their supply on the fourth input.
            board.Lines = new int[] { Place.Of(1, 0), Place.Of(1, 1), Place.Of(1, 2) };
            board.PartReference = Place.Of(1, 3);

            // The user's button: pressed at the start, the application does not start.
            board.Service = 34;
            board.Close(Name, new OutputRole[]
            {
                OutputRole.Siren, OutputRole.Strobe, OutputRole.Relay1, OutputRole.Relay2, OutputRole.Buzzer, OutputRole.LampFire,
                OutputRole.LampFault, OutputRole.LampPower,
            });
            return board;
        }
    }
}
