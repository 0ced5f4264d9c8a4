// Owns: that one process at a time receives into a database file.
// Must never: keep others from reading the database or queueing commands in it.

using Gateway.County.Sql;

namespace Gateway.County.Server;

/// <summary>
/// A lock beside the database for as long as the process lives; a killed process leaves none. Two receivers would take the name at the
/// broker from each other for ever, and no station would be served. A server's database has no such lock.
/// </summary>
internal sealed class OneReceiver : IDisposable
{
    private readonly FileStream? _lock;

    /// <exception cref="CommandException">Another process receives for this database.</exception>
    public OneReceiver(string database)
    {
        if (database.Contains("://", StringComparison.Ordinal))
        {
            return;
        }

        string path = database + ".lock";
        try
        {
            _lock = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new CommandException(
                $"db '{SqlStore.Shown(database)}': 已有接收端在运行 another `county run` receives for it; allowed: one at a time", e)
            {
                ExitCode = ExitCodes.Failed,
            };
        }
    }

    public void Dispose() => _lock?.Dispose();
}
