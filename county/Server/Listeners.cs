// Owns: the web server's listeners by name: what is served where.
// Must never: serve on one listener what belongs to another, or let one take the other's connections.

using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Gateway.County.Broker;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Gateway.County.Server;

/// <summary>One Kestrel for all rooms that have something to serve; each brings its listener.</summary>
internal sealed class Listeners
{
    private readonly Dictionary<string, Listener> _listeners = [];

    public const string Allowed =
        "HOST:PORT with an address of this machine alone and a port 1..65535, such as 127.0.0.1:9180 or [::1]:9180";

    /// <summary>An address of this machine alone, or null.</summary>
    public static IPEndPoint? Loopback(string text)
    {
        const string Local = "localhost:";
        text = text.StartsWith(Local, StringComparison.Ordinal) ? $"{IPAddress.Loopback}:{text[Local.Length..]}" : text;
        return At(text) is { Port: > 0 } at && IPAddress.IsLoopback(at.Address) ? at : null;
    }

    /// <summary>Has an option take no other.</summary>
    public static void TakeLoopback(Option<string?> option) => option.Validators.Add(result =>
    {
        if (result.Tokens.Count == 1 && Loopback(result.Tokens[0].Value) is null)
        {
            result.AddError($"{option.Name}: '{result.Tokens[0].Value}'; allowed: {Allowed}");
        }
    });

    /// <summary>An address with its port, or null. A port that is left out would be any: the last group of [::1] is none.</summary>
    public static IPEndPoint? At(string text)
    {
        int colon = text.LastIndexOf(':');
        bool six = colon > 0 && text[colon - 1] == ']';
        return colon > 0 && (six ? text[0] == '[' : text.IndexOf(':', StringComparison.Ordinal) == colon)
            && IPEndPoint.TryParse(text, out IPEndPoint? at) ? at : null;
    }

    /// <param name="name">Names the listener.</param>
    /// <param name="option">The option that gave the address, for messages.</param>
    /// <param name="where">Its address.</param>
    /// <param name="serve">Answers what comes there.</param>
    /// <param name="certificate">For TLS; null = none.</param>
    /// <param name="connectionsMax">Connections at a time; more are closed.</param>
    public void Add(
        string name, string option, IPEndPoint where, RequestDelegate serve, X509Certificate2? certificate = null,
        int connectionsMax = ServerLimits.PageConnectionsMax) =>
        _listeners.Add(name, new Listener(option, where, serve, certificate, new Places(connectionsMax)));

    /// <summary>Puts the web server into the host, where anything is to be served.</summary>
    public void Into(IHostBuilder host)
    {
        if (_listeners.Count > 0)
        {
            host.ConfigureWebHost(web => web.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;
                kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(ServerLimits.PageHeadersS);
                foreach ((string name, Listener one) in _listeners)
                {
                    kestrel.Listen(one.Where, listen =>
                    {
                        listen.Use(next => connection =>
                        {
                            connection.Items[typeof(Listeners)] = name;
                            return one.Places.Take(next, connection);
                        });
                        if (one.Certificate is { } certificate)
                        {
                            listen.UseHttps(certificate);
                        }
                    });
                }
            }).Configure(app => app.Run(Serve)));
        }
    }

    /// <summary>What a failure to listen is called for people.</summary>
    public CommandException? Refusal(Exception error)
    {
        if (error is not (IOException or SocketException))
        {
            return null;
        }

        foreach ((string option, IPEndPoint where, _, _, _) in _listeners.Values)
        {
            if (error.Message.Contains(where.ToString(), StringComparison.Ordinal) || _listeners.Count == 1)
            {
                bool inUse = error.InnerException is AddressInUseException;
                string why = inUse ? "端口已被占用 port in use" + PortHolder.Of(where.Port) : error.Message;
                return new CommandException($"{option}: {where}: {why}; allowed: a free port", error) { ExitCode = ExitCodes.Failed };
            }
        }

        return null;
    }

    private Task Serve(HttpContext context)
    {
        string? name = context.Features.Get<IConnectionItemsFeature>()?.Items[typeof(Listeners)] as string;
        if (name is not null && _listeners.TryGetValue(name, out Listener? listener))
        {
            return listener.Serve(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private sealed record Listener(
        string Option, IPEndPoint Where, RequestDelegate Serve, X509Certificate2? Certificate, Places Places);

    /// <summary>The connections of one listener.</summary>
    private sealed class Places(int max)
    {
        private int _taken;

        public async Task Take(ConnectionDelegate next, ConnectionContext connection)
        {
            try
            {
                if (Interlocked.Increment(ref _taken) <= max)
                {
                    await next(connection);
                }
                else
                {
                    connection.Abort();
                }
            }
            finally
            {
                Interlocked.Decrement(ref _taken);
            }
        }
    }
}
