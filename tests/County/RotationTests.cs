// Owns: which of a station's two keys is good, and until when.
// Must never: print one of them.

using Gateway.Contract;

namespace Gateway.County.Tests;

public sealed class RotationTests
{
    private readonly FakeGateway _old = new(330701);
    private readonly FakeGateway _next = new(330701, keySeed: 99) { Boot = 2 };

    [Fact]
    public void Old_key_is_good_until_the_new_one_is_first_used_and_never_after()
    {
        using Rig rig = Rotated(untilMs: 0);
        Assert.Equal(MessageType.Welcome, rig.SendOne(_old, _old.Hello()).Type);

        // The answer is signed with the key of the question, or the gateway could not read it.
        Assert.Equal(MessageType.Welcome, rig.SendOne(_next, _next.Hello()).Type);
        Assert.Empty(rig.Send(_old.NextSession()));
        Assert.Equal(1, rig.Refusals()[DecodeResult.WrongSignature]);
        Assert.Equal(MessageType.Held, rig.SendOne(_next, _next.Batch(Lane.Fire, 0, 1)).Type);
        rig.Restart();
        Assert.Empty(rig.Send(_old.NextSession()));
        Assert.Equal(MessageType.Welcome, rig.SendOne(_next, _next.NextSession()).Type);
    }

    [Fact]
    public void Old_key_ends_at_its_deadline_also_when_the_new_one_was_never_used()
    {
        using Rig rig = Rotated(untilMs: 1_780_000_100_000);
        Assert.Equal(MessageType.Welcome, rig.SendOne(_old, _old.Hello()).Type);
        rig.NowMs = 1_780_000_100_000;
        Assert.Empty(rig.Send(_old.NextSession()));
        Assert.Equal(MessageType.Welcome, rig.SendOne(_next, _next.Hello()).Type);
    }

    [Fact]
    public void Second_rotation_forgets_the_key_that_was_never_used()
    {
        using Rig rig = Rotated(untilMs: 0);
        Assert.True(rig.Store.RotateKey(_old.Station, StationKey.Create(), 0));
        rig.Restart();
        Assert.Empty(rig.Send(_next.Hello()));
        Assert.Equal(MessageType.Welcome, rig.SendOne(_old, _old.Hello()).Type);
        Assert.False(rig.Store.RotateKey(330799, StationKey.Create(), 0));
    }

    private Rig Rotated(long untilMs)
    {
        Rig rig = new(_old);
        Assert.True(rig.Store.RotateKey(_old.Station, new StationKey(_next.Key), untilMs));
        rig.Restart();
        return rig;
    }
}
