// Owns: the county's real store in SQLite, on files that can be copied in the middle of a commit as a crash leaves them.
// Must never: keep its files after the run, or open one that another world has.

using Gateway.Contract;
using Gateway.County;
using Gateway.County.Sql;
using Gateway.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Gateway.Simulation;

/// <summary>
/// A database file in a folder of its own, in memory where the system has a file system for that. A death is simulated by copying the
/// file and its write-ahead log as they are at that moment and opening the copy: SQLite then recovers as after a power cut.
/// </summary>
public sealed class SqliteStore : ISimStore
{
    private readonly DirectoryInfo _folder;
    private readonly StationRegistration[] _stations;
    private SqlStore _store;
    private int _file;
    private string? _corpse;

    public SqliteStore(params StationRegistration[] stations)
        : this(stations, null)
    {
    }

    private SqliteStore(StationRegistration[] stations, string? from)
    {
        _stations = stations;
        _folder = new DirectoryInfo(MemoryFolder.Create("gateway-simulation-"));
        if (from is not null)
        {
            File.Copy(from, Name(0));
        }

        _store = SqlStore.Open(Name(0));
        foreach (StationRegistration station in from is null ? stations : [])
        {
            _store.AddStation(station);
        }
    }

    public bool FailNextCommit { get; set; }

    public bool DieInCommit { get; set; }

    public IReadOnlyCollection<StoredEvent> Events => [.. _store.Events(new EventQuery())];

    public IReadOnlyList<Gap> AllGaps => [.. _store.Gaps(null).Select(g => g.Gap)];

    public IReadOnlyList<Loss> AllLosses
    {
        get
        {
            LaneKey[] lanes = [.. _store.Lanes(null).Select(l => l.Key)];
            using IStoreTransaction rows = _store.Begin();
            return [.. lanes.SelectMany(lane => rows.Losses(lane, 0, uint.MaxValue))];
        }
    }

    public long Conflicts => _store.Conflicts().Sum(c => c.Times);

    public long RegistryVersion() => _store.RegistryVersion();

    public IReadOnlyList<StationRegistration> Stations() => _store.Stations();

    public IReadOnlyList<StationState> States() => _store.States();

    public void AddRefusals(IReadOnlyList<RefusalCount> counts) => _store.AddRefusals(counts);

    public IStoreTransaction Begin() => new Transaction(this, _store.Begin());

    public uint Held(LaneKey lane)
    {
        using IStoreTransaction rows = _store.Begin();
        return rows.Lane(lane)?.Held ?? 0;
    }

    public (IReadOnlyList<Case> Cases, int Changed)? GoneOver(uint station)
    {
        IReadOnlyList<Case> cases = _store.Cases(new CaseQuery { Station = station });
        return (cases, CaseDesk.Rebuild(_store, _store, station, nowMs: 1));
    }

    public ISimStore Copy()
    {
        string copy = Path.Combine(_folder.FullName, "copy.db");
        SqliteConnectionStringBuilder source = new() { DataSource = Name(_file), Pooling = false };
        using (SqliteConnection connection = new(source.ToString()))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "VACUUM INTO $copy";
            command.Parameters.AddWithValue("$copy", copy);
            command.ExecuteNonQuery();
        }

        try
        {
            return new SqliteStore(_stations, copy);
        }
        finally
        {
            File.Delete(copy);
        }
    }

    public void Die()
    {
        string left = _corpse ?? Leave();
        _corpse = null;
        _store.Dispose();
        Delete(_file);
        _file++;
        _store = SqlStore.Open(left);
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>What a death at this moment leaves on the disk.</summary>
    private string Leave()
    {
        string left = Name(_file + 1);
        foreach (string part in new[] { "", "-wal" })
        {
            if (File.Exists(Name(_file) + part))
            {
                File.Copy(Name(_file) + part, left + part, overwrite: true);
            }
        }

        return left;
    }

    private void Delete(int file)
    {
        foreach (string part in new[] { "", "-wal", "-shm" })
        {
            File.Delete(Name(file) + part);
        }
    }

    private string Name(int file) => Path.Combine(_folder.FullName, $"{file}.db");

    /// <summary>The real transaction, with a commit that may fail or be died in.</summary>
    private sealed class Transaction(SqliteStore store, IStoreTransaction real) : ForwardingTransaction(real)
    {
        public override void Commit()
        {
            if (store.DieInCommit)
            {
                store.DieInCommit = false;
                store._corpse = store.Leave();
                throw new IOException("the process died in a commit");
            }

            if (store.FailNextCommit)
            {
                store.FailNextCommit = false;
                throw new IOException("the store failed");
            }

            base.Commit();
        }
    }
}
