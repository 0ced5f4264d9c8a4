// Owns: what people ask of cases and places.
// Must never: decide.

using System.Data;
using System.Data.Common;

namespace Gateway.County.Sql;

public sealed partial class SqlStore : ICaseReader
{
    public IReadOnlyList<Case> Cases(CaseQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return [.. NamedCases(
            SqlCaseStatements.SelectCases + " WHERE (@p0 = 0 OR closed_ms = 0) AND (@p1 = 0 OR station = @p1) "
            + "AND (@p2 = 0 OR class = @p2) AND (@p3 = '' OR township = @p3) AND (@p4 = 0 OR (closed_ms = 0 AND due_ms < @p4)) "
            + "AND (@p5 = 0 OR level = @p5) ORDER BY opened_ms, id",
            [DbType.Int64, DbType.Int64, DbType.Int64, DbType.String, DbType.Int64, DbType.Int64],
            [
                query.OpenOnly ? 1L : 0L, (long)(query.Station ?? 0), (long?)query.Class ?? 0L, query.Township ?? "",
                query.OverdueAtMs ?? 0L, (long?)query.Level ?? 0L,
            ])];
    }

    public Case? Case(string id) => NamedCases(
        SqlCaseStatements.SelectCases + " WHERE id = @p0", [DbType.String], [id])
        .SingleOrDefault();

    public IReadOnlyList<CaseStep> Steps(string id) => [.. NamedSteps(
        $"SELECT {SqlCaseStatements.StepColumns.List} FROM case_steps WHERE case_id = @p0 AND withdrawn = 0 ORDER BY n",
        [DbType.String],
        [id])];

    public IReadOnlyList<CaseStep> StepsAfter(long number, int max) => [.. NamedSteps(
        $"SELECT {SqlCaseStatements.StepColumns.List} FROM case_steps WHERE number > @p0 ORDER BY number LIMIT @p1",
        [DbType.Int64, DbType.Int64],
        [number, (long)max])];

    public PlaceFile? Place(uint station) => Places(station).SingleOrDefault();

    /// <summary>All files of places, by station.</summary>
    public IReadOnlyList<PlaceFile> Places() => Places(station: null);

    private List<PlaceFile> Places(uint? station) => [.. Rows(
        $"SELECT {CaseSqlRows.PlaceColumns.List} FROM places WHERE @p0 = 0 OR station = @p0 ORDER BY station",
        [DbType.Int64],
        [(long)(station ?? 0)],
        CaseSqlRows.Place)];

    /// <summary>Takes files of places over, all or none; each takes the place of the one before.</summary>
    public void PutPlaces(IReadOnlyList<PlaceFile> places, long nowMs)
    {
        ArgumentNullException.ThrowIfNull(places);
        using Statement put = new(
            _connection,
            new Upsert("places", CaseSqlRows.PlaceColumns.List, keys: 1).OfOne,
            [DbType.Int64, DbType.Int64, DbType.Int64, .. Enumerable.Repeat(DbType.String, 9)]);
        using DbTransaction transaction = _dialect.Begin(_connection);
        foreach (PlaceFile p in places)
        {
            put.Run(
                transaction, p.Station, p.Sleeping, nowMs, p.Address, p.Contact, p.Telephone, p.Gas, p.Keys, p.Notes, p.Longitude,
                p.Latitude, p.Datum);
        }

        transaction.Commit();
    }

    public IReadOnlyList<CalloutParty> CalloutPlan(uint? station) => [.. Rows(
        SqlCaseStatements.SelectPlan + " WHERE @p0 = 0 OR station = @p0 ORDER BY station, ring, party",
        [DbType.Int64],
        [(long)(station ?? 0)],
        CaseSqlRows.Party)];

    /// <summary>Puts parties into plans, all or none.</summary>
    /// <param name="parties">Each takes the place of the one of its name.</param>
    /// <param name="cleared">Of these stations, what is there before goes: all of it, or what distance made.</param>
    /// <param name="byDistance">Only what distance made.</param>
    public void PutCalloutPlan(IReadOnlyList<CalloutParty> parties, IEnumerable<uint> cleared, bool byDistance = false)
    {
        ArgumentNullException.ThrowIfNull(parties);
        ArgumentNullException.ThrowIfNull(cleared);
        using Statement put = new(
            _connection, new Upsert("callout_plan", SqlCaseStatements.PlanColumns.List, keys: 2).OfOne,
            DbType.Int64, DbType.String, DbType.Int64, DbType.Int64, DbType.Int64, DbType.Int64, DbType.String);
        using Statement clear = new(
            _connection, "DELETE FROM callout_plan WHERE station = @p0 AND (metres > 0 OR @p1 = 0)", DbType.Int64, DbType.Int64);
        using DbTransaction transaction = _dialect.Begin(_connection);
        foreach (uint station in cleared)
        {
            clear.Run(transaction, station, byDistance ? 1 : 0);
        }

        foreach (CalloutParty p in parties)
        {
            put.Run(transaction, p.Station, p.Party, p.Ring, p.Neighbour, p.WithinS, p.Metres, p.Telephone);
        }

        transaction.Commit();
    }

    /// <summary>Takes a party out of a plan; false when it is not in it.</summary>
    public bool RemoveCalloutParty(uint station, string party)
    {
        using Statement remove = new(
            _connection, "DELETE FROM callout_plan WHERE station = @p0 AND party = @p1", DbType.Int64, DbType.String);
        using DbTransaction transaction = _dialect.Begin(_connection);
        bool removed = remove.Run(transaction, station, party) > 0;
        transaction.Commit();
        return removed;
    }

    public IReadOnlyDictionary<uint, long> Inspections() => Rows(
        $"SELECT station, MAX(at_ms) FROM case_acts WHERE kind = {(int)CaseActKind.Inspected} GROUP BY station",
        [],
        [],
        row => KeyValuePair.Create((uint)row.GetInt64(0), row.GetInt64(1))).ToDictionary();

    /// <summary>Stations of which there are acts, also those that are gone and never sent an event.</summary>
    public IReadOnlyList<uint> StationsOfActs() =>
        [.. Rows("SELECT DISTINCT station FROM case_acts ORDER BY station", [], [], row => (uint)row.GetInt64(0))];

    public Case? RelapseOf(Case one)
    {
        ArgumentNullException.ThrowIfNull(one);
        return one.Class is not (CaseClass.Danger or CaseClass.Risk) || one.Trouble == CaseTrouble.Found ? null : NamedCases(
            SqlCaseStatements.SelectCases + " WHERE station = @p0 AND class = @p1 AND trouble = @p2 "
            + "AND zone = @p3 AND opened_ms < @p4 AND state = @p5 AND (track NOT IN (@p6, @p7) OR part = @p8) "
            + "AND ((ended_ms <> 0 AND ended_ms <= @p4) OR closed_ms <= @p4) ORDER BY opened_ms DESC, id LIMIT 1",
            Enumerable.Repeat(DbType.Int64, 9).ToArray(),
            [
                (long)one.Station, (long)one.Class, (long)one.Trouble, (long)one.Zone, one.OpenedMs, (long)CaseState.Closed,
                (long)TrackKind.Patrol, (long)TrackKind.Danger, (long)one.Track.Part,
            ]).SingleOrDefault();
    }

    private List<Case> NamedCases(string sql, DbType[] types, object[] values)
    {
        List<Case> cases = [.. Rows(sql, types, values, CaseSqlRows.Case)];
        Names.Name(_dialect, null, cases);
        return cases;
    }

    private List<CaseStep> NamedSteps(string sql, DbType[] types, object[] values)
    {
        List<CaseStep> steps = [.. Rows(sql, types, values, CaseSqlRows.Step)];
        Names.Name(_dialect, null, steps);
        return steps;
    }
}
