// Owns: reading a user's file without believing its size.
// Must never: read more than one byte beyond what is allowed.

using Gateway.Start;

namespace Gateway.Pc;

/// <summary>Small files: settings, keys, scripts.</summary>
public static class BoundedFile
{
    /// <summary>The file's bytes, at most <paramref name="bytesMax"/> + 1,
    /// so that the caller sees that there are too many. Null and an error when it can't be read.</summary>
    /// <param name="allowed">In two languages.</param>
    public static byte[]? Read(string path, int bytesMax, string allowed, ICollection<string> errors)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            var bytes = new byte[bytesMax + 1];
            int count = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return bytes[..count];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            string found = e switch
            {
                FileNotFoundException or DirectoryNotFoundException => TlsNames.NoSuchFile,
                _ => $"读不出（{e.Message}）\nunreadable: {e.Message}",
            };
            errors.Add(PlaceNotes.Text(path, 0, found, allowed));
            return null;
        }
    }
}
