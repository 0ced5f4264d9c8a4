// Owns: one event as a story expects it in the county's database, in the words of `county events`.
// Must never: hold an expectation that does not stand in the story's file.

using Gateway.Contract;

namespace Gateway.Pc.Script;

/// <summary>
/// What is not said of zone, severity, rule and flags is expected to be none; value and details are compared where they are said.
/// </summary>
public sealed record HeldLine(Lane Lane, EventKind Kind)
{
    public int Zone { get; init; }

    /// <summary>The second zone of a coincidence.</summary>
    public int With { get; init; }

    public int Rule { get; init; }

    /// <summary>See <see cref="Contract.Severity"/>.</summary>
    public Severity Severity { get; init; }

    public EventFlags Flags { get; init; }

    public int? Value { get; init; }

    public int? A { get; init; }

    public int? B { get; init; }

    public int? C { get; init; }

    /// <summary>The name of the zone as the county tells it of this event.</summary>
    public string? Name { get; init; }

    public bool Matches(HeldEvent held) => Matches(held.Record) && (Name ?? held.ZoneName) == held.ZoneName;

    private bool Matches(EventRecord r) =>
        r.LaneNumber == Lane && r.Kind == Kind && r.Zone == Zone && r.OtherZone == With && r.Rule == Rule && r.Severity == Severity
        && r.Flags == Flags && (Value ?? r.Value) == r.Value && (A ?? r.A) == r.A && (B ?? r.B) == r.B && (C ?? r.C) == r.C;

    /// <summary>An event as a line of a story.</summary>
    /// <param name="held">The event.</param>
    /// <param name="named">With the name of its zone.</param>
    public static string TextOf(HeldEvent held, bool named = false)
    {
        EventRecord r = held.Record;
        List<string> words = [Contract.Lanes.Name(r.LaneNumber), EventKinds.Code(r.Kind)];
        words.AddRange(r.Zone == 0 ? [] : [$"zone {r.Zone}"]);
        words.AddRange(r.OtherZone == 0 ? [] : [$"with {r.OtherZone}"]);
        words.AddRange(r.Rule == 0 ? [] : [$"rule {r.Rule}"]);
        words.AddRange(r.Severity == Contract.Severity.None ? [] : [Contract.Severities.Code(r.Severity)]);
        words.AddRange(r.Unit == Unit.None ? [] : [$"value={r.Value}"]);
        words.AddRange(Words.FlagsOf(r.Flags));
        (string Name, int Value)[] details = [("a", r.A), ("b", r.B), ("c", r.C)];
        words.AddRange(details.Where(detail => detail.Value != 0).Select(detail => $"{detail.Name}={detail.Value}"));
        words.AddRange(named && held.ZoneName.Length > 0 ? [$"name={held.ZoneName}"] : []);
        return string.Join(' ', words);
    }
}
