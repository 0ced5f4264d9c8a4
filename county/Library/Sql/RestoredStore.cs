// Owns: a copy put back into a database of its own, for good or to be looked at.
// Must never: leave a database behind that was not asked for, or touch one that is there.

namespace Gateway.County.Sql;

/// <summary>A copy that was put back. Disposing takes it away again unless it is kept.</summary>
public sealed class RestoredStore : IDisposable
{
    private readonly Action _remove;

    private RestoredStore(SqlStore store, Action remove)
    {
        Store = store;
        _remove = remove;
    }

    public SqlStore Store { get; }

    /// <summary>Whether it stays.</summary>
    public bool Keep { get; set; }

    /// <summary>Puts a copy back and opens it, which brings its tables up to date.</summary>
    /// <param name="file">The copy.</param>
    /// <param name="database">Where to: a file that is not there, or an empty database.</param>
    /// <param name="beside">Instead into a database that nobody else knows, beside that one or in the folder of temporary files.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="StoreException">It cannot be put back; the message says why.</exception>
    public static RestoredStore From(string file, string database, bool beside, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(database);
        return SqlStore.IsAddress(database) && (!beside || !SqliteDialect.IsFile(file))
            ? OnServer(file, new PostgresDialect(database), database, beside, stop)
            : InFile(file, beside ? Path.Combine(Path.GetTempPath(), $"county-{Guid.NewGuid():N}.db") : database, database);
    }

    private static RestoredStore InFile(string file, string path, string database)
    {
        if (Path.Exists(path))
        {
            throw new StoreException($"db '{path}' is there already; allowed: the path of a file that is not there yet");
        }

        // The names of keys that lie beside a database stay when an older copy takes its place.
        string[] parts = path == database ? ["", "-wal", "-shm"] : ["", "-wal", "-shm", ".keys"];
        void Remove() => Array.ForEach(parts, end => File.Delete(path + end));
        try
        {
            using (FileStream from = File.OpenRead(file))
            using (FileStream to = PrivateFile.Open(path, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                from.CopyTo(to);
                to.Flush(flushToDisk: true);
            }

            return new RestoredStore(SqlStore.Open(path, create: false), Remove);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Remove();
            throw new StoreException($"db '{path}': {e.Message}; allowed: a free name in a folder that this user may write", e);
        }
        catch
        {
            Remove();
            throw;
        }
    }

    private static RestoredStore OnServer(string file, PostgresDialect dialect, string database, bool beside, CancellationToken stop)
    {
        string? name = beside ? dialect.MakeBeside() : null;
        string address = name is null ? database : database[..(database.LastIndexOf('/') + 1)] + name;
        void Remove()
        {
            if (name is not null)
            {
                dialect.DropBeside(name);
            }
        }

        try
        {
            new PostgresDialect(address).Restore(file, own: beside, stop);
            return new RestoredStore(SqlStore.Open(address, create: false), Remove);
        }
        catch
        {
            Remove();
            throw;
        }
    }

    public void Dispose()
    {
        Store.Dispose();
        if (!Keep)
        {
            _remove();
        }
    }
}
