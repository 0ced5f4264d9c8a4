// Owns: where an engine is and who the county is there.
// Must never: show a password.

using RabbitMQ.Client;

namespace Gateway.County.Server;

/// <summary>An address such as amqp://county@engine:5672/vhost; amqps is with TLS, whose authority the machine knows.</summary>
internal sealed record EngineAddress
{
    public const string Allowed = "amqp://USER@HOST:PORT or amqps://USER@HOST:PORT, with /VHOST behind it where it is not '/'";

    private readonly Uri _uri;

    private EngineAddress(Uri uri) => _uri = uri;

    public string? Password { get; init; }

    /// <summary>Without a password.</summary>
    public string Shown => $"{_uri.Scheme}://{_uri.Authority}{_uri.AbsolutePath}";

    /// <summary>Null where it is none; a password in it is none either, since every user of the machine could read it.</summary>
    public static EngineAddress? Parse(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme is "amqp" or "amqps" && uri.Host.Length > 0
        && uri is { Query: "", Fragment: "" } && uri.UserInfo.Length > 0 && !uri.UserInfo.Contains(':', StringComparison.Ordinal)
            ? new EngineAddress(uri) : null;

    public ConnectionFactory Factory()
    {
        string vhost = Uri.UnescapeDataString(_uri.AbsolutePath.TrimStart('/'));
        ConnectionFactory factory = new()
        {
            HostName = _uri.IdnHost.Trim('[', ']'),
            Port = _uri.Port > 0 ? _uri.Port : _uri.Scheme == "amqps" ? 5671 : 5672,
            UserName = Uri.UnescapeDataString(_uri.UserInfo),
            Password = Password ?? "",
            VirtualHost = vhost.Length == 0 ? "/" : vhost,
            RequestedHeartbeat = TimeSpan.FromSeconds(ServerLimits.EngineHeartbeatS),
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
        };
        factory.Ssl.Enabled = _uri.Scheme == "amqps";
        factory.Ssl.ServerName = factory.HostName;
        return factory;
    }
}
