// Owns: the proof by random worlds that cases built as things come equal cases built at once, and an independent reckoning of both.
// Must never: repeat with another seed than the one it prints.

using System.Globalization;
using Gateway.Contract;
using Gateway.County.Sql;
using Microsoft.Data.Sqlite;

namespace Gateway.County.Tests;

public sealed partial class CaseRandomTests(PostgresFixture postgres)
{
    private const int SeedsAFile = 50;
    private const int SeedsOnServer = 6;
    private const int WorldsOfFault = 30;
    private const int WorldsOfSettings = 5;
    private const long StartMs = 1_780_000_000_000;
    private const long HourMs = 3_600_000;

    /// <summary>Some with every run, and thousands of worlds with the long ones.</summary>
    public static TheoryData<int> Files() => [.. Enumerable.Range(0, 1)];

    public static TheoryData<int> MoreFiles() => [.. Enumerable.Range(1, 106)];

    [Theory(Explicit = true)]
    [MemberData(nameof(MoreFiles))]
    public void And_of_thousands_of_worlds(int file) => Cases_built_as_things_come_equal_cases_built_at_once(file);

    [Theory]
    [MemberData(nameof(Files))]
    public void Cases_built_as_things_come_equal_cases_built_at_once(int file)
    {
        // Goal: the order in which events, better times and acts come makes no difference, and nothing is forgotten. Method: a world a
        // station, fifty in one file; what stands in it is compared with itself gone over, with itself made anew, and with a
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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Settings_that_change_meanwhile_make_no_difference_to_a_rebuilding(bool onServer)
    {
        // Method: the county begins anew with other rules again and again while a world comes in.
        World[] worlds = [.. Enumerable.Range(0, WorldsOfSettings).Select(i => new World(1_000 + i, (uint)(i + 1)))];
        FakeGateway[] gateways = [.. worlds.Select(world => world.Gateway)];
        using Rig rig = onServer ? new(postgres, gateways) : new(gateways);
        Random random = new(17);
        string[] levels = ["village", "township", "county"];
        foreach (World world in worlds)
        {
            world.Play(rig, () =>
            {
                CaseSettings settings = new() { FalseAlarmsADay = random.Next(1, 4) };
                Assert.Null(settings.Take(CaseNames.Classes.Select(of => $"{of}={random.Next(1, 9)}d,{levels[random.Next(3)]}")));
                rig.NowMs += 1_000;
                rig.Restart(new CountyOptions { Cases = settings });
                rig.Send(world.Gateway.NextSession());
            });
        }

        string[] built = Dump(rig.Address);
        Assert.True(built.Length > WorldsOfSettings);
        Rebuild(rig);
        Assert.Equal(built, Dump(rig.Address));
        Empty(rig.Address);
        Rebuild(rig);
        Assert.Equal([.. built.Where(line => !line.Contains(" Merged ", StringComparison.Ordinal))], Dump(rig.Address));
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

    /// <summary>What can be wrong in how cases are kept, each of which the judge has to find in some world.</summary>
    public static TheoryData<CaseFault> Faults() => [.. Enum.GetValues<CaseFault>()];

    [Theory]
    [MemberData(nameof(Faults))]
    public void Each_planted_fault_is_found_by_the_judge_of_the_worlds(CaseFault fault)
    {
        // Method: the county works on rows that have the fault, also when all is made anew, so that no comparison with itself can tell.
        World[] worlds = [.. Enumerable.Range(0, WorldsOfFault).Select(i => new World(i, (uint)(i + 1)))];
        using Rig rig = new([.. worlds.Select(world => world.Gateway)]);
        rig.Around = store => FaultyStore.Of(store, fault);
        rig.Restart();
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() =>
        {
            foreach (World world in worlds)
            {
                world.Play(rig);
                world.Check(rig);
                Rebuild(rig);
                world.Check(rig);
            }
        });
    }

    [Fact]
    public void And_nothing_is_found_where_nothing_is_planted()
    {
        World[] worlds = [.. Enumerable.Range(0, WorldsOfFault).Select(i => new World(i, (uint)(i + 1)))];
        using Rig rig = new([.. worlds.Select(world => world.Gateway)]);
        rig.Around = store => FaultyStore.Of(store, fault: null);
        rig.Restart();
        Play(rig, worlds);
    }

    private void Play(Rig rig, World[] worlds)
    {
        foreach (World world in worlds)
        {
            world.Play(rig);
        }

        foreach (World world in worlds)
        {
            world.Check(rig);
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
            CaseDesk.Rebuild(rig.Work, rig.Store, station.Station, rig.NowMs);
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
                        $"{step.Source} {step.Kind} {step.AtMs} {step.Zone} {step.Value} {step.Detail} {step.Level} {step.Who} "
                        + $"{step.Party}"))
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
            postgres.Server.Sql(Sql, PostgresServer.NameOf(address));
            return;
        }

        using SqliteConnection connection = new($"Data Source={address};Pooling=false");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = Sql;
        command.ExecuteNonQuery();
    }
}
