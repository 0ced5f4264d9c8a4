// Owns: why a connection did not begin or ended, in words for a technician.
// Must never: contain a password, or be needed to decide anything but "try again later".

using System.Net.Sockets;
using System.Security.Authentication;
using MQTTnet;
using MQTTnet.Exceptions;

namespace Gateway.Mqtt;

internal static class MqttFault
{
    public const string Closed = "本端关闭 closed by this side";

    // The client has no words of its own for a broker that went away.
    public const string Ended = "对方断开 the broker or the network ended the connection";

    public static string NoAnswer(int withinMs) => $"没有回复 no answer within {withinMs} ms";

    /// <summary>The broker's word on a connection; it is no exception.</summary>
    public static string Refused(MqttClientConnectResultCode code) => code switch
    {
        MqttClientConnectResultCode.BadUserNameOrPassword or MqttClientConnectResultCode.NotAuthorized =>
            "未通过 refused: 用户名或口令 user name or password",
        MqttClientConnectResultCode.ClientIdentifierNotValid => "未通过 refused: 客户端名 client id",
        MqttClientConnectResultCode.ServerUnavailable => "未通过 refused: 服务器暂不可用 the broker is not available",
        _ => $"未通过 refused: {code}",
    };

    public static string Of(Exception exception)
    {
        Exception inmost = exception;
        while (inmost.InnerException is { } inner)
        {
            if (inmost is AuthenticationException)
            {
                return $"TLS 握手失败 handshake failed: {inner.Message}";
            }

            inmost = inner;
        }

        return inmost switch
        {
            SocketException socket => Of(socket),
            MqttCommunicationTimedOutException or TimeoutException => "没有回复 no answer to a ping",
            AuthenticationException => $"TLS 握手失败 handshake failed: {inmost.Message}",
            ObjectDisposedException or OperationCanceledException => Ended,
            _ => $"{Ended}: {inmost.Message}",
        };
    }

    private static string Of(SocketException socket) => socket.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "连接不上 connection refused: 没有程序监听 nobody listens there",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "找不到主机 no such host",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.NetworkDown => "网络不通 network unreachable",
        SocketError.TimedOut => "没有回复 no answer",
        SocketError.ConnectionReset or SocketError.ConnectionAborted => $"{Ended}: {socket.Message}",
        _ => socket.Message,
    };
}
