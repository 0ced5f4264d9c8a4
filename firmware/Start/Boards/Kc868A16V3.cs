// Owns: the pins of the KinCony KC868-A16v3 (hardware/boards/kc868-a16v3.md).
// Must never: use GPIO43 and 44: the runtime talks there when no USB host is plugged in.

using Gateway.Core;

namespace Gateway.Start
{
    /// <summary>A bought board with an ESP32-S3 N16R8: 16 inputs, 16 outputs of 24 V, two inputs of 0-5 V and two of 4-20 mA.</summary>
    public static class Kc868A16V3
    {
        public const string Name = "kc868-a16v3";

        public static Board Make()
        {
            Board board = new Board();
            board.Chip = ChipFamily.Esp32S3;
            board.FlashBytes = CarrierS3.FlashBytes;

            // W5500 of the board, which no stock image drives: its lines are those of UART0, so it is kept in reset.
            board.HeldLow = new byte[] { 1 };
            board.Data = 9;
            board.Clock = 10;
            board.PartKinds = new PartKind[] { PartKind.Pcf8574, PartKind.Pcf8574, PartKind.Pcf8574, PartKind.Pcf8574, PartKind.Ds3231 };
            board.PartAddresses = new byte[] { 0x24, 0x25, 0x21, 0x22, 0x68 };
            board.TimePart = 4;
            board.Outputs = new int[16];
            board.Inputs = new int[16];
            for (int i = 0; i < 16; i++)
            {
                board.Outputs[i] = Place.Of(i >> 3, i & 7);
                board.Inputs[i] = Place.Of(2 + (i >> 3), i & 7);
            }

            // The output drivers are on at low level. A closed contact reads low, as Core wants it.
            board.OutputsTurned = 0xFFFF;

            // GPIO4 and 6, 0-5 V by a divider; GPIO7 and 5, 4-20 mA over 150 Ω.
            board.Lines = new int[] { 3, 5, 6, 4 };
            board.LineFull = new int[] { CountScale.Voltage, CountScale.Voltage, CountScale.Current150, CountScale.Current150 };
            board.Shape.AnalogTakes = new byte[]
            {
                CountScale.TakesVoltage, CountScale.TakesVoltage, CountScale.TakesCurrent, CountScale.TakesCurrent,
            };
            board.Close(Name, new OutputRole[]
            {
                OutputRole.Siren, OutputRole.Strobe, OutputRole.Relay1, OutputRole.Relay2, OutputRole.Relay3, OutputRole.Relay4,
                OutputRole.Buzzer, OutputRole.LampFire, OutputRole.LampFault, OutputRole.LampLink, OutputRole.LampPower,
                OutputRole.LampDisabled, OutputRole.LampTest, OutputRole.LampSupervisory, OutputRole.LampDuty,
            });
            return board;
        }
    }
}
