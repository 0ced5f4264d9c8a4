// Owns: what of the flashing tool's world belongs to a board: chip, image, application, and where drive I: lies.
// Must never: know a command line; the steps do.

using Gateway.Start;

namespace Gateway.Technician.Flash;

/// <param name="Type">As the flashing tool calls the chip.</param>
/// <param name="Target">The runtime's image for it.</param>
/// <param name="Application">The application's file.</param>
/// <param name="Project">The folder of its project.</param>
internal sealed record Chip(string Type, string Target, string Application, string Project)
{
    private const int MiB = 1024 * 1024;

    // Where the runtime's partition tables put the drive, by the size of the flash.
    private static readonly (int Flash, int At, int Bytes)[] s_drives =
        [(4 * MiB, 0x3C0000, MiB / 4), (8 * MiB, 0x490000, 2 * MiB), (16 * MiB, 0x490000, 3 * MiB)];

    public static readonly Chip S3 = new("ESP32-S3", "ESP32_S3_OCTAL", "Gateway.Esp32S3.bin", "Esp32S3");
    public static readonly Chip Classic = new("ESP32", "ESP32_OLIMEX_WROVER", "Gateway.Esp32Classic.bin", "Esp32Classic");

    public static readonly Chip[] All = [S3, Classic];

    /// <summary>What the application was built with.</summary>
    public string Packages => Path.ChangeExtension(Application, ".packages.config");

    public static Chip Of(Board board) => board.Chip == ChipFamily.Esp32S3 ? S3 : Classic;

    /// <summary>How large a board's whole flash is, and where its drive lies in it.</summary>
    public static (int Flash, int At, int Bytes) Drive(Board board) => s_drives.First(d => d.Bytes == board.FlashBytes);
}
