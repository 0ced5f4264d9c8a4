// Owns: which driver of the system has a serial port.
// Must never: open the port.

using System.Runtime.Versioning;
using Microsoft.Win32;

namespace Gateway.Technician.Serial;

internal static class PortDriver
{
    private const string PseudoFolder = "/dev/pts/";

    /// <summary>Its name, such as cdc_acm or ch341-uart; a word for what has none.</summary>
    public static string Of(Tongue tongue, string port) =>
        (OperatingSystem.IsWindows() ? OnWindows(port) : OnLinux(tongue, port, "/sys/class/tty")) ?? tongue.Of("不知道", "not known");

    /// <param name="folder">Where the kernel lists its terminals.</param>
    internal static string? OnLinux(Tongue tongue, string port, string folder)
    {
        string device = File.Exists(port) ? File.ResolveLinkTarget(port, returnFinalTarget: true)?.FullName ?? port : port;
        if (device.StartsWith(PseudoFolder, StringComparison.Ordinal))
        {
            return tongue.Of("伪终端（虚拟板）", "pseudo-terminal (a virtual board)");
        }

        string driver = Path.Combine(folder, Path.GetFileName(device), "device", "driver");
        return Directory.Exists(driver)
            ? Path.GetFileName(Directory.ResolveLinkTarget(driver, returnFinalTarget: true)?.FullName ?? driver) : null;
    }

    // Windows names the driver's own device beside the port: \Device\USBSER000 is its own, \Device\Silabser0 that of CP210x.
    [SupportedOSPlatform("windows")]
    private static string? OnWindows(string port)
    {
        using RegistryKey? ports = Registry.LocalMachine.OpenSubKey(@"HARDWARE\DEVICEMAP\SERIALCOMM");
        return ports?.GetValueNames()
            .FirstOrDefault(name => port.Equals(ports.GetValue(name) as string, StringComparison.OrdinalIgnoreCase))
            ?.Replace(@"\Device\", "", StringComparison.Ordinal);
    }
}
