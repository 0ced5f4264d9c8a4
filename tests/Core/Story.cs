// Owns: one random station, what happens to it, and what must be true at every moment.
// Must never: ask the panel what it should do; the model here is as plain as the rule it stands for.

using Gateway.Core;
using Gateway.Tests.Device;

namespace Gateway.Tests.PanelProperties;

internal sealed class Story
{
    private static readonly string[] s_kinds = ["smoke", "callpoint", "heat", "gas", "valve", "pump-fault", "pump-run", "flow", "tamper"];
    private static readonly string[] s_moves = ["on", "off", "off", "cut", "short", "lost"];
    private static readonly string[] s_keys = ["silence", "reset", "answer", "scene", "joined", "test"];

    private readonly Random _random;
    private readonly int _seed;
    private readonly string[] _wires;
    private readonly long[] _onSince;
    private readonly long[] _disablementEnd;
    private ZoneSet _latchedBefore;
    private bool _silencePressed;
    private int _step;

    public Story(int seed)
    {
        _seed = seed;
        _random = new Random(seed);
        Scene = new Scene(Station(_random, _random.Next(1, 13)));
        _wires = [.. Enumerable.Repeat("off", Scene.Settings.ZoneCount)];
        _onSince = [.. Enumerable.Repeat(long.MaxValue, Scene.Settings.ZoneCount)];
        _disablementEnd = new long[Scene.Settings.ZoneCount];
    }

    public Scene Scene { get; }

    private PanelState State => Scene.Loop.Panel.State;

    /// <summary>A random station in the short form of the scenes.</summary>
    public static string Station(Random random, int zones)
    {
        List<string> lines = [];
        List<int> detectors = [];
        for (int zone = 1; zone <= zones; zone++)
        {
            string kind = s_kinds[random.Next(s_kinds.Length)];
            bool detector = kind is "smoke" or "heat" or "gas" or "flow";
            string wiring = zone <= SceneBoard.Analog && random.Next(2) == 0 ? " wiring=line" : "";
            string delay = detector && random.Next(3) == 0 ? random.Next(2) == 0 ? " delayS=2" : " verifyS=3" : "";
            string chatter = random.Next(3) == 0 ? " chatter=3" : "";
            lines.Add($"{kind} {zone}{wiring}{delay}{chatter}");
            if (detector)
            {
                detectors.Add(zone);
            }
        }

        if (detectors.Count >= 2 && random.Next(2) == 0)
        {
            lines.Add($"group 1 zones={detectors[0]},{detectors[1]} need=2 withinS=60 aloneS=20");
        }

        if (detectors.Count > 0 && random.Next(2) == 0)
        {
            bool gas = lines[detectors[0] - 1].StartsWith("gas", StringComparison.Ordinal);
            lines.Add($"rule 1 if {(gas ? "gas" : "fire")}:z{detectors[0]} then relay1:on relay3:pulse5s severity:major");
        }

        if (random.Next(2) == 0)
        {
            lines.Add($"rule 2 if active:any then relay4:on event | rule 3 if fault:any then buzzer:fault");
        }

        lines.Add(random.Next(2) == 0 ? "clocks" : "drill maxMin=30");
        return string.Join(" | ", lines);
    }

    /// <summary>Something happens, and some time passes.</summary>
    public void Step()
    {
        _step++;
        int zone = _random.Next(_wires.Length);
        int number = Scene.Settings.ZoneNumber[zone];
        _latchedBefore = State.Latched;
        _silencePressed = false;
        switch (_random.Next(10))
        {
            case < 6:
                _wires[zone] = s_moves[_random.Next(s_moves.Length)];
                Scene.Board.Set(Scene.Settings.ZoneInput[zone], SceneWires.Level(Scene.Settings.ZoneWiring[zone], _wires[zone]));
                _onSince[zone] = _wires[zone] == "on" && IsOn(zone) ? Math.Min(_onSince[zone], Scene.NowMs) : long.MaxValue;
                break;
            case 6:
                Press(s_keys[_random.Next(s_keys.Length)]);
                break;
            case 7:
                int minutes = _random.Next(1, 4);
                SceneSteps.Play(Scene, $"shield{number}={minutes}");
                _disablementEnd[zone] = Scene.NowMs + (minutes * 60_000L);
                break;
            case 8:
                string[] states = [$"try{number}=1", $"drill={_random.Next(3)}", $"hot{number}=1"];
                SceneSteps.Play(Scene, states[_random.Next(states.Length)]);
                break;
            default:
                SceneSteps.Play(Scene, "duty=1");
                break;
        }

        Scene.Pass(_random.Next(4) switch { 0 => 40, 1 => 500, 2 => 5_000, _ => 30_000 }, everyTick: _random.Next(8) == 0);
    }

    /// <summary>What must be true at every moment.</summary>
    public void Check()
    {
        Settings settings = Scene.Settings;
        ZoneSet excused = State.Disabled | PartOf.ZonesInTest(State).Zones;
        ZoneSet shown = State.Latched | State.Conditions.Zones[Conditions.PreAlarm];
        for (int zone = 0; zone < settings.ZoneCount; zone++)
        {
            bool fireKind = ZoneMeanings.OfKind(settings.ZoneKind[zone]) == ZoneMeaning.Fire;
            long delayMs = ((settings.ZoneDelayS[zone] + settings.ZoneVerifyS[zone]) * 1000L) + 1_000;
            if (fireKind && !Bits.Has(excused, zone) && _onSince[zone] != long.MaxValue && Scene.NowMs - _onSince[zone] > delayMs)
            {
                That(Bits.Has(shown, zone), $"a fire in zone {settings.ZoneNumber[zone]} held for longer than its delays is not shown");
            }

            That(fireKind || !Bits.Has(State.Latched, zone), "what is no fire is latched as fire");
            That(!Bits.Has(PartOf.Disablements(State).Zones, zone) || Scene.NowMs <= _disablementEnd[zone] + 1_000,
                "a disablement has no end");
        }

        CheckSounds();
        CheckBounds();
    }

    /// <summary>Nothing that has an end may outlive it.</summary>
    public void CheckEnd()
    {
        Scene.Pass(4 * 3600 * 1000L, everyTick: false);
        HotWork work = PartOf.HotWork(State);
        That(PartOf.Disablements(State).Zones == ZoneSet.None && PartOf.ZonesInTest(State).Zones == ZoneSet.None,
            "a disablement or a test has no end");
        That(work.Zones == ZoneSet.None && !work.LookAsked, "a permit or its question has no end");
        That(!PartOf.Drill(State).On && !PartOf.DutyCheck(State).Asked, "a drill or a question has no end");
        That(PartOf.ResponseClocks(State).Running == 0, "a clock has no end");
    }

    private void Press(string key)
    {
        // The wires come to rest first, so that what is active is known when the key goes down.
        Scene.Pass(500, everyTick: true);
        ZoneSet latched = State.Latched;
        bool inFire = ((latched | PartOf.Coincidence(State).PreAlarm) & State.Stages.Active & ~State.Disabled) != ZoneSet.None;
        bool drill = PartOf.Drill(State).On;
        _silencePressed = key == "silence";
        SceneSteps.Play(Scene, key);
        if (key == "reset" && !drill)
        {
            That(!inFire || (State.Latched & latched) == latched, "a reset went through while a zone was in fire");
            That(inFire || (State.Latched & latched) == ZoneSet.None, "a reset was refused though every zone is quiet");
        }
    }

    private bool IsOn(int zone) => Scene.Settings.ZoneWiring[zone] is Wiring.NormallyOpen or Wiring.Line;

    private void CheckSounds()
    {
        Pattern siren = Scene.Loop.Outputs.PatternOf(OutputRole.Siren);
        bool fire = State.Latched != ZoneSet.None && !PartOf.AlarmDelay(State).Holding;
        bool newFire = (State.Latched & ~_latchedBefore) != ZoneSet.None;
        ZoneSet burning = State.Latched & ~State.GasKinds;
        ZoneSet real = State.Latched & ~State.DrillLatched;
        That(siren != Pattern.Fire || (burning & real) != ZoneSet.None || (burning != ZoneSet.None && real != ZoneSet.None),
            "the siren sounds as in a fire without one");
        That(siren != Pattern.Gas || (real & State.GasKinds) != ZoneSet.None, "the siren sounds as in gas without any");
        That(!fire || State.Silenced || siren is Pattern.Fire or Pattern.Drill or Pattern.Gas, "a fire that nobody silenced is silent");
        That(!newFire || _silencePressed || !State.Silenced, "silence hides a new fire");
        for (OutputRole role = OutputRole.Relay1; role <= OutputRole.Relay4; role++)
        {
            bool on = Scene.Loop.Outputs.PatternOf(role) != Pattern.Off;
            bool byDefault = fire && burning != ZoneSet.None && role <= OutputRole.Relay2
                && (Scene.Settings.Rules.RolesUsed & (1 << (int)role)) == 0;
            That(!on || byDefault || State.Rules.Wanted(role) != Pattern.Off, "an output acts without a rule or a default");
        }
    }

    private void CheckBounds()
    {
        That(State.Events.Count <= Limits.EventsWaitingMax, "more events wait than there is room for");
        That(State.First >= -1 && State.First < Scene.Settings.ZoneCount, "the first zone is none of the zones");
        That((State.Latched == ZoneSet.None) == (State.First < 0), "a fire without a first zone, or a first zone without a fire");
        That((State.DrillLatched & ~State.Latched) == ZoneSet.None, "a zone is latched in a drill and not at all");
    }

    private void That(bool holds, string what)
    {
        if (!holds)
        {
            Assert.Fail($"seed {_seed}, step {_step}, {Scene.NowMs} ms: {what}");
        }
    }
}
