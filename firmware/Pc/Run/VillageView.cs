// Owns: a copy of the village's work for a screen: the station's code, the 135 clocks, what the county asked for, patrols.
// Must never: reckon anything that Core does not say.

using Gateway.Core;

namespace Gateway.Pc.Run;

/// <summary>One of the 135 clocks that the settings ask for.</summary>
/// <param name="Clock">0..2.</param>
/// <param name="Standing">See <see cref="ClockStanding"/>.</param>
/// <param name="LeftS">Until it is missed.</param>
public sealed record ClockView(int Clock, ClockStanding Standing, int LeftS);

/// <summary>One open patrol window.</summary>
/// <param name="Number">As in the settings, from 1.</param>
/// <param name="Seen">Buttons that were pressed.</param>
/// <param name="Buttons">All of its buttons.</param>
public sealed record PatrolView(int Number, bool Met, int Seen, int Buttons);

/// <summary>What runs, and for how long still; 0 = it does not.</summary>
/// <param name="Code">1 green, 2 yellow, 3 red; 0 without settings.</param>
/// <param name="OpenCases">Open hidden-danger cases.</param>
/// <param name="FromScene">True for the second reading of the 135 clocks.</param>
/// <param name="CallOutPlace">Where the county calls somebody to; "" = nowhere.</param>
/// <param name="DrillEnding">True in the drill's last minute.</param>
/// <param name="DrillBrokenOff">True for some seconds after the test key broke it off.</param>
/// <param name="PermitZones">Numbers of the zones under a permit.</param>
/// <param name="PermitLeftMin">Of the permit, or for the last look.</param>
public sealed record VillageView(
    StationCode Code,
    int OpenCases,
    bool SelfTestOverdue,
    bool FromScene,
    IReadOnlyList<ClockView> Clocks,
    int DutyLeftS,
    string CallOutPlace,
    int CallOutLeftS,
    int DrillLeftMin,
    IReadOnlyList<int> DrillZones,
    bool DrillEnding,
    bool DrillBrokenOff,
    IReadOnlyList<int> PermitZones,
    bool LookAsked,
    int PermitLeftMin,
    IReadOnlyList<PatrolView> OpenPatrols)
{
    private const int ClockCount = 3;

    /// <param name="station">Used on the loop's thread.</param>
    public static VillageView Of(Station station)
    {
        if (!station.Loop.Configured)
        {
            return new VillageView(
                StationCode.None, 0, false, FromScene: false, [], 0, "", 0, 0, [], false, false, [], LookAsked: false, 0, []);
        }

        PanelState state = station.Loop.Panel.State;
        Settings settings = station.Settings;
        long now = station.NowMs;
        ZoneSet permit = PanelView.PermitZones(state);
        return new VillageView(
            PanelView.CodeColour(state),
            PanelView.OpenCases(state),
            PanelView.SelfTestOverdue(state),
            settings.ClocksFromScene,
            [.. Enumerable.Range(0, ClockCount)
                .Select(clock => new ClockView(clock, PanelView.Clock(state, clock), PanelView.ClockLeftS(state, clock, now)))
                .Where(clock => clock.Standing != ClockStanding.None)],
            PanelView.DutyLeftS(state, now),
            PanelView.CallOutPlace(state),
            PanelView.CallOutLeftS(state, now),
            PanelView.DrillLeftMin(state, now),
            Numbers(settings, PanelView.DrillZones(state)),
            PanelView.DrillEnding(state),
            PanelView.DrillBrokenOff(state, now),
            Numbers(settings, permit),
            PanelView.LookAsked(state),
            PanelView.PermitLeftMin(state, now),
            [.. Enumerable.Range(0, settings.PatrolCount).Where(p => (PanelView.PatrolsOpen(state) & (1 << p)) != 0)
                .Select(p => Patrol(state, settings.PatrolZones[p], p))]);
    }

    private static List<int> Numbers(Settings settings, ZoneSet zones) =>
        [.. Enumerable.Range(0, settings.ZoneCount).Where(i => Bits.Has(zones, i)).Select(i => (int)settings.ZoneNumber[i])];

    private static PatrolView Patrol(PanelState state, ZoneSet zones, int patrol) => new(
        patrol + 1,
        (PanelView.PatrolsMet(state) & (1 << patrol)) != 0,
        Bits.Count(PanelView.PatrolSeen(state) & zones),
        Bits.Count(zones));
}
