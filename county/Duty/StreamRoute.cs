// Owns: the stream of one open page.
// Must never: go on for somebody who is no longer signed in.

using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Gateway.County.Duty;

internal static class StreamRoute
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    /// <summary>A page says that its audio runs; it does so with each sign of life that it hears.</summary>
    public static Task Sounding(DutyRequest request)
    {
        if (request.Room.Watch.Find(request.Value("page"), request.Token!) is not { } page)
        {
            return request.Plain(StatusCodes.Status409Conflict, "无此画面 no such open page");
        }

        page.Sounded();
        request.Context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    public static async Task Stream(DutyRequest request)
    {
        DutyWatch watch = request.Room.Watch;
        bool ordersOnly = request.Query("only") == "orders";
        DutyUser user = request.User!;
        string person = DutyRoutes.May(user, DutyRight.Act) && !ordersOnly ? user.Person : "";
        if (watch.Open(new OpenPage(request.View.Scope, request.Token!, person, IsHeard(user) && !ordersOnly, ordersOnly)) is not { } page)
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

    /// <summary>An engineer's page sounds for nobody on duty; a reader's hangs on a wall.</summary>
    private static bool IsHeard(DutyUser user) => user.Role != DutyRole.Engineer;

    private static async IAsyncEnumerable<SseItem<string>> Told(
        DutyRequest request, OpenPage page, [EnumeratorCancellation] CancellationToken stop)
    {
        yield return new SseItem<string>(JsonSerializer.Serialize(new { name = page.Name, atMs = DutyStore.NowMs() }, s_json), "page");
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
