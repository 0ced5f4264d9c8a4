// Owns: the rows of one writing transaction.
// Must never: decide; it inserts, reads and replaces what the ledger says.

using System.Data.Common;
using System.Globalization;

namespace Gateway.County.Sql;

/// <summary>A transaction of a <see cref="SqlStore"/>.</summary>
internal sealed partial class SqlTransaction(SqlDialect dialect, DbTransaction transaction, SqlStatements sql) : IStoreTransaction
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
        (byte[]?)sql.RawOf.Scalar(transaction, key.Station, key.Epoch, key.Lane, key.Sequence);

    public void UpdateTime(StoredEvent stored) => sql.UpdateTime.Run(
        transaction, stored.Key.Station, stored.Key.Epoch, stored.Key.Lane, stored.Key.Sequence,
        stored.Record.UtcMs, stored.Record.UtcQuality, stored.TimeMs, stored.TimeQuality, stored.Raw);

    public bool AddConflict(EventKey key, byte[] raw, long nowMs)
    {
        long version = 0;
        bool same = false;
        using (DbDataReader row = sql.Conflicts.Read(transaction, key.Station, key.Epoch, key.Lane, key.Sequence))
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
            sql.CountConflict.Run(transaction, key.Station, key.Epoch, key.Lane, key.Sequence, version, nowMs, raw);
        }
        else
        {
            sql.AddConflict.Run(transaction, key.Station, key.Epoch, key.Lane, key.Sequence, version + 1, nowMs, raw);
        }

        return !same;
    }

    public LaneState? Lane(LaneKey key)
    {
        using DbDataReader reader = sql.Lane.Read(transaction, key.Station, key.Epoch, key.Lane);
        NamedRow row = new(reader, SqlStatements.LaneColumns);
        return reader.Read() ? new LaneState { Held = row.UInt32("held"), Highest = row.UInt32("highest") } : null;
    }

    public void Put(LaneKey key, LaneState state) =>
        sql.PutLane.Run(transaction, key.Station, key.Epoch, key.Lane, state.Held, state.Highest);

    public IReadOnlyList<Gap> Gaps(LaneKey key, uint first, uint last)
    {
        List<Gap> gaps = [];
        using DbDataReader reader = sql.Gaps.Read(transaction, key.Station, key.Epoch, key.Lane, first, last);
        NamedRow row = new(reader, SqlStatements.GapColumns);
        while (reader.Read())
        {
            gaps.Add(new Gap(key, row.UInt32("first"), row.UInt32("last"), row.Int64("seen_ms"), row.UInt32("owned_by")));
        }

        return gaps;
    }

    public void Add(Gap gap) => sql.AddGap.Run(
        transaction, gap.Lane.Station, gap.Lane.Epoch, gap.Lane.Lane, gap.First, gap.Last, gap.SeenMs, gap.OwnedBy);

    public void Remove(Gap gap) =>
        sql.RemoveGap.Run(transaction, gap.Lane.Station, gap.Lane.Epoch, gap.Lane.Lane, gap.First);

    public IReadOnlyList<Loss> Losses(LaneKey key, uint first, uint last)
    {
        List<Loss> losses = [];
        using DbDataReader reader = sql.Losses.Read(transaction, key.Station, key.Epoch, key.Lane, first, last);
        NamedRow row = new(reader, SqlStatements.LossColumns);
        while (reader.Read())
        {
            losses.Add(new Loss(key, row.UInt32("sequence"), row.UInt32("first"), row.UInt32("last")));
        }

        return losses;
    }

    public void Add(Loss loss) => sql.AddLoss.Run(
        transaction, loss.Lane.Station, loss.Lane.Epoch, loss.Lane.Lane, loss.Sequence, loss.First, loss.Last);

    public BootClock? Clock(BootKey key)
    {
        using DbDataReader reader = sql.Clock.Read(transaction, key.Station, key.Epoch, key.Boot);
        NamedRow row = new(reader, SqlStatements.ClockColumns);
        return reader.Read()
            ? new BootClock(key, (ClockSource)row.Int32("source"), row.Int64("uptime_ms"), row.Int64("utc_ms"))
            : null;
    }

    public void Put(BootClock clock) => sql.PutClock.Run(
        transaction, clock.Boot.Station, clock.Boot.Epoch, clock.Boot.Boot, (int)clock.Source, clock.UptimeMs, clock.UtcMs);

    public void BackFill(BootKey key, long startMs) =>
        sql.BackFill.Run(transaction, key.Station, key.Epoch, key.Boot, startMs);

    public StationState? State(uint station)
    {
        using DbDataReader row = sql.State.Read(transaction, station);
        return row.Read() ? SqlRows.State(row) : null;
    }

    public void Put(StationState state) => sql.PutState.Run(transaction, SqlRows.Values(state));

    public SessionState? Session(uint station, uint epoch)
    {
        using DbDataReader reader = sql.Session.Read(transaction, station, epoch);
        NamedRow row = new(reader, SqlStatements.SessionColumns);
        return !reader.Read()
            ? null
            : new SessionState
            {
                Station = station,
                Epoch = epoch,
                Boot = row.UInt32("boot"),
                Session = row.UInt32("session"),
                Counter = row.UInt32("counter"),
                WillBoot = row.UInt32("will_boot"),
                WillSession = row.UInt32("will_session"),
                KeyId = row.Int64("key_id"),
            };
    }

    public void Put(SessionState session) => sql.PutSession.Run(
        transaction, session.Station, session.Epoch, session.Boot, session.Session, session.Counter,
        session.WillBoot, session.WillSession, session.KeyId);

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
        using DbDataReader row = sql.LastAnswer.Read(transaction, station, epoch, Gateway.Contract.Lane.Fire, before);
        return row.Read() ? SqlRows.Event(row) : null;
    }

    public StoredEvent? LastFire(uint station, uint epoch, out bool known)
    {
        known = true;
        using DbDataReader row = sql.LastFire.Read(transaction, station, epoch, Gateway.Contract.Lane.Fire);
        return row.Read() ? SqlRows.Event(row) : null;
    }

    public Escalation? Escalation(EventKey alarm)
    {
        using DbDataReader row = sql.Escalation.Read(transaction, alarm.Station, alarm.Epoch, alarm.Lane, alarm.Sequence);
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

    public void Commit() => transaction.Commit();

    public void Dispose() => transaction.Dispose();
}
