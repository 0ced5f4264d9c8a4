// Owns: a gateway's half of the contract, as bytes: what a test sends up.
// Must never: know anything of the county's code but how a station is registered.

using Gateway.Contract;
using Gateway.County;
using Xunit;

namespace Gateway.Tests.Support;

/// <summary>A message as the broker would hand it over.</summary>
internal sealed record Sent(string Topic, byte[] Payload);

/// <summary>Makes signed messages of one station. Fields may be changed between messages.</summary>
internal sealed class FakeGateway
{
    public const string County = "330726";
    public const string Township = "330726101";
    public const string Village = "330726101003";
    private static readonly EventKind[] s_kinds = [EventKind.FireAlarm, EventKind.Fault, EventKind.Started];

    public FakeGateway(uint station, byte keySeed = 1)
    {
        Station = station;
        Key = new byte[StationKey.KeyBytes];
        Array.Fill(Key, (byte)(keySeed + station));
        Mac = new DotNetMac(Key);
        Topics = new Topics(County, Township, Village, station);
    }

    public uint Station { get; }

    public byte[] Key { get; }

    public DotNetMac Mac { get; init; }

    public Topics Topics { get; set; }

    public uint Epoch { get; set; } = 77;

    public uint Boot { get; set; } = 1;

    public uint Session { get; set; } = 1;

    public uint Counter { get; set; }

    public long UptimeMs { get; set; } = 1_000;

    /// <summary>0 = unknown.</summary>
    public long UtcMs { get; set; }

    public StationRegistration Registration => new()
    {
        Station = Station,
        County = County,
        Township = Township,
        Village = Village,
        Name = $"{Station}号站",
        Key = new StationKey(Key),
    };

    public EventRecord Record(Lane lane, uint sequence, EventKind kind = default, Action<EventRecord>? change = null)
    {
        EventRecord record = new()
        {
            Station = Station,
            Epoch = Epoch,
            LaneNumber = lane,
            Sequence = sequence,
            Boot = Boot,
            UptimeMs = UptimeMs,
            UtcMs = UtcMs,
            UtcQuality = UtcMs == 0 ? UtcQuality.Unknown : UtcQuality.Synchronised,
            Kind = (int)kind != 0 ? kind : s_kinds[(int)lane],
            Zone = 3,
            ZoneKind = ZoneKind.CallPoint,
            Severity = Severity.Larger,
        };
        change?.Invoke(record);
        return record;
    }

    public EventRecord Loss(Lane lane, uint sequence, uint first, uint last) => Record(lane, sequence, EventKind.Loss, r =>
    {
        r.Value = (int)(last - first + 1);
        r.A = (int)first;
        r.B = (int)last;
        r.C = 60;
    });

    /// <summary>The next connection: session up, counter from the start.</summary>
    public Sent NextSession()
    {
        Session++;
        Counter = 0;
        return Hello();
    }

    public HelloAbility Abilities { get; set; }

    public uint SettingsCrc { get; set; }

    /// <summary>What all zones of its tables watch.</summary>
    public ZoneKind PlaceKind { get; set; } = ZoneKind.Smoke;

    /// <summary>One part of the table of names of <see cref="SettingsCrc"/>: zones from 1 on.</summary>
    public Sent Names(int part, bool last, params (int Zone, byte[] Name)[] zones)
    {
        byte[] buffer = new byte[ContractLimits.MessageBytesMax];
        NamesPart body = new() { SettingsCrc = SettingsCrc, Part = part, Last = last, Count = zones.Length };
        body.EncodeHead(buffer);
        int at = NamesPart.PlacesAt;
        foreach ((int zone, byte[] name) in zones)
        {
            PlaceEntry place = new()
            {
                Sort = PlaceSort.Zone, Number = zone, Kind = (int)PlaceKind, Wiring = PlaceWiring.Line, NameBytes = name.Length,
            };
            at = place.EncodeHead(buffer, at);
            name.CopyTo(buffer, at);
            at += name.Length;
        }

        return Seal(Topics.Names, MessageType.Names, buffer, at);
    }

    public Sent Hello(int versionMin = 1, int versionMax = 1)
    {
        Hello hello = new() { VersionMin = versionMin, VersionMax = versionMax, Firmware = "0.1.0", Abilities = Abilities };
        byte[] buffer = new byte[ContractLimits.MessageBytesMax];
        return Seal(Topics.Hello, MessageType.Hello, buffer, hello.Encode(buffer));
    }

    public Sent Heartbeat(ConditionBits conditions = ConditionBits.None, params uint[] held)
    {
        Heartbeat beat = new() { Conditions = conditions, SettingsCrc = SettingsCrc };
        held.CopyTo(beat.Held, 0);
        byte[] buffer = new byte[ContractLimits.MessageBytesMax];
        return Seal(Topics.Heartbeat, MessageType.Heartbeat, buffer, beat.Encode(buffer));
    }

    /// <summary>A batch of fresh records with these sequences.</summary>
    public Sent Batch(Lane lane, uint after, params uint[] sequences) => Batch(lane, after, [.. sequences.Select(s => Record(lane, s))]);

    public Sent Batch(Lane lane, uint after, params EventRecord[] records)
    {
        byte[] buffer = new byte[ContractLimits.MessageBytesMax];
        Contract.Batch.EncodeHead(buffer, lane, records.Length, after);
        for (int i = 0; i < records.Length; i++)
        {
            records[i].Encode(buffer, Contract.Batch.RecordsAt + i * EventRecord.Size);
        }

        return Seal(Topics.Up(lane), MessageType.Batch, buffer, Contract.Batch.RecordsAt + records.Length * EventRecord.Size);
    }

    public Sent Will(bool asText = true)
    {
        byte[] buffer = new byte[Offline.MessageBytes];
        Sent sealedWill = Seal(Topics.Offline, MessageType.Offline, buffer, MessageHeader.Size);
        return asText ? sealedWill with { Payload = System.Text.Encoding.ASCII.GetBytes(Offline.ToText(sealedWill.Payload)) } : sealedWill;
    }

    /// <summary>Signs any bytes behind a head of the given type.</summary>
    public Sent Seal(string topic, MessageType type, byte[] buffer, int count)
    {
        MessageHeader header = new()
        {
            Version = 1,
            Type = type,
            Station = Station,
            Epoch = Epoch,
            Boot = Boot,
            Session = Session,
            Counter = MessageTypes.Uncounted(type) ? 0 : ++Counter,
            UtcMs = UtcMs,
            UptimeMs = UptimeMs,
            UtcQuality = UtcMs == 0 ? UtcQuality.Unknown : UtcQuality.Synchronised,
        };
        header.Encode(buffer);
        return new Sent(topic, buffer.AsSpan(0, MessageHeader.Seal(Mac, buffer, count)).ToArray());
    }
}

/// <summary>An answer of the county, checked as a gateway checks it.</summary>
internal sealed record Answered(
    MessageType Type, uint Session, uint Counter, long UtcMs, uint[] Held, DecodeResult Reason, uint BootAtLeast)
{
    /// <summary>Decodes; fails the test when signature, head or body is not good.</summary>
    public static Answered Read(FakeGateway gateway, Outgoing answer)
    {
        Assert.Equal(gateway.Topics.Down, answer.Topic);
        byte[] bytes = answer.Payload;
        MessageHeader h = new();
        Assert.Equal(DecodeResult.Ok, h.DecodeDown(bytes, bytes.Length));
        Assert.True(MessageHeader.Verify(gateway.Mac, bytes, bytes.Length, new byte[Mac.SignatureBytes]));
        Assert.Equal((gateway.Station, gateway.Epoch, gateway.Boot), (h.Station, h.Epoch, h.Boot));
        uint[] held = new uint[Lanes.Count];
        Refuse refuse = new();
        DecodeResult result = h.Type switch
        {
            MessageType.Welcome => Welcome.Decode(bytes, bytes.Length, held),
            MessageType.Held => HeldThrough.Decode(bytes, bytes.Length, held),
            _ => refuse.Decode(bytes, bytes.Length),
        };
        Assert.Equal(DecodeResult.Ok, result);
        return new Answered(h.Type, h.Session, h.Counter, h.UtcMs, held, refuse.Reason, refuse.BootAtLeast);
    }
}
