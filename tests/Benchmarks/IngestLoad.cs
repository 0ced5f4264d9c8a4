// Owns: what is sent in the ingest benchmark: the same signed messages to whoever receives them.
// Must never: send more of one station than a county's queue takes, since nobody here sends again, or work while it is measured.

using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Gateway.Contract;
using Gateway.County;
using Gateway.Tests.Support;

namespace Gateway.Tests.Benchmarks;

/// <summary>
/// Stations with signed batches, each station at the broker by its own name. Packets are made beforehand and go out as they are: what a
/// client library costs a hundred stations would be counted as the county's.
/// </summary>
internal sealed class IngestLoad : IDisposable
{
    public const int Stations = 100;
    public const int BatchesEach = 40;
    public const int Events = Stations * BatchesEach * ContractLimits.BatchRecordsMax;

    /// <summary>Hellos and batches.</summary>
    public const int Messages = Stations * (BatchesEach + 1);

    private const int ConnectMs = 20_000;
    private const byte ConnectPacket = 0x10;
    private const byte PublishPacket = 0x32;
    private const byte UserPasswordClean = 0xC2;
    private const ushort KeepAliveS = 600;
    private readonly List<Socket> _clients = [];
    private readonly List<List<(string Topic, byte[] Payload)>> _messages = [];
    private readonly List<List<byte[]>> _packets = [];

    public IngestLoad()
    {
        for (uint station = 1; station <= Stations; station++)
        {
            StationRegistration registration = TestStation.Registered(station);
            Registrations.Add(registration);
            List<(string Topic, byte[] Payload)> messages = Make(registration);
            _messages.Add(messages);
            _packets.Add([.. messages.Select((message, i) =>
                Packet(PublishPacket, [.. Text(message.Topic), .. Number((ushort)(i + 1)), .. message.Payload]))]);
        }
    }

    public List<StationRegistration> Registrations { get; } = [];

    public static IEnumerable<BrokerUser> Users => Enumerable.Range(1, Stations).Select(i => BrokerUser.Station((uint)i));

    public void Connect(int port)
    {
        foreach (BrokerUser user in Users)
        {
            Socket client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
            {
                ReceiveTimeout = ConnectMs,
                NoDelay = true,
            };
            _clients.Add(client);
            client.Connect(IPAddress.Loopback, port);
            client.Send(Packet(
                ConnectPacket,
                [
                    .. Text("MQTT"), 4, UserPasswordClean, .. Number(KeepAliveS),
                    .. Text(user.Name), .. Text(user.Name), .. Text(user.Password),
                ]));
            byte[] answer = new byte[4];
            int got = client.Receive(answer);
            if (got != answer.Length || answer[^1] != 0)
            {
                throw new IOException($"{user.Name} can't connect to the broker: answer {Convert.ToHexString(answer, 0, got)}");
            }
        }
    }

    /// <summary>Hands everything to the stations' connections, the stations taking turns. The answers stay in the sockets.</summary>
    public void Publish()
    {
        for (int i = 0; i <= BatchesEach; i++)
        {
            for (int station = 0; station < Stations; station++)
            {
                _clients[station].Send(_packets[station][i]);
            }
        }
    }

    /// <summary>Everything, the stations taking turns.</summary>
    public IEnumerable<(string Topic, byte[] Payload)> InTurn() =>
        Enumerable.Range(0, BatchesEach + 1).SelectMany(i => _messages.Select(of => of[i]));

    /// <summary>Ends the connections; the messages stay for the next broker.</summary>
    public void Dispose()
    {
        _clients.ForEach(client => client.Dispose());
        _clients.Clear();
    }

    private static List<(string Topic, byte[] Payload)> Make(StationRegistration station)
    {
        List<(string Topic, byte[] Payload)> messages = [];
        byte[] buffer = new byte[ContractLimits.MessageBytesMax];
        MessageHeader head = new()
        {
            Version = 1, Station = station.Station, Epoch = 7, Boot = 1, Session = 1, UptimeMs = 60_000,
            UtcMs = 1_795_352_696_789, UtcQuality = UtcQuality.Synchronised,
        };
        void Add(MessageType type, string topic, int count)
        {
            head.Type = type;
            head.Counter++;
            head.Encode(buffer);
            messages.Add((topic, buffer[..MessageHeader.Seal(station.Key, buffer, count)]));
        }

        Add(MessageType.Hello, station.Topics.Hello, new Hello { VersionMin = 1, VersionMax = 1, Firmware = "bench" }.Encode(buffer));
        EventRecord record = new() { Station = station.Station, Epoch = 7, LaneNumber = Lane.Condition, Boot = 1, Kind = EventKind.Fault };
        for (uint after = 0; after < BatchesEach * ContractLimits.BatchRecordsMax; after += ContractLimits.BatchRecordsMax)
        {
            Batch.EncodeHead(buffer, Lane.Condition, ContractLimits.BatchRecordsMax, after);
            for (uint i = 0; i < ContractLimits.BatchRecordsMax; i++)
            {
                record.Sequence = after + i + 1;
                record.UptimeMs = record.Sequence * 10L;
                record.UtcMs = head.UtcMs - head.UptimeMs + record.UptimeMs;
                record.UtcQuality = UtcQuality.Synchronised;
                record.Encode(buffer, Batch.RecordsAt + (int)i * EventRecord.Size);
            }

            Add(MessageType.Batch, station.Topics.Up(Lane.Condition), Batch.RecordsAt + ContractLimits.BatchRecordsMax * EventRecord.Size);
        }

        return messages;
    }

    /// <summary>Type and length in seven bits a byte, then the body.</summary>
    private static byte[] Packet(byte type, byte[] body) => body.Length < 128
        ? [type, (byte)body.Length, .. body]
        : [type, (byte)(body.Length & 0x7F | 0x80), (byte)(body.Length >> 7), .. body];

    private static byte[] Text(string text) => [.. Number((ushort)Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)];

    private static byte[] Number(ushort number)
    {
        byte[] bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, number);
        return bytes;
    }
}
