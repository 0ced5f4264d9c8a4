// Owns: how a platform's requests reach the hand-over's door from the web server.
// Must never: read a body without end, or decide.

using System.Globalization;
using Gateway.County.HandOver;
using Microsoft.AspNetCore.Http;

namespace Gateway.County.Server;

internal sealed class HandOverPages(HandOverDoor door)
{
    public async Task Serve(HttpContext context)
    {
        HttpRequest request = context.Request;
        DoorRequest asked = new(
            request.Method,
            request.Path.Value ?? "",
            name => request.Query.TryGetValue(name, out var value) ? value.ToString() : null,
            name => request.Headers[name].ToString(),
            await Body(request, context.RequestAborted));
        DoorAnswer answer = await door.Answer(asked, context.RequestAborted);
        HttpResponse response = context.Response;
        response.StatusCode = answer.Status;
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        if (answer.Status == StatusCodes.Status503ServiceUnavailable)
        {
            response.Headers.RetryAfter = (HandOverLimits.TurnMs / 1_000).ToString(CultureInfo.InvariantCulture);
        }

        await response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    /// <summary>All of it; null when it is longer than allowed.</summary>
    private static async Task<ReadOnlyMemory<byte>?> Body(HttpRequest request, CancellationToken stop)
    {
        byte[] bytes = new byte[HandOverLimits.FeedbackBytesMax + 1];
        int count = await request.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, stop);

        // A null beside a Memory would be taken for an empty one.
        return count < bytes.Length ? bytes.AsMemory(0, count) : (ReadOnlyMemory<byte>?)null;
    }
}
