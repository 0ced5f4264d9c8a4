// Owns: the folder of one demonstration, and that no key or password stays behind in it, however the demonstration ends.
// Must never: touch the folder of a demonstration that still runs.

using Gateway.County;
using Gateway.County.Sql;

namespace Gateway.Demo;

/// <summary>A demonstration holds its lock as long as it runs; the next one takes away what one that was killed has left.</summary>
internal sealed class DemoFolder
{
    public const string DatabaseName = "county.db";
    public const string SecretsName = "station.settings.secrets";

    private const string LockName = "lock";
    private const int EmptyTriesMax = 20;
    private const int EmptyWaitMs = 100;

    private readonly FileStream _held;

    /// <param name="run">The folder of all demonstrations.</param>
    public DemoFolder(string run)
    {
        foreach (string folder in Directory.GetDirectories(run, "demo.*"))
        {
            RemoveLeftBehind(folder);
        }

        Name = Path.Combine(run, $"demo.{Guid.NewGuid():N}"[..16]);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Name);
        }
        else
        {
            Directory.CreateDirectory(Name, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        _held = new FileStream(Path.Combine(Name, LockName), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
    }

    public string Name { get; }

    /// <summary>Takes it away, the lock last.</summary>
    public void Remove()
    {
        for (int attempt = 1; !Emptied(Name) && attempt < EmptyTriesMax; attempt++)
        {
            // A thread of the demonstration has just made a file, or holds one where open files cannot be deleted.
            Thread.Sleep(EmptyWaitMs);
        }

        _held.Dispose();
        for (int attempt = 1; Directory.Exists(Name) && attempt < EmptyTriesMax; attempt++)
        {
            try
            {
                Directory.Delete(Name, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The same thread, or another demonstration that takes away what it finds.
                Thread.Sleep(EmptyWaitMs);
            }
        }
    }

    /// <summary>Leaves what explains a failure: logs, the gateway's state, and the county's database without the station.</summary>
    public void KeepWithoutSecrets()
    {
        File.Delete(Path.Combine(Name, SecretsName));
        string database = Path.Combine(Name, DatabaseName);
        if (File.Exists(database))
        {
            // A copy has no room that once held the key.
            string copy = Path.Combine(Name, "copy.db");
            try
            {
                using (SqlStore store = SqlStore.Open(database, create: false))
                {
                    foreach (StationRegistration station in store.Stations())
                    {
                        store.RemoveStation(station.Station);
                    }
                }

                SqlStore.Copy(database, copy);
            }
            finally
            {
                foreach (string file in Directory.GetFiles(Name, DatabaseName + "*"))
                {
                    File.Delete(file);
                }
            }

            File.Move(copy, database);
        }

        _held.Dispose();
        File.Delete(Path.Combine(Name, LockName));
    }

    /// <summary>Takes away all but the lock: who is killed meanwhile leaves what the next one takes away.</summary>
    private static bool Emptied(string folder)
    {
        try
        {
            foreach (string file in Directory.GetFiles(folder).Where(file => Path.GetFileName(file) != LockName))
            {
                File.Delete(file);
            }

            foreach (string below in Directory.GetDirectories(folder))
            {
                Directory.Delete(below, recursive: true);
            }

            return Directory.GetFileSystemEntries(folder).Length <= 1;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Takes a folder away that has a lock which nobody holds. Without a lock it is what explains a failure.</summary>
    private static void RemoveLeftBehind(string folder)
    {
        string held = Path.Combine(folder, LockName);
        if (!File.Exists(held))
        {
            return;
        }

        try
        {
            using (new FileStream(held, FileMode.Open, FileAccess.ReadWrite, FileShare.Delete))
            {
                if (Emptied(folder))
                {
                    Directory.Delete(folder, recursive: true);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It runs, or its gateway still does.
        }
    }
}
