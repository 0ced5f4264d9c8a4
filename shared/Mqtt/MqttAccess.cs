// Owns: what a connection needs to know before it begins.
// Must never: show a password or key in a text of its own (therefore classes, not records).

namespace Gateway.Mqtt;

/// <summary>One connection to one broker. Checked when the connection is made.</summary>
public sealed class MqttAccess
{
    /// <summary>IP literal or name; of a name's addresses each is tried.</summary>
    public required string Host { get; init; }

    /// <summary>1..65535.</summary>
    public required int Port { get; init; }

    /// <summary>Not empty. The broker ends an older connection with the same one.</summary>
    public required string ClientId { get; init; }

    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>1..65535 s without sending after which a ping goes out.</summary>
    public int KeepAliveS { get; init; } = MqttLimits.KeepAliveS;

    /// <summary>
    /// How long the broker may take to answer a message, a subscription or a ping, ms; then the connection ends. The client pings only
    /// when nothing was sent, so while messages go out this is what finds a dead line.
    /// </summary>
    public int AnswerMs { get; init; } = MqttLimits.AnswerMs;

    /// <summary>Messages on the wire without the broker's answer. The client itself has no bound.</summary>
    public int InFlightMax { get; init; } = MqttLimits.InFlightMax;

    /// <summary>Messages that wait for their turn; what does not fit is not taken.</summary>
    public int WaitingMax { get; init; } = MqttLimits.WaitingMax;

    public MqttWill? Will { get; init; }

    public MqttTls? Tls { get; init; }

    /// <summary>Host and port, for screens.</summary>
    public string Address => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    internal void Check()
    {
        Require(!string.IsNullOrWhiteSpace(Host), nameof(Host), Host, "a name or an IP address");
        Require(!string.IsNullOrWhiteSpace(ClientId), nameof(ClientId), ClientId, "at least one character");
        Require(Port is >= 1 and <= ushort.MaxValue, nameof(Port), Port, "1..65535");
        Require(KeepAliveS is >= 1 and <= ushort.MaxValue, nameof(KeepAliveS), KeepAliveS, "1..65535 s");
        Require(AnswerMs >= 1, nameof(AnswerMs), AnswerMs, "at least 1 ms");
        Require(InFlightMax is >= 1 and <= ushort.MaxValue, nameof(InFlightMax), InFlightMax, "1..65535");
        Require(WaitingMax >= 1, nameof(WaitingMax), WaitingMax, "at least 1");
        Require(Password is null || User is not null, nameof(User), User, "a name, since there is a password");
    }

    private static void Require(bool good, string name, object? value, string allowed)
    {
        if (!good)
        {
            throw new ArgumentException($"{name} is '{value}'; allowed: {allowed}", nameof(value));
        }
    }
}

/// <summary>What the broker publishes with QoS 1 when the connection ends without a word.</summary>
public sealed class MqttWill
{
    public required string Topic { get; init; }

    public required byte[] Payload { get; init; }
}
