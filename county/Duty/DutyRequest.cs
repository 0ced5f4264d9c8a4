// Owns: one request with who asks, and the forms of its answer.
// Must never: give a view to somebody who is not signed in.

using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace Gateway.County.Duty;

internal sealed class DutyRequest(HttpContext context, DutyRoom room, DutyUser? user, string? token)
{
    public const string SessionCookie = "duty";
    public const string LanguageCookie = "lang";
    public const string Chinese = "zh-CN";
    public const string English = "en";

    private DutyView? _view;

    public HttpContext Context => context;

    public DutyRoom Room => room;

    public DutyUser? User => user;

    public string? Token => token;

    public DutyView View => _view ??= new DutyView(room.Store, user ?? throw new InvalidOperationException("nobody is signed in"));

    public string Language => context.Request.Cookies[LanguageCookie] == English ? English : Chinese;

    /// <summary>Whether the script asks, for a part of a page.</summary>
    public bool WantsPart => context.Request.Headers["X-Part"] == "1";

    public string Value(string name) => context.Request.RouteValues[name] as string ?? "";

    public string Query(string name) => context.Request.Query[name].ToString();

    public async Task Page<T>(int code, params (string Name, object? Value)[] parameters)
        where T : IComponent =>
        await Text(code, "text/html; charset=utf-8", await room.Renderer.Of<T>(parameters));

    public async Task Text(int code, string type, string text)
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = type;
        await context.Response.WriteAsync(text, context.RequestAborted);
    }

    public Task Plain(int code, string text) => Text(code, "text/plain; charset=utf-8", text + "\n");

    public Task Go(string path)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = path;
        return Task.CompletedTask;
    }
}
