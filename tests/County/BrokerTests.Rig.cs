// Owns: the brokers, accounts and connections of the tests of what an account can do.
// Must never: give one broker other accounts or rules than the other.

using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Gateway.Contract;
using Gateway.County.Broker;
using Gateway.County.Server;
using Gateway.County.Sql;
using Gateway.Mqtt;

namespace Gateway.County.Tests;

public sealed partial class BrokerTests
{
    private static string Password(string name) => "secret of " + name;

    private static Topics Of(uint station, string township) => new("yiwu", township, "cun", station);

    private static StationRegistration Station(uint number, string township) =>
        TestStation.Registered(number, Password($"st{number}"), "yiwu", township, "cun");

    private static TownshipReader Reader(string name, string township) => new()
    {
        Name = name, County = "yiwu", Township = township, PasswordHash = BrokerPassword.Hash(Password(name)),
    };

    private void Start(string broker)
    {
        if (broker == "own")
        {
            EmbeddedBroker own = new(
                new IPEndPoint(IPAddress.Loopback, 0), null, _registry.RegistryVersion,
                () => new BrokerRules(_registry.Stations(), _registry.Readers()))
            {
                Received = (topic, payload) => _county.Add((topic, payload)),
            };
            _open.Add(own);
            Assert.Null(own.Connect(Topics.AllUp, WaitMs));
            _port = own.Port;
            _answer = (topic, payload) => own.Publish(topic, payload);
            return;
        }

        MosquittoBroker mosquitto = MosquittoBroker.Start();
        _open.Add(mosquitto);
        _mosquitto = mosquitto;
        Export(mosquitto);
        mosquitto.Restart();
        _port = mosquitto.Port;
        MqttConnection county = new(new BrokerUser("county", "county's own").At(_port))
        {
            Message = (topic, payload) => _county.Add((topic, payload)),
        };
        _open.Add(county);
        Assert.Null(county.Connect(WaitMs));
        Assert.Null(county.Subscribe(Topics.AllUp));
        _answer = (topic, payload) => county.Publish(topic, payload);
    }

    private static byte[] Text(string text) => [0, (byte)text.Length, .. System.Text.Encoding.ASCII.GetBytes(text)];

    private static byte[] Packet(byte head, byte[] body) => [head, (byte)body.Length, .. body];

    private static void ComeIn(Stream stream, string name)
    {
        stream.Write(Packet(0x10, [0, 4, .. "MQTT"u8, 4, 0xC2, 0, 60, .. Text(name), .. Text(name), .. Text(Password(name))]));
        byte[] answer = new byte[4];
        stream.ReadExactly(answer);
        Assert.Equal([0x20, 2, 0, 0], answer);
    }

    private static string Template() => File.ReadAllText(Repository.Path("county", "mosquitto", "mosquitto.conf.template"));

    private static int MosquittoConnections() => int.Parse(Number(Template(), "max_connections "));

    private static string Number(string text, string word) =>
        text.Split('\n').Single(line => line.StartsWith(word, StringComparison.Ordinal))[word.Length..];

    /// <summary>Connections that say nothing.</summary>
    private List<Socket> Silent(int count)
    {
        List<Socket> silent = [];
        for (int i = 0; i < count; i++)
        {
            Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            silent.Add(socket);
            socket.Connect(IPAddress.Loopback, _port);
        }

        return silent;
    }

    private static bool Ended(Socket socket) => socket.Poll(0, SelectMode.SelectRead) && socket.Available == 0;

    private void Export(MosquittoBroker mosquitto)
    {
        string password = Path.Combine(_folder, "county.password");
        File.WriteAllText(password, "county's own");
        string database = Path.Combine(_folder, "county.db");
        Assert.Equal(0, Run("broker", "export", "--db", database, "--out", mosquitto.Folder, "--password-file", password));
    }

    // Inside this process: the start of a program would prove nothing and cost a third of a second of a processor.
    private static int Run(params string[] arguments)
    {
        using StringWriter refused = new();
        return CommandLine.Run(arguments, refused).GetAwaiter().GetResult();
    }

    /// <summary>Neither the county nor who may read everything of the township.</summary>
    private void NobodyIsTold()
    {
        using MqttPeer reader = Connect("reads-fotang", "reads-fotang", "fgw/1/yiwu/fotang/+/+/up/#");
        Thread.Sleep(QuietMs);
        Assert.Empty(reader.Messages);
        Assert.Empty(_county);
    }

    private byte Next()
    {
        Assert.True(_county.TryTake(out (string Topic, byte[] Payload) message, WaitMs));
        return message.Payload[0];
    }

    private MqttAccess Access(string? name, string clientId, string? password = null, MqttWill? will = null) => new()
    {
        Host = "127.0.0.1",
        Port = _port,
        ClientId = clientId,
        User = name,
        Password = name is null ? null : password ?? Password(name),
        Will = will,
        AnswerMs = WaitMs,
    };

    private string? Refusal(string? name, string clientId, string? password)
    {
        using MqttConnection connection = new(Access(name, clientId, password));
        return connection.Connect(WaitMs);
    }

    private MqttPeer Connect(string name, string clientId, params string[] filters)
    {
        MqttPeer peer = new(Access(name, clientId));

        // One broker refuses what is not theirs, the other grants it and stays silent; what counts is what is heard.
        foreach (string filter in filters)
        {
            peer.Connection.Subscribe(filter);
        }

        return peer;
    }
}
