// Owns: what a group of messages reads before its work and writes after it, each table in one round trip where there is a wire.
// Must never: give out what was read before a row was written.

using Gateway.Contract;

namespace Gateway.County.Sql;

internal sealed partial class SqlTransaction
{
    // Each is given out once, since whoever asked goes on to change it; null = there is no such row.
    private readonly Dictionary<LaneKey, LaneState?> _lanes = [];
    private readonly Dictionary<(uint Station, uint Epoch), SessionState?> _sessions = [];
    private readonly Dictionary<uint, StationState?> _states = [];
    private readonly Dictionary<BootKey, BootClock?> _clocks = [];

    public void Expect(IReadOnlyCollection<BootKey> boots)
    {
        if (!dialect.HasWire || boots.Count == 0)
        {
            return;
        }

        (uint Station, uint Epoch)[] lives = [.. boots.Select(b => (b.Station, b.Epoch)).Distinct()];
        uint[] stations = [.. boots.Select(b => b.Station).Distinct()];
        long[][] ofLives = [Wide(lives.Select(l => l.Station)), Wide(lives.Select(l => l.Epoch))];
        foreach ((uint station, uint epoch) in lives)
        {
            _sessions[(station, epoch)] = null;
            for (Lane lane = Contract.Lane.Fire; (int)lane < Contract.Lanes.Count; lane++)
            {
                _lanes[new LaneKey(station, epoch, lane)] = null;
            }
        }

        Array.ForEach(stations, station => _states[station] = null);
        foreach (BootKey boot in boots)
        {
            _clocks[boot] = null;
        }

        Each(
            SqlStatements.LaneReadColumns, SqlStatements.LanesRead + " ON station = k1 AND epoch = k2", ofLives,
            row => _lanes[LaneKeyOf(row)] = LaneOf(row));
        Each(
            SqlStatements.SessionColumns, "sessions ON station = k1 AND epoch = k2", ofLives,
            row => _sessions[(row.UInt32("station"), row.UInt32("epoch"))] = SessionOf(row));
        Each(
            SqlRows.StateColumns, "presence ON station = k1", [Wide(stations)],
            row => _states[row.UInt32("station")] = SqlRows.State(row));
        Each(
            SqlStatements.ClockColumns, "clocks ON station = k1 AND epoch = k2 AND boot = k3",
            [Wide(boots.Select(b => b.Station)), Wide(boots.Select(b => b.Epoch)), Wide(boots.Select(b => b.Boot))],
            row => _clocks[new BootKey(row.UInt32("station"), row.UInt32("epoch"), row.UInt32("boot"))] = ClockOf(row));
    }

    public IReadOnlyList<Gap> Gaps(IReadOnlyList<LaneRange> ranges)
    {
        if (!dialect.HasWire || ranges.Count == 0)
        {
            return [.. ranges.SelectMany(r => Gaps(r.Lane, r.First, r.Last))];
        }

        List<Gap> gaps = [];
        Each(
            SqlStatements.GapColumns,
            "gaps ON station = k1 AND epoch = k2 AND lane = k3 AND first <= k5 AND last >= k4 ORDER BY place, first",
            [
                Wide(ranges.Select(r => r.Lane.Station)), Wide(ranges.Select(r => r.Lane.Epoch)),
                [.. ranges.Select(r => (long)r.Lane.Lane)], Wide(ranges.Select(r => r.First)), Wide(ranges.Select(r => r.Last)),
            ],
            row => gaps.Add(GapOf(row)));
        return gaps;
    }

    public void PutAll(IReadOnlyCollection<KeyValuePair<LaneKey, LaneState>> lanes)
    {
        foreach ((LaneKey key, _) in lanes)
        {
            _lanes.Remove(key);
        }

        Put(SqlStatements.PutLaneText, sql.PutLane, [.. lanes.Select(l => Values(l.Key, l.Value))]);
    }

    public void PutAll(IReadOnlyCollection<SessionState> sessions)
    {
        foreach (SessionState session in sessions)
        {
            _sessions.Remove((session.Station, session.Epoch));
        }

        Put(SqlStatements.PutSessionText, sql.PutSession, [.. sessions.Select(Values)]);
    }

    public void PutAll(IReadOnlyCollection<StationState> states)
    {
        foreach (StationState state in states)
        {
            _states.Remove(state.Station);
        }

        Put(SqlStatements.PutStateText, sql.PutState, [.. states.Select(SqlRows.Values)]);
    }

    private void Put(Upsert text, Statement one, object[][] rows) => dialect.Put(transaction, text, one, rows);

    private void Each(Columns columns, string join, long[][] keys, Action<NamedRow> take) =>
        dialect.ReadMany(
            transaction.Connection!, transaction, columns.List, join, keys, reader => take(new NamedRow(reader, columns)));

    private static long[] Wide(IEnumerable<uint> numbers) => [.. numbers.Select(n => (long)n)];
}
