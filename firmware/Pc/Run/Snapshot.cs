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
/// <param name="LeftMin">Minutes for which it is disabled or in test; 0 = neither, or as long as a permit is open.</param>
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
/// <param name="Terminal">Output of the board, from 1; 0 = it has none.</param>
/// <param name="Name">As the settings call what it works; "" = they do not.</param>
public sealed record OutputView(OutputRole Role, Pattern Pattern, bool On, int Terminal, string Name);

/// <summary>One lane of the log.</summary>
public sealed record LaneView(Lane Lane, uint Last, uint Held);

/// <summary>One event and how far it has come.</summary>
public sealed record EventView(EventRecord Record, EventStep Step);

/// <summary>A zone that is latched in fire.</summary>
/// <param name="Alarm">The event with which it was; null when it is older than the events that are kept.</param>
/// <param name="Held">True when the county has said that it holds that event.</param>
public sealed record FireView(ZoneView Zone, EventRecord? Alarm, bool Held);

/// <summary>The station at one moment.</summary>
/// <param name="UtcMs">The station's clock, ms since 1970; 0 while it is unknown.</param>
/// <param name="Boot">The number of this start.</param>
/// <param name="Summary">The conditions of the panel.</param>
/// <param name="Village">See <see cref="VillageView"/>.</param>
/// <param name="Fires">The latched zones, the oldest first.</param>
/// <param name="RefusedReset">What kept the last reset from going through, for a while; null = nothing did.</param>
/// <param name="Unanswered">An alarm is latched to which nobody at the box has answered.</param>
/// <param name="AloneS">Seconds after which a pre-alarm that stays alone is a fire; 0 = never.</param>
/// <param name="Keys">The keys of the box that the settings have.</param>
/// <param name="Display">The lines of the small display; none where the settings have none.</param>
/// <param name="Script">Outcomes of a script's last lines.</param>
public sealed record Snapshot(
    long NowMs,
    long UtcMs,
    uint Boot,
    bool Configured,
    string StationName,
    uint StationNumber,
    int UtcOffsetMin,
    ConditionBits Summary,
    BoxFault PanelFaults,
    int FirstZone,
    int LatestZone,
    UplinkState Uplink,
    uint Sessions,
    long LongestTickMs,
    VillageView Village,
    IReadOnlyList<FireView> Fires,
    EventRecord? RefusedReset,
    bool Unanswered,
    int AloneS,
    IReadOnlyList<Button> Keys,
    IReadOnlyList<ZoneView> Zones,
    IReadOnlyList<OutputView> Outputs,
    IReadOnlyList<LaneView> Lanes,
    IReadOnlyList<EventView> Events,
    IReadOnlyList<string> Display,
    IReadOnlyList<string> Script)
{
    /// <summary>The station's local time; a story may be far from the computer's.</summary>
    public DateTimeOffset Local(long utcMs) =>
        DateTimeOffset.FromUnixTimeMilliseconds(utcMs).ToOffset(TimeSpan.FromMinutes(UtcOffsetMin));

    /// <param name="station">Used on the loop's thread.</param>
    /// <param name="script">Outcomes of a script's last lines.</param>
    public static Snapshot Of(Station station, IReadOnlyList<string> script)
    {
        MainLoop loop = station.Loop;
        Settings settings = station.Settings;
        Core.Panel? panel = loop.Configured ? loop.Panel : null;
        ZoneView[] zones = [.. Enumerable.Range(0, settings.ZoneCount).Select(zone => Zone(station, zone))];
        return new Snapshot(
            station.NowMs,
            loop.Clock.UtcMs(station.NowMs),
            loop.Configured ? loop.Log.Boot : 0,
            loop.Configured,
            settings.Name,
            settings.Station,
            settings.UtcOffsetMin,
            panel?.ConditionSummary ?? ConditionBits.None,
            panel?.PanelFaults ?? BoxFault.None,
            NumberOf(settings, panel?.FirstZone ?? -1),
            NumberOf(settings, panel?.LatestZone ?? -1),
            loop.Configured ? loop.Uplink.State : UplinkState.Waiting,
            loop.Configured ? loop.Uplink.Sessions : 0,
            station.LongestTickMs,
            VillageView.Of(station),
            FiresOf(station, zones, NumberOf(settings, panel?.FirstZone ?? -1), NumberOf(settings, panel?.LatestZone ?? -1)),
            RefusedResetOf(station),
            loop.Configured && loop.Panel.State.Unacknowledged,
            AloneOf(settings, zones),
            [.. Enum.GetValues<Button>().Where(key => settings.ButtonInput[(int)key] >= 0)],
            zones,
            [.. Enumerable.Range(0, OutputRoles.Count).Select(role => Output(station, (OutputRole)role))],
            loop.Configured ? [.. Enumerable.Range(0, Contract.Lanes.Count).Select(lane => LaneOf(loop, (Lane)lane))] : [],
            [.. station.Tail.Traces.TakeLast(PcLimits.EventsShownMax).Select(trace => Event(loop, trace))],
            settings.Display ? station.Display.Shown : [],
            script);
    }

    private static int NumberOf(Settings settings, int zone) => zone < 0 ? 0 : settings.ZoneNumber[zone];

    private static OutputView Output(Station station, OutputRole role) => new(
        role, station.Loop.Outputs.PatternOf(role), station.Loop.Outputs.IsOn(role), station.Settings.OutputOf[(int)role] + 1,
        station.Settings.OutputName[(int)role]);

    private static List<FireView> FiresOf(Station station, ZoneView[] zones, int first, int latest)
    {
        var alarms = new List<EventRecord>();
        foreach (EventTrace trace in station.Tail.Traces)
        {
            if (trace.Record.Kind == EventKind.Reset)
            {
                alarms.Clear();
            }
            else if (trace.Record.Kind == EventKind.FireAlarm && alarms.TrueForAll(one => one.Zone != trace.Record.Zone))
            {
                alarms.Add(trace.Record);
            }
        }

        // One whose record is not at hand any more is older than those that are, but for the one that the panel knows as the latest.
        int Rank(ZoneView zone) => zone.Number == first ? -2
            : alarms.FindIndex(one => one.Zone == zone.Number) is var at and >= 0 ? at
            : zone.Number == latest ? alarms.Count : -1;
        return
        [
            .. zones.Where(zone => zone.In(Core.Conditions.Fire)).OrderBy(Rank).Select(zone =>
            {
                EventRecord? alarm = alarms.Find(one => one.Zone == zone.Number);
                return new FireView(zone, alarm, alarm is not null && station.Loop.Log.At(alarm.LaneNumber).Held >= alarm.Sequence);
            }),
        ];
    }

    private static EventRecord? RefusedResetOf(Station station)
    {
        EventTrace? last = station.Tail.Traces.LastOrDefault(trace =>
            trace.Record.Kind is EventKind.ResetRefused or EventKind.Reset or EventKind.FireAlarm);
        return last is { Record.Kind: EventKind.ResetRefused, InFlashMs: >= 0 } && station.NowMs - last.InFlashMs < PcLimits.RefusedShownMs
            ? last.Record : null;
    }

    private static int AloneOf(Settings settings, ZoneView[] zones)
    {
        int zone = Array.FindIndex(zones, one => one.In(Core.Conditions.PreAlarm));
        int group = zone < 0 ? -1
            : Enumerable.Range(0, settings.GroupCount).Where(g => Bits.Has(settings.GroupZones[g], zone)).DefaultIfEmpty(-1).First();
        return group < 0 ? 0 : settings.GroupAloneS[group];
    }

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
            Bits.Has(state.DrillLatched, zone),
            PanelView.HiddenLeftMin(state, zone, station.NowMs));
    }

    private static int ConditionsOf(Conditions conditions, int zone)
    {
        int bits = 0;
        for (int condition = 0; condition < Core.Conditions.ZoneConditions; condition++)
        {
            bits |= Bits.Has(conditions.Zones[condition], zone) ? 1 << condition : 0;
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
