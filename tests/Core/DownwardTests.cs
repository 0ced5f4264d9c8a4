// Owns: what the gateway takes from its county and what it does not, sentence by sentence of the contract's page.
// Must never: go through a county of our own; each message is written here.

using Gateway.Contract;
using Gateway.Core;

namespace Gateway.Tests.PanelProperties;

public sealed class DownwardTests
{
    private readonly ScriptedCounty _county = new();

    private MainLoop Loop => _county.Loop;

    private uint HeldFires => Loop.Log.At(Lane.Fire).Held;

    [Fact]
    public void Before_its_welcome_it_takes_welcome_and_refuse_only()
    {
        _county.Fire();
        _county.Run(1_000);
        Command check = new() { Number = 9, Code = CommandCode.DutyCheck, A = 5 };
        _county.Say(_county.Held(1, 1), _county.Made(MessageType.Command, 2, check.Encode));
        _county.Run(1_000);
        Assert.Equal(UplinkState.Greeting, Loop.Uplink.State);
        Assert.Equal(0u, HeldFires);
        Assert.False(PartOf.DutyCheck(Loop.Panel.State).Asked);
        Assert.Equal([LinkLeaf.Hello], _county.Leaves.Distinct());
        _county.Say(_county.WelcomeOf(3, 0));
        _county.Run(500);
        Assert.Equal(UplinkState.Online, Loop.Uplink.State);
        Assert.Contains((LinkLeaf)Lane.Fire, _county.Leaves);
        _county.Say(_county.Made(MessageType.Command, 4, check.Encode));
        _county.Run(500);
        Assert.True(PartOf.DutyCheck(Loop.Panel.State).Asked, "the number of the command was used up before the welcome");
    }

    [Fact]
    public void A_further_welcome_changes_nothing()
    {
        _county.Online().Fire();
        _county.Run(1_000);
        uint last = Loop.Log.At(Lane.Fire).Last;
        uint sessions = Loop.Uplink.Sessions;
        int hellos = _county.Leaves.Count(leaf => leaf == LinkLeaf.Hello);
        _county.Say(_county.WelcomeOf(++_county.Counter, last), _county.WelcomeOf(++_county.Counter, 99));
        _county.Run(1_000);
        Assert.Equal((UplinkState.Online, sessions, 0u), (Loop.Uplink.State, Loop.Uplink.Sessions, HeldFires));
        Assert.Equal(hellos, _county.Leaves.Count(leaf => leaf == LinkLeaf.Hello));
        _county.Say(_county.Held(++_county.Counter, last));
        _county.Run(100);
        Assert.Equal(last, HeldFires);
    }

    [Fact]
    public void A_refused_body_uses_up_its_counter_and_moves_nothing()
    {
        _county.Online().Fire();
        _county.Run(1_000);
        uint last = Loop.Log.At(Lane.Fire).Last;
        _county.Say(_county.Held(10, last + 50));
        _county.Run(100);
        Assert.Equal((1u, 0u), (Loop.Uplink.Refused, HeldFires));
        _county.Say(_county.Held(10, last));
        _county.Run(100);
        Assert.Equal((2u, 0u), (Loop.Uplink.Refused, HeldFires));
        _county.Say(_county.Made(MessageType.Held, 11, into => HeldThrough.Encode(into, [last, 0, 0]) - 4));
        _county.Run(100);
        Assert.Equal((3u, 0u), (Loop.Uplink.Refused, HeldFires));
        _county.Say(_county.Held(11, last));
        _county.Run(100);
        Assert.Equal((4u, 0u), (Loop.Uplink.Refused, HeldFires));
        _county.Say(_county.Held(12, last));
        _county.Run(100);
        Assert.Equal((4u, last), (Loop.Uplink.Refused, HeldFires));
        Assert.Equal(UplinkState.Online, Loop.Uplink.State);
    }

    [Fact]
    public void Strange_messages_are_told_once_an_hour_and_late_answers_only_counted()
    {
        _county.Answers = true;
        _county.Online();
        byte[] late = _county.Held(++_county.Counter, 0);
        byte[] forged = _county.Held(_county.Counter + 1, 0);
        forged[^1] ^= 1;
        _county.Say(late, late, _county.Held(_county.Counter + 1, 0, session: 77));
        _county.Run(5_000);
        Assert.Equal(2u, Loop.Uplink.Refused);
        Assert.Empty(_county.Told);
        _county.Say(forged);
        _county.Run(5_000);
        EventRecord told = Assert.Single(_county.Told);
        Assert.Equal(((int)DecodeResult.WrongSignature, 0, 0, 1), (told.Value, told.A, told.B, told.C));
        _county.Say(forged, late, forged);
        _county.Run(59 * 60_000);
        Assert.Single(_county.Told);
        _county.Run(2 * 60_000);
        _county.Say(forged);
        _county.Run(5_000);
        Assert.Equal([1, 3], _county.Told.OrderBy(record => record.Sequence).Select(record => record.C));
        Assert.Equal(7u, Loop.Uplink.Refused);
    }
}
