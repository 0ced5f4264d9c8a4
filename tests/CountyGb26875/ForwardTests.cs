// Owns: city centres that are served: what is told, in which order, once each, over denials, silence and restarts.
// Must never: depend on how quick the machine is.

using System.Diagnostics;
using System.Net;
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
        IPEndPoint at = new(IPAddress.Loopback, FreePort.Next());
        using BoxRig rig = new([Profile(at)], BoxRig.Peer(1));
        Box box = rig.Start(1, BoxHabit.All[0]);
        foreach (ComponentBits bits in (ComponentBits[])
            [ComponentBits.Fault, ComponentBits.Fault | ComponentBits.Disabled, ComponentBits.Fault | ComponentBits.Fire])
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
        IPEndPoint at = new(IPAddress.Loopback, FreePort.Next());
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
        IPEndPoint at = new(IPAddress.Loopback, FreePort.Next());
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

    private sealed class Quiet : ICountyObserver;
}
