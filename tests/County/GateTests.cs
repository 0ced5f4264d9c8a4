// Owns: the rules of who is let in.
// Must never: accept that a refused message leaves anything but a counter.

using Gateway.Contract;

namespace Gateway.County.Tests;

public class GateTests : StoreTests
{
    private readonly FakeGateway _gateway = new(330701);

    public GateTests()
        : base(null)
    {
    }

    private protected GateTests(PostgresFixture postgres)
        : base(postgres)
    {
    }

    [Fact]
    public void Wrong_key_is_refused_and_counted()
    {
        FakeGateway thief = new(330701, keySeed: 9);
        using Rig rig = NewRig(_gateway);
        Assert.Empty(rig.Send(thief.Hello(), thief.Batch(Lane.Fire, 0, 1), thief.Heartbeat(), thief.Will()));
        Nothing(rig, DecodeResult.WrongSignature, 4);
    }

    [Fact]
    public void Every_altered_byte_is_refused()
    {
        using Rig rig = NewRig(_gateway);
        Sent batch = _gateway.Batch(Lane.Fire, 0, 1);
        for (int i = 0; i < batch.Payload.Length; i++)
        {
            byte[] altered = (byte[])batch.Payload.Clone();
            altered[i] ^= 0x10;
            Assert.Empty(rig.Send(batch with { Payload = altered }));
        }

        Assert.Empty(rig.Events(_gateway));
        Assert.Equal(batch.Payload.Length, rig.Refusals().Values.Sum());
    }

    [Fact]
    public void Every_shortened_message_is_refused()
    {
        using Rig rig = NewRig(_gateway);
        foreach (Sent sent in (Sent[])[_gateway.Hello(), _gateway.Batch(Lane.Fire, 0, 1, 2), _gateway.Heartbeat(), _gateway.Will()])
        {
            for (int length = 0; length < sent.Payload.Length; length++)
            {
                Assert.Empty(rig.Send(sent with { Payload = sent.Payload[..length] }));
            }
        }

        Assert.Empty(rig.Events(_gateway));
        Assert.Null(rig.State(_gateway));
    }

    [Fact]
    public void Oversize_message_is_refused()
    {
        using Rig rig = NewRig(_gateway);
        Assert.Empty(rig.Send(_gateway.Heartbeat() with { Payload = new byte[100_000] }));
        Nothing(rig, DecodeResult.TooLong, 1);
    }

    [Fact]
    public void Unknown_station_is_refused()
    {
        using Rig rig = NewRig(_gateway);
        Assert.Empty(rig.Send(new FakeGateway(5).Batch(Lane.Fire, 0, 1)));
        Nothing(rig, DecodeResult.UnknownStation, 1);
    }

    [Fact]
    public void Another_stations_topic_is_refused()
    {
        FakeGateway other = new(330702);
        using Rig rig = NewRig(_gateway, other);
        Assert.Empty(rig.Send(_gateway.Batch(Lane.Fire, 0, 1) with { Topic = other.Topics.Up(Lane.Fire) }));
        Nothing(rig, DecodeResult.WrongStation, 1);
    }

    [Theory]
    [InlineData("fgw/1/330726/330726101/330726101004/330701/up/fire")]
    [InlineData("fgw/1/330726/330726102/330726101003/330701/up/fire")]
    [InlineData("fgw/1/330727/330726101/330726101003/330701/up/fire")]
    [InlineData("fgw/1/330726/330726101/330726101003/330701/down")]
    [InlineData("fgw/1/330726/330726101/330726101003/330701/up/condition")]
    [InlineData("fgw/1/330726/330726101/330726101003/330701/up/heartbeat")]
    [InlineData("fgw/2/330726/330726101/330726101003/330701/up/fire")]
    [InlineData("fgw/1/330726/330726101/330726101003/0330701/up/fire")]
    [InlineData("")]
    [InlineData("\u001b[2J\n")]
    public void Topic_that_does_not_fit_is_refused(string topic)
    {
        using Rig rig = NewRig(_gateway);
        Assert.Empty(rig.Send(_gateway.Batch(Lane.Fire, 0, 1) with { Topic = topic }));
        Nothing(rig, DecodeResult.WrongTopic, 1);
        Assert.DoesNotContain(rig.Store.Refusals(), r => r.Sample.Any(char.IsControl));
    }

    [Fact]
    public void Leaf_of_a_newer_gateway_is_ignored()
    {
        using Rig rig = NewRig(_gateway);
        string photo = _gateway.Topics.Heartbeat.Replace("heartbeat", "photo", StringComparison.Ordinal);
        Assert.Empty(rig.Send(_gateway.Heartbeat() with { Topic = photo }));
        Assert.Empty(rig.Refusals());
    }

    [Fact]
    public void Message_sent_back_by_the_broker_is_refused()
    {
        using Rig rig = NewRig(_gateway);
        Outgoing welcome = Assert.Single(rig.Send(_gateway.Hello()));
        Assert.Empty(rig.Send(new Sent(_gateway.Topics.Hello, welcome.Payload)));
        Assert.Equal(1, rig.Refusals()[DecodeResult.WrongType]);
    }

    [Fact]
    public void Signed_batch_with_a_damaged_record_is_refused_whole_and_said_so()
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello());
        byte[] buffer = new byte[ContractLimits.MessageBytesMax];
        Batch.EncodeHead(buffer, Lane.Fire, 2, 0);
        _gateway.Record(Lane.Fire, 1).Encode(buffer, Batch.RecordsAt);
        _gateway.Record(Lane.Fire, 2).Encode(buffer, Batch.RecordsAt + EventRecord.Size);
        buffer[Batch.RecordsAt + EventRecord.Size + 40] ^= 1;
        int count = Batch.RecordsAt + 2 * EventRecord.Size;
        Answered answer = rig.SendOne(_gateway, _gateway.Seal(_gateway.Topics.Up(Lane.Fire), MessageType.Batch, buffer, count));
        Assert.Equal((MessageType.Refuse, DecodeResult.WrongCrc), (answer.Type, answer.Reason));
        Nothing(rig, DecodeResult.WrongCrc, 1);
    }

    [Fact]
    public void Hello_without_a_common_version_is_refused_with_the_versions()
    {
        using Rig rig = NewRig(_gateway);
        Answered answer = rig.SendOne(_gateway, _gateway.Hello(versionMin: 2, versionMax: 3));
        Assert.Equal((MessageType.Refuse, DecodeResult.WrongVersion), (answer.Type, answer.Reason));
        Assert.Equal(1, rig.Refusals()[DecodeResult.WrongVersion]);
        Assert.Equal(MessageType.Welcome, rig.SendOne(_gateway, _gateway.Hello(versionMin: 1, versionMax: 3)).Type);
    }

    [Fact]
    public void Signed_message_of_a_version_that_was_not_agreed_is_refused_and_said_so()
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello());
        Sent beat = _gateway.Heartbeat();
        beat.Payload[2] = 9;
        Assert.Empty(rig.Send(beat));
        MessageHeader.Seal(_gateway.Mac, beat.Payload, beat.Payload.Length - Mac.SignatureBytes);
        Answered answer = Answered.Read(_gateway, Assert.Single(rig.Send(beat)));
        Assert.Equal((MessageType.Refuse, DecodeResult.WrongVersion), (answer.Type, answer.Reason));
    }

    [Fact]
    public void Station_may_speak_as_soon_as_it_is_registered_and_no_longer_when_it_is_removed()
    {
        using Rig rig = NewRig();
        Assert.Empty(rig.Send(_gateway.Hello()));
        rig.Store.AddStation(_gateway.Registration);
        rig.Desk.Tick(rig.Now);
        Assert.Single(rig.Send(_gateway.Hello()));
        rig.Store.RemoveStation(_gateway.Station);
        rig.NowMs += CountyLimits.RegistryLookMs;
        rig.Desk.Tick(rig.Now);
        Assert.Empty(rig.Send(_gateway.Heartbeat()));
    }

    private void Nothing(Rig rig, DecodeResult reason, int count)
    {
        Assert.Empty(rig.Events(_gateway));
        Assert.Equal([(reason, (long)count)], rig.Refusals().Select(r => (r.Key, r.Value)));
    }
}
