// Owns: the bounds of a connection that are no setting.
// Must never: hold what a caller chooses for itself.

namespace Gateway.Mqtt;

/// <summary>What a connection has where its caller says nothing.</summary>
public static class MqttLimits
{
    /// <summary>Without sending so long a ping goes out, s: all stations of a county wait for this one connection.</summary>
    public const int KeepAliveS = 5;

    /// <summary>Messages read and not yet handled: above what a broker sends without an acknowledgement, 100 by our template.</summary>
    public const int UnhandledMax = 256;

    /// <summary>What is read at once: some messages of the largest size, and every connection has one such buffer.</summary>
    public const int ReadBufferBytes = 8_192;

    /// <summary>
    /// Given to the socket both ways. The library's own 8 KB make a connection that sends and receives at the same time stall for 40 ms
    /// again and again.
    /// </summary>
    public const int SocketBufferBytes = 262_144;

    /// <summary>How long Dispose waits for a handler that is still running; after it, none begins any more.</summary>
    public const int HandlerWaitMs = 5_000;

    /// <summary>Between two looks whether what was sent has been answered, while a connection ends.</summary>
    public const int DrainStepMs = 5;

    /// <summary>How long the broker may take for an answer, ms: some round trips of a bad line.</summary>
    public const int AnswerMs = 5_000;

    /// <summary>Messages on the wire without the broker's answer: as many as our template lets a broker keep of one client.</summary>
    public const int InFlightMax = 100;

    /// <summary>Messages that wait for their turn: a command and some answers for each station of a large county.</summary>
    public const int WaitingMax = 10_000;
}
