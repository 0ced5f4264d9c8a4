// Owns: the same supervisor with the PC's client behind it, against a real broker that is killed, frozen and cut off.
// Must never: test the fake again: what needs no broker is in LinkSupervisorTests.

using Gateway.Contract;
using Gateway.Core;
using Gateway.Pc.Mqtt;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Link.Tests;

public sealed class LinkBrokerTests
{
    /// <summary>The uplink sees Idle within this time of Close, whatever the network does; on an idle machine within 0.1 s.</summary>
    private const int CloseMs = 8_000;

    private static readonly byte[] Into = new byte[ContractLimits.DownBytesMax];

    [Fact]
    public void Every_leaf_reaches_the_county_on_its_topic_and_the_answer_comes_down()
    {
        using MosquittoBroker broker = MosquittoBroker.Start(BrokerUser.County, BrokerUser.Station(7));
        using MqttPeer county = County(broker);
        using var station = new Station(broker.Port);
        station.OpenUp();
        string[] leaves = ["fire", "condition", "routine", "hello", "heartbeat"];
        for (LinkLeaf leaf = (LinkLeaf)Lane.Fire; (int)leaf < leaves.Length; leaf++)
        {
            Assert.True(station.Link.Send(leaf, [(byte)leaf, 1], 2));
            (string topic, byte[] bytes) = county.NextBytes();
            Assert.Equal($"fgw/1/c/t/v/7/up/{leaves[(int)leaf]}", topic);
            Assert.Equal([(byte)leaf, 1], bytes);
        }

        Answer(county, [1, 2, 3]);
        Assert.Equal(3, station.Take());
        Assert.Equal(2, Into[1]);
        Patience.Until(() => station.Link.Count(LinkCount.Delivered) == leaves.Length, "all delivered");
    }

    [Fact]
    public void Largest_messages_of_the_contract_pass_the_broker_and_larger_ones_do_not()
    {
        using MosquittoBroker broker = MosquittoBroker.Start(BrokerUser.County);
        using MqttPeer county = County(broker);
        broker.Add(BrokerUser.Station(uint.MaxValue));
        var longest = new Topics(Level('c'), Level('t'), Level('v'), uint.MaxValue);
        using var station = new Station(broker.Port, longest, uint.MaxValue);
        station.OpenUp();
        byte[] up = new byte[ContractLimits.MessageBytesMax];
        Assert.True(station.Link.Send(LinkLeaf.Heartbeat, up, up.Length));
        Assert.Equal(up.Length, county.NextBytes().Bytes.Length);
        Answer(county, new byte[ContractLimits.MessageBytesMax + 1], longest.Down);
        Answer(county, new byte[ContractLimits.DownBytesMax], longest.Down);
        Assert.Equal(ContractLimits.DownBytesMax, station.Take());
        Assert.Equal(0, station.Link.Count(LinkCount.Oversize));

        static string Level(char letter) => new(letter, ContractLimits.TopicLevelMax);
    }

    [Fact]
    public void Broker_killed_and_restarted_is_found_again()
    {
        using MosquittoBroker broker = MosquittoBroker.Start(BrokerUser.County, BrokerUser.Station(7));
        using var station = new Station(broker.Port);
        for (int round = 1; round <= 5; round++)
        {
            station.OpenUp();
            broker.Kill();
            station.Wait(LinkState.Failed);
            station.CloseDown();
            station.Link.Open(0, "will");
            station.Wait(LinkState.Failed);
            Assert.Contains("refused", station.Link.Fault(), StringComparison.OrdinalIgnoreCase);
            station.CloseDown();
            broker.Restart();
        }

        using MqttPeer county = County(broker);
        station.OpenUp();
        Assert.True(station.Link.Send((LinkLeaf)Lane.Fire, [1], 1));
        Assert.Equal("fgw/1/c/t/v/7/up/fire", county.NextBytes().Topic);
        Assert.Equal(6, station.Link.Count(LinkCount.Opened));
        Assert.Equal(3, station.Link.Threads());
    }

    [Fact]
    public void Half_open_connection_stays_open_until_the_uplink_closes_it()
    {
        using MosquittoBroker broker = MosquittoBroker.Start(BrokerUser.County, BrokerUser.Station(7));
        using var proxy = new TcpProxy(broker.Port);
        using var station = new Station(proxy.Port);
        station.OpenUp();
        proxy.Hold();
        int sent = 0;
        const int SentMax = LinkLimits.OutstandingMax + LinkLimits.OutboxSlots;
        Patience.Until(() => (sent += station.Send() ? 1 : 0) == SentMax, () => $"all is full, {sent} were taken");
        for (int i = 0; i < 50; i++)
        {
            Thread.Sleep(10);
            Assert.False(station.Send());
        }

        Assert.Equal(LinkState.Open, station.Link.State());
        station.CloseDown();
        Assert.Equal(LinkLimits.OutstandingMax, station.Link.Count(LinkCount.Unknown));

        station.Link.Open(0, "will");
        Thread.Sleep(200);
        Assert.Equal(LinkState.Opening, station.Link.State());
        station.CloseDown();

        // What was on the way is lost: a CONNECT of the dead connection that came late would take the new one's place at the broker.
        proxy.Cut();
        proxy.Release();
        station.OpenUp();
        Patience.Until(station.Send, "room");
        Patience.Until(() => station.Link.Count(LinkCount.Delivered) == 1, "delivered");
        Assert.Equal(0, station.Link.Count(LinkCount.Abandoned));
    }

    [Fact]
    public void Frozen_broker_holds_no_call_and_is_left_at_once()
    {
        using MosquittoBroker broker = MosquittoBroker.Start(BrokerUser.Station(7));
        using var station = new Station(broker.Port);
        station.OpenUp();
        broker.Freeze();
        station.CloseDown();
        for (int round = 0; round < 5; round++)
        {
            station.Link.Open(0, "will");
            Thread.Sleep(50);
            Assert.Equal(LinkState.Opening, station.Link.State());
            station.CloseDown();
        }

        broker.Thaw();
        station.OpenUp();
    }

    [Fact]
    public void Wrong_password_fails_and_says_so_without_it()
    {
        using MosquittoBroker broker = MosquittoBroker.Start(BrokerUser.Station(7));
        using var station = new Station(broker.Port, password: "no-such-secret");
        station.Link.Open(0, "will");
        station.Wait(LinkState.Failed);
        Assert.Contains("refused", station.Link.Fault(), StringComparison.Ordinal);
        Assert.DoesNotContain("no-such-secret", station.Link.Fault(), StringComparison.Ordinal);
        station.CloseDown();
    }

    [Fact]
    public void Secondary_path_leads_to_the_other_broker()
    {
        using MosquittoBroker first = MosquittoBroker.Start(BrokerUser.County, BrokerUser.Station(7));
        using MosquittoBroker second = MosquittoBroker.Start(BrokerUser.County, BrokerUser.Station(7));
        using MqttPeer county = County(second);
        using var station = new Station(first.Port, secondPort: second.Port);
        first.Kill();
        station.Link.Open(0, "will");
        station.Wait(LinkState.Failed);
        station.CloseDown();
        station.Link.Open(1, "will");
        station.Wait(LinkState.Open);
        Assert.True(station.Send());
        county.NextBytes();
    }

    [Fact]
    public void Will_of_the_session_is_published_when_it_is_closed_or_lost()
    {
        using MosquittoBroker broker = MosquittoBroker.Start(BrokerUser.County, BrokerUser.Station(7));
        using MqttPeer county = County(broker);
        using var proxy = new TcpProxy(broker.Port);
        using var station = new Station(proxy.Port);
        foreach (Action end in new Action[] { station.Link.Close, proxy.Cut })
        {
            station.OpenUp();
            end();
            (string topic, byte[] bytes) = county.NextBytes();
            Assert.Equal("fgw/1/c/t/v/7/up/offline", topic);
            Assert.Equal("will"u8.ToArray(), bytes);
            station.CloseDown();
        }
    }

    [Fact]
    public void Flood_from_the_county_drops_messages_and_not_the_link()
    {
        const int Flood = 5_000;
        using MosquittoBroker broker = MosquittoBroker.Start(BrokerUser.County, BrokerUser.Station(7));
        using MqttPeer county = County(broker);
        using var station = new Station(broker.Port);
        station.OpenUp();
        for (int i = 0; i < Flood; i++)
        {
            Answer(county, [1]);
        }

        int taken = 0;
        Patience.Until(All, "every message taken or counted");
        Assert.InRange(taken, LinkLimits.InboxSlots, Flood);
        Assert.Equal(LinkState.Open, station.Link.State());
        Assert.True(station.Send());
        county.NextBytes();

        bool All()
        {
            // One a tick, as the loop does.
            taken += station.Link.Receive(Into) > 0 ? 1 : 0;
            return taken + station.Link.Count(LinkCount.InboxFull) == Flood;
        }
    }

    [Fact]
    public void A_hundred_sessions_leave_no_thread_and_no_descriptor()
    {
        using MosquittoBroker broker = MosquittoBroker.Start(BrokerUser.Station(7));
        using var station = new Station(broker.Port);
        Sessions(5);
        (int descriptors, int threads) = Leftovers.Now();
        Sessions(100);
        Leftovers.AtMost(descriptors + 10, threads + 4);
        Assert.Equal(3, station.Link.Threads());

        void Sessions(int count)
        {
            for (int i = 0; i < count; i++)
            {
                station.OpenUp();
                station.Send();
                station.CloseDown();
            }
        }
    }

    /// <summary>A link with a real client, closed and checked for threads at the end.</summary>
    private sealed class Station : IDisposable
    {
        public Station(int port, Topics? topics = null, uint number = 7, string? password = null, int secondPort = 0)
        {
            BrokerUser user = BrokerUser.Station(number);
            var access = new LinkAccess { ClientId = user.Name, User = user.Name, Password = password ?? user.Password };
            access.Host[0] = access.Host[1] = MosquittoBroker.Host;
            access.Port[0] = port;
            access.Port[1] = secondPort;
            Link = new LinkSupervisor(new MqttTransportFactory(access), topics ?? Rig.Topics());
        }

        public LinkSupervisor Link { get; }

        public void Wait(LinkState state)
        {
            Patience.Until(() => Link.State() == state, () => $"state {(int)state}, is {(int)Link.State()}, fault '{Link.Fault()}'");
        }

        public void OpenUp()
        {
            Link.Open(0, "will");
            Wait(LinkState.Open);
        }

        public void CloseDown()
        {
            Link.Close();
            Assert.InRange(Patience.RunMsUntil(() => Link.State() == LinkState.Idle, "the end of an attempt"), 0, CloseMs);
        }

        public bool Send() => Link.Send((LinkLeaf)Lane.Routine, [1, 2, 3], 3);

        public int Take()
        {
            int count = 0;
            Patience.Until(() => (count = Link.Receive(Into)) > 0, "a message down");
            return count;
        }

        public void Dispose()
        {
            Link.Shutdown();
            Patience.Until(Link.Ended, "the end of the link");
            Assert.Equal(0, Link.Count(LinkCount.Abandoned));
        }
    }

    /// <summary>A county that only listens and answers what it is told to.</summary>
    private static MqttPeer County(MosquittoBroker broker)
    {
        MqttPeer county = new(broker, BrokerUser.County);
        county.Join(Topics.AllUp);
        return county;
    }

    private static void Answer(MqttPeer county, byte[] bytes, string? topic = null) =>
        Assert.True(county.Connection.Publish(topic ?? Rig.Topics().Down, bytes));
}
