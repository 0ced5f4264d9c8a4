// Owns: the rules of commands: number, sending, sending again, answer, end of life.
// Must never: trust a state that it has not read from the table.

using Gateway.Contract;
using Gateway.County.Sql;

namespace Gateway.County.Tests;

public class CommandTests : StoreTests
{
    private readonly FakeGateway _gateway = new(330701);
    private readonly FakeGateway _other = new(330702);

    public CommandTests()
        : base(null)
    {
    }

    private protected CommandTests(PostgresFixture postgres)
        : base(postgres)
    {
    }

    [Theory]
    [InlineData(600_000)]
    [InlineData(-3_600_000)]
    public void Wall_clock_that_is_set_neither_ends_a_command_nor_keeps_it(long stepMs)
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello(), _gateway.Heartbeat());
        StationCommand queued = rig.Desk.Queue(Drill(_gateway) with { LifeS = 60 }, rig.Now);
        Assert.Single(rig.Desk.Commands(rig.Now));
        rig.StepClock(stepMs);
        rig.NowMs += 1_000;
        Assert.Empty(rig.Desk.Commands(rig.Now));
        rig.NowMs += CountyLimits.CommandRepeatMs;
        Assert.Equal(49, Read(_gateway, Assert.Single(rig.Desk.Commands(rig.Now))).Head.LifeS);
        rig.NowMs += 50_000;
        Assert.Empty(rig.Desk.Commands(rig.Now));
        Assert.Equal((queued.Number, CommandState.Expired), rig.Told.Commands[^1]);
    }

    [Fact]
    public void Command_is_sent_in_the_open_session_with_its_number_and_the_rest_of_its_life()
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello(), _gateway.Heartbeat());
        CommandRequest request = new(_gateway.Station, (int)CommandCode.HotWork, 3, 60) { LifeS = 90 };
        StationCommand queued = rig.Desk.Queue(request, rig.Now);
        rig.NowMs += 30_000;
        (MessageHeader head, Command body) = Read(_gateway, Assert.Single(rig.Desk.Commands(rig.Now)));
        Assert.Equal((_gateway.Epoch, _gateway.Boot, _gateway.Session, 60), (head.Epoch, head.Boot, head.Session, head.LifeS));
        Assert.Equal((queued.Number, CommandCode.HotWork, 3, 60), (body.Number, body.Code, body.A, body.B));
        Assert.Equal((rig.NowMs, UtcQuality.Synchronised), (head.UtcMs, head.UtcQuality));
        Assert.Equal((CommandState.Sent, 1), (Only(rig).State, Only(rig).Times));
    }

    [Fact]
    public void Counter_of_a_command_goes_on_rising_among_the_answers()
    {
        using Rig rig = NewRig(_gateway);
        uint welcome = rig.SendOne(_gateway, _gateway.Hello()).Counter;
        rig.Send(_gateway.Heartbeat());
        rig.Desk.Queue(Drill(_gateway), rig.Now);
        uint command = Read(_gateway, Assert.Single(rig.Desk.Commands(rig.Now))).Head.Counter;
        uint held = rig.SendOne(_gateway, _gateway.Heartbeat()).Counter;
        Assert.True(welcome < command && command < held, $"{welcome} {command} {held}");
    }

    [Fact]
    public void Text_goes_down_as_it_is()
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello(), _gateway.Heartbeat());
        byte[] text = [.. Enumerable.Range(0, Command.TextBytesMax).Select(i => (byte)i)];
        rig.Desk.Queue(new CommandRequest(_gateway.Station, (int)CommandCode.SettingsPiece, 0, text.Length) { Text = text }, rig.Now);
        byte[] payload = Assert.Single(rig.Desk.Commands(rig.Now)).Payload;
        Assert.Equal(ContractLimits.DownBytesMax, payload.Length);
        Assert.Equal(text, payload.AsSpan(Command.TextAt, text.Length).ToArray());
        Assert.Equal(text, Only(rig).Text);
    }

    [Fact]
    public void Event_of_the_gateway_answers_the_command()
    {
        using Rig rig = NewRig(_gateway);
        StationCommand queued = Sent(rig);
        Answer(rig, 1, EventKind.CommandDone, queued, (int)CommandOutcome.Done);
        Assert.Equal(("done", "", rig.NowMs), (Only(rig).StateName, Only(rig).Why, Only(rig).AnsweredMs));
        Assert.Equal([CommandState.Sent, CommandState.Done], rig.Told.Commands.Select(c => c.State));
        Later(rig, 60_000);
        Assert.Empty(rig.Desk.Commands(rig.Now));
    }

    [Fact]
    public void What_the_gateway_could_not_do_is_shown_with_its_reason()
    {
        using Rig rig = NewRig(_gateway);
        Answer(rig, 1, EventKind.CommandDone, Sent(rig), (int)CommandOutcome.FireIsLatched);
        Assert.Equal((CommandState.Done, "not-done", "fire-is-latched"), (Only(rig).State, Only(rig).StateName, Only(rig).Why));
    }

    [Fact]
    public void Refused_command_is_shown_and_not_repeated()
    {
        using Rig rig = NewRig(_gateway);
        Answer(rig, 1, EventKind.CommandRefused, Sent(rig), (int)DecodeResult.Replayed);
        Assert.Equal(("refused", "replayed"), (Only(rig).StateName, Only(rig).Why));
        Later(rig, CountyLimits.CommandRepeatMs);
        Assert.Empty(rig.Desk.Commands(rig.Now));
    }

    [Fact]
    public void What_was_done_is_believed_over_the_refusal_of_a_repeat_in_either_order()
    {
        using Rig rig = NewRig(_gateway);
        StationCommand first = Sent(rig);
        Answer(rig, 1, EventKind.CommandRefused, first, (int)DecodeResult.Replayed);
        Answer(rig, 2, EventKind.CommandDone, first, (int)CommandOutcome.Done);
        Answer(rig, 3, EventKind.CommandRefused, first, (int)DecodeResult.Replayed);
        Assert.Equal("done", Only(rig).StateName);
    }

    [Fact]
    public void Answer_to_a_duty_check_is_of_the_check_asked_last_and_of_no_command()
    {
        using Rig rig = NewRig(_gateway);
        CommandRequest check = new(_gateway.Station, (int)CommandCode.DutyCheck, 10);
        rig.Send(_gateway.Hello(), _gateway.Heartbeat());
        StationCommand[] asked = new StationCommand[2];
        for (int i = 0; i < 2; i++)
        {
            asked[i] = rig.Desk.Queue(check, rig.Now);
            Assert.Single(rig.Desk.Commands(rig.Now));
            Answer(rig, (uint)i + 1, EventKind.CommandDone, asked[i], (int)CommandOutcome.Done);
            Later(rig, 60_000);
        }

        // The box has asked twice; the second closed the first, and one answer came.
        int told = rig.Told.Commands.Count;
        EventKind[] kinds = [EventKind.DutyCheckAsked, EventKind.DutyCheckReplaced, EventKind.DutyCheckAsked, EventKind.DutyCheckAnswered];
        IEnumerable<EventRecord> events =
            kinds.Select((kind, i) => _gateway.Record(Lane.Condition, (uint)i + 1, kind, r => r.A = (int)asked[0].Number));
        rig.Send(_gateway.Batch(Lane.Condition, 0, [.. events]));
        Assert.Equal(told, rig.Told.Commands.Count);
        Assert.All(rig.Store.Commands(_gateway.Station), command => Assert.Equal("done", command.StateName));
        Assert.Equal(kinds, rig.Events(_gateway).Where(e => e.Record.LaneNumber == Lane.Condition)
            .OrderBy(e => e.Record.Sequence).Select(e => e.Record.Kind));
    }

    [Fact]
    public void Answer_of_another_number_code_or_station_answers_nothing()
    {
        using Rig rig = NewRig(_gateway, _other);
        StationCommand queued = Sent(rig);
        rig.Send(_other.Hello(), _other.Heartbeat());
        rig.Send(_other.Batch(Lane.Routine, 0, Event(_other, 1, EventKind.CommandDone, queued.Number, queued.Code, 0)));
        rig.Send(
            _gateway.Batch(Lane.Routine, 0, Event(_gateway, 1, EventKind.CommandDone, queued.Number + 1, queued.Code, 0)),
            _gateway.Batch(Lane.Routine, 1, Event(_gateway, 2, EventKind.CommandDone, queued.Number, queued.Code + 1, 0)),
            _gateway.Batch(Lane.Routine, 2, Event(_gateway, 3, EventKind.CommandRefused, 0, 0, (int)DecodeResult.TooShort)));
        Assert.Equal(CommandState.Sent, Only(rig).State);
    }

    [Fact]
    public void Unanswered_command_goes_again_under_the_same_number_until_its_life_ends()
    {
        using Rig rig = NewRig(_gateway);
        StationCommand queued = Sent(rig, lifeS: 25);
        List<uint> numbers = [];
        List<uint> counters = [];
        for (int second = 0; second < 60; second++)
        {
            Later(rig, 1_000);
            foreach (Outgoing again in rig.Desk.Commands(rig.Now))
            {
                (MessageHeader head, Command body) = Read(_gateway, again);
                numbers.Add(body.Number);
                counters.Add(head.Counter);
            }
        }

        Assert.Equal([queued.Number, queued.Number], numbers);
        Assert.True(counters[0] < counters[1]);
        Assert.Equal((CommandState.Expired, 3), (Only(rig).State, Only(rig).Times));
        Assert.Equal([CommandState.Sent, CommandState.Expired], rig.Told.Commands.Select(c => c.State));
    }

    [Fact]
    public void Answer_after_the_end_of_life_counts()
    {
        using Rig rig = NewRig(_gateway);
        StationCommand queued = Sent(rig, lifeS: 5);
        Later(rig, 6_000);
        rig.Desk.Commands(rig.Now);
        Assert.Equal(CommandState.Expired, Only(rig).State);
        Answer(rig, 1, EventKind.CommandDone, queued, (int)CommandOutcome.Done);
        Assert.Equal(CommandState.Done, Only(rig).State);
    }

    [Fact]
    public void Command_waits_until_the_station_is_online_and_goes_into_its_new_session()
    {
        using Rig rig = NewRig(_gateway);
        rig.Desk.Queue(Drill(_gateway), rig.Now);
        Assert.Empty(rig.Desk.Commands(rig.Now));
        rig.Send(_gateway.Hello(), _gateway.Heartbeat(), _gateway.Will());
        Later(rig, 1_000);
        Assert.Empty(rig.Desk.Commands(rig.Now));
        rig.Send(_gateway.NextSession(), _gateway.Heartbeat());
        Later(rig, 1_000);
        Assert.Equal(_gateway.Session, Read(_gateway, Assert.Single(rig.Desk.Commands(rig.Now))).Head.Session);
    }

    [Fact]
    public void Silent_station_is_sent_nothing()
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello(), _gateway.Heartbeat());
        Later(rig, new CountyOptions().SilentAfterMs + 1);
        rig.Desk.Queue(Drill(_gateway), rig.Now);
        Assert.Empty(rig.Desk.Commands(rig.Now));
        Assert.Equal(CommandState.Queued, Only(rig).State);
    }

    [Fact]
    public void One_command_at_a_time_goes_to_a_station_and_another_station_does_not_wait()
    {
        using Rig rig = NewRig(_gateway, _other);
        rig.Send(_gateway.Hello(), _gateway.Heartbeat());
        rig.Send(_other.Hello(), _other.Heartbeat());
        StationCommand first = rig.Desk.Queue(Drill(_gateway), rig.Now);
        StationCommand second = rig.Desk.Queue(Drill(_gateway), rig.Now);
        rig.Desk.Queue(Drill(_other), rig.Now);
        Assert.Equal(first.Number + 1, second.Number);
        IReadOnlyList<Outgoing> sent = rig.Desk.Commands(rig.Now);
        Assert.Equal([_gateway.Topics.Down, _other.Topics.Down], sent.Select(s => s.Topic));
        Assert.Equal(first.Number, Read(_gateway, sent[0]).Body.Number);
        Answer(rig, 1, EventKind.CommandDone, first, (int)CommandOutcome.Done);
        Assert.Equal(second.Number, Read(_gateway, Assert.Single(rig.Desk.Commands(rig.Now))).Body.Number);
    }

    [Fact]
    public void Numbers_rise_for_good_also_when_the_clock_falls_or_the_database_is_an_older_copy()
    {
        using Rig rig = NewRig(_gateway);
        string copy = rig.Backup();
        uint first = rig.Desk.Queue(Drill(_gateway), rig.Now).Number;
        uint second = rig.Desk.Queue(Drill(_gateway), rig.Now with { UtcMs = rig.NowMs - 86_400_000 }).Number;
        rig.Restore(copy);
        rig.NowMs += 60_000;
        uint third = rig.Desk.Queue(Drill(_gateway), rig.Now).Number;
        Assert.True(first < second && second < third, $"{first} {second} {third}");
        Assert.Equal((uint)((rig.NowMs - 1_704_067_200_000) / 1000), third);
    }

    [Fact]
    public void Command_survives_a_restart_of_the_county()
    {
        using Rig rig = NewRig(_gateway);
        StationCommand queued = Sent(rig);
        rig.Restart();
        Later(rig, CountyLimits.CommandRepeatMs);
        Assert.Equal(queued.Number, Read(_gateway, Assert.Single(rig.Desk.Commands(rig.Now))).Body.Number);
        Answer(rig, 1, EventKind.CommandDone, queued, (int)CommandOutcome.Done);
        Assert.Equal("done", Only(rig).StateName);
    }

    [Theory]
    [InlineData(0u, 1, 600, "station: 0")]
    [InlineData(1u, 0, 600, "code: 0")]
    [InlineData(1u, 256, 600, "code: 256")]
    [InlineData(1u, 1, 0, "life: 0 s")]
    [InlineData(1u, 1, 65_536, "life: 65536 s")]
    public void Request_that_cannot_be_is_refused_with_what_is_allowed(uint station, int code, int lifeS, string says)
    {
        using Rig rig = NewRig(_gateway);
        CommandRequest request = new(station, code) { LifeS = lifeS };
        ArgumentException error = Assert.Throws<ArgumentException>(() => rig.Desk.Queue(request, rig.Now));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.Contains("allowed: ", error.Message, StringComparison.Ordinal);
        CommandRequest longer = new(1, 1) { Text = new byte[Command.TextBytesMax + 1] };
        Assert.Contains("text: 1005 bytes", longer.Problem(), StringComparison.Ordinal);
        Assert.Empty(rig.Store.Commands(null));
    }

    [Fact]
    public void Command_of_another_process_is_found_and_sent_by_the_running_county()
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello(), _gateway.Heartbeat());
        Assert.Empty(rig.Desk.Commands(rig.Now));
        using SqlStore second = SqlStore.Open(rig.Address);
        StationCommand queued = CountyDesk.Queue(second, Drill(_gateway), rig.NowMs);
        Later(rig, CountyLimits.CommandLookMs);
        Assert.Equal(queued.Number, Read(_gateway, Assert.Single(rig.Desk.Commands(rig.Now))).Body.Number);
    }

    private static CommandRequest Drill(FakeGateway gateway) => new(gateway.Station, (int)CommandCode.Drill, 30);

    private static void Later(Rig rig, int ms) => rig.NowMs += ms;

    private static StationCommand Only(Rig rig) => Assert.Single(rig.Store.Commands(null));

    private static (MessageHeader Head, Command Body) Read(FakeGateway gateway, Outgoing sent)
    {
        Assert.Equal(gateway.Topics.Down, sent.Topic);
        MessageHeader head = new();
        Command body = new();
        Assert.Equal(DecodeResult.Ok, head.DecodeDown(sent.Payload, sent.Payload.Length));
        Assert.True(MessageHeader.Verify(gateway.Mac, sent.Payload, sent.Payload.Length, new byte[Mac.SignatureBytes]));
        Assert.Equal(MessageType.Command, head.Type);
        Assert.NotEqual(0, head.LifeS);
        Assert.Equal(DecodeResult.Ok, body.Decode(sent.Payload, sent.Payload.Length));
        return (head, body);
    }

    private StationCommand Sent(Rig rig, int lifeS = 600)
    {
        rig.Send(_gateway.Hello(), _gateway.Heartbeat());
        StationCommand queued = rig.Desk.Queue(Drill(_gateway) with { LifeS = lifeS }, rig.Now);
        Assert.Single(rig.Desk.Commands(rig.Now));
        return queued;
    }

    private void Answer(Rig rig, uint sequence, EventKind kind, StationCommand command, int value) =>
        Assert.NotEmpty(rig.Send(
            _gateway.Batch(Lane.Routine, sequence - 1, Event(_gateway, sequence, kind, command.Number, command.Code, value))));

    private static EventRecord Event(FakeGateway gateway, uint sequence, EventKind kind, uint number, int code, int value) =>
        gateway.Record(Lane.Routine, sequence, kind, r => (r.A, r.B, r.Value) = ((int)number, code, value));
}
