// Owns: what a connection needs to know before it begins.
// Must never: show a password or key in a text of its own (therefore classes, not records).

namespace Gateway.Mosquitto;

/// <summary>One connection to one broker. Checked when the client is made.</summary>
public sealed class MosquittoOptions
{
    /// <summary>IP literal or name. A name is resolved by .NET, so that Dispose can end the look-up.</summary>
    public required string Host { get; init; }

    /// <summary>1..65535.</summary>
    public required int Port { get; init; }

    /// <summary>Not empty. The broker ends an older connection with the same one.</summary>
    public required string ClientId { get; init; }

    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>True: the broker forgets subscriptions and queued messages with the connection.</summary>
    public bool CleanSession { get; init; } = true;

    /// <summary>5..65535 s, or 0 for none. A silent broker is noticed after at most twice this time.</summary>
    public int KeepAliveS { get; init; } = 30;

    public MosquittoWill? Will { get; init; }

    public MosquittoTls? Tls { get; init; }

    /// <summary>QoS 1 messages on the wire without an acknowledgement; more wait in the library. 1..65535.</summary>
    public int InflightMax { get; init; } = 20;

    internal static void Check(MosquittoOptions options)
    {
        Require(!string.IsNullOrWhiteSpace(options.Host), nameof(Host), options.Host, "a name or an IP address");
        Require(!string.IsNullOrWhiteSpace(options.ClientId), nameof(ClientId), options.ClientId, "at least one character");
        Require(options.Port is >= 1 and <= ushort.MaxValue, nameof(Port), options.Port, "1..65535");
        Require(options.KeepAliveS is 0 or (>= 5 and <= ushort.MaxValue), nameof(KeepAliveS), options.KeepAliveS, "0 and 5..65535 s");
        Require(options.InflightMax is >= 1 and <= ushort.MaxValue, nameof(InflightMax), options.InflightMax, "1..65535");
        Require(options.Password is null || options.User is not null, nameof(User), options.User, "a name, since there is a password");
        Require(options.Will is null or { Qos: 0 or 1 }, "Will.Qos", options.Will?.Qos, "0 and 1");
        bool pair = options.Tls is null || options.Tls.CertFile is null == options.Tls.KeyFile is null;
        Require(pair, nameof(Tls), "half a pair", "CertFile together with KeyFile");
    }

    private static void Require(bool good, string name, object? value, string allowed)
    {
        if (!good)
        {
            throw new ArgumentException($"{name} is '{value}'; allowed: {allowed}", nameof(value));
        }
    }
}

/// <summary>What the broker publishes when the connection ends without a DISCONNECT.</summary>
public sealed class MosquittoWill
{
    public required string Topic { get; init; }

    public required byte[] Payload { get; init; }

    /// <summary>0 or 1.</summary>
    public int Qos { get; init; } = 1;

    public bool Retain { get; init; }
}

/// <summary>PEM files. The broker's certificate must name <see cref="MosquittoOptions.Host"/>, as a name or as an IP address.</summary>
public sealed class MosquittoTls
{
    /// <summary>Certificates of the authorities that may have signed the broker's.</summary>
    public required string CaFile { get; init; }

    /// <summary>The client's own certificate, together with <see cref="KeyFile"/>, where the broker asks for one.</summary>
    public string? CertFile { get; init; }

    public string? KeyFile { get; init; }
}
