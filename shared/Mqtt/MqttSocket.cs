// Owns: how the TCP connection under a client is made.
// Must never: know of TLS or MQTT; the library puts both on top.

using System.Net;
using System.Net.Sockets;
using MQTTnet.Channel;

namespace Gateway.Mqtt;

internal sealed class MqttSocket : IMqttClientStreamProvider
{
    public async Task<Stream> ConnectAsync(EndPoint brokerEndPoint, CancellationToken cancellationToken)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp)
        {
            ReceiveBufferSize = MqttLimits.SocketBufferBytes,
            SendBufferSize = MqttLimits.SocketBufferBytes,
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
