// Owns: the pins of the KinCony KC868-A6v3 (hardware/boards/kc868-a6v3.md).
// Must never: drive GPIO0, the download button: it chooses how the chip starts.

using Gateway.Core;

namespace Gateway.Start
{
    /// <summary>A bought board with an ESP32-S3: 6 inputs, 6 relays, two inputs of 0-5 V and two of 4-20 mA.</summary>
    public static class Kc868A6V3
    {
        public const string Name = "kc868-a6v3";

        public static Board Make()
        {
            Board board = new Board();
            board.Chip = ChipFamily.Esp32S3;
            board.FlashBytes = CarrierS3.FlashBytes;
            board.Data = 12;
            board.Clock = 11;
            board.PartKinds = new PartKind[] { PartKind.Pcf8574, PartKind.Pcf8574 };
            board.PartAddresses = new byte[] { 0x24, 0x22 };
            board.Outputs = new int[6];
            board.Inputs = new int[6];
            for (int i = 0; i < 6; i++)
            {
                board.Outputs[i] = Place.Of(0, i);
                board.Inputs[i] = Place.Of(1, i);
            }

            board.OutputsTurned = 0x3F;

            // The download button is pressed only by somebody who wants the board to himself.
            board.Service = 0;

            // GPIO4 and 5, 0-5 V by a divider; GPIO6 and 7, 4-20 mA over 150 Ω.
            board.Lines = new int[] { 3, 4, 5, 6 };
            board.LineFull = new int[] { CountScale.Voltage, CountScale.Voltage, CountScale.Current150, CountScale.Current150 };
            board.Shape.AnalogTakes = new byte[]
            {
                CountScale.TakesVoltage, CountScale.TakesVoltage, CountScale.TakesCurrent, CountScale.TakesCurrent,
            };
            board.Close(Name, new OutputRole[]
            {
                OutputRole.Siren, OutputRole.Strobe, OutputRole.Relay1, OutputRole.Relay2, OutputRole.LampFire, OutputRole.LampFault,
            });
            return board;
        }
    }
}
