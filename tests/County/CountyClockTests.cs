// Owns: what a county does whose own clock is implausible.
// Must never: let a wrong clock keep an event from being stored, shown or escalated.

using Gateway.Contract;

namespace Gateway.County.Tests;

public class CountyClockTests : StoreTests
{
    // 2170.
    private const long FarMs = 6_311_433_600_000;
    private readonly FakeGateway _gateway = new(330701);

    public CountyClockTests()
        : base(null)
    {
    }

    private protected CountyClockTests(PostgresFixture postgres)
        : base(postgres)
    {
    }

    [Fact]
    public void Clock_far_ahead_sets_no_gateways_clock_and_damages_no_number()
    {
        using Rig rig = NewRig(_gateway);
        uint before = rig.SendOne(_gateway, _gateway.Hello()).Counter;
        rig.Desk.Tick(rig.Now);
        rig.StepClock(FarMs - rig.NowMs);
        rig.Restart();
        rig.Desk.Tick(rig.Now);
        Answered welcome = rig.SendOne(_gateway, _gateway.NextSession());
        Assert.Equal((MessageType.Welcome, 0L), (welcome.Type, welcome.UtcMs));
        Assert.InRange(welcome.Counter, before + 1, before + 1_000);
        Answered held = rig.SendOne(_gateway, _gateway.Batch(Lane.Fire, 0, 1));
        Assert.Equal((1u, 0L), (held.Held[(int)Lane.Fire], held.UtcMs));
        Assert.Single(rig.Events(_gateway));
        Assert.Single(rig.Store.Escalations(openOnly: true));
        Assert.Equal([false], rig.Told.Clocks);
        StationCommand command = rig.Desk.Queue(new CommandRequest(_gateway.Station, (int)CommandCode.SelfTest), rig.Now);
        Assert.InRange(command.Number, before, before + 1_000);
        MessageHeader head = new();
        byte[] sent = Assert.Single(rig.Desk.Commands(rig.Now)).Payload;
        Assert.Equal(DecodeResult.Ok, head.DecodeDown(sent, sent.Length));
        Assert.Equal((0L, UtcQuality.Unknown), (head.UtcMs, head.UtcQuality));

        // A second look at the same clock from a new process makes it no better; a right one is believed at once.
        rig.Restart();
        rig.Desk.Tick(rig.Now);
        Assert.Equal(0, rig.SendOne(_gateway, _gateway.NextSession()).UtcMs);
        rig.StepClock(-(FarMs - 1_780_000_000_000));
        rig.Desk.Tick(new Instant(rig.Now.UtcMs, rig.Now.RunMs + CountyLimits.RegistryLookMs));
        Assert.Equal([false, false, true], rig.Told.Clocks);
        Assert.Equal(rig.Now.UtcMs, rig.SendOne(_gateway, _gateway.NextSession()).UtcMs);
    }

    [Fact]
    public void Clock_that_is_set_far_ahead_while_the_county_works_is_not_believed_either()
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello(), _gateway.Heartbeat());
        rig.StepClock(CountyLimits.ClockJumpMs - 1_000);
        Assert.NotEqual(0, rig.SendOne(_gateway, _gateway.Heartbeat()).UtcMs);
        rig.StepClock(CountyLimits.ClockJumpMs + 1_000);
        Assert.Equal(0, rig.SendOne(_gateway, _gateway.Heartbeat()).UtcMs);
        Assert.True(rig.State(_gateway)!.Online);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Clock_of_a_copy_that_is_a_year_old_is_believed_and_any_is_with_the_option(bool option)
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello());
        rig.Desk.Tick(rig.Now);
        rig.StepClock(option ? FarMs : 365L * 86_400_000);
        rig.Restart(new CountyOptions { TrustClock = option });
        rig.Desk.Tick(rig.Now);
        Assert.Equal(rig.Now.UtcMs, rig.SendOne(_gateway, _gateway.NextSession()).UtcMs);
        Assert.Empty(rig.Told.Clocks);
    }

    [Theory]
    [InlineData(FarMs)]
    [InlineData(946_684_800_000L)]
    public void Clock_that_is_not_believed_ends_no_command_that_waits(long clockMs)
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello(), _gateway.Heartbeat());
        rig.Desk.Tick(rig.Now);
        rig.Desk.Queue(new CommandRequest(_gateway.Station, (int)CommandCode.SelfTest), rig.Now);
        rig.StepClock(clockMs - rig.NowMs);
        rig.Restart();
        rig.Desk.Tick(rig.Now);
        rig.Send(_gateway.Heartbeat());
        Assert.Single(rig.Desk.Commands(rig.Now));
        Assert.Equal(CommandState.Sent, Assert.Single(rig.Store.Commands(_gateway.Station)).State);
        rig.NowMs += (CountyLimits.CommandLifeS + 1) * 1000L;
        Assert.Empty(rig.Desk.Commands(rig.Now));
        Assert.Equal(CommandState.Expired, Assert.Single(rig.Store.Commands(_gateway.Station)).State);
    }

    [Fact]
    public void Counter_that_a_clock_far_ahead_raised_comes_down_in_the_next_session()
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello(), _gateway.Heartbeat());
        using (IStoreTransaction rows = rig.Store.Begin())
        {
            StationState state = rows.State(_gateway.Station)!;
            state.AnswerCounter = uint.MaxValue;
            rows.Put(state);
            rows.Commit();
        }

        // In the session that is open nothing may fall.
        Assert.Equal(uint.MaxValue, rig.SendOne(_gateway, _gateway.Heartbeat()).Counter);
        Assert.Equal(uint.MaxValue, rig.SendOne(_gateway, _gateway.Hello()).Counter);
        uint welcome = rig.SendOne(_gateway, _gateway.NextSession()).Counter;
        Assert.Equal((uint)((rig.NowMs - RisingNumber.FromMs) / 1000), welcome);
        Assert.True(rig.SendOne(_gateway, _gateway.Heartbeat()).Counter > welcome);
    }

    [Fact]
    public void Clock_of_no_year_of_today_uses_up_no_numbers_also_where_nothing_was_ever_received()
    {
        // A machine that was set up with its clock at 2200: the stations' registration is the only moment that the database knows.
        FakeGateway late = new(330702);
        using Rig rig = NewRig();
        const long WrongMs = 7_258_118_400_000;
        StationRegistration r = late.Registration;
        Assert.True(rig.Store.AddStation(new StationRegistration
        {
            Station = r.Station, County = r.County, Township = r.Township, Village = r.Village, Name = r.Name, Key = r.Key,
            AddedMs = WrongMs,
        }));
        foreach (long nowMs in (long[])[WrongMs, -300_000_000_000, rig.NowMs])
        {
            CommandRequest request = new(late.Station, (int)CommandCode.Clock);
            Assert.InRange(CountyDesk.Queue(rig.Store, request, nowMs).Number, 1u, uint.MaxValue / 4 * 3);
        }

        // And a county that begins then sets no gateway's clock.
        rig.StepClock(WrongMs - rig.NowMs);
        rig.Restart();
        rig.Desk.Tick(rig.Now);
        Assert.Equal([false], rig.Told.Clocks);
        Assert.Equal(0, rig.SendOne(late, late.Hello()).UtcMs);
    }

    [Fact]
    public void Old_key_with_a_deadline_stays_good_while_the_clock_is_not_believed()
    {
        using Rig rig = NewRig(_gateway);
        Assert.True(rig.Store.RotateKey(_gateway.Station, StationKey.Create(), rig.NowMs + 86_400_000));
        rig.Send(_gateway.Hello(), _gateway.Heartbeat());
        rig.Desk.Tick(rig.Now);
        rig.StepClock(FarMs);
        rig.Restart();
        rig.Desk.Tick(rig.Now);
        Assert.Equal(1u, rig.SendOne(_gateway, _gateway.Batch(Lane.Fire, 0, 1)).Held[(int)Lane.Fire]);
    }
}
