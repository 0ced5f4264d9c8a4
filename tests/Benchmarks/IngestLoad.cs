// Owns: what is sent in the ingest benchmark: the same signed messages to whoever receives them.
// Must never: send more of one station than a county's queue takes, since nobody here sends again.

using Gateway.Contract;
using Gateway.County;
using Gateway.Mqtt;
using Gateway.Tests.Support;

namespace Gateway.Tests.Benchmarks;

/// <summary>Stations with signed batches, each station at the broker by its own name.</summary>
internal sealed class IngestLoad : IDisposable
{
    public const int Stations = 100;
    public const int BatchesEach = 40;
    public const int Events = Stations * BatchesEach * ContractLimits.BatchRecordsMax;

    /// <summary>Hellos and batches.</summary>
    public const int Messages = Stations * (BatchesEach + 1);

    private const int ConnectMs = 20_000;
    private readonly List<MqttConnection> _clients = [];
    private readonly List<List<(string Topic, byte[] Payload)>> _messages = [];

    public IngestLoad()
    {
        for (uint station = 1; station <= Stations; station++)
        {
            StationRegistration registration = new()
            {
                Station = station,
                County = "330726",
                Township = "330726101",
                Village = "330726101003",
                Name = $"站{station}",
                Key = StationKey.Create(),
                PasswordHash = BrokerPassword.Hash(BrokerUser.Station(station).Password),
            };
            Registrations.Add(registration);
            _messages.Add(Make(registration));
        }
    }

    public List<StationRegistration> Registrations { get; } = [];

    public static IEnumerable<BrokerUser> Users => Enumerable.Range(1, Stations).Select(i => BrokerUser.Station((uint)i));

    public void Connect(int port)
    {
        foreach (BrokerUser user in Users)
        {
            MqttConnection client = new(new MqttAccess
            {
                Host = MosquittoBroker.Host,
                Port = port,
                ClientId = user.Name,
                User = user.Name,
                Password = user.Password,
            });
            _clients.Add(client);
            if (client.Connect(ConnectMs) is not null)
            {
                throw new IOException($"{user.Name} can't connect to the broker");
            }
        }
    }

    /// <summary>Hands everything to the stations' connections, the stations taking turns.</summary>
    public void Publish()
    {
        for (int i = 0; i <= BatchesEach; i++)
        {
            for (int station = 0; station < Stations; station++)
            {
                (string topic, byte[] payload) = _messages[station][i];
                if (!_clients[station].Publish(topic, payload))
                {
                    throw new IOException($"station {station + 1} can't publish");
                }
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
        void Add(int type, string topic, int count)
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
}
