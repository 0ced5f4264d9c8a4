// Owns: a platform that takes webhooks: a real web server on loopback that answers as a test says and keeps what it took.
// Must never: take what a real receiver would refuse: it checks every signature.

using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Gateway.County.HandOver;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.County.Tests.HandOver;

/// <summary>One request that came, in the order in which they came.</summary>
internal sealed record Came(string Id, string Type, string Case, int Step, string Body);

internal sealed class PlatformServer : IDisposable
{
    private readonly WebApplication _app;
    private readonly WebhookSecret _secret;

    /// <param name="secret">By which it believes.</param>
    /// <param name="port">0 = any.</param>
    /// <param name="certificate">With one it speaks TLS.</param>
    public PlatformServer(string secret, int port = 0, X509Certificate2? certificate = null)
    {
        _secret = WebhookSecret.Parse(secret)!;
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen =>
        {
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        }));
        _app = builder.Build();
        _app.Run(Serve);
        _app.StartAsync().GetAwaiter().GetResult();
        Url = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/hook");
    }

    public Uri Url { get; }

    /// <summary>All that came, also what was not taken.</summary>
    public ConcurrentQueue<Came> All { get; } = new();

    /// <summary>What was answered with 2xx.</summary>
    public ConcurrentQueue<Came> Taken { get; } = new();

    /// <summary>What no receiver takes.</summary>
    public ConcurrentQueue<string> Wrong { get; } = new();

    /// <summary>The answer to a request; what is not set is 204.</summary>
    public Func<Came, HttpResponse, Task> Answer { get; set; } = (_, response) =>
    {
        response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    };

    /// <summary>Answers with a number, and words.</summary>
    public static Func<Came, HttpResponse, Task> With(int status, string words = "") => async (_, response) =>
    {
        response.StatusCode = status;
        await response.WriteAsync(words);
    };

    public void Dispose()
    {
        _app.StopAsync().GetAwaiter().GetResult();
        ((IDisposable)_app).Dispose();
    }

    private async Task Serve(HttpContext context)
    {
        using MemoryStream bytes = new();
        await context.Request.Body.CopyToAsync(bytes);
        string id = context.Request.Headers[WebhookSecret.IdHeader].ToString();
        string? problem = WebhookSecret.Problem(
            [_secret], id, context.Request.Headers[WebhookSecret.TimestampHeader].ToString(),
            context.Request.Headers[WebhookSecret.SignatureHeader].ToString(), bytes.ToArray(),
            DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        if (context.Request.ContentType != "application/cloudevents+json; charset=utf-8" || context.Request.Path != "/hook")
        {
            problem = $"{context.Request.ContentType} {context.Request.Path}";
        }

        string body = Encoding.UTF8.GetString(bytes.ToArray());
        using JsonDocument json = JsonDocument.Parse(body);
        JsonElement root = json.RootElement;
        if (problem is not null || root.GetProperty("id").GetString() != id)
        {
            Wrong.Enqueue(problem ?? $"{id} in the header alone");
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        Came came = new(
            id, root.GetProperty("type").GetString()!["cn.fgw.".Length..], root.GetProperty("subject").GetString()!,
            root.GetProperty("data").TryGetProperty("step", out JsonElement step) ? step.GetProperty("number").GetInt32() : 0, body);
        All.Enqueue(came);
        await Answer(came, context.Response);
        if (context.Response.StatusCode is >= 200 and < 300)
        {
            Taken.Enqueue(came);
        }
    }
}
