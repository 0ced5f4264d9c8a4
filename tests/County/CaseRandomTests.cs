// Owns: the proof by random worlds that cases built as things come equal cases built at once, and an independent reckoning of both.
// Must never: repeat with another seed than the one it prints.

using System.Globalization;
using Gateway.Contract;
using Gateway.County.Sql;
using Microsoft.Data.Sqlite;

namespace Gateway.County.Tests;

public sealed class CaseRandomTests(PostgresFixture postgres)
{
    private const int SeedsAFile = 100;
    private const int SeedsOnServer = 6;
    private const long StartMs = 1_780_000_000_000;
    private const long HourMs = 3_600_000;

    // What can stand on a track, and what cannot.
    private static readonly EventKind[] s_fire =
    [
        EventKind.FireAlarm, EventKind.FireAlarm, EventKind.FireAlarm, EventKind.Reset, EventKind.Acknowledged, EventKind.Silenced,
        EventKind.ResetRefused, EventKind.FireRestored, EventKind.Linkage,
    ];

    private static readonly EventKind[] s_condition =
    [
        EventKind.CaseOpened, EventKind.CaseAged, EventKind.CaseClosed, EventKind.DutyCheckMissed, EventKind.DutyCheckAnswered,
        EventKind.PatrolMissed, EventKind.PatrolMet, EventKind.Chattering, EventKind.FaultRestored, EventKind.ClockMet,
        EventKind.ClockMissed, EventKind.Fault, EventKind.Supervisory,
    ];

    /// <summary>Some with every run, and thousands of worlds with the long ones.</summary>
    public static TheoryData<int> Files() => [.. Enumerable.Range(0, 4)];

    public static TheoryData<int> MoreFiles() => [.. Enumerable.Range(4, 50)];

    [Theory(Explicit = true)]
    [MemberData(nameof(MoreFiles))]
    public void And_of_thousands_of_worlds(int file) => Cases_built_as_things_come_equal_cases_built_at_once(file);

    [Theory]
    [MemberData(nameof(Files))]
    public void Cases_built_as_things_come_equal_cases_built_at_once(int file)
    {
        // Goal: the order in which events, better times and acts come makes no difference, and nothing is forgotten. Method: a world a
        // station, a hundred in one file; what stands in it is compared with itself gone over, with itself made anew, and with a
        // reckoning that knows nothing of stretches.
        World[] worlds = [.. Enumerable.Range(0, SeedsAFile).Select(i => new World((file * SeedsAFile) + i, (uint)(i + 1)))];
        using Rig rig = new([.. worlds.Select(world => world.Gateway)]);
        Play(rig, worlds);
    }

    [Fact]
    public void And_so_they_do_on_a_server()
    {
        World[] worlds = [.. Enumerable.Range(0, SeedsOnServer).Select(i => new World(i, (uint)(i + 1)))];
        using Rig rig = new(postgres, [.. worlds.Select(world => world.Gateway)]);
        Play(rig, worlds);
    }

    [Fact]
    public void Overdue_cases_have_the_level_that_a_reckoning_of_their_due_times_gives()
    {
        // Method: dangers of random grades under random rules, looked at every six hours for two months.
        Random random = new(16);
        CaseSettings settings = new();
        int[] days = [.. Enumerable.Range(0, 4).Select(_ => random.Next(1, 20))];
        int[] levels = [.. Enumerable.Range(0, 4).Select(_ => random.Next(1, 4))];
        string[] grades = ["low", "general", "larger", "major"];
        string[] names = ["village", "township", "county"];
        Assert.Null(settings.Take(Enumerable.Range(0, 4).Select(i => $"danger.{grades[i]}={days[i]}d,{names[levels[i] - 1]}")));
        FakeGateway gateway = new(1);
        using Rig rig = new(gateway);
        rig.Restart(new CountyOptions { Cases = settings });
        rig.Send(gateway.Hello());
        rig.Send(gateway.Batch(Lane.Fire, 0, gateway.Record(Lane.Fire, 1, EventKind.FireAlarm)));
        Dictionary<string, int> grade = new(StringComparer.Ordinal);
        for (int look = 0; look < 240; look++)
        {
            rig.NowMs += 6 * HourMs;
            rig.Desk.Tick(rig.Now);
            if (look % 10 == 0)
            {
                int of = random.Next(4);
                FoundDanger found = new(gateway.Registration, (CaseGrade)(of + 1), "电线", "李", EscalationLevel.County);
                grade.Add(CaseDesk.Found(rig.Store, found, rig.NowMs).Id, of);
            }

            foreach ((string id, int of) in grade)
            {
                Case one = rig.Store.Case(id)!;
                long overMs = rig.NowMs - one.OpenedMs - (days[of] * 24 * HourMs);
                int rises = overMs < 0 ? 0 : 1 + (int)(overMs / (days[of] * 24 * HourMs));
                Assert.Equal((id, Math.Min(3, levels[of] + rises)), (id, (int)one.Level));
                Assert.Equal(
                    Math.Min(rises, Math.Max(1, 3 - levels[of])), rig.Store.Steps(id).Count(step => step.Kind == CaseStepKind.Overdue));
            }
        }

        Assert.Equal(
            grade.Where(one => rig.Store.Case(one.Key)!.DueMs < rig.NowMs).Select(one => one.Key).Order(StringComparer.Ordinal),
            rig.Store.Cases(new CaseQuery { OverdueAtMs = rig.NowMs, Class = CaseClass.Danger }).Select(one => one.Id)
                .Order(StringComparer.Ordinal));
    }

    private void Play(Rig rig, World[] worlds)
    {
        foreach (World world in worlds)
        {
            world.Play(rig);
        }

        string[] built = Dump(rig.Address);
        Rebuild(rig);
        Assert.Equal(built, Dump(rig.Address));
        Empty(rig.Address);
        Rebuild(rig);
        string[] anew = Dump(rig.Address);
        Assert.Equal([.. built.Where(line => !line.Contains(" Merged ", StringComparison.Ordinal))], anew);
        foreach (World world in worlds)
        {
            world.Check(rig);
        }
    }

    private static void Rebuild(Rig rig)
    {
        foreach (StationRegistration station in rig.Store.Stations())
        {
            CaseDesk.Rebuild(rig.Store, rig.Store, station.Station, rig.NowMs);
        }
    }

    /// <summary>All that follows from events and acts, as lines; the numbers of steps do not.</summary>
    private static string[] Dump(string address)
    {
        using SqlStore store = SqlStore.Open(address);
        return
        [
            .. store.Cases(new CaseQuery()).OrderBy(one => one.Id, StringComparer.Ordinal).Select(one => string.Join(
                "\n  ",
                store.Steps(one.Id).Where(_ => one.State != CaseState.Merged).OrderBy(step => step.Source, StringComparer.Ordinal)
                    .Select(step => string.Create(
                        CultureInfo.InvariantCulture,
                        $"{step.Source} {step.Kind} {step.AtMs} {step.Zone} {step.Value} {step.Detail} {step.Level} {step.Who}"))
                    .Prepend(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{one.Id} {one.Class} {one.Trouble} {one.State} {one.Grade} {one.Level} {one.Judgement} {one.Zones:x} "
                        + $"{one.Events} {one.OpenedMs} {one.EndedMs} {one.ClosedMs} {one.DueMs} {one.NextMs} {one.Owner} {one.Cause}")))),
        ];
    }

    /// <summary>Leaves events, acts and settings alone.</summary>
    private void Empty(string address)
    {
        const string Sql = "DELETE FROM cases; DELETE FROM case_steps; DELETE FROM case_marks";
        if (address.Contains("://", StringComparison.Ordinal))
        {
            postgres.Server.Sql(Sql, address[(address.LastIndexOf('/') + 1)..]);
            return;
        }

        using SqliteConnection connection = new($"Data Source={address};Pooling=false");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = Sql;
        command.ExecuteNonQuery();
    }

    /// <summary>A station with some lives and starts, and a network that loses, repeats and reorders until all has come.</summary>
    private sealed class World(int seed, uint station)
    {
        private readonly Random _random = new(seed);
        private readonly List<EventRecord> _events = [];
        private readonly List<(string Case, CaseActKind Kind)> _acts = [];
        private long _endMs;

        public FakeGateway Gateway { get; } = new(station);

        public void Play(Rig rig)
        {
            Write();
            List<EventRecord> waiting = [.. _events];
            uint epoch = 0;
            rig.NowMs = Math.Max(rig.NowMs, _endMs);
            while (waiting.Count > 0)
            {
                EventRecord first = waiting[_random.Next(waiting.Count)];
                if (first.Epoch != epoch)
                {
                    epoch = Gateway.Epoch = first.Epoch;
                    Gateway.Boot = _events.Where(r => r.Epoch == epoch).Max(r => r.Boot);
                    rig.Send(Gateway.NextSession());
                }

                EventRecord[] batch =
                [
                    .. waiting.Where(r => r.Epoch == epoch && r.LaneNumber == first.LaneNumber).OrderBy(_ => _random.Next())
                        .Take(_random.Next(1, 6)).OrderBy(r => r.Sequence),
                ];
                foreach (EventRecord r in batch)
                {
                    // What comes again may know its time by then.
                    if (_random.Next(4) != 0)
                    {
                        waiting.Remove(r);
                    }
                }

                rig.Send(Gateway.Batch(first.LaneNumber, 0, batch));
                rig.NowMs += _random.Next(1, 5_000);
                foreach (EventRecord r in batch.Where(r => r.UtcQuality == UtcQuality.Unknown && _random.Next(3) == 0))
                {
                    r.UtcQuality = UtcQuality.BackFilled;
                    r.UtcMs = TimeOf(r);
                }

                Act(rig);
                if (_random.Next(8) == 0)
                {
                    rig.NowMs += _random.Next(1, 200) * HourMs / 10;
                    rig.Desk.Tick(rig.Now);
                }
            }
        }

        public void Check(Rig rig)
        {
            Case[] cases = [.. rig.Store.Cases(new CaseQuery { Station = station }).Where(one => one.State != CaseState.Merged)];
            Assert.Equal(Reckoned().Order(StringComparer.Ordinal), cases
                .Where(one => one.Class != CaseClass.Silent && one.Trouble is not (CaseTrouble.Found or CaseTrouble.FalseAlarms))
                .Select(one => $"{one.Id} {one.EndedMs != 0}").Order(StringComparer.Ordinal));
            foreach (Case one in cases)
            {
                CheckLevel(rig, one);
            }

            // No act is lost: each is a step of some case.
            int taken = cases.Sum(one => rig.Store.Steps(one.Id).Count(step => step.Kind is CaseStepKind.Taken or CaseStepKind.Noted));
            Assert.Equal(_acts.Count(act => act.Kind is CaseActKind.Take or CaseActKind.Note), taken);
        }

        /// <summary>Goes through each life from its first record to its last and remembers what is open: name, and ended or not.</summary>
        private List<string> Reckoned()
        {
            List<string> all = [];
            Dictionary<string, string> open = new(StringComparer.Ordinal);
            foreach (EventRecord r in _events.OrderBy(r => r.Epoch).ThenBy(r => r.LaneNumber).ThenBy(r => r.Sequence))
            {
                (string? what, int does) = What(r);
                string key = $"{r.Epoch} {what}";
                if (does > 0 && what is not null)
                {
                    open.TryAdd(key, $"{station}-{r.Epoch}-{(int)r.LaneNumber}-{r.Sequence}");
                }
                else if (does < 0 && open.Remove(key, out string? id))
                {
                    all.Add($"{id} True");
                }
            }

            return [.. all, .. open.Values.Select(id => $"{id} False")];
        }

        private static (string? What, int Does) What(EventRecord r) => r.Kind switch
        {
            EventKind.FireAlarm => ("fire", 1),
            EventKind.Reset => ("fire", -1),
            EventKind.CaseOpened or EventKind.CaseAged => ($"danger {r.Zone}", 1),
            EventKind.CaseClosed => ($"danger {r.Zone}", -1),
            EventKind.DutyCheckMissed => ("duty", 1),
            EventKind.DutyCheckAnswered => ("duty", -1),
            EventKind.PatrolMissed => ($"patrol {r.A}", 1),
            EventKind.PatrolMet => ($"patrol {r.A}", -1),
            EventKind.Chattering => ($"chatter {r.Zone}", 1),
            EventKind.FaultRestored => ($"chatter {r.Zone}", -1),
            _ => (null, 0),
        };

        /// <summary>The level that its class, its missed clocks, the waiting for an answer and its due times give.</summary>
        private static void CheckLevel(Rig rig, Case one)
        {
            IReadOnlyList<CaseStep> steps = rig.Store.Steps(one.Id);
            int level = one.Class == CaseClass.Alarm ? 1 : one.Class == CaseClass.Danger && one.Grade == CaseGrade.Major ? 3 : 2;
            level = steps.Where(s => s.Kind is CaseStepKind.ClockMissed or CaseStepKind.Escalated or CaseStepKind.Overdue)
                .Aggregate(level, (highest, step) => Math.Max(highest, step.Level));

            int days = one.Class switch
            {
                CaseClass.Danger => 15,
                CaseClass.Risk => 7,
                _ => 1,
            };
            Assert.Equal((one.Id, level, one.OpenedMs + (days * 24 * HourMs)), (one.Id, (int)one.Level, one.DueMs));
            int overdue = steps.Count(step => step.Kind == CaseStepKind.Overdue);
            bool waits = one.ClosedMs == 0 && !(overdue > 0 && level == 3);
            Assert.Equal(waits ? one.DueMs + (overdue * days * 24 * HourMs) : 0, one.NextMs);
        }

        private long TimeOf(EventRecord r) => StartMs + (r.Epoch * 100 * HourMs) + (r.Boot * 30 * HourMs) + r.UptimeMs;

        private void Write()
        {
            int lives = _random.Next(1, 3);
            for (uint epoch = 1; epoch <= lives; epoch++)
            {
                uint[] last = new uint[Lanes.Count];
                for (uint boot = 1; boot <= _random.Next(1, 4); boot++)
                {
                    long uptimeMs = _random.Next(1, 10_000);
                    bool knows = false;
                    for (int i = _random.Next(2, 16); i > 0; i--)
                    {
                        uptimeMs += _random.Next(1, 4) * (HourMs / 2);
                        knows |= _random.Next(5) == 0;
                        _events.Add(Event(epoch, boot, uptimeMs, knows, last));
                    }
                }
            }

            _endMs = _events.Max(TimeOf);
        }

        private EventRecord Event(uint epoch, uint boot, long uptimeMs, bool knows, uint[] last)
        {
            int lane = _random.Next(2);
            EventKind kind = lane == 0 ? s_fire[_random.Next(s_fire.Length)] : s_condition[_random.Next(s_condition.Length)];
            last[lane] += (uint)(_random.Next(6) == 0 ? 3 : 1);
            EventRecord record = Gateway.Record((Lane)lane, last[lane], kind, r =>
            {
                r.Epoch = epoch;
                r.Boot = boot;
                r.UptimeMs = uptimeMs;
                r.Zone = _random.Next(1, 4);
                r.ZoneKind = r.Zone == 3 ? ZoneKind.PumpNotAuto : ZoneKind.Smoke;
                r.Severity = (Severity)_random.Next((int)Severity.Low, (int)Severity.Major + 1);
                r.A = kind is EventKind.Chattering or EventKind.FaultRestored ? FaultCause.Chatter : _random.Next(1, 3);
                r.B = _random.Next(0, 4);
                r.C = kind is EventKind.ClockMet or EventKind.ClockMissed ? _random.Next(0, (int)last[0] + 3) : 0;
                r.Value = _random.Next(100);
            });
            if (knows)
            {
                record.UtcQuality = UtcQuality.Synchronised;
                record.UtcMs = TimeOf(record);
            }

            return record;
        }

        /// <summary>People do something with some case; what is refused is no act.</summary>
        private void Act(Rig rig)
        {
            if (_random.Next(3) != 0)
            {
                return;
            }

            Case[] cases = [.. rig.Store.Cases(new CaseQuery { Station = station })];
            if (cases.Length == 0)
            {
                return;
            }

            CaseActKind kind = _random.Next(8) switch
            {
                0 => CaseActKind.Take,
                1 => CaseActKind.Note,
                2 => CaseActKind.Close,
                3 => CaseActKind.Grade,
                _ => CaseActKind.Judge,
            };
            CaseRequest request = new()
            {
                Case = cases[_random.Next(cases.Length)].Id,
                Kind = kind,
                By = $"人{_random.Next(3)}",
                Level = (EscalationLevel)_random.Next(1, 4),
                Judgement = _random.Next(3) == 0 ? CaseJudgement.Real : CaseJudgement.False,
                Grade = (CaseGrade)_random.Next(1, 5),
                Cause = "粉尘",
            };
            try
            {
                CaseDesk.Act(rig.Store, request, rig.NowMs);
                _acts.Add((request.Case, kind));
            }
            catch (CaseRefusedException)
            {
                return;
            }
        }
    }
}
