// Owns: many stations of one county, each at its broker with a connection and a key of its own, that say what a test wants said.
// Must never: say it otherwise than a gateway does: signed, numbered, over MQTT.

using Gateway.Contract;
using Gateway.County;
using Gateway.Mqtt;

namespace Gateway.Tests.Page;

/// <param name="names">A station each.</param>
/// <param name="townships">Over which they are spread.</param>
internal sealed class Fleet(IReadOnlyList<string> names, int townships) : IDisposable
{
    private const int First = 331_001;
    private const int ConnectMs = 120_000;
    private const uint NamedSettingsCrc = 0xA1;

    private readonly FakeGateway[] _gateways = [.. names.Select((_, i) => new FakeGateway((uint)(First + i))
    {
        Topics = new Topics(FakeGateway.County, TownshipOf(i, townships), TownshipOf(i, townships) + "001", (uint)(First + i)),
    })];

    private readonly uint[,] _sent = new uint[names.Count, Lanes.Count];
    private readonly MqttConnection?[] _lines = new MqttConnection?[names.Count];
    private readonly System.Diagnostics.Stopwatch _up = System.Diagnostics.Stopwatch.StartNew();

    public int Count => names.Count;

    public IReadOnlyList<StationRegistration> Registrations { get; } =
    [
        .. names.Select((name, i) => new StationRegistration
        {
            Station = (uint)(First + i),
            County = FakeGateway.County,
            Township = TownshipOf(i, townships),
            Village = TownshipOf(i, townships) + "001",
            Name = name,
            Key = new StationKey(new FakeGateway((uint)(First + i)).Key),
            PasswordHash = BrokerPassword.Hash(BrokerUser.Station((uint)(First + i)).Password),
        }),
    ];

    /// <summary>All come in and say hello.</summary>
    public void Connect(int port) => Parallel.For(0, Count, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
    {
        MqttConnection line = new(BrokerUser.Station(_gateways[i].Station).At(port));
        _lines[i] = line;
        Assert.Null(line.Connect(ConnectMs));
        Send(i, _gateways[i].Hello());
    });

    /// <summary>An event; gives the name of the case that a fire of this number opens.</summary>
    public string Say(int i, Lane lane, EventKind kind, int zone = 1, ZoneKind of = ZoneKind.CallPoint)
    {
        lock (_gateways[i])
        {
            uint before = _sent[i, (int)lane]++;
            Stamp(i);
            Send(i, _gateways[i].Batch(lane, before, _gateways[i].Record(lane, before + 1, kind, record =>
            {
                record.Zone = (byte)zone;
                record.ZoneKind = of;
            })));
            return $"{_gateways[i].Station}-{_gateways[i].Epoch}-{(int)lane}-{before + 1}";
        }
    }

    /// <summary>The name of its first zone.</summary>
    public void Name(int i, string zone)
    {
        lock (_gateways[i])
        {
            _gateways[i].SettingsCrc = NamedSettingsCrc;
            Stamp(i);
            Send(i, _gateways[i].Names(1, true, (1, System.Text.Encoding.UTF8.GetBytes(zone))));
        }
    }

    /// <summary>A sign of life with the conditions of the box.</summary>
    public void Beat(int i, ConditionBits conditions = ConditionBits.None)
    {
        lock (_gateways[i])
        {
            Stamp(i);
            Send(i, _gateways[i].Heartbeat(conditions));
        }
    }

    public void Dispose() => Array.ForEach(_lines, line => line?.Dispose());

    private static string TownshipOf(int i, int townships) => $"{330_726_101 + i % townships}";

    private void Stamp(int i)
    {
        _gateways[i].UptimeMs = 1_000 + _up.ElapsedMilliseconds;
        _gateways[i].UtcMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
    }

    private void Send(int i, Sent message) => Assert.True(_lines[i]!.Publish(message.Topic, message.Payload), $"{names[i]}: no room");
}
