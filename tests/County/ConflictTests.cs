// Owns: the rules for one name with two contents.
// Must never: accept that the first version is changed.

using Gateway.Contract;

namespace Gateway.County.Tests;

public class ConflictTests : StoreTests
{
    private readonly FakeGateway _gateway = new(330701);

    public ConflictTests()
        : base(null)
    {
    }

    private protected ConflictTests(PostgresFixture postgres)
        : base(postgres)
    {
    }

    [Fact]
    public void Same_key_with_other_bytes_is_kept_apart_counted_and_held()
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello(), _gateway.Batch(Lane.Fire, 0, 1));
        byte[] before = Assert.Single(rig.Events(_gateway)).Raw;
        EventRecord other = _gateway.Record(Lane.Fire, 1, change: r => r.Zone = 4);
        Answered answer = rig.SendOne(_gateway, _gateway.Batch(Lane.Fire, 0, other, _gateway.Record(Lane.Fire, 2)));
        Assert.Equal(2u, answer.Held[(int)Lane.Fire]);
        Assert.Equal(before, rig.Events(_gateway)[0].Raw);
        rig.Send(_gateway.Batch(Lane.Fire, 0, other));
        Conflict conflict = Assert.Single(rig.Store.Conflicts());
        Assert.Equal((1u, 2L), (conflict.Key.Sequence, conflict.Times));
        Assert.Equal(4, conflict.Raw[36]);
        Assert.Equal(2, rig.Refusals()[DecodeResult.Conflict]);
        Assert.Equal(2, rig.Told.Conflicts.Count);
    }

    [Fact]
    public void Conflict_inside_one_group_keeps_the_first()
    {
        using Rig rig = NewRig(_gateway);
        EventRecord other = _gateway.Record(Lane.Fire, 1, change: r => r.Zone = 4);
        rig.Send(_gateway.Hello(), _gateway.Batch(Lane.Fire, 0, 1), _gateway.Batch(Lane.Fire, 0, other));
        Assert.Equal(3, Assert.Single(rig.Events(_gateway)).Record.Zone);
        Assert.Single(rig.Store.Conflicts());
    }

    [Fact]
    public void Versions_of_one_key_are_bounded()
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello(), _gateway.Batch(Lane.Fire, 0, 1));
        for (int i = 0; i < 50; i++)
        {
            int value = i + 1;
            rig.Send(_gateway.Batch(Lane.Fire, 0, _gateway.Record(Lane.Fire, 1, change: r => r.Value = value)));
        }

        Assert.Equal(CountyLimits.ConflictsPerKeyMax, rig.Store.Conflicts().Count);
        Assert.Equal(50, rig.Store.Conflicts().Sum(c => c.Times));
    }
}
