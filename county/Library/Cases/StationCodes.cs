// Owns: the code of a station (站点码) as the county sees it, and how often its place is inspected by it.
// Must never: show a station as better than the box itself does.

namespace Gateway.County;

/// <summary>Numbers as a box tells them.</summary>
public enum PlaceCode
{
    Green = 1,
    Yellow = 2,
    Red = 3,
}

/// <summary>A station's code, and when its place is to be inspected.</summary>
/// <param name="Station">Which.</param>
/// <param name="Code">The worse of the county's and the box's.</param>
/// <param name="Open">Open dangers and risks.</param>
/// <param name="LastMs">The last inspection, ms since 1970 UTC; 0 = none.</param>
/// <param name="DueMs">The next one.</param>
public sealed record StationInspection(StationRegistration Station, PlaceCode Code, int Open, long LastMs, long DueMs);

public static class StationCodes
{
    /// <summary>How often a place of a code is inspected: once a month, a week, a day.</summary>
    public static int Days(PlaceCode code) => code switch
    {
        PlaceCode.Green => CountyLimits.InspectGreenDays,
        PlaceCode.Yellow => CountyLimits.InspectYellowDays,
        _ => CountyLimits.InspectRedDays,
    };

    /// <summary>Red: a major danger, or one that is overdue. Yellow: any danger or risk. Green: none.</summary>
    /// <param name="open">The station's open cases.</param>
    /// <param name="ofBox">What the box tells of itself, 0 = nothing.</param>
    /// <param name="nowMs">ms since 1970 UTC.</param>
    public static PlaceCode Of(IEnumerable<Case> open, int ofBox, long nowMs)
    {
        PlaceCode code = PlaceCode.Green;
        foreach (Case one in open.Where(c => c.IsOpen && c.Class is CaseClass.Danger or CaseClass.Risk))
        {
            bool red = one.Class == CaseClass.Danger && (one.Grade == CaseGrade.Major || one.DueMs <= nowMs);
            code = red ? PlaceCode.Red : code == PlaceCode.Red ? code : PlaceCode.Yellow;
        }

        return (PlaceCode)Math.Max((int)code, Math.Clamp(ofBox, (int)PlaceCode.Green, (int)PlaceCode.Red));
    }

    /// <summary>All stations with their next inspections, the one that is due first at the front.</summary>
    public static IReadOnlyList<StationInspection> All(
        IEnumerable<StationRegistration> stations, IEnumerable<Case> open, IEnumerable<StationState> states,
        IReadOnlyDictionary<uint, long> lastMs, long nowMs)
    {
        ILookup<uint, Case> cases = open.ToLookup(one => one.Station);
        Dictionary<uint, int> ofBox = states.ToDictionary(s => s.Station, s => s.StationCode);
        return
        [
            .. stations.Select(station =>
            {
                PlaceCode code = Of(cases[station.Station], ofBox.GetValueOrDefault(station.Station), nowMs);
                long last = lastMs.GetValueOrDefault(station.Station);
                long fromMs = last == 0 ? station.AddedMs : last;
                int count = cases[station.Station].Count(c => c.Class is CaseClass.Danger or CaseClass.Risk);
                return new StationInspection(station, code, count, last, fromMs + (Days(code) * TimeSpan.MillisecondsPerDay));
            }).OrderBy(one => one.DueMs).ThenBy(one => one.Station.Station),
        ];
    }
}
