// Owns: files with secrets: written readable to their owner alone, read to their first line.
// Must never: overwrite one, or repeat what is in it.

using System.Text;

namespace Gateway.County.Server;

internal static class SecretFiles
{
    private const string PemAllowed = "a readable PEM file of at most 1 MiB";
    private const string Allowed = "a file of at most 1024 bytes with the password in its first line";

    /// <summary>Makes a new file, with mode 0600 when it is secret.</summary>
    /// <exception cref="CommandException">It is there already, or cannot be made.</exception>
    public static void Write(string option, string path, string text, bool secret = true)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (secret && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        FileStream file;
        try
        {
            file = new FileStream(path, options);
        }
        catch (Exception e) when (Refused(e))
        {
            string why = Path.Exists(path) ? $"'{path}' is there already; allowed: a free name"
                : $"'{path}' cannot be made ({e.Message}); allowed: a free name in a folder that this user may write";
            throw new CommandException($"{option}: {why}", e) { ExitCode = ExitCodes.Failed };
        }

        try
        {
            using (file)
            {
                file.Write(Encoding.UTF8.GetBytes(text));
                file.Flush(flushToDisk: true);
            }
        }
        catch (Exception e) when (Refused(e))
        {
            // Half a file would be taken for the one that was asked for.
            File.Delete(path);
            throw new CommandException($"{option}: '{path}' cannot be written ({e.Message}); allowed: a disk with free room", e)
            {
                ExitCode = ExitCodes.Failed,
            };
        }
    }

    /// <summary>
    /// Makes the file first, since what is registered but was never handed out is of no use to anybody; a work that fails takes it away.
    /// </summary>
    public static void HandOut(string option, string path, string text, Action register)
    {
        Write(option, path, text);
        try
        {
            register();
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    /// <summary>The line that begins with a word.</summary>
    /// <exception cref="CommandException">There is none, or the file cannot be read.</exception>
    public static string ReadLine(string option, string path, string word)
    {
        string allowed = $"a secrets file of `county station add` with a line '{word.Trim()}'";
        return Lines(option, path, allowed).FirstOrDefault(l => l.StartsWith(word, StringComparison.Ordinal))
            ?? throw new CommandException($"{option}: '{path}' has no such line; allowed: {allowed}");
    }

    /// <summary>The first line.</summary>
    /// <exception cref="CommandException">There is none, or the file cannot be read.</exception>
    public static string ReadPassword(string option, string path)
    {
        string? line = Lines(option, path, Allowed).FirstOrDefault();
        return string.IsNullOrEmpty(line)
            ? throw new CommandException($"{option}: '{path}' has no first line; allowed: {Allowed}")
            : line;
    }

    /// <summary>A small file or a pipe, whose length nobody knows before its end.</summary>
    /// <exception cref="CommandException">It cannot be read, is longer, or belongs to somebody else.</exception>
    public static byte[] Bytes(string option, string path, int bytesMax, string allowed)
    {
        if (path.Length == 0)
        {
            throw new CommandException($"{option}: ''; allowed: {allowed}");
        }

        try
        {
            using FileStream file = File.OpenRead(path);
            if (FileOwner.Problem(path) is { } problem)
            {
                throw new CommandException($"{option}: '{path}' {problem}") { ExitCode = ExitCodes.Failed };
            }

            byte[] bytes = new byte[bytesMax + 1];
            int count = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);

            // Editors of Windows begin a text with a mark.
            int start = bytes.AsSpan(0, count).StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
            return count <= bytesMax
                ? bytes[start..count]
                : throw new CommandException($"{option}: '{path}' is longer; allowed: {allowed}");
        }
        catch (Exception e) when (Refused(e))
        {
            throw new CommandException($"{option}: {e.Message}; allowed: {allowed}", e) { ExitCode = ExitCodes.Failed };
        }
    }

    /// <summary>A certificate or key in PEM, or several.</summary>
    /// <exception cref="CommandException">It cannot be read, is longer, or belongs to somebody else.</exception>
    public static string Pem(string option, string path) =>
        Encoding.UTF8.GetString(Bytes(option, path, ServerLimits.PemBytesMax, PemAllowed));

    /// <summary>Whether a file was refused for its name, its place or its rights.</summary>
    public static bool Refused(Exception e) =>
        e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException;

    private static string[] Lines(string option, string path, string allowed) =>
        Encoding.UTF8.GetString(Bytes(option, path, ServerLimits.PasswordBytesMax, allowed)).ReplaceLineEndings("\n").Split('\n');
}
