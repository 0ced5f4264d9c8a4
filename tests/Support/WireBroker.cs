// Owns: a broker that lets everybody in and writes down what each client says on the wire.
// Must never: use a client's or a broker's library: what is on the wire is read from the standard alone.

using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Gateway.Tests.Support;

/// <summary>A packet of a client. What a type does not have is empty, false or 0.</summary>
/// <param name="Type">Of MQTT 3.1.1: 1 connect, 3 publish, 8 subscribe, 12 ping, 14 disconnect.</param>
public sealed record WirePacket(int Type)
{
    /// <summary>Of a connect: protocol name and level.</summary>
    public string Protocol { get; init; } = "";

    public string ClientId { get; init; } = "";

    public string User { get; init; } = "";

    public string Password { get; init; } = "";

    public bool Clean { get; init; }

    public int KeepAliveS { get; init; }

    public string WillTopic { get; init; } = "";

    /// <summary>Of a publish or subscribe its own, of a connect the will's.</summary>
    public int Qos { get; init; }

    /// <summary>As <see cref="Qos"/>.</summary>
    public bool Retain { get; init; }

    /// <summary>Of a publish or subscribe.</summary>
    public string Topic { get; init; } = "";

    /// <summary>Of a publish, or the will of a connect.</summary>
    public byte[] Payload { get; init; } = [];
}

/// <summary>Takes any number of connections on a free port.</summary>
public sealed class WireBroker : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> _clients = [];
    private readonly List<WirePacket> _packets = [];

    public WireBroker()
    {
        _listener.Start();
        new Thread(Accept) { IsBackground = true, Name = "wire-broker" }.Start();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What came so far, in its order.</summary>
    public IReadOnlyList<WirePacket> Packets
    {
        get
        {
            lock (_packets)
            {
                return [.. _packets];
            }
        }
    }

    /// <summary>Ends every connection, as a broker that goes away does; new ones are taken.</summary>
    public void Cut()
    {
        lock (_packets)
        {
            _clients.ForEach(client => client.Dispose());
            _clients.Clear();
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        Cut();
    }

    private void Accept()
    {
        while (true)
        {
            TcpClient client;
            try
            {
                client = _listener.AcceptTcpClient();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }

            lock (_packets)
            {
                _clients.Add(client);
            }

            new Thread(() => Serve(client)) { IsBackground = true, Name = "wire-client" }.Start();
        }
    }

    private void Serve(TcpClient client)
    {
        try
        {
            using NetworkStream stream = client.GetStream();
            while (true)
            {
                int head = stream.ReadByte();
                if (head < 0)
                {
                    return;
                }

                byte[] body = new byte[Length(stream)];
                stream.ReadExactly(body);
                Take(head, body, stream);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The client, or the test, has ended the connection.
        }
    }

    private void Take(int head, byte[] body, NetworkStream stream)
    {
        WirePacket packet = Read(head, body, out byte[] answer);
        lock (_packets)
        {
            _packets.Add(packet);
        }

        stream.Write(answer);
    }

    private static int Length(NetworkStream stream)
    {
        int length = 0;
        for (int shift = 0; ; shift += 7)
        {
            int b = stream.ReadByte();
            length |= (b & 127) << shift;
            if ((b & 128) == 0)
            {
                return length;
            }
        }
    }

    private static WirePacket Read(int head, byte[] body, out byte[] answer)
    {
        int at = 0;
        WirePacket packet = new(head >> 4);
        switch (packet.Type)
        {
            case 1:
                answer = [0x20, 2, 0, 0];
                return ReadConnect(body);
            case 3:
                string topic = Text(body, ref at);
                int qos = (head >> 1) & 3;
                answer = qos == 0 ? [] : [0x40, 2, body[at], body[at + 1]];
                at += qos == 0 ? 0 : 2;
                return packet with { Topic = topic, Qos = qos, Retain = (head & 1) != 0, Payload = body[at..] };
            case 8:
                answer = [0x90, 3, body[0], body[1], body[^1]];
                at = 2;
                return packet with { Topic = Text(body, ref at), Qos = body[^1] };
            case 12:
                answer = [0xD0, 0];
                return packet;
            default:
                answer = [];
                return packet;
        }
    }

    private static WirePacket ReadConnect(byte[] body)
    {
        int at = 0;
        string name = Text(body, ref at);
        int level = body[at];
        int flags = body[at + 1];
        int keepAliveS = (body[at + 2] << 8) | body[at + 3];
        at += 4;
        string clientId = Text(body, ref at);
        bool will = (flags & 4) != 0;
        string willTopic = will ? Text(body, ref at) : "";
        byte[] payload = will ? Bytes(body, ref at) : [];
        string user = (flags & 128) != 0 ? Text(body, ref at) : "";
        string password = (flags & 64) != 0 ? Text(body, ref at) : "";
        return new WirePacket(1)
        {
            Protocol = $"{name} {level}",
            ClientId = clientId,
            User = user,
            Password = password,
            Clean = (flags & 2) != 0,
            KeepAliveS = keepAliveS,
            WillTopic = willTopic,
            Payload = payload,
            Qos = (flags >> 3) & 3,
            Retain = (flags & 32) != 0,
        };
    }

    private static string Text(byte[] body, ref int at) => Encoding.UTF8.GetString(Bytes(body, ref at));

    private static byte[] Bytes(byte[] body, ref int at)
    {
        int length = (body[at] << 8) | body[at + 1];
        byte[] bytes = body[(at + 2)..(at + 2 + length)];
        at += 2 + length;
        return bytes;
    }
}
