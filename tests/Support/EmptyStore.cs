// Owns: a county's database file that has its tables and nothing in them.
// Must never: be used where a test is about how tables are made.

using Gateway.County.Sql;

namespace Gateway.Tests.Support;

/// <summary>Made once a process and copied: all the scripts of the tables for each test took longer than the test.</summary>
public static class EmptyStore
{
    private static readonly Lazy<byte[]> s_file = new(Make);

    /// <summary>The path, at which there is a database from now on: the one that was there, or an empty one.</summary>
    public static string At(string path)
    {
        if (File.Exists(path))
        {
            return path;
        }

        FileStreamOptions privately = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            privately.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using FileStream file = new(path, privately);
        file.Write(s_file.Value);
        return path;
    }

    private static byte[] Make()
    {
        string folder = MemoryFolder.Create("empty-");
        try
        {
            string path = Path.Combine(folder, "county.db");
            SqlStore.Open(path).Dispose();
            return File.ReadAllBytes(path);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
