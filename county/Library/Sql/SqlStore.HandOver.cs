// Owns: what people ask of the hand-over.
// Must never: decide.

using System.Data;

namespace Gateway.County.Sql;

public sealed partial class SqlStore
{
    /// <summary>All to whom cases are handed over.</summary>
    public IReadOnlyList<HandOverTarget> HandOverTargets() => [.. Rows(
        $"SELECT {SqlHandOverStatements.TargetColumns.List} FROM hand_over_targets ORDER BY name", [], [], SqlTransaction.TargetOf)];

    /// <summary>How much waits, and since when.</summary>
    public HandOverWaiting HandOverWaiting(string target) => Rows(
        SqlHandOverStatements.WaitingText, [DbType.String, DbType.Int64], [target, (long)CountyLimits.HandOverLesser],
        SqlTransaction.WaitingOf).Single();

    /// <summary>Messages in a state, the oldest first.</summary>
    public IReadOnlyList<HandOverRow> HandOverRows(string target, HandOverState state, int max) => [.. Rows(
        $"SELECT {SqlHandOverStatements.RowColumns.List} FROM hand_over_out WHERE target = @p0 AND state = @p1 "
        + "ORDER BY priority, number LIMIT @p2",
        [DbType.String, DbType.Int64, DbType.Int64],
        [target, (long)state, (long)max],
        SqlTransaction.RowOf)];
}
