// Owns: the tables of the duty page: its users, where they are signed in, what they did; and what it reads of cases at a glance.
// Must never: hold a password or a session's name; their hashes are here.

using System.Data;
using System.Data.Common;
using Gateway.Contract;

namespace Gateway.County.Sql;

public sealed partial class SqlStore
{
    private const string UserColumns = "u.name, u.person, u.role, u.township, u.hash, u.added_ms";

    /// <summary>False when the name is taken.</summary>
    /// <exception cref="StoreException">A field cannot be, or there are too many users.</exception>
    public bool AddUser(DutyUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (user.Problem() is { } problem)
        {
            throw new StoreException(problem);
        }

        if (Convert.ToInt64(Scalar("SELECT COUNT(*) FROM duty_users")) >= CountyLimits.DutyUsersMax)
        {
            throw new StoreException($"users: {CountyLimits.DutyUsersMax} are there; allowed: so many");
        }

        using Statement insert = new(
            _connection,
            "INSERT INTO duty_users (name, person, role, township, hash, added_ms) VALUES (@p0, @p1, @p2, @p3, @p4, @p5) "
            + "ON CONFLICT DO NOTHING",
            DbType.String, DbType.String, DbType.Int64, DbType.String, DbType.String, DbType.Int64);
        return insert.Run(null, user.Name, user.Person, (int)user.Role, user.Township, user.PasswordHash, user.AddedMs) > 0;
    }

    /// <summary>Takes a user away with all places at which it is signed in. False when there was none.</summary>
    public bool RemoveUser(string name) => ChangeUser(name, "DELETE FROM duty_users WHERE name = @p0", [DbType.String], [name]);

    /// <summary>Gives a user another password, and ends all sessions. False when there was none.</summary>
    public bool ResetUser(string name, string hash) =>
        ChangeUser(name, "UPDATE duty_users SET hash = @p1 WHERE name = @p0", [DbType.String, DbType.String], [name, hash]);

    /// <summary>
    /// Gives a user another password in the place of one, and ends all sessions but one. False when the password was another by then.
    /// </summary>
    public bool ChangePassword(string name, string before, string hash, string keptTokenHash)
    {
        using Statement change = new(
            _connection, "UPDATE duty_users SET hash = @p2 WHERE name = @p0 AND hash = @p1", DbType.String, DbType.String, DbType.String);
        using Statement others = new(
            _connection, "DELETE FROM duty_sessions WHERE name = @p0 AND token_hash <> @p1", DbType.String, DbType.String);
        using DbTransaction transaction = _dialect.Begin(_connection);
        bool changed = change.Run(transaction, name, before, hash) > 0;
        if (changed)
        {
            others.Run(transaction, name, keptTokenHash);
        }

        transaction.Commit();
        return changed;
    }

    /// <summary>Who inspected the place of a station at that moment; empty = nobody.</summary>
    public string InspectedBy(uint station, long atMs) => Rows(
        $"SELECT by_name FROM case_acts WHERE station = @p0 AND kind = {(int)CaseActKind.Inspected} AND at_ms = @p1 "
        + "ORDER BY number DESC LIMIT 1",
        [DbType.Int64, DbType.Int64],
        [(long)station, atMs],
        row => row.GetString(0)).SingleOrDefault() ?? "";

    public IReadOnlyList<DutyUser> Users() => [.. Rows($"SELECT {UserColumns} FROM duty_users u ORDER BY u.name", [], [], User)];

    public DutyUser? User(string name) => Rows(
        $"SELECT {UserColumns} FROM duty_users u WHERE u.name = @p0", [DbType.String], [name], User).SingleOrDefault();

    /// <summary>Notes that somebody is signed in; what ended before, and the oldest beyond the bound, goes.</summary>
    public void BeginSession(string tokenHash, string name, long nowMs, long untilMs)
    {
        using Statement old = new(_connection, "DELETE FROM duty_sessions WHERE until_ms <= @p0", DbType.Int64);
        using Statement most = new(
            _connection,
            "DELETE FROM duty_sessions WHERE name = @p0 AND token_hash NOT IN (SELECT token_hash FROM duty_sessions WHERE name = @p0 "
            + "ORDER BY began_ms DESC, token_hash LIMIT @p1)",
            DbType.String, DbType.Int64);
        using Statement insert = new(
            _connection,
            "INSERT INTO duty_sessions (token_hash, name, began_ms, until_ms) VALUES (@p0, @p1, @p2, @p3)",
            DbType.String, DbType.String, DbType.Int64, DbType.Int64);
        using DbTransaction transaction = _dialect.Begin(_connection);
        old.Run(transaction, nowMs);
        insert.Run(transaction, tokenHash, name, nowMs, untilMs);
        most.Run(transaction, name, CountyLimits.DutySessionsMax);
        transaction.Commit();
    }

    /// <summary>Who is signed in by it, or null.</summary>
    public DutyUser? SignedIn(string tokenHash, long nowMs) => Rows(
        $"SELECT {UserColumns} FROM duty_sessions s JOIN duty_users u ON u.name = s.name WHERE s.token_hash = @p0 AND s.until_ms > @p1",
        [DbType.String, DbType.Int64],
        [tokenHash, nowMs],
        User).SingleOrDefault();

    public void EndSession(string tokenHash)
    {
        using Statement delete = new(_connection, "DELETE FROM duty_sessions WHERE token_hash = @p0", DbType.String);
        delete.Run(null, tokenHash);
    }

    /// <summary>Adds a row to the shift log; its number is given here.</summary>
    public void Note(DutyLogRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        using Statement next = new(_connection, "UPDATE meta SET value = value + 1 WHERE name = 'duty' RETURNING value");
        using Statement insert = new(
            _connection,
            "INSERT INTO duty_log (number, at_ms, name, person, act, township, target, words, command) "
            + "VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8)",
            [DbType.Int64, DbType.Int64, .. Enumerable.Repeat(DbType.String, 6), DbType.Int64]);
        using Statement forget = new(_connection, "DELETE FROM duty_log WHERE number <= @p0", DbType.Int64);
        using DbTransaction transaction = _dialect.Begin(_connection);
        long number = Convert.ToInt64(next.Scalar(transaction));
        insert.Run(transaction, number, row.AtMs, row.Name, row.Person, row.Act, row.Township, row.Target, row.Words, (long)row.Command);
        forget.Run(transaction, number - CountyLimits.DutyLogMax);
        transaction.Commit();
    }

    /// <summary>The newest rows of the shift log, the newest first.</summary>
    /// <param name="township">Only of acts on this township; null = all.</param>
    /// <param name="max">At most so many.</param>
    public IReadOnlyList<DutyLogRow> ShiftLog(string? township, int max) =>
    [
        .. Rows(
            "SELECT number, at_ms, name, person, act, township, target, words FROM duty_log WHERE (@p0 = '' OR township = @p0) "
            + "ORDER BY number DESC LIMIT @p1",
            [DbType.String, DbType.Int64],
            [township ?? "", (long)max],
            row => new DutyLogRow(
                row.GetInt64(0), row.GetInt64(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5),
                row.GetString(6), row.GetString(7))),
    ];

    /// <summary>Who asked for the newest commands of a station on the page, by their numbers.</summary>
    /// <param name="station">Whose.</param>
    /// <param name="township">Only of acts on this township; null = all.</param>
    /// <param name="max">At most so many.</param>
    public IReadOnlyDictionary<uint, string> OrderedBy(uint station, string? township, int max) => Rows(
        "SELECT command, person FROM duty_log WHERE target = @p0 AND command <> 0 AND (@p1 = '' OR township = @p1) "
        + "ORDER BY number DESC LIMIT @p2",
        [DbType.String, DbType.String, DbType.Int64],
        [FormattableString.Invariant($"{station}"), township ?? "", (long)max],
        row => (Number: (uint)row.GetInt64(0), Person: row.GetString(1)))
        .DistinctBy(one => one.Number).ToDictionary(one => one.Number, one => one.Person);

    /// <summary>The highest number given to an act or a step of a case: it rises with every change that people see.</summary>
    public long CasesChanged() => Convert.ToInt64(Scalar("SELECT value FROM meta WHERE name = 'cases'") ?? 0L);

    /// <summary>Open cases as a desk lists them: fires that nobody took, other alarms, the rest; the oldest first.</summary>
    public IReadOnlyList<Case> CasesForDesk(string? township, int max) =>
    [
        .. NamedCases(
            SqlCaseStatements.SelectCases + " WHERE closed_ms = 0 AND (@p0 = '' OR township = @p0) "
            + $"ORDER BY CASE WHEN class = {(int)CaseClass.Alarm} AND state = {(int)CaseState.Open} THEN 0 "
            + $"WHEN class = {(int)CaseClass.Alarm} THEN 1 ELSE 2 END, opened_ms, id LIMIT @p1",
            [DbType.String, DbType.Int64],
            [township ?? "", (long)max]),
    ];

    /// <summary>How many cases are open, by township, class and state, gas alarms apart.</summary>
    public IReadOnlyList<CaseCount> CountCases() =>
    [
        .. Rows(
            $"SELECT township, class, state, {OfGas}, COUNT(*) FROM cases WHERE closed_ms = 0 GROUP BY township, class, state, {OfGas}",
            [],
            [],
            row => new CaseCount(
                row.GetString(0), (CaseClass)row.GetInt32(1), (CaseState)row.GetInt32(2), row.GetInt32(3) != 0,
                (int)Math.Min(int.MaxValue, row.GetInt64(4)))),
    ];

    // The kinds of further zones stand in no row.
    private static readonly string OfGas = FormattableString.Invariant(
        $"CASE WHEN class = {(int)CaseClass.Alarm} AND zone_kind = {(int)ZoneKind.Gas} AND (zones & (zones - 1)) = 0 THEN 1 ELSE 0 END");

    /// <summary>Commands that wait to be sent or to be answered, by station and number.</summary>
    public IReadOnlyList<StationCommand> OpenCommands() => [.. Rows(
        $"SELECT {SqlSchema.CommandColumns} FROM commands WHERE state < {(int)CommandState.Done} ORDER BY station, number", [], [],
        SqlRows.Command)];

    public StationCommand? Command(uint station, uint number) => Rows(
        $"SELECT {SqlSchema.CommandColumns} FROM commands WHERE station = @p0 AND number = @p1",
        [DbType.Int64, DbType.Int64],
        [(long)station, (long)number],
        SqlRows.Command).SingleOrDefault();

    private bool ChangeUser(string name, string sql, DbType[] types, object[] values)
    {
        using Statement change = new(_connection, sql, types);
        using Statement sessions = new(_connection, "DELETE FROM duty_sessions WHERE name = @p0", DbType.String);
        using DbTransaction transaction = _dialect.Begin(_connection);
        bool changed = change.Run(transaction, values) > 0;
        sessions.Run(transaction, name);
        transaction.Commit();
        return changed;
    }

    private static DutyUser User(DbDataReader row) => new()
    {
        Name = row.GetString(0),
        Person = row.GetString(1),
        Role = (DutyRole)row.GetInt32(2),
        Township = row.GetString(3),
        PasswordHash = row.GetString(4),
        AddedMs = row.GetInt64(5),
    };
}
