// Owns: how the TCP connection under a client is made.
// Must never: know of TLS or MQTT; the library puts both on top.

using System.Net;
using System.Net.Sockets;
using MQTTnet.Channel;

namespace Gateway.Mqtt;

internal sealed class MqttSocket : IMqttClientStreamProvider
{
    /// <summary>
    /// Given to the socket both ways. The library's own 8 KB make a connection that sends and receives at the same time stall for 40 ms
    /// again and again.
    /// </summary>
    private const int BufferBytes = 262_144;

    public async Task<Stream> ConnectAsync(EndPoint brokerEndPoint, CancellationToken cancellationToken)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp)
        {
            ReceiveBufferSize = BufferBytes,
            SendBufferSize = BufferBytes,
            NoDelay = true,

            // An abrupt end is told to the broker at once, so that it publishes the will.
            LingerState = new LingerOption(enable: true, seconds: 0),
        };
        try
        {
            await socket.ConnectAsync(brokerEndPoint, cancellationToken).ConfigureAwait(false);
            return new ReadAhead(new NetworkStream(socket, ownsSocket: true));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
