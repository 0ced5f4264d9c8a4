// Owns: the web server's listeners by name: what is served where.
// Must never: listen beyond this machine, or serve on one listener what belongs to another.

using System.Net;
using System.Net.Sockets;
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
    private readonly Dictionary<string, (string Option, IPEndPoint Where, RequestDelegate Serve)> _listeners = [];

    public const string Allowed =
        "HOST:PORT with an address of this machine alone and a port 1..65535, such as 127.0.0.1:9180 or [::1]:9180";

    /// <summary>An address of this machine alone, or null.</summary>
    public static IPEndPoint? Loopback(string text)
    {
        const string Local = "localhost:";
        text = text.StartsWith(Local, StringComparison.Ordinal) ? $"{IPAddress.Loopback}:{text[Local.Length..]}" : text;
        return At(text) is { Port: > 0 } at && IPAddress.IsLoopback(at.Address) ? at : null;
    }

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
    public void Add(string name, string option, IPEndPoint where, RequestDelegate serve) => _listeners.Add(name, (option, where, serve));

    /// <summary>Puts the web server into the host, where anything is to be served.</summary>
    public void Into(IHostBuilder host)
    {
        if (_listeners.Count > 0)
        {
            host.ConfigureWebHost(web => web.UseKestrelCore().ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;
                kestrel.Limits.MaxConcurrentConnections = ServerLimits.PageConnectionsMax;
                kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(ServerLimits.PageHeadersS);
                foreach ((string name, (_, IPEndPoint where, _)) in _listeners)
                {
                    kestrel.Listen(where, listen => listen.Use(next => connection =>
                    {
                        connection.Items[typeof(Listeners)] = name;
                        return next(connection);
                    }));
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

        foreach ((string option, IPEndPoint where, _) in _listeners.Values)
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
        if (name is not null && _listeners.TryGetValue(name, out (string, IPEndPoint, RequestDelegate Serve) listener))
        {
            return listener.Serve(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
