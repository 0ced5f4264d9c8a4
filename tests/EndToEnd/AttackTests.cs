// Owns: what an attacker can do who has a station's password at the broker, the broker itself, or a recording of it: nothing.
// Must never: count an attack as refused without looking at the county's table and at the gateway.

using Gateway.Contract;

namespace Gateway.Tests.EndToEnd;

/// <summary>Real broker, real ACL, the programs as they are. The attacker has everything but the station's key.</summary>
public sealed class AttackTests
{
    private const int WaitMs = 600_000;
    private const string Up = "fgw/1/330726/330726101/330726101003/330701/up/";
    private const string Down = "fgw/1/330726/330726101/330726101003/330701/down";

    [Fact]
    public void Forged_altered_replayed_malformed_and_oversize_messages_store_nothing_and_the_next_fire_is_held()
    {
        using var stage = new Stage();
        using ChildProgram county = stage.StartCounty();
        using var spy = new MqttPeer(stage.Broker, BrokerUser.County, "spy", Topics.AllUp);
        using ChildProgram gateway = stage.StartGateway(
            "wait until online within 300s\npress 1\nwait 100ms\nwait until county holds within 300s\nwait 8s\npress 2\n"
            + "wait 100ms\nwait until county holds within 300s\nquit\n");
        gateway.Await(WaitMs, "火警 1号", "县平台已存");
        (string Topic, byte[] Bytes) hello = spy.Heard(Up + "hello");
        (string Topic, byte[] Bytes) fire = spy.Heard(Up + "fire");
        IReadOnlyDictionary<Identity, byte[]> before = stage.AtCounty();
        using var evil = new MqttPeer(stage.Broker, stage.StationUser, "evil", topic: null);

        evil.Send(fire.Topic, fire.Bytes);
        evil.Send(hello.Topic, hello.Bytes);
        evil.Send(fire.Topic, Forged(fire.Bytes));
        for (int at = 0; at < fire.Bytes.Length; at += 7)
        {
            byte[] altered = [.. fire.Bytes];
            altered[at] ^= 0x20;
            evil.Send(fire.Topic, altered);
        }

        for (int length = 0; length < fire.Bytes.Length; length += 40)
        {
            evil.Send(fire.Topic, fire.Bytes[..length]);
        }

        evil.Send(fire.Topic, new byte[ContractLimits.MessageBytesMax]);
        Assert.True(gateway.Finish(WaitMs) == 0, FaultTests.Said(gateway, county));

        // Longer than any message of the contract: the broker drops it, or the sender.
        evil.Send(fire.Topic, new byte[ContractLimits.MessageBytesMax + 1]);
        evil.Send(fire.Topic, new byte[100_000]);
        Assert.Equal(0, county.Stop());
        stage.SettleAndCompare();
        IReadOnlyDictionary<Identity, byte[]> after = stage.AtCounty();
        Assert.All(before, record => Assert.Equal(record.Value, after[record.Key]));
        Assert.Equal(2, FaultTests.Alarms(stage));
        foreach (DecodeResult reason in (DecodeResult[])
            [DecodeResult.WrongSignature, DecodeResult.Replayed, DecodeResult.TooShort, DecodeResult.WrongMagic])
        {
            Assert.True(stage.Count($"SELECT COALESCE(SUM(count), 0) FROM refusals WHERE reason = {(int)reason}") > 0, $"no {reason}");
        }
    }

    [Fact]
    public void Station_can_neither_write_nor_read_another_station_s_topics()
    {
        using var stage = new Stage();
        BrokerUser other = BrokerUser.Station(330702);
        stage.Broker.Add(other);
        using ChildProgram county = stage.StartCounty();
        using var spy = new MqttPeer(stage.Broker, BrokerUser.County, "spy", Topics.AllUp);
        using var evil = new MqttPeer(stage.Broker, other, "evil", topic: Down);
        using var greedy = new MqttPeer(stage.Broker, other, "greedy", topic: "#");
        using ChildProgram gateway = stage.StartGateway(
            "wait until online within 300s\npress 1\nwait 100ms\nwait until county holds within 300s\nwait 3s\nquit\n");
        gateway.Await(WaitMs, "火警 1号", "县平台已存");
        (string topic, byte[] bytes) = spy.Heard(Up + "fire");
        int heard = spy.Count(topic);
        evil.Send(topic, bytes);
        evil.Send(Down, bytes);
        evil.Send(Up + "offline", bytes);
        Assert.True(gateway.Finish(WaitMs) == 0, FaultTests.Said(gateway, county));
        Assert.Equal(heard, spy.Count(topic));
        Assert.Equal(0, evil.Count() + greedy.Count());
        Assert.Equal(0, county.Stop());
        stage.SettleAndCompare();
        Assert.Equal(0, stage.Count("SELECT COUNT(*) FROM refusals"));
        Assert.Equal(0, stage.Count($"SELECT COUNT(*) FROM events WHERE kind = {(int)EventKind.CommandRefused}"));
    }

    [Fact]
    public void Broker_that_forges_and_replays_commands_is_refused_counted_and_reported_by_the_gateway()
    {
        using var stage = new Stage(uplink: "heartbeatS=5");
        using (ChildProgram county = stage.StartCounty())
        using (ChildProgram gateway = stage.StartGateway(
            "wait until online within 300s\npress 1\nwait 100ms\nwait until county holds within 300s\n"
            + "expect event command-refused within 300s\nwait 6s\npress 2\nexpect siren on within 60s\n"
            + "wait 100ms\nwait until county holds within 300s\nquit\n"))
        {
            using var broker = new MqttPeer(stage.Broker, BrokerUser.County, "broker", topic: null);
            using var tap = new MqttPeer(stage.Broker, stage.StationUser, "tap", Down);
            gateway.Await("在线", WaitMs);
            using (ChildProgram ask = ChildProgram.County(
                "command", "--station", $"{Stage.Station}", "drill", "--minutes", "0", "--db", stage.Database))
            {
                Assert.Equal(0, ask.Finish(WaitMs));
            }

            byte[] command = tap.Awaited(bytes => bytes[3] == (int)MessageType.Command);
            for (int i = 0; i < 50; i++)
            {
                broker.Send(Down, command);
                broker.Send(Down, Forged(command));
            }

            Assert.True(gateway.Finish(WaitMs) == 0, FaultTests.Said(gateway, county));
        }

        stage.SettleAndCompare();

        // One event for all of it, and the whole count in the heartbeat.
        string refused = $"kind = {(int)EventKind.CommandRefused}";
        Assert.Equal(1, stage.Count($"SELECT COUNT(*) FROM events WHERE {refused} AND a = 0 AND b = 0 AND c > 0"));
        Assert.Equal(2, FaultTests.Alarms(stage));
    }

    /// <summary>The same message under a key that is not the station's.</summary>
    private static byte[] Forged(byte[] message)
    {
        byte[] forged = [.. message];
        byte[] key = new byte[Mac.KeyBytes];
        key[0] = 1;
        MessageHeader.Seal(new DotNetMac(key), forged, forged.Length - Mac.SignatureBytes);
        return forged;
    }
}
