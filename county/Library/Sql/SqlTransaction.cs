// Owns: the rows of one writing transaction.
// Must never: decide; it inserts, reads and replaces what the ledger says.

using System.Data.Common;
using System.Globalization;

namespace Gateway.County.Sql;

/// <summary>A transaction of a <see cref="SqlStore"/>.</summary>
internal sealed partial class SqlTransaction(
    SqlDialect dialect, DbTransaction transaction, SqlStatements sql, Action<DbTransaction>? checkTerm) : IStoreTransaction
{
    public bool[] Insert(IReadOnlyList<StoredEvent> events)
    {
        if (events.Count == 0)
        {
            return [];
        }

        object[][] rows = [.. events.Select(SqlRows.Values)];
        return dialect.InsertEvents(transaction.Connection!, transaction, rows);
    }

    public byte[]? RawOf(EventKey key) =>
        (byte[]?)sql.RawOf.Scalar(transaction, key.Station, key.Epoch, (int)key.Lane, key.Sequence);

    public void UpdateTime(StoredEvent stored) => sql.UpdateTime.Run(
        transaction, stored.Key.Station, stored.Key.Epoch, (int)stored.Key.Lane, stored.Key.Sequence,
        stored.Record.UtcMs, (int)stored.Record.UtcQuality, stored.TimeMs, (int)stored.TimeQuality, stored.Raw);

    public bool AddConflict(EventKey key, byte[] raw, long nowMs)
    {
        long version = 0;
        bool same = false;
        using (DbDataReader row = sql.Conflicts.Read(transaction, key.Station, key.Epoch, (int)key.Lane, key.Sequence))
        {
            while (!same && row.Read())
            {
                NamedRow named = new(row, SqlStatements.ConflictColumns);
                version = named.Int64("version");
                same = raw.AsSpan().SequenceEqual(named.Bytes("raw"));
            }
        }

        if (same || version >= CountyLimits.ConflictsPerKeyMax)
        {
            sql.CountConflict.Run(transaction, key.Station, key.Epoch, (int)key.Lane, key.Sequence, version, nowMs, raw);
        }
        else
        {
            sql.AddConflict.Run(transaction, key.Station, key.Epoch, (int)key.Lane, key.Sequence, version + 1, nowMs, raw);
        }

        return !same;
    }

    public LaneState? Lane(LaneKey key)
    {
        if (_lanes.Remove(key, out LaneState? state))
        {
            return state;
        }

        using DbDataReader reader = sql.Lane.Read(transaction, key.Station, key.Epoch, (int)key.Lane);
        return reader.Read() ? LaneOf(new NamedRow(reader, SqlStatements.LaneReadColumns)) : null;
    }

    public void Put(LaneKey key, LaneState state)
    {
        _lanes.Remove(key);
        sql.PutLane.Run(transaction, Values(key, state));
    }

    public uint PrunedThrough(LaneKey key) => (uint)Wide(sql.PrunedThrough.Scalar(transaction, key.Station, key.Epoch, (int)key.Lane));

    public IReadOnlyList<Gap> Gaps(LaneKey key, uint first, uint last)
    {
        List<Gap> gaps = [];
        using DbDataReader reader = sql.Gaps.Read(transaction, key.Station, key.Epoch, (int)key.Lane, first, last);
        NamedRow row = new(reader, SqlStatements.GapColumns);
        while (reader.Read())
        {
            gaps.Add(GapOf(row));
        }

        return gaps;
    }

    public void Add(Gap gap) => sql.AddGap.Run(
        transaction, gap.Lane.Station, gap.Lane.Epoch, (int)gap.Lane.Lane, gap.First, gap.Last, gap.SeenMs, gap.OwnedBy,
        gap.Merged ? 1 : 0);

    public void RemoveGaps(LaneKey key, uint first, uint last) =>
        sql.RemoveGaps.Run(transaction, key.Station, key.Epoch, (int)key.Lane, first, last);

    public void Own(LaneKey key, uint first, uint last, uint ownedBy) =>
        sql.OwnGaps.Run(transaction, key.Station, key.Epoch, (int)key.Lane, first, last, ownedBy);

    public IReadOnlyList<Loss> Losses(LaneKey key, uint first, uint last)
    {
        List<Loss> losses = [];
        using DbDataReader reader = sql.Losses.Read(transaction, key.Station, key.Epoch, (int)key.Lane, first, last);
        NamedRow row = new(reader, SqlStatements.LossColumns);
        while (reader.Read())
        {
            losses.Add(new Loss(key, row.UInt32("sequence"), row.UInt32("first"), row.UInt32("last")));
        }

        return losses;
    }

    public void Add(Loss loss) => sql.AddLoss.Run(
        transaction, loss.Lane.Station, loss.Lane.Epoch, (int)loss.Lane.Lane, loss.Sequence, loss.First, loss.Last);

    public void Remove(Loss loss) =>
        sql.RemoveLoss.Run(transaction, loss.Lane.Station, loss.Lane.Epoch, (int)loss.Lane.Lane, loss.Sequence);

    public BootClock? Clock(BootKey key)
    {
        if (_clocks.Remove(key, out BootClock? clock))
        {
            return clock;
        }

        using DbDataReader reader = sql.Clock.Read(transaction, key.Station, key.Epoch, key.Boot);
        return reader.Read() ? ClockOf(new NamedRow(reader, SqlStatements.ClockColumns)) : null;
    }

    public void Put(BootClock clock)
    {
        _clocks.Remove(clock.Boot);
        sql.PutClock.Run(
            transaction, clock.Boot.Station, clock.Boot.Epoch, clock.Boot.Boot, (int)clock.Source, clock.UptimeMs, clock.UtcMs);
    }

    public int BackFill(BootKey key, long startMs, int max) =>
        sql.BackFill.Run(transaction, key.Station, key.Epoch, key.Boot, startMs, max);

    public void ForgetClocks(uint station, uint epoch, int keep) => sql.ForgetClocks.Run(transaction, station, epoch, keep);

    public int CountConflicts(uint station) => Number(sql.CountConflicts.Scalar(transaction, station));

    public void ForgetOldestConflict(uint station) => sql.ForgetConflict.Run(transaction, station);

    public int CountEpochs(uint station) => Number(sql.CountEpochs.Scalar(transaction, station));

    public void ForgetEpochs(uint station, int keep)
    {
        foreach (Statement forget in sql.ForgetEpochs)
        {
            forget.Run(transaction, station, keep);
        }
    }

    public uint HighestOf(LaneKey key) => (uint)Wide(sql.HighestOf.Scalar(transaction, key.Station, key.Epoch, (int)key.Lane));

    public uint NewestBoot(uint station, uint epoch) => (uint)Wide(sql.NewestBoot.Scalar(transaction, station, epoch));

    public void ForgetEscalations(uint station, int keep) => sql.ForgetEscalations.Run(transaction, station, keep);

    public StationState? State(uint station)
    {
        if (_states.Remove(station, out StationState? state))
        {
            return state;
        }

        using DbDataReader row = sql.State.Read(transaction, station);
        return row.Read() ? SqlRows.State(row) : null;
    }

    public void Put(StationState state)
    {
        _states.Remove(state.Station);
        sql.PutState.Run(transaction, SqlRows.Values(state));
    }

    public SessionState? Session(uint station, uint epoch)
    {
        if (_sessions.Remove((station, epoch), out SessionState? session))
        {
            return session;
        }

        using DbDataReader reader = sql.Session.Read(transaction, station, epoch);
        return reader.Read() ? SessionOf(new NamedRow(reader, SqlStatements.SessionColumns)) : null;
    }

    public void Put(SessionState session)
    {
        _sessions.Remove((session.Station, session.Epoch));
        sql.PutSession.Run(transaction, Values(session));
    }

    public IReadOnlyList<Escalation> OpenEscalations()
    {
        List<Escalation> open = [];
        using DbDataReader row = sql.OpenEscalations.Read(transaction);
        while (row.Read())
        {
            open.Add(SqlRows.Escalation(row));
        }

        return open;
    }

    public StoredEvent? LastAnswer(uint station, uint epoch, uint before)
    {
        using DbDataReader row = sql.LastAnswer.Read(transaction, station, epoch, (int)Gateway.Contract.Lane.Fire, before);
        return row.Read() ? SqlRows.Event(row) : null;
    }

    public StoredEvent? LastFire(uint station, uint epoch, out bool known)
    {
        known = true;
        using DbDataReader row = sql.LastFire.Read(transaction, station, epoch, (int)Gateway.Contract.Lane.Fire);
        return row.Read() ? SqlRows.Event(row) : null;
    }

    public Escalation? Escalation(EventKey alarm)
    {
        using DbDataReader row = sql.Escalation.Read(transaction, alarm.Station, alarm.Epoch, (int)alarm.Lane, alarm.Sequence);
        return row.Read() ? SqlRows.Escalation(row) : null;
    }

    public void Put(Escalation escalation) => sql.PutEscalation.Run(transaction, SqlRows.Values(escalation));

    public IReadOnlyList<StationCommand> OpenCommands()
    {
        List<StationCommand> commands = [];
        using DbDataReader row = sql.OpenCommands.Read(transaction);
        while (row.Read())
        {
            commands.Add(SqlRows.Command(row));
        }

        return commands;
    }

    public uint LastCommand(uint station) =>
        sql.LastCommand.Scalar(transaction, station) is { } number ? Convert.ToUInt32(number, CultureInfo.InvariantCulture) : 0;

    public StationCommand? Command(uint station, uint number)
    {
        using DbDataReader row = sql.Command.Read(transaction, station, number);
        return row.Read() ? SqlRows.Command(row) : null;
    }

    public bool Add(StationCommand command) => sql.AddCommand.Run(transaction, SqlRows.Values(command)) > 0;

    public void Put(StationCommand command) => sql.PutCommand.Run(
        transaction, command.Station, command.Number, (int)command.State, command.Result, command.SentMs, command.Times,
        command.AnsweredMs);

    public void Commit()
    {
        checkTerm?.Invoke(transaction);
        transaction.Commit();
    }

    public void Dispose() => transaction.Dispose();

    private static int Number(object? value) => (int)Wide(value);

    private static long Wide(object? value) => Convert.ToInt64(value ?? 0L, CultureInfo.InvariantCulture);

    private static object[] Values(LaneKey key, LaneState state) =>
        [(long)key.Station, (long)key.Epoch, (long)key.Lane, (long)state.Held, (long)state.Highest];

    private static object[] Values(SessionState s) =>
    [
        (long)s.Station, (long)s.Epoch, (long)s.Boot, (long)s.Session, (long)s.Counter, (long)s.WillBoot, (long)s.WillSession, s.KeyId,
        s.SeenMs, (long)s.Abilities,
    ];

    private static LaneKey LaneKeyOf(NamedRow row) => new(row.UInt32("station"), row.UInt32("epoch"), (Contract.Lane)row.Int32("lane"));

    private static LaneState LaneOf(NamedRow row) =>
        new() { Held = row.UInt32("held"), Highest = row.UInt32("highest"), Pruned = row.UInt32("pruned") };

    private static Gap GapOf(NamedRow row) =>
        new(
            LaneKeyOf(row), row.UInt32("first"), row.UInt32("last"), row.Int64("seen_ms"), row.UInt32("owned_by"), row.Flag("merged"));

    private static BootClock ClockOf(NamedRow row) => new(
        new BootKey(row.UInt32("station"), row.UInt32("epoch"), row.UInt32("boot")), (ClockSource)row.Int32("source"),
        row.Int64("uptime_ms"), row.Int64("utc_ms"));

    private static SessionState SessionOf(NamedRow row) => new()
    {
        Station = row.UInt32("station"),
        Epoch = row.UInt32("epoch"),
        Boot = row.UInt32("boot"),
        Session = row.UInt32("session"),
        Counter = row.UInt32("counter"),
        WillBoot = row.UInt32("will_boot"),
        WillSession = row.UInt32("will_session"),
        KeyId = row.Int64("key_id"),
        SeenMs = row.Int64("seen_ms"),
        Abilities = (Contract.HelloAbility)row.UInt32("abilities"),
    };
}
