// Owns: city centres that are served: what is told, in which order, once each, over denials, silence and restarts.
// Must never: depend on how quick the machine is.

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Gateway.Contract;
using Gateway.County;
using Gateway.County.Gb26875;
using Gateway.County.Sql;
using Gateway.Gb26875;
using Gateway.Tests.Support;
using Gateway.Tools.Boxes;

namespace Gateway.Tests.CountyGb26875;

public class ForwardTests
{
    [Fact]
    public void What_boxes_tell_comes_to_the_centre_once_and_in_order()
    {
        using Centre centre = new();
        using BoxRig rig = new([Profile(centre.Address)], BoxRig.Peer(1), BoxRig.Peer(2));
        Box one = rig.Start(1, BoxHabit.All[0]), two = rig.Start(2, BoxHabit.All[1]);
        for (uint i = 1; i <= 5; i++)
        {
            foreach (Box box in (Box[])[one, two])
            {
                box.Report(BoxReport.OfComponent(i, ComponentBits.Fire, text: $"{i}号"));
                box.Report(BoxReport.OfComponent(i, ComponentBits.None));
            }
        }

        Patience.Until(() => centre.Taken.Count == 20, "all is told");
        Patience.Until(() => rig.Links.Contains(true), "the link is told up");
        Assert.Equal(20, centre.Came.Count);
        Assert.Equal(Enumerable.Range(0, 20), Sequences(centre));
        foreach (uint station in (uint[])[330_801, 330_802])
        {
            Assert.Equal(
                Enumerable.Range(1, 5).SelectMany(i => (string[])[$"2 {i} 3", $"2 {i} 1"]).Order(),
                Told(centre, station).Order());
        }
    }

    [Fact]
    public void A_centre_that_denies_stalls_hangs_up_and_loses_answers_gets_each_event_once()
    {
        using Centre centre = new();
        int count = 0;
        centre.Mood = _ => (Interlocked.Increment(ref count) % 9) switch
        {
            1 => CentreMood.Deny,
            3 => CentreMood.KeepAndStall,
            5 => CentreMood.Hang,
            _ => CentreMood.Confirm,
        };
        using BoxRig rig = new([Profile(centre.Address, answerMs: 400)], BoxRig.Peer(1));
        Box box = rig.Start(1, BoxHabit.All[0]);
        List<string> expected = [];
        for (uint i = 1; i <= 10; i++)
        {
            box.Report(BoxReport.OfComponent(i, ComponentBits.Fire));
            box.Report(BoxReport.OfComponent(i, ComponentBits.None));
            expected.AddRange([$"2 {i} 3", $"2 {i} 1"]);
            if (i == 5)
            {
                Patience.Until(() => box.Waiting == 0, "half of it is stored");
                rig.Restart();
            }
        }

        Patience.Until(() => Waiting(rig) == 0 && box.Waiting == 0, "nothing waits any more");
        Assert.Equal(expected.Order(), Told(centre, 330_801).Order());
        Assert.True(centre.Came.Count > centre.Taken.Count, "some came more than once");
    }

    [Fact]
    public void After_an_outage_fires_go_first_and_each_frame_says_the_whole_state()
    {
        IPEndPoint at = Free();
        using BoxRig rig = new([Profile(at)], BoxRig.Peer(1));
        Box box = rig.Start(1, BoxHabit.All[0]);
        foreach (ComponentBits bits in (ComponentBits[])
            [ComponentBits.Fault, ComponentBits.Fault | ComponentBits.Shielded, ComponentBits.Fault | ComponentBits.Fire])
        {
            box.Report(BoxReport.OfComponent(7, bits));
        }

        box.Report(BoxReport.OfComponent(8, ComponentBits.Fire));
        Patience.Until(() => Waiting(rig) == 5 && box.Waiting == 0, "all of it waits");
        using Centre centre = new(at.Port);
        Patience.Until(() => centre.Taken.Count == 5, "all is told");

        // Fire of 7, fire of 8, then what happened before, each without losing the fire.
        Assert.Equal(["2 7 3", "2 8 3", "2 7 7", "2 7 15", "2 7 7"], Told(centre, 330_801));
    }

    [Fact]
    public void After_an_outage_an_older_end_or_reset_does_not_say_that_a_newer_fire_is_over()
    {
        IPEndPoint at = Free();
        using BoxRig rig = new([Profile(at)], BoxRig.Peer(1), BoxRig.Peer(2));
        Box one = rig.Start(1, BoxHabit.All[0]), two = rig.Start(2, BoxHabit.All[0]);
        foreach (ComponentBits bits in (ComponentBits[])[ComponentBits.Fire, ComponentBits.None, ComponentBits.Fire])
        {
            one.Report(BoxReport.OfComponent(7, bits));
        }

        two.Report(BoxReport.OfComponent(8, ComponentBits.Fire));
        two.Report(BoxReport.OfOperation(OperationBits.Reset));
        two.Report(BoxReport.OfComponent(8, ComponentBits.Fire));
        two.Report(BoxReport.OfComponent(9, ComponentBits.Fault));
        Patience.Until(() => Waiting(rig) == 7 && one.Waiting + two.Waiting == 0, "all of it waits");
        using Centre centre = new(at.Port);
        Patience.Until(() => Waiting(rig) == 0, "all is told");
        Assert.Equal(["2 7 3", "2 7 3"], Told(centre, 330_801));
        Assert.Equal(["2 8 3", "24 0 0", "2 8 3", "2 9 5"], Told(centre, 330_802));
    }

    [Fact]
    public void A_fire_that_was_denied_and_is_over_by_now_is_told_and_then_what_holds()
    {
        using Centre centre = new();
        bool deny = true;
        centre.Mood = frame => Volatile.Read(ref deny) && Says(frame) == "2 3 3" ? CentreMood.Deny : CentreMood.Confirm;
        using BoxRig rig = new([Profile(centre.Address)], BoxRig.Peer(1));
        Box box = rig.Start(1, BoxHabit.All[0]);
        box.Report(BoxReport.OfComponent(3, ComponentBits.Fire));
        Patience.Until(() => rig.Links.Contains(false), "it is denied");
        box.Report(BoxReport.OfComponent(3, ComponentBits.None));
        Patience.Until(() => centre.Taken.Any(frame => Says(frame) == "2 3 1"), "its end is told");
        Volatile.Write(ref deny, false);
        box.Report(BoxReport.OfComponent(4, ComponentBits.Fault));
        Patience.Until(() => box.Waiting == 0 && Waiting(rig) == 0, "all is told");
        Assert.Equal(["2 3 1", "2 3 3", "2 3 1"], Told(centre, 330_801).Where(said => said != "2 4 5"));
    }

    [Fact]
    public void A_denied_fire_goes_before_lesser_news()
    {
        IPEndPoint at = Free();
        using BoxRig rig = new([Profile(at)], BoxRig.Peer(1));
        Box box = rig.Start(1, BoxHabit.All[0]);
        for (uint i = 1; i <= 4; i++)
        {
            box.Report(BoxReport.OfComponent(i, ComponentBits.Fault));
        }

        box.Report(BoxReport.OfComponent(9, ComponentBits.Fire));
        Patience.Until(() => Waiting(rig) == 5 && box.Waiting == 0, "all of it waits");
        int came = 0;
        using Centre centre = new(
            at.Port, _ => Interlocked.Increment(ref came) <= 1 + CountyLimits.PeerResends ? CentreMood.Deny : CentreMood.Confirm);
        Patience.Until(() => Waiting(rig) == 0, "all is told");
        Assert.Equal("2 9 3", Told(centre, 330_801)[0]);
    }

    [Fact]
    public void A_frame_that_is_always_denied_holds_up_nothing_and_is_not_forgotten()
    {
        using Centre centre = new();
        centre.Mood = frame => Says(frame) == "2 3 3" ? CentreMood.Deny : CentreMood.Confirm;
        using BoxRig rig = new([Profile(centre.Address)], BoxRig.Peer(1));
        Box box = rig.Start(1, BoxHabit.All[0]);
        for (uint i = 1; i <= 6; i++)
        {
            box.Report(BoxReport.OfComponent(i, ComponentBits.Fire));
        }

        Patience.Until(() => centre.Taken.Count == 5, "the others are told");
        Patience.Until(() => rig.Links.Contains(false), "the denial is told as a fault of the link");
        Patience.Until(() => Waiting(rig) == 1, "the denied one alone waits");
        centre.Mood = _ => CentreMood.Confirm;
        box.Report(BoxReport.OfComponent(9, ComponentBits.Fire));
        Patience.Until(() => centre.Taken.Count == 7, "it is told after all");
        Patience.Until(() => rig.Links.Last(), "and the link is good again");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_fire_under_the_name_of_another_record_is_told_as_the_fire_that_it_is(bool onServer)
    {
        using PostgresServer? server = onServer ? PostgresServer.Start(durable: false) : null;
        string folder = Directory.CreateTempSubdirectory("centre-").FullName;
        using Centre centre = new();
        using (SqlStore store = SqlStore.Open(server?.NewDatabase() ?? Path.Combine(folder, "county.db")))
        using (Forwarder forwarder = new([Profile(centre.Address)], () => { }))
        {
            FakeGateway gateway = new(330_701);
            store.AddStation(gateway.Registration);
            CountyDesk desk = new(store, new Quiet(), new CountyOptions()) { Rooms = [forwarder] };
            long runMs = 0;
            void Send(Sent sent)
            {
                Instant now = new(1_790_000_000_000 + runMs, ++runMs);
                desk.Commit([desk.Open(sent.Topic, sent.Payload, now)!], now);
            }

            // A drill that a thief stored under the number of the fire to come, and then the fire.
            Send(gateway.Hello());
            EventRecord drill = gateway.Record(Lane.Fire, 1, EventKind.FireAlarm, r => (r.Flags, r.Zone) = (EventFlags.Drill, 4));
            Send(gateway.Batch(Lane.Fire, 0, drill));
            Send(gateway.Batch(Lane.Fire, 0, gateway.Record(Lane.Fire, 1, EventKind.FireAlarm, r => r.Zone = 7)));

            // A call point is told as a state and as what a person did.
            Assert.Equal(2, store.Centres().Single().Waiting);
            Patience.Until(
                () =>
                {
                    runMs += 20;
                    forwarder.Work(desk, new Instant(1_790_000_000_000 + runMs, runMs));
                    return centre.Taken.Count == 2;
                },
                "the fire is told");
            Assert.Equal("2 7 3", Says(centre.Taken[0]));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_centres_duty_check_goes_to_the_box_and_its_answer_comes_back()
    {
        using Centre centre = new();
        using BoxRig rig = new([Profile(centre.Address)], BoxRig.Peer(1));
        Box box = rig.Start(1, BoxHabit.All[0]);
        Patience.Until(() => rig.Links.Contains(true), "the link is up");
        Assert.True(centre.Ask(FrameCommand.Control, 9, new PeerAddress(330_801), [(byte)UnitType.DutyCheck, 1, 5]));
        Patience.Until(() => centre.Answers.Any(one => one.Head is { Sequence: 9, Command: FrameCommand.Confirm }), "confirmed at once");
        Patience.Until(() => box.Asked.Contains(UnitType.DutyCheck), "the box is asked");
        Patience.Until(() => centre.Taken.Any(one => one.Unit is [24, 1, 0x20, ..]), "the answer comes as type 24, bit 5");
    }

    [Fact]
    public void A_duty_check_sent_again_is_asked_once_and_a_flood_of_them_is_denied()
    {
        using FrameRig rig = new();
        CentreAnswers answers = new(Profile(new IPEndPoint(IPAddress.Loopback, 1)), TimeProvider.System);
        FrameCommand Ask(ushort sequence)
        {
            FrameHead head = new()
            {
                Sequence = sequence, MainVersion = 1, Destination = new PeerAddress(FrameRig.Station), Command = FrameCommand.Control,
            };
            return (FrameCommand)answers.To(rig.Desk, head, [(byte)UnitType.DutyCheck, 1, 5], rig.Now)[FrameLayout.Command];
        }

        Assert.Equal([FrameCommand.Confirm, FrameCommand.Confirm, FrameCommand.Deny], new ushort[] { 7, 7, 8 }.Select(Ask));
        Assert.Single(rig.Store.Commands(FrameRig.Station));
        rig.Pass(CountyLimits.CentreDutyApartMs);
        Assert.Equal([FrameCommand.Confirm, FrameCommand.Confirm], new ushort[] { 8, 8 }.Select(Ask));
        Assert.Equal(2, rig.Store.Commands(FrameRig.Station).Count);
    }

    [Fact]
    public void Every_part_that_a_centre_asks_for_is_in_the_answer()
    {
        using FrameRig rig = new();
        CentreAnswers answers = new(Profile(new IPEndPoint(IPAddress.Loopback, 1)), TimeProvider.System);
        FrameHead head = new() { Destination = new PeerAddress(FrameRig.Station), Command = FrameCommand.Request };
        FrameReader reader = new();
        reader.Add(answers.To(rig.Desk, head, [62, 2, 1, 1, 7, 0, 0, 0, 1, 1, 8, 0, 0, 0], rig.Now));
        Assert.Equal(ReadOutcome.Frame, reader.Read(out Frame got));
        UnitReader objects = new(got.Unit);
        List<uint> parts = [];
        while (objects.Next(out UnitObject one))
        {
            parts.Add(one.ComponentAddress);
        }

        Assert.Equal([7u, 8u], parts);
    }

    [Fact]
    public void A_centres_reserved_command_and_wrong_sum_are_denied_and_nothing_of_them_is_done()
    {
        using Centre centre = new();
        using BoxRig rig = new([Profile(centre.Address)], BoxRig.Peer(1));
        Patience.Until(() => rig.Links.Contains(true), "the link is up");
        PeerAddress box = new(330_801);
        byte[] dutyCheck = [(byte)UnitType.DutyCheck, 1, 5];
        centre.Ask((FrameCommand)9, 41, box, dutyCheck);
        centre.Ask(FrameCommand.Control, 42, box, dutyCheck, wrongSum: true);
        centre.Ask((FrameCommand)130, 43, box, dutyCheck);
        centre.Ask(FrameCommand.Request, 44, box, [(byte)UnitType.ReadBoxStatus, 1, 0]);
        Patience.Until(() => centre.Answers.Any(one => one.Head.Sequence == 44), "what comes behind them is answered");
        Assert.Equal(
            [(FrameCommand.Deny, 41), (FrameCommand.Deny, 42), (FrameCommand.Answer, 44)],
            centre.Answers.Select(one => (one.Head.Command, (int)one.Head.Sequence)));
        using SqlStore reader = SqlStore.Open(rig.Database);
        Assert.Empty(reader.Commands(330_801));
    }

    [Fact]
    public void A_centre_that_floods_is_put_out_and_what_waits_is_told_all_the_same()
    {
        using Centre centre = new();
        using BoxRig rig = new([Profile(centre.Address)], BoxRig.Peer(1));
        Box box = rig.Start(1, BoxHabit.All[0]);
        Patience.Until(() => rig.Links.Contains(true), "the link is up");
        Stopwatch time = Stopwatch.StartNew();
        for (ushort i = 0; i < 5_000; i++)
        {
            centre.Ask(FrameCommand.Confirm, (ushort)(i + 30_000), new PeerAddress(330_801), []);
            centre.Ask(FrameCommand.Control, i, new PeerAddress(330_801), [(byte)UnitType.DutyCheck, 1, 5]);
        }

        box.Report(BoxReport.OfComponent(3, ComponentBits.Fire));
        Patience.Until(() => Told(centre, 330_801).Contains("2 3 3"), "the fire is told");
        using SqlStore reader = SqlStore.Open(rig.Database);
        Assert.InRange(reader.Commands(330_801).Count, 1, 2 + (int)(time.ElapsedMilliseconds / CountyLimits.CentreDutyApartMs));
    }

    [Theory]
    [InlineData(FrameCommand.Control, new byte[] { 89, 1, 0 }, FrameCommand.Deny, 0)]
    [InlineData(FrameCommand.Control, new byte[] { 90, 1, 1, 2, 3, 4, 5, 26 }, FrameCommand.Deny, 0)]
    [InlineData(FrameCommand.Control, new byte[] { 91, 1, 11 }, FrameCommand.Deny, 0)]
    [InlineData(FrameCommand.Request, new byte[] { 81, 1, 0 }, FrameCommand.Answer, 21)]
    [InlineData(FrameCommand.Request, new byte[] { 85, 1, 0 }, FrameCommand.Answer, 25)]
    [InlineData(FrameCommand.Request, new byte[] { 86, 1, 0 }, FrameCommand.Answer, 26)]
    [InlineData(FrameCommand.Request, new byte[] { 88, 1, 0 }, FrameCommand.Answer, 28)]
    [InlineData(FrameCommand.Request, new byte[] { 61, 1, 1, 1 }, FrameCommand.Answer, 1)]
    [InlineData(FrameCommand.Request, new byte[] { 62, 1, 1, 1, 7, 0, 0, 0 }, FrameCommand.Answer, 2)]
    [InlineData(FrameCommand.Request, new byte[] { 68, 1, 1, 1 }, FrameCommand.Answer, 8)]
    [InlineData(FrameCommand.Request, new byte[] { 84, 1, 5, 0, 0, 0, 1, 1, 26 }, FrameCommand.Deny, 0)]
    [InlineData(FrameCommand.Request, new byte[] { 200 }, FrameCommand.Deny, 0)]
    public void A_centres_commands_are_answered_or_denied(FrameCommand command, byte[] unit, FrameCommand answer, int type)
    {
        using FrameRig rig = new();
        CentreAnswers answers = new(Profile(new IPEndPoint(IPAddress.Loopback, 1)), TimeProvider.System);
        FrameHead head = new()
        {
            Sequence = 77, MainVersion = 1, Source = new PeerAddress(1), Destination = new PeerAddress(FrameRig.Station), Command = command,
        };
        FrameReader reader = new();
        reader.Add(answers.To(rig.Desk, head, unit, rig.Now));
        Assert.Equal(ReadOutcome.Frame, reader.Read(out Frame got));
        Assert.Equal((answer, (ushort)77, new PeerAddress(1)), (got.Command, got.Sequence, got.Destination));
        Assert.Equal(type, got.Unit.IsEmpty ? 0 : got.Unit[0]);
        UnitReader objects = new(got.Unit);
        Assert.Equal(type != 0, objects.Next(out _));
    }

    [Theory]
    [InlineData("name=city,to=127.0.0.1:5200,centre=889", "")]
    [InlineData("name=city,to=127.0.0.1:5200,centre=790300000000,by=udp,source=12,drills=yes,answer=3,profile=bare-status+test-bit", "")]
    [InlineData("", "'';")]
    [InlineData("name=city", "to ''")]
    [InlineData("name=a b,to=127.0.0.1:5200,centre=889", "name 'a b'")]
    [InlineData("name=city,to=127.0.0.1,centre=889", "to '127.0.0.1'")]
    [InlineData("name=city,to=0.0.0.0:5200,centre=889", "to '0.0.0.0:5200'")]
    [InlineData("name=city,to=127.0.0.1:5200,centre=x", "centre 'x'")]
    [InlineData("name=city,to=127.0.0.1:5200,centre=889,by=pigeon", "by 'pigeon'")]
    [InlineData("name=city,to=127.0.0.1:5200,centre=889,answer=11", "answer '11'")]
    [InlineData("name=city,to=127.0.0.1:5200,centre=889,profile=fast", "profile 'fast'")]
    [InlineData("name=city,to=127.0.0.1:5200,centre=889,colour=red", "'colour'")]
    public void A_centres_text_is_read_or_refused_with_what_is_allowed(string text, string problem)
    {
        CentreProfile? centre = CentreProfile.Parse(text, out string said);
        Assert.Equal(problem.Length == 0, centre is not null);
        Assert.StartsWith(problem, said, StringComparison.Ordinal);
        Assert.Equal(problem.Length > 0, said.Contains("allowed: ", StringComparison.Ordinal));
    }

    /// <param name="to">Where the centre is.</param>
    /// <param name="answerMs">Long, so that a slow machine is not taken for a centre that does not answer.</param>
    internal static CentreProfile Profile(IPEndPoint to, int answerMs = 60_000) => new()
    {
        Name = "city", To = to, Centre = new PeerAddress(1), AnswerMs = answerMs,
    };

    /// <summary>Type, component and status of each frame that the centre holds of a station, in the order in which they came.</summary>
    internal static string[] Told(Centre centre, uint station) =>
        [.. centre.Taken.Where(one => one.Head.Source.Number == station).Select(Says)];

    private static string Says(CentreFrame frame)
    {
        UnitReader reader = new(frame.Unit);
        Assert.True(reader.Next(out UnitObject one));
        return $"{(int)reader.Type} {one.ComponentAddress} {one.Status}";
    }

    private static IEnumerable<int> Sequences(Centre centre)
    {
        // Signs of life have numbers of their own, so only the order is asked for.
        int[] numbers = [.. centre.Taken.Select(one => (int)one.Head.Sequence)];
        Assert.Equal(numbers.Order(), numbers);
        return Enumerable.Range(0, numbers.Distinct().Count());
    }

    private static long Waiting(BoxRig rig)
    {
        using SqlStore reader = SqlStore.Open(rig.Database);
        return reader.Centres().SingleOrDefault().Waiting;
    }

    private static IPEndPoint Free()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return (IPEndPoint)socket.LocalEndPoint!;
    }

    private sealed class Quiet : ICountyObserver;
}
