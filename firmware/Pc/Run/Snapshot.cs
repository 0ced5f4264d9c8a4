// Owns: a copy of everything that a screen shows, made by the loop.
// Must never: refer to anything that the loop goes on changing.

using Gateway.Contract;
using Gateway.Core;
using Gateway.Pc.Board;

namespace Gateway.Pc.Run;

/// <summary>One zone.</summary>
/// <param name="Terminal">The input as in settings: a1, d1.</param>
/// <param name="Raw">As the board reads it.</param>
/// <param name="Settled">See <see cref="InputClass"/>.</param>
/// <param name="Conditions">A bit for each of <see cref="Core.Conditions"/> that the zone is in; fire until reset.</param>
/// <param name="OfDrill">True when its fire was raised in a drill.</param>
/// <param name="LeftMin">Minutes for which it is shielded or in test; 0 = neither, or as long as a permit is open.</param>
public sealed record ZoneView(
    int Number,
    string Name,
    ZoneKind Kind,
    string Terminal,
    bool Analog,
    int Raw,
    HandMove Move,
    InputClass Settled,
    int Conditions,
    bool OfDrill,
    int LeftMin)
{
    public bool In(int condition) => (Conditions & (1 << condition)) != 0;
}

/// <summary>One output by its role.</summary>
/// <param name="Pattern">See <see cref="Core.Pattern"/>.</param>
/// <param name="On">At this moment, within its pattern.</param>
public sealed record OutputView(OutputRole Role, Pattern Pattern, bool On);

/// <summary>One lane of the log.</summary>
public sealed record LaneView(Lane Lane, uint Last, uint Held);

/// <summary>One event and how far it has come.</summary>
public sealed record EventView(EventRecord Record, EventStep Step);

/// <summary>The station at one moment.</summary>
/// <param name="UtcMs">The station's clock, ms since 1970; 0 while it is unknown.</param>
/// <param name="Summary">See <see cref="ConditionBits"/>.</param>
/// <param name="Village">See <see cref="VillageView"/>.</param>
/// <param name="Keys">The keys of the box that the settings have, see <see cref="Button"/>.</param>
/// <param name="Script">Outcomes of a script's last lines.</param>
public sealed record Snapshot(
    long NowMs,
    long UtcMs,
    bool Configured,
    string StationName,
    uint StationNumber,
    int UtcOffsetMin,
    int Summary,
    int PanelFaults,
    int FirstZone,
    int LatestZone,
    UplinkState Uplink,
    uint Sessions,
    long LongestTickMs,
    VillageView Village,
    IReadOnlyList<int> Keys,
    IReadOnlyList<ZoneView> Zones,
    IReadOnlyList<OutputView> Outputs,
    IReadOnlyList<LaneView> Lanes,
    IReadOnlyList<EventView> Events,
    IReadOnlyList<string> Script)
{
    /// <param name="station">Used on the loop's thread.</param>
    /// <param name="script">Outcomes of a script's last lines.</param>
    public static Snapshot Of(Station station, IReadOnlyList<string> script)
    {
        MainLoop loop = station.Loop;
        Settings settings = station.Settings;
        Core.Panel? panel = loop.Configured ? loop.Panel : null;
        return new Snapshot(
            station.NowMs,
            loop.Clock.UtcMs(station.NowMs),
            loop.Configured,
            settings.Name,
            settings.Station,
            settings.UtcOffsetMin,
            panel?.ConditionSummary ?? 0,
            panel?.PanelFaults ?? 0,
            NumberOf(settings, panel?.FirstZone ?? -1),
            NumberOf(settings, panel?.LatestZone ?? -1),
            loop.Configured ? loop.Uplink.State : UplinkState.Waiting,
            loop.Configured ? loop.Uplink.Sessions : 0,
            station.LongestTickMs,
            VillageView.Of(station),
            [.. Enumerable.Range(0, Button.Count).Where(key => settings.ButtonInput[key] >= 0)],
            [.. Enumerable.Range(0, settings.ZoneCount).Select(zone => Zone(station, zone))],
            [.. Enumerable.Range(0, OutputRoles.Count).Select(role => Output(loop.Outputs, (OutputRole)role))],
            loop.Configured ? [.. Enumerable.Range(0, Contract.Lanes.Count).Select(lane => LaneOf(loop, (Lane)lane))] : [],
            [.. station.Tail.Traces.TakeLast(PcLimits.EventsShownMax).Select(trace => Event(loop, trace))],
            script);
    }

    private static int NumberOf(Settings settings, int zone) => zone < 0 ? 0 : settings.ZoneNumber[zone];

    private static OutputView Output(OutputDriver outputs, OutputRole role) => new(role, outputs.PatternOf(role), outputs.IsOn(role));

    private static ZoneView Zone(Station station, int zone)
    {
        Settings settings = station.Settings;
        PanelState state = station.Loop.Panel.State;
        int input = settings.ZoneInput[zone];
        int analogInputs = settings.AnalogInputs;
        bool analog = input < analogInputs;
        return new ZoneView(
            settings.ZoneNumber[zone],
            settings.ZoneName[zone],
            settings.ZoneKind[zone],
            analog ? $"a{input + 1}" : $"d{input - analogInputs + 1}",
            analog,
            station.Board.RawOf(zone),
            station.Board.MoveOf(zone),
            station.Loop.Scan.Settled(zone),
            ConditionsOf(state.Conditions, zone),
            (state.DrillLatched & (1 << zone)) != 0,
            PanelView.HiddenLeftMin(state, zone, station.NowMs));
    }

    private static int ConditionsOf(Conditions conditions, int zone)
    {
        int bits = 0;
        for (int condition = 0; condition < Core.Conditions.ZoneConditions; condition++)
        {
            bits |= ((conditions.Zones[condition] >> zone) & 1) << condition;
        }

        return bits;
    }

    private static LaneView LaneOf(MainLoop loop, Lane lane)
    {
        LaneLog log = loop.Log.At(lane);
        return new LaneView(lane, log.Last, log.Held);
    }

    private static EventView Event(MainLoop loop, EventTrace trace)
    {
        // The county's own word counts, also when it takes it back.
        bool held = loop.Log.At(trace.Record.LaneNumber).Held >= trace.Record.Sequence;
        return new EventView(trace.Record, held ? EventStep.Held : trace.SentMs >= 0 ? EventStep.Sent : EventStep.InFlash);
    }
}
