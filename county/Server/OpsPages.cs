// Owns: /health/live, /health/ready and /metrics.
// Must never: tell more of stations than their numbers' sums, or change anything.

using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Gateway.County.Server;

/// <param name="health">How the county's work goes.</param>
/// <param name="metrics">Its instruments.</param>
internal sealed class OpsPages(Func<CountyHealth> health, MetricsText metrics)
{
    public async Task Serve(HttpContext context)
    {
        HttpResponse response = context.Response;
        bool get = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        (int code, string type, string text) = (get, context.Request.Path.Value) switch
        {
            (true, "/health/live") => Health(Live(health())),
            (true, "/health/ready") => Health(Ready(health())),
            (true, "/metrics") => (StatusCodes.Status200OK, MetricsText.ContentType, metrics.Write()),
            (false, "/health/live" or "/health/ready" or "/metrics") => Plain(StatusCodes.Status405MethodNotAllowed, "GET\n"),
            _ => Plain(StatusCodes.Status404NotFound, "/health/live /health/ready /metrics\n"),
        };
        response.StatusCode = code;
        response.ContentType = type;
        response.Headers.CacheControl = "no-store";
        await response.WriteAsync(text, context.RequestAborted);
    }

    /// <summary>What keeps the process from working; null = nothing.</summary>
    internal static string? Live(CountyHealth health) => health.SinceTurn is { TotalSeconds: > ServerLimits.HangsS } turn
        ? string.Create(CultureInfo.InvariantCulture, $"working thread: no turn for {turn.TotalSeconds:0} s")
        : null;

    /// <summary>What keeps the county from receiving; null = nothing.</summary>
    internal static string? Ready(CountyHealth health) => health switch
    {
        { SinceTurn: null } => "working thread: not started",
        { SinceTurn.TotalSeconds: > ServerLimits.SlowS } => string.Create(
            CultureInfo.InvariantCulture, $"store: no answer for {health.SinceTurn.Value.TotalSeconds:0} s"),
        { StoreWorks: false } => "store: the last transaction failed",
        { BrokersConnected: 0 } => $"broker: none of {health.Brokers} connected",
        _ => null,
    };

    private static (int Code, string Type, string Text) Health(string? problem) =>
        problem is null ? Plain(StatusCodes.Status200OK, "ok\n") : Plain(StatusCodes.Status503ServiceUnavailable, problem + "\n");

    private static (int Code, string Type, string Text) Plain(int code, string text) => (code, "text/plain; charset=utf-8", text);
}
