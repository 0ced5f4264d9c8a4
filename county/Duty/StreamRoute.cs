// Owns: the stream of one open page.
// Must never: go on for somebody who is no longer signed in.

using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;

namespace Gateway.County.Duty;

internal static class StreamRoute
{
    public static async Task Stream(DutyRequest request)
    {
        DutyWatch watch = request.Room.Watch;
        if (watch.Open(request.View.Scope) is not { } page)
        {
            await request.Plain(StatusCodes.Status503ServiceUnavailable, "打开的页面过多 too many open pages");
            return;
        }

        using CancellationTokenSource end =
            CancellationTokenSource.CreateLinkedTokenSource(request.Context.RequestAborted, request.Room.Stopping);
        try
        {
            // A proxy must not hold anything back.
            request.Context.Response.Headers["X-Accel-Buffering"] = "no";
            await TypedResults.ServerSentEvents(Told(request, page, end.Token)).ExecuteAsync(request.Context);
        }
        finally
        {
            watch.Close(page);
        }
    }

    private static async IAsyncEnumerable<SseItem<string>> Told(
        DutyRequest request, OpenPage page, [EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (SseItem<string> item in page.Told.ReadAllAsync(stop))
        {
            // Removed, reset, signed out or over: the same person is looked up again with every sign of life.
            if (item.EventType == "beat" && request.Room.SignIn.Who(request.Token) is null)
            {
                yield return new SseItem<string>("{}", "out");
                yield break;
            }

            yield return item;
        }
    }
}
