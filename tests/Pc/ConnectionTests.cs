// Owns: how a gateway comes to its brokers: what it says on the wire, and which broker it goes to next.
// Must never: hold what the contract's page says: its table is what the gateway is held to.

using System.Text;
using Gateway.Contract;
using Gateway.Core;
using Gateway.Link;
using Gateway.Pc.Board;
using Gateway.Pc.Flash;
using Gateway.Pc.Mqtt;
using Gateway.Pc.Run;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Pc.Tests;

public sealed class ConnectionTests : IDisposable
{
    private const int WaitMs = 120_000;
    private readonly TempFolder _folder = new();
    private readonly WireBroker _first = new();
    private readonly WireBroker _second = new();

    private Settings Settings => Rig.Parse(
        "station id=330701 county=330726 township=330726101 village=330726101003 name=金塘村微型消防站\n"
        + $"uplink host=127.0.0.1 port={_first.Port} host2=127.0.0.1 port2={_second.Port} user=st330701\n"
        + "zone 1 kind=callpoint wiring=no unsupervised=yes input=d1 name=按钮\nbutton reset input=d2\n");

    [Fact]
    public void A_gateway_connects_as_the_page_says_at_either_broker()
    {
        byte[] key = [.. Enumerable.Repeat((byte)7, Mac.KeyBytes)];
        LinkSupervisor link = PcLink.Create(Settings, Key());
        var station = new Station(new StationParts
        {
            Settings = Settings,
            Flash = new PcFlash(_folder.Path),
            Link = link,
            Key = new DotNetMac(key),
            Clock = new MonotonicClock(TimeProvider.System),
            NewEpoch = 7,
        });
        Until(station, () => Hello(_first) is not null);
        _first.Cut();
        Until(station, () => Hello(_second) is not null);
        PcLink.End(link);

        uint[] sessions = new uint[2];
        foreach ((int path, WireBroker broker) in new[] { _first, _second }.Index())
        {
            IReadOnlyList<WirePacket> said = broker.Packets;
            Assert.Equal([1, 8, 3], said.Take(3).Select(packet => packet.Type));
            foreach (IReadOnlyDictionary<string, string> row in MarkdownTable.Under("10a Connection", "what").Rows)
            {
                Assert.Equal(row["gateway"], Said(row["what"], said));
            }

            // The will is that of the session which the hello names.
            byte[] will = new byte[Offline.MessageBytes];
            Assert.Equal(DecodeResult.Ok, Offline.FromText(said[0].Payload, said[0].Payload.Length, will));
            var ofWill = new MessageHeader();
            var ofHello = new MessageHeader();
            Assert.Equal(DecodeResult.Ok, ofWill.DecodeUp(will, will.Length));
            Assert.True(MessageHeader.Verify(new DotNetMac(key), will, will.Length, new byte[Mac.SignatureBytes]));
            Assert.Equal(DecodeResult.Ok, ofHello.DecodeUp(Hello(broker)!.Payload, Hello(broker)!.Payload.Length));
            Assert.Equal((ofHello.Epoch, ofHello.Boot, ofHello.Session, 0u), (ofWill.Epoch, ofWill.Boot, ofWill.Session, ofWill.Counter));
            Assert.Equal(1u, ofHello.Counter);
            sessions[path] = ofHello.Session;
        }

        Assert.True(sessions[1] > sessions[0], "the other broker has the old session");
    }

    [Fact]
    public void What_tries_the_standby_path_has_a_name_of_its_own_no_will_and_neither_hears_nor_says_anything()
    {
        LinkSupervisor probe = PcLink.CreateProbe(Settings, Key())!;
        probe.Open(1, null);
        Patience.Until(() => probe.State() == LinkState.Open);
        PcLink.End(probe);
        WirePacket connect = Assert.Single(_second.Packets, packet => packet.Type != 14);
        Assert.Equal(
            ("MQTT 4", "st330701-idle", "st330701-idle", "secret"), (connect.Protocol, connect.ClientId, connect.User, connect.Password));
        Assert.Equal(("", 0, true), (connect.WillTopic, connect.Payload.Length, connect.Clean));
        Assert.Empty(_first.Packets);
    }

    [Fact]
    public void An_attempt_that_fails_or_a_session_that_ends_is_followed_by_one_at_the_other_broker_and_a_refuse_by_one_at_the_same()
    {
        var timer = new ManualTimer();
        var clock = new MonotonicClock(timer);
        var link = new AnsweringCounty(Rig.TestKey());
        var station = new Station(new StationParts
        {
            Settings = Settings,
            Flash = new PcFlash(_folder.Path),
            Link = link,
            Key = Rig.TestKey(),
            Clock = clock,
            NewEpoch = 7,
        });
        link.Reachable[0] = false;
        Run(() => station.Online);
        Assert.Equal([0, 1], link.Paths);

        // Both brokers are away: each in its turn.
        link.Reachable[1] = false;
        link.Cut();
        Run(() => link.Paths.Count >= 6);
        Assert.Equal([0, 1, 0, 1, 0, 1], link.Paths.Take(6));
        link.Reachable[0] = link.Reachable[1] = true;
        Run(() => station.Online);

        // A refuse came from the county, so the path is good.
        int path = link.Paths[^1];
        int attempts = link.Paths.Count;
        link.BootAtLeast = station.Loop.Log.Boot + 5;
        link.Cut();
        Run(() => link.Paths.Count > attempts + 1 && station.Online);
        Assert.Equal([path ^ 1, path ^ 1], link.Paths.Skip(attempts));
        Assert.Equal((uint)link.Paths.Count, station.Loop.Uplink.Sessions);

        void Run(Func<bool> until)
        {
            long end = station.NowMs + 10 * 60_000;
            while (!until())
            {
                Assert.True(station.NowMs < end, $"not within ten minutes; attempts: {string.Join(' ', link.Paths)}");
                station.Tick();
                timer.Advance(Limits.TickMs);
            }
        }
    }

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
        _folder.Dispose();
    }

    private static StationKey Key()
    {
        var errors = new List<string>();
        byte[] text = Encoding.UTF8.GetBytes($"key {string.Concat(Enumerable.Repeat("07", Mac.KeyBytes))}\npassword secret\n");
        return StationKey.Parse("key", text, errors) ?? throw new InvalidOperationException(string.Join('\n', errors));
    }

    private static WirePacket? Hello(WireBroker broker) =>
        broker.Packets.FirstOrDefault(packet => packet.Topic.EndsWith("/up/" + Topics.LeafHello, StringComparison.Ordinal));

    /// <summary>What stands in the page, said by what was on the wire.</summary>
    private static string Said(string what, IReadOnlyList<WirePacket> said)
    {
        WirePacket connect = said[0];
        WirePacket subscribe = said[1];
        const string Base = "fgw/1/330726/330726101/330726101003/330701";
        string name = connect.ClientId.Replace("330701", "STATION", StringComparison.Ordinal);
        string down = subscribe.Topic.Replace(Base, "…", StringComparison.Ordinal);
        string user = connect.User.Replace("330701", "STATION", StringComparison.Ordinal);
        return what switch
        {
            "protocol" => connect.Protocol == "MQTT 4" ? "MQTT 3.1.1" : connect.Protocol,
            "client id" => $"`{name}`, the same at both brokers",
            "user" => $"that of its settings, `{user}` where the county made them",
            "password" => connect.Password == "secret" ? "that of its technician's file" : connect.Password,
            "clean session" => connect.Clean ? "yes" : "no",
            "keep-alive" => $"{connect.KeepAliveS} s",
            "will" => $"on `{connect.WillTopic.Replace(Base, "…", StringComparison.Ordinal)}`, section 11, {Sent(connect)}",
            "subscribes" => $"its own `{down}` with QoS {subscribe.Qos}, before *hello*",
            "publishes" => string.Join('/', said.Where(packet => packet.Type == 3).Select(Sent).Distinct()),
            _ => throw new ArgumentOutOfRangeException(nameof(what), what, "a row that nobody looked for on the wire"),
        };
    }

    private static string Sent(WirePacket packet) => $"QoS {packet.Qos}, {(packet.Retain ? "retained" : "not retained")}";

    private static void Until(Station station, Func<bool> condition) => Patience.Until(() =>
    {
        station.Tick();
        return condition();
    });
}
