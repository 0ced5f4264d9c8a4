// Owns: what a group of messages of many stations comes to, and what it costs a database at the end of a wire.
// Must never: depend on how the messages were grouped.

using System.Diagnostics;
using Gateway.Contract;

namespace Gateway.County.Tests;

/// <summary>Rows of many stations that are read and written together.</summary>
public class GroupTests : StoreTests
{
    private const int Stations = 30;

    public GroupTests()
        : base(null)
    {
    }

    private protected GroupTests(PostgresFixture postgres)
        : base(postgres)
    {
    }

    [Fact]
    public void Group_comes_to_what_its_messages_come_to_one_by_one()
    {
        using Rig together = NewRig(Gateways());
        using Rig alone = NewRig(Gateways());
        foreach (Sent[] round in Rounds(Gateways()))
        {
            together.Send(round);
            Array.ForEach(round, message => alone.Send(message));
            Assert.Equal(Content(alone), Content(together));
        }

        Assert.Empty(together.Refusals());
        Assert.Equal(Stations, together.Told.Found.Count);
        Assert.Equal(Stations, together.Told.Explained.Count);
        Assert.Equal(alone.Told.Found.ToHashSet(), together.Told.Found.ToHashSet());
        Assert.Equal(alone.Told.Explained.ToHashSet(), together.Told.Explained.ToHashSet());
    }

    [Fact]
    public void Row_that_was_expected_is_read_as_it_was_written_since()
    {
        using Rig rig = NewRig(Gateways());
        BootKey boot = new(330801, 77, 1);
        LaneKey lane = new(boot.Station, boot.Epoch, Lane.Fire);
        using IStoreTransaction rows = rig.Store.Begin();
        rows.Expect([boot, boot with { Boot = 2 }]);
        rows.Put(lane, new LaneState { Held = 4, Highest = 5 });
        rows.Put(new BootClock(boot, ClockSource.Head, 1, 2));
        rows.PutAll([new StationState { Station = boot.Station, Boot = 9 }]);
        rows.PutAll([new SessionState { Station = boot.Station, Epoch = boot.Epoch, Boot = 9 }]);
        for (int look = 0; look < 2; look++)
        {
            Assert.Equal(5u, rows.Lane(lane)?.Highest);
            Assert.Null(rows.Lane(lane with { Lane = Lane.Routine }));
            Assert.Equal(2, rows.Clock(boot)?.UtcMs);
            Assert.Null(rows.Clock(boot with { Boot = 2 }));
            Assert.Equal(9u, rows.State(boot.Station)?.Boot);
            Assert.Equal(9u, rows.Session(boot.Station, boot.Epoch)?.Boot);
        }
    }

    private protected static FakeGateway[] Gateways() =>
        [.. Enumerable.Range(0, Stations).Select(i => new FakeGateway(330801 + (uint)i))];

    /// <summary>A hello each; a batch with a hole; its end, and repeats beside new ones; a heartbeat and another lane.</summary>
    private static IEnumerable<Sent[]> Rounds(FakeGateway[] gateways)
    {
        yield return [.. gateways.Select(g => g.Hello())];
        yield return [.. gateways.SelectMany(g => (Sent[])[g.Batch(Lane.Condition, 0, 1, 2, 5), g.Batch(Lane.Routine, 0, 1)])];
        yield return [.. gateways.SelectMany(g => (Sent[])[g.Batch(Lane.Condition, 2, 3, 6), g.Batch(Lane.Routine, 0, 1, 2)])];
        Array.ForEach(gateways, g => g.UtcMs = 1_780_000_000_000);
        yield return [.. gateways.SelectMany(g => (Sent[])[g.Heartbeat(), g.Batch(Lane.Fire, 0, 1)])];
    }

    private static string Content(Rig rig) => string.Join('\n', (IEnumerable<string>)
    [
        .. rig.Store.Lanes(null).Select(l => $"{l.Key} {l.State.Held} {l.State.Highest}"),
        .. rig.Store.Gaps(null).Select(g => g.ToString()),
        .. rig.Store.Events(new EventQuery()).Select(e =>
            $"{e.Key} {e.TimeMs} {(int)e.TimeQuality} {e.ReceivedMs} {e.County} {e.Township} {e.Village} {Convert.ToHexString(e.Raw)}"),
        .. rig.Store.States().OrderBy(s => s.Station).Select(s => $"{s.Station} {s.Epoch} {s.Boot} {s.Online} {s.UptimeMs} {s.Firmware}"),
    ]);
}

public sealed class GroupTestsOnPostgres(PostgresFixture postgres) : GroupTests(postgres)
{
    [Fact]
    public void Statements_of_a_group_do_not_grow_with_its_stations()
    {
        // Once a table, reading and writing; a statement a station would be 30 of each.
        const int StatementsMax = 20;
        FakeGateway[] gateways = Gateways();
        using Rig rig = NewRig(gateways);
        string database = PostgresServer.NameOf(rig.Address);
        int statements = 0;
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = done =>
            {
                if (done.TagObjects.Any(tag => tag.Value as string == database))
                {
                    statements++;
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        rig.Send([.. gateways.Select(g => g.Hello())]);
        statements = 0;
        rig.Send([.. gateways.SelectMany(g => (Sent[])[g.Heartbeat(), g.Batch(Lane.Condition, 0, 1, 2), g.Batch(Lane.Routine, 0, 1)])]);
        Assert.InRange(statements, 5, StatementsMax);
    }
}
