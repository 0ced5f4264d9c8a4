// Owns: where the application for the ESP32-S3 begins.
// Must never: hold more than the chip's name: the program is the same for all chips.

using Gateway.Esp32;
using Gateway.Start;

namespace Gateway.Esp32S3
{
    /// <summary>The application.</summary>
    public static class Program
    {
        /// <summary>Shown to the county; the version of the repository.</summary>
        public const string Firmware = "0.1.0 esp32-s3";

        public static void Main()
        {
            DeviceProgram.Run(ChipFamily.Esp32S3, Firmware);
        }
    }
}
