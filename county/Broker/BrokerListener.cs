// Owns: the listening socket, TLS, and how many connections there may be.
// Must never: read a packet that the guard has not judged.

using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Gateway.Mqtt;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;
using MQTTnet.Implementations;
using MQTTnet.Server;

namespace Gateway.County.Broker;

/// <summary>One address. Port 0 takes any that is free; <see cref="Port"/> says which.</summary>
internal sealed class BrokerListener(IPEndPoint listen, X509Certificate2? certificate) : IMqttServerAdapter
{
    private readonly CancellationTokenSource _ending = new();
    private readonly Lock _gate = new();

    // Those who have not said yet who they are, the oldest first.
    private readonly LinkedList<Line> _strangers = [];
    private Socket? _socket;
    private int _lines;

    public Func<IMqttChannelAdapter, Task>? ClientHandler { get; set; }

    public int Port => ((IPEndPoint)_socket!.LocalEndPoint!).Port;

    public Task StartAsync(MqttServerOptions options, IMqttNetLogger logger)
    {
        Socket socket = new(listen.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // Ours again at once after a restart, as .NET binds. Its option ReuseAddress would let a second county listen here too, and the
            // system would share the stations out between the two.
            socket.Bind(listen);
            socket.Listen(BrokerLimits.Backlog);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        _socket = socket;
        _ = Accept(socket, options, logger);
        return Task.CompletedTask;
    }

    public Task StopAsync()
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _ending.Cancel();
        _socket?.Dispose();
    }

    private async Task Accept(Socket socket, MqttServerOptions options, IMqttNetLogger logger)
    {
        while (!_ending.IsCancellationRequested)
        {
            try
            {
                Socket client = await socket.AcceptAsync(_ending.Token).ConfigureAwait(false);
                if (Enter(client) is { } line)
                {
                    _ = Serve(line, options, logger);
                }
                else
                {
                    client.Dispose();
                }
            }
            catch (SocketException)
            {
                // The client was gone already, or descriptors are used up for the moment.
                await Task.Delay(BrokerLimits.RegistryLookMs).ConfigureAwait(false);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    /// <summary>Null when there is no room; somebody who has not said who he is makes room, so that silence shuts nobody out.</summary>
    private Line? Enter(Socket client)
    {
        Line? oldest = null;
        Line line = new(client);
        lock (_gate)
        {
            if (_lines >= BrokerLimits.ConnectionsMax)
            {
                oldest = _strangers.First?.Value;
                if (oldest is null)
                {
                    return null;
                }

                Leave(oldest);
            }

            _lines++;
            line.Stranger = _strangers.AddLast(line);
        }

        oldest?.Client.Dispose();
        return line;
    }

    private void Known(Line line)
    {
        lock (_gate)
        {
            if (line.Stranger is { } node)
            {
                _strangers.Remove(node);
                line.Stranger = null;
            }
        }
    }

    private void Leave(Line line)
    {
        lock (_gate)
        {
            Known(line);
            _lines -= line.Gone ? 0 : 1;
            line.Gone = true;
        }
    }

    private async Task Serve(Line line, MqttServerOptions options, IMqttNetLogger logger)
    {
        await Task.Yield();
        Socket client = line.Client;
        try
        {
            using Socket closed = client;
            client.NoDelay = true;
            EndPoint? remote = client.RemoteEndPoint;
            Stream stream = new ReadAhead(new NetworkStream(client, ownsSocket: false));
            if (certificate is not null)
            {
                SslStream secure = new(stream);
                using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token);
                limit.CancelAfter(BrokerLimits.LoginMs);
                await secure.AuthenticateAsServerAsync(
                    new SslServerAuthenticationOptions
                    {
                        ServerCertificate = certificate,
                        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                    },
                    limit.Token).ConfigureAwait(false);
                stream = secure;
            }

            await using PacketGuard guard = new(stream, () => Known(line));
            MqttTcpChannel channel = new(guard, client.LocalEndPoint, remote, null);
            MqttBufferWriter writer = new(options.WriterBufferSize, options.WriterBufferSizeMax);
            using MqttChannelAdapter adapter = new(channel, new MqttPacketFormatterAdapter(writer), logger)
            {
                AllowPacketFragmentation = false,
            };
            if (ClientHandler is { } handler)
            {
                await handler(adapter).ConfigureAwait(false);
            }
        }
        catch (Exception)
        {
            // A connection's end is its own affair: a handshake that failed, a packet that was too long, a line that broke.
        }
        finally
        {
            Leave(line);
        }
    }

    /// <summary>One connection.</summary>
    private sealed class Line(Socket client)
    {
        public Socket Client => client;

        /// <summary>Its place among those who have not said who they are; null = it has.</summary>
        public LinkedListNode<Line>? Stranger { get; set; }

        /// <summary>It is no longer counted.</summary>
        public bool Gone { get; set; }
    }
}
