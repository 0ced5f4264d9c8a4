// Owns: which frames an event of ours becomes for a city centre.
// Must never: make a fire of anything else, or forward what no code exists for.

using Gateway.Contract;
using Gateway.Gb26875;

namespace Gateway.County.Gb26875;

/// <summary>One frame of an event: a change of a part's state, or what a person did.</summary>
/// <param name="Part">Whose state; for an operation the box.</param>
/// <param name="ComponentType">Of a component.</param>
/// <param name="Set">Bits that come.</param>
/// <param name="Clear">Bits that go.</param>
/// <param name="Operation">What was done; None for a state.</param>
/// <param name="Test">Told as a test: nothing of it is kept as a state.</param>
internal readonly record struct ForwardStep(
    PeerPartKey Part, int ComponentType, int Set, int Clear, OperationBits Operation = OperationBits.None, bool Test = false);

internal static class ForwardMap
{
    private const int FireAlarmSystem = 1;
    private const int OutputModule = 86;

    // Components of outputs are kept apart from zones, which have at most 255.
    private const uint FirstOutput = 0x1_0000;
    // All bits of a state but bit 0, which says whether it is earnest, and the two reserved ones.
    private const int AllConditions = 0x3FFE;

    private static readonly int[] s_components = Components();

    /// <summary>The frames of an event, in their order; none for what is not forwarded.</summary>
    public static IReadOnlyList<ForwardStep> Steps(StoredEvent stored, PeerOrigin? origin, CentreProfile centre)
    {
        EventRecord r = stored.Record;
        bool drill = r.Flags.HasFlag(EventFlags.Drill);
        bool test = drill || r.Kind == EventKind.TestActivation || r.Flags.HasFlag(EventFlags.Test);
        bool literal = (centre.Flags & PeerFlags.TestBitMeantLiterally) != PeerFlags.None;
        if ((drill && !centre.Drills) || (test && !literal))
        {
            // A centre that does not look at bit 0 would take a test for a fire.
            return [];
        }

        if (origin is { Unit.Length: > 0 })
        {
            // No code says that something could not be read, and a fault would never end: no status says that it can be read now.
            return [];
        }

        ForwardStep state = State(r, origin) with { Test = test };
        OperationBits done = IsOfOneSystem(r, origin) ? OperationBits.Reset : Operation(r, origin is not null);
        List<ForwardStep> steps = [];
        if (state.Set != 0 || state.Clear != 0)
        {
            steps.Add(state);
        }

        if (done != OperationBits.None)
        {
            steps.Add(new ForwardStep(IsOfOneSystem(r, origin) ? origin!.Part : Box(r.Station), 0, 0, 0, done, test));
        }

        return steps;
    }

    /// <summary>
    /// The lane in which a frame waits: a fire before all others. A reset goes with the fires, so that none passes it: told behind a newer
    /// fire, it would say that this one is over.
    /// </summary>
    public static int Lane(StoredEvent stored) =>
        stored.Record.Kind is EventKind.FireAlarm or EventKind.Reset || IsOfOneSystem(stored.Record, stored.Origin)
            ? 0 : 1 + (int)stored.Record.LaneNumber;

    public static PeerPartKey Box(uint station) => new(station, PeerPart.Box, 0, 0, 0);

    /// <summary>The reset of one system behind a box while another burns.</summary>
    private static bool IsOfOneSystem(EventRecord r, PeerOrigin? origin) =>
        r.Kind == EventKind.KeyPressed && r.A == PeerBook.KeyReset && origin is { Part.What: PeerPart.System };

    private static ForwardStep State(EventRecord r, PeerOrigin? origin)
    {
        const int Fire = (int)ComponentBits.Fire, Fault = (int)ComponentBits.Fault, Disabled = (int)ComponentBits.Disabled;
        const int Supervisory = (int)ComponentBits.Supervisory, Started = (int)ComponentBits.Started;
        (int set, int clear) = r.Kind switch
        {
            EventKind.FireAlarm or EventKind.TestActivation => (Fire, 0),
            EventKind.FireRestored => (0, Fire | Supervisory),
            EventKind.PreAlarm or EventKind.Supervisory => (Supervisory, 0),
            EventKind.SupervisoryRestored => (0, Supervisory),
            EventKind.Fault => (Fault, 0),
            EventKind.FaultRestored => (0, Fault),
            EventKind.Disabled => (Disabled, 0),
            EventKind.DisablementEnded => (0, Disabled),
            EventKind.Activated => (Started, 0),
            EventKind.Deactivated => (0, Started),
            EventKind.Linkage => r.B == 1 ? (Started, 0) : (0, Started),
            _ => (0, 0),
        };
        bool operated = r.Flags.HasFlag(EventFlags.ByPerson);
        if (origin is { Bit: > 0 } && !operated && (set != 0 || clear != 0))
        {
            // A box's own bit goes on as it came.
            int bit = 1 << origin.Bit == StatusEvents.FireInTest ? Fire : 1 << origin.Bit;
            return new ForwardStep(origin.Part, origin.ComponentType, set != 0 ? bit : 0, set != 0 ? 0 : bit);
        }

        if (r.Kind == EventKind.Linkage)
        {
            // Another output is none of any board, and its state would be kept for nothing.
            return r.A is >= 0 and <= byte.MaxValue
                ? new ForwardStep(Component(r.Station, FirstOutput + (uint)r.A), OutputModule, set, clear) : default;
        }

        int box = r.ZoneKind switch
        {
            ZoneKind.Mains => (int)BoxBits.MainPowerFault,
            ZoneKind.Battery => (int)BoxBits.BackupPowerFault,
            _ when r.Zone != 0 => 0,
            _ when r.A == (int)FaultCause.Box && r.B == (int)BoxFault.Link => (int)BoxBits.CentreLinkFault,
            _ => (int)BoxBits.Fault,
        };
        bool fault = r.Kind is EventKind.Fault or EventKind.FaultRestored;
        if (box != 0)
        {
            bool fire = r.Kind is EventKind.FireAlarm or EventKind.FireRestored;
            int bits = fault ? box : fire ? (int)BoxBits.Fire : 0;
            return new ForwardStep(Box(r.Station), 0, set != 0 ? bits : 0, set != 0 ? 0 : bits);
        }

        int type = r.ZoneKind < (ZoneKind)s_components.Length ? s_components[(int)r.ZoneKind] : 0;
        return new ForwardStep(Component(r.Station, (uint)r.Zone), type, set, clear);
    }

    private static OperationBits Operation(EventRecord r, bool ofBox) => r.Kind switch
    {
        EventKind.Silenced => OperationBits.Silence,
        EventKind.Reset => OperationBits.Reset,
        EventKind.SelfTest => OperationBits.SelfTest,
        EventKind.DutyCheckAnswered => OperationBits.Acknowledge,
        EventKind.FireAlarm when r.ZoneKind == ZoneKind.CallPoint && (!ofBox || r.Zone == 0) => OperationBits.ManualAlarm,
        _ => OperationBits.None,
    };

    /// <summary>The state that is told, from what was told before: the frame says all of it, whatever order events go in.</summary>
    public static int Status(ForwardStep step, int before) => ((before & AllConditions) | step.Set) & ~step.Clear;

    private static PeerPartKey Component(uint station, uint component) => new(station, PeerPart.Component, FireAlarmSystem, 1, component);

    private static int[] Components()
    {
        int[] types = new int[ZoneKinds.Last + 1];
        types[(int)ZoneKind.CallPoint] = 23;
        types[(int)ZoneKind.Smoke] = 40;
        types[(int)ZoneKind.Heat] = 30;
        types[(int)ZoneKind.Gas] = 10;
        types[(int)ZoneKind.FlowSwitch] = 96;
        types[(int)ZoneKind.SignalValve] = 97;
        types[(int)ZoneKind.HydrantPressure] = 24;
        types[(int)ZoneKind.SprinklerPressure] = 99;
        types[(int)ZoneKind.TankLevel] = 92;
        types[(int)ZoneKind.PumpRun] = types[(int)ZoneKind.PumpFault] = types[(int)ZoneKind.PumpNotAuto] = 91;
        types[(int)ZoneKind.PanelAlarm] = types[(int)ZoneKind.PanelFault] = 1;
        types[(int)ZoneKind.ResidualCurrent] = 17;
        types[(int)ZoneKind.CableTemperature] = 18;
        return types;
    }
}
