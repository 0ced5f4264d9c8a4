// Owns: which pin of the ESP32-S3 N16R8 board does what. hardware/pins.csv says the same for people, and a test compares the two.
// Must never: name a pin that flash, PSRAM, USB, UART0 or the choice of a start mode needs.

using Gateway.Core;

namespace Gateway.Esp32
{
    /// <summary>ESP32-S3 with 16 MB of flash and 8 MB of octal PSRAM (hardware/boards/esp32-s3-n16r8.md).</summary>
    public static class BoardS3N16R8
    {
        public const string Name = "esp32-s3-n16r8";

        /// <summary>
        /// Bytes of the file system's partition in the firmware image for 16 MB of flash. A constant, since the runtime's own answer for
        /// littlefs is -1.
        /// </summary>
        public const int FlashBytes = 3 * 1024 * 1024;

        /// <summary>ADC1 channel of the reference divider. ADC2 is not used: it stops working while the radio is on.</summary>
        public const int ReferenceChannel = 9;

        /// <summary>What the reference divider gives of the supply of the lines' pull-ups, in 1/10000: two equal resistors.</summary>
        public const int ReferenceShare = 5000;

        /// <summary>Output that the external watchdog looks at.</summary>
        public const int WatchdogPin = 42;

        /// <summary>Service jumper: closed to ground, the application does not start.</summary>
        public const int ServicePin = 48;

        /// <summary>ADC1 channels of the lines a1..a8; channel c is GPIO c + 1.
        /// Channel 2 (GPIO3) is left out: it is read at reset.</summary>
        private static readonly byte[] s_lineChannels = { 0, 1, 3, 4, 5, 6, 7, 8 };

        /// <summary>Pins of the digital inputs d1..d5.</summary>
        private static readonly byte[] s_inputPins = { 15, 16, 17, 18, 47 };

        /// <summary>Pins of the outputs 1..9.</summary>
        private static readonly byte[] s_outputPins = { 11, 12, 13, 14, 21, 38, 39, 40, 41 };

        /// <summary>
        /// What the terminals of the outputs 1..9 are labelled.
        /// The other roles have no terminal of their own; the settings can give them one.
        /// </summary>
        private static readonly byte[] s_outputRoles =
        {
            OutputRole.Siren, OutputRole.Strobe, OutputRole.Relay1, OutputRole.Relay2, OutputRole.Buzzer,
            OutputRole.LampFire, OutputRole.LampFault, OutputRole.LampLink, OutputRole.LampPower,
        };

        public static byte[] LineChannels()
        {
            return s_lineChannels;
        }

        public static byte[] InputPins()
        {
            return s_inputPins;
        }

        public static byte[] OutputPins()
        {
            return s_outputPins;
        }

        /// <summary>What settings are checked against.</summary>
        public static BoardShape Shape()
        {
            BoardShape shape = new BoardShape();
            shape.AnalogInputs = s_lineChannels.Length;
            shape.DigitalInputs = s_inputPins.Length;
            shape.Outputs = s_outputPins.Length;
            for (int role = 0; role < OutputRole.Count; role++)
            {
                shape.OutputOf[role] = -1;
            }

            for (int i = 0; i < s_outputRoles.Length; i++)
            {
                shape.OutputOf[s_outputRoles[i]] = (sbyte)i;
            }

            return shape;
        }
    }
}
