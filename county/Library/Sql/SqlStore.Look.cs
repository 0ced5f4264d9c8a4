// Owns: what people look for on the duty page: cases by their words, and what waits to be handed over.
// Must never: give more than is asked for at most.

using System.Data;

namespace Gateway.County.Sql;

/// <summary>Messages of one receiver in one state.</summary>
/// <param name="Target">To whom.</param>
/// <param name="State">Waiting, refused or given up.</param>
/// <param name="Count">How many.</param>
/// <param name="OldestMs">When the oldest was written, ms since 1970 UTC.</param>
public readonly record struct HandOverCount(string Target, HandOverState State, long Count, long OldestMs);

public sealed partial class SqlStore
{
    // Of one township are the messages whose case is there; of all, also those of no case.
    private const string OfTownship =
        " FROM hand_over_out WHERE state IN (0, 2, 3) AND (@p0 = '' OR case_id IN (SELECT id FROM cases WHERE township = @p0)) ";

    /// <summary>Cases in whose name, text or owner the words are, the newest first.</summary>
    /// <param name="township">Only of this one; null = of all.</param>
    /// <param name="words">As they were typed.</param>
    /// <param name="max">At most so many.</param>
    public IReadOnlyList<Case> FindCases(string? township, string words, int max)
    {
        ArgumentNullException.ThrowIfNull(words);
        string like = "%" + words.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal)
            .Replace("_", "!_", StringComparison.Ordinal) + "%";
        return
        [
            .. NamedCases(
                SqlCaseStatements.SelectCases + " WHERE (@p0 = '' OR township = @p0) "
                + "AND (id LIKE @p1 ESCAPE '!' OR words LIKE @p1 ESCAPE '!' OR owner LIKE @p1 ESCAPE '!') "
                + "ORDER BY opened_ms DESC, id DESC LIMIT @p2",
                [DbType.String, DbType.String, DbType.Int64],
                [township ?? "", like, (long)max]),
        ];
    }

    /// <summary>The names of a station's places as of its last sign of life; null where they are not known.</summary>
    public StationPlaces? PlacesOf(StationState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return Names.Of(_dialect, new BootKey(state.Station, state.Epoch, state.Boot));
    }

    /// <summary>How much was not handed over, by receiver and state.</summary>
    public IReadOnlyList<HandOverCount> CountHandOver(string? township) =>
    [
        .. Rows(
            "SELECT target, state, COUNT(*), MIN(created_ms)" + OfTownship + "GROUP BY target, state ORDER BY target, state",
            [DbType.String],
            [township ?? ""],
            row => new HandOverCount(row.GetString(0), (HandOverState)row.GetInt32(1), row.GetInt64(2), row.GetInt64(3))),
    ];

    /// <summary>What was not handed over: what waits by its turn, then what was refused or given up.</summary>
    public IReadOnlyList<HandOverRow> NotHandedOver(string? township, int max) =>
    [
        .. Rows(
            $"SELECT {SqlHandOverStatements.RowColumns.List}" + OfTownship + "ORDER BY state, target, priority, number LIMIT @p1",
            [DbType.String, DbType.Int64],
            [township ?? "", (long)max],
            SqlTransaction.RowOf),
    ];
}
