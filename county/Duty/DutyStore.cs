// Owns: the page's own connection to the database, used by one request at a time.
// Must never: be handed to a page: what pages read and do goes through a view, which knows who asks.

using Gateway.County.Sql;

namespace Gateway.County.Duty;

/// <param name="database">As of --db.</param>
internal sealed class DutyStore(string database) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SqlStore _store = SqlStore.Open(database, create: false);

    public T With<T>(Func<SqlStore, T> work)
    {
        lock (_gate)
        {
            // A server's connection that broke is opened again by this look.
            _store.RegistryVersion();
            return work(_store);
        }
    }

    /// <summary>A connection for a long list, during which nobody else waits.</summary>
    public SqlStore Open() => SqlStore.Open(database, create: false);

    public void Dispose() => _store.Dispose();

    public static long NowMs() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
}
