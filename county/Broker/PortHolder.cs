// Owns: who has a port that is in use, where the system tells.
// Must never: be needed; where nobody can be named, nobody is.

using System.Globalization;

namespace Gateway.County.Broker;

internal static class PortHolder
{
    private const string Listening = "0A";

    /// <summary>" (PID NAME has it)", or nothing.</summary>
    public static string Of(int port)
    {
        try
        {
            HashSet<string> sockets = [.. Tables().SelectMany(File.ReadLines).Select(l => Socket(l, port)).OfType<string>()];
            if (sockets.Count == 0)
            {
                return "";
            }

            foreach (string process in Directory.EnumerateDirectories("/proc").Where(p => int.TryParse(Path.GetFileName(p), out _)))
            {
                if (Has(process, sockets))
                {
                    return $" (process {Path.GetFileName(process)} {File.ReadAllText(Path.Combine(process, "comm")).Trim()} has it)";
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another user's process, or no such table.
        }

        return "";
    }

    private static IEnumerable<string> Tables() => ((string[])["/proc/net/tcp", "/proc/net/tcp6"]).Where(File.Exists);

    /// <summary>The link's text of a socket that listens at the port.</summary>
    private static string? Socket(string line, int port)
    {
        string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        bool found = fields.Length > 9 && fields[3] == Listening
            && fields[1].EndsWith(string.Create(CultureInfo.InvariantCulture, $":{port:X4}"), StringComparison.Ordinal);
        return found ? $"socket:[{fields[9]}]" : null;
    }

    private static bool Has(string process, HashSet<string> sockets)
    {
        try
        {
            return Directory.EnumerateFiles(Path.Combine(process, "fd"))
                .Any(fd => new FileInfo(fd).LinkTarget is { } target && sockets.Contains(target));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
