// Owns: what a signed-in person looks for, what ran in the last night, and what waits to be handed over, within the scope of that person.
// Must never: give anything of a township that the scope does not see.

using Gateway.Contract;
using Gateway.County.Sql;

namespace Gateway.County.Duty;

/// <summary>What was found.</summary>
/// <param name="Asked">As it was typed.</param>
/// <param name="Stations">With the files of their places.</param>
/// <param name="Cases">The newest first.</param>
/// <param name="More">There is more than is shown.</param>
public sealed record FoundModel(
    string Asked, IReadOnlyList<(StationRegistration At, PlaceFile? Place)> Stations, IReadOnlyList<Case> Cases, bool More);

/// <summary>Something that ends by itself and goes on.</summary>
/// <param name="Began">Its begin.</param>
/// <param name="EndMs">When it ends, ms since 1970 UTC; 0 = not told.</param>
public sealed record RunningLine(StoredEvent Began, long EndMs);

/// <summary>The last night.</summary>
/// <param name="SinceMs">Its beginning.</param>
/// <param name="Running">Disablements, tests, drills and hot work that go on.</param>
/// <param name="Events">Duty checks, drills, hot work, patrols, disablements and tests, by their heads.</param>
/// <param name="Names">Of stations.</param>
public sealed record NightModel(
    long SinceMs, IReadOnlyList<RunningLine> Running, IReadOnlyList<(string Zh, string En, IReadOnlyList<StoredEvent> Events)> Events,
    IReadOnlyDictionary<uint, string> Names);

/// <summary>What waits to be handed over.</summary>
/// <param name="Targets">All to whom cases are handed over.</param>
/// <param name="Counts">By receiver and state.</param>
/// <param name="Rows">What waits by its turn, then what was refused or given up.</param>
/// <param name="Cases">Names of those cases that are there.</param>
public sealed record WaitingModel(
    IReadOnlyList<HandOverTarget> Targets, IReadOnlyList<HandOverCount> Counts, IReadOnlyList<HandOverRow> Rows,
    IReadOnlySet<string> Cases);

internal sealed partial class DutyView
{
    // Each with what ends it; a box that was replaced or restarted says so by the end of the time that it told.
    private static readonly (EventKind Began, EventKind Ended)[] s_running =
    [
        (EventKind.Disabled, EventKind.DisablementEnded), (EventKind.TestBegan, EventKind.TestEnded),
        (EventKind.DrillBegan, EventKind.DrillEnded), (EventKind.HotWorkBegan, EventKind.HotWorkEnded),
    ];

    private static readonly (string Zh, string En, EventKind[] Kinds)[] s_night =
    [
        ("查岗", "Duty checks",
            [EventKind.DutyCheckAsked, EventKind.DutyCheckAnswered, EventKind.DutyCheckMissed, EventKind.DutyCheckReplaced]),
        ("增援", "Call-outs",
            [EventKind.CallOutAsked, EventKind.CallOutAnswered, EventKind.CallOutMissed, EventKind.CallOutEnded]),
        ("演练", "Drills", [EventKind.DrillBegan, EventKind.DrillEnding, EventKind.DrillEnded]),
        ("动火", "Hot work", [EventKind.HotWorkBegan, EventKind.HotWorkEnded, EventKind.HotWorkLastLook]),
        ("夜巡", "Patrols", [EventKind.PatrolMet, EventKind.PatrolMissed]),
        ("屏蔽与测试", "Disablements and tests",
            [EventKind.Disabled, EventKind.DisablementEnded, EventKind.TestBegan, EventKind.TestEnded, EventKind.TestActivation]),
    ];

    /// <summary>Stations by number, name, code, address, contact or telephone; cases by name, text or owner.</summary>
    public FoundModel Find(string asked)
    {
        int max = CountyLimits.DutyFoundMax;
        if (asked.Length == 0)
        {
            return new FoundModel(asked, [], [], More: false);
        }

        (IReadOnlyList<(StationRegistration At, PlaceFile? Place)> Stations, IReadOnlyList<Case> Cases) found = store.With(rows =>
        {
            Dictionary<uint, PlaceFile> places = rows.Places().ToDictionary(place => place.Station);
            (StationRegistration, PlaceFile?)[] stations =
            [
                .. DutyStations.All(rows).Where(one => Scope.Sees(one.Township))
                    .Select(one => (one, places.GetValueOrDefault(one.Station)))
                    .Where(one => Has(one.one, one.Item2, asked)).Take(max + 1),
            ];
            Case[] cases = [.. rows.FindCases(Scope.Township, asked, max + 1).Where(one => Scope.Sees(one.Township))];
            return ((IReadOnlyList<(StationRegistration, PlaceFile?)>)stations, (IReadOnlyList<Case>)cases);
        });
        return new FoundModel(
            asked, [.. found.Stations.Take(max)], [.. found.Cases.Take(max)], found.Stations.Count > max || found.Cases.Count > max);
    }

    /// <summary>What ran since six in the evening of the day before, and what still goes on.</summary>
    public NightModel Night()
    {
        long nowMs = DutyStore.NowMs();
        long sinceMs = new DateTimeOffset(DateTime.Today.AddDays(-1).AddHours(CountyLimits.NightFromHour)).ToUnixTimeMilliseconds();
        StoredEvent[] all = [.. Newest(
            new EventQuery
            {
                Kinds = [.. s_night.SelectMany(one => one.Kinds)],
                SinceMs = new DateTimeOffset(DateTime.Today.AddDays(-CountyLimits.RunningDays)).ToUnixTimeMilliseconds(),
            },
            CountyLimits.DutyNightRows)
            .OrderByDescending(e => e.TimeMs).ThenByDescending(e => e.Record.Boot).ThenByDescending(e => e.Record.Sequence)];
        return new NightModel(
            sinceMs,
            [.. s_running.SelectMany(kind => Running(all, kind.Began, kind.Ended, nowMs)).OrderBy(one => one.EndMs)],
            [
                .. s_night.Select(one => (
                    one.Zh, one.En,
                    (IReadOnlyList<StoredEvent>)[.. all.Where(e => e.TimeMs >= sinceMs && one.Kinds.Contains(e.Record.Kind))])),
            ],
            Stations().ToDictionary(one => one.Station, one => one.Name));
    }

    /// <summary>What waits to be handed over of the cases that the person sees; who sees all also sees what is of no case.</summary>
    public WaitingModel Waiting() => store.With(rows =>
    {
        HandOverRow[] waiting = [.. rows.NotHandedOver(Scope.Township, CountyLimits.DutyHistoryRows)];
        HashSet<string> cases = [.. waiting.Select(one => one.Case).Distinct().Where(id => Seen(rows, id) is not null)];
        return new WaitingModel(
            Scope.Township is null ? rows.HandOverTargets()
                : [.. rows.HandOverTargets().Select(one => new HandOverTarget { Name = one.Name })],
            rows.CountHandOver(Scope.Township),
            [.. waiting.Where(one => Scope.Township is null || cases.Contains(one.Case))], cases);
    });

    private static bool Has(StationRegistration at, PlaceFile? place, string asked)
    {
        string?[] texts =
        [
            $"{at.Station}", at.Name, at.Township, at.Village, place?.Address, place?.Contact, place?.Telephone, place?.Keys, place?.Notes,
        ];
        return Array.Exists(texts, text => text?.Contains(asked, StringComparison.OrdinalIgnoreCase) == true);
    }

    /// <summary>Begins of a kind behind which no end of the same station and zone came, and whose time is not over.</summary>
    private static IEnumerable<RunningLine> Running(IReadOnlyList<StoredEvent> newestFirst, EventKind began, EventKind ended, long nowMs)
    {
        HashSet<(uint Station, int Zone)> known = [];
        foreach (StoredEvent one in newestFirst.Where(e => e.Record.Kind == began || e.Record.Kind == ended))
        {
            if (known.Add((one.Record.Station, one.Record.Zone)) && one.Record.Kind == began)
            {
                long endMs = one.Record.Value > 0 ? one.TimeMs + (one.Record.Value * 1_000L) : 0;
                if (endMs == 0 || endMs > nowMs)
                {
                    yield return new RunningLine(one, endMs);
                }
            }
        }
    }
}
