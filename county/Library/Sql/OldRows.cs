// Owns: what a county may let go of, in words of lanes and cases.
// Must never: name a row that is needed yet; SqlStore.Prune.cs finds them.

namespace Gateway.County.Sql;

/// <summary>The oldest events of a lane that nothing needs any more: all through a number, but for fires and what conflicts.</summary>
public readonly record struct OldLane(LaneKey Lane, uint Through);

/// <summary>A case that is over, with the stretch of its track.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Track">Its track.</param>
/// <param name="First">First number of its stretch.</param>
/// <param name="Last">Last one.</param>
public readonly record struct OldCase(string Id, CaseTrack Track, uint First, uint Last);

/// <summary>All that may go.</summary>
/// <param name="BeforeMs">What is older, ms since 1970 UTC.</param>
/// <param name="Lanes">Lanes whose oldest events go.</param>
/// <param name="Cases">Cases that go, with steps and acts.</param>
public sealed record OldRows(long BeforeMs, IReadOnlyList<OldLane> Lanes, IReadOnlyList<OldCase> Cases);

/// <summary>A part of a table that goes in one transaction.</summary>
/// <param name="Table">Which.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Rows">The rows, read when they are gone over.</param>
public sealed record OldTable(string Table, string Columns, IEnumerable<IReadOnlyList<object>> Rows);
