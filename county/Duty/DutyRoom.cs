// Owns: the duty page as one thing: its pipeline around the routes, its watch, its end.
// Must never: answer without a look at who asks, or let a form of another origin act.

using System.Data.Common;
using System.Diagnostics;
using Gateway.County.Duty.Api;
using Gateway.County.Sql;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gateway.County.Duty;

/// <summary>Serves the duty page; whoever listens hands requests to <see cref="Serve"/>.</summary>
internal sealed class DutyRoom : IAsyncDisposable
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; "
        + "base-uri 'none'; frame-ancestors 'none'";

    private readonly ServiceProvider _services;
    private readonly ApiDoor _api;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _end = new();
    private readonly Func<CancellationToken> _stopping;
    private Task _watching = Task.CompletedTask;

    /// <param name="database">As of --db.</param>
    /// <param name="site">Where the page stands.</param>
    /// <param name="log">For what goes wrong.</param>
    /// <param name="stopping">Ends streams when the host does.</param>
    public DutyRoom(string database, DutySite site, ILoggerFactory log, Func<CancellationToken> stopping)
    {
        Site = site;
        Store = new DutyStore(database);
        SignIn = new SignIn(Store);
        _stopping = stopping;
        _log = log.CreateLogger("duty");
        _api = new ApiDoor(database);
        _services = ApiDoor.Into(new ServiceCollection())
            .AddSingleton(log)
            .AddSingleton(typeof(ILogger<>), typeof(Logger<>))
            .AddSingleton(new DiagnosticListener("duty"))
            .AddRouting()
            .BuildServiceProvider();
        Renderer = new DutyRenderer(_services, log);
        Missed = new MissedPages(township => Watch!.Sounds(township));
        Watch = new DutyWatch(Store, Renderer, Missed, _log);
        Serve = Pipeline();
    }

    public DutySite Site { get; }

    public DutyStore Store { get; }

    public SignIn SignIn { get; }

    public DutyRenderer Renderer { get; }

    public DutyWatch Watch { get; }

    /// <summary>For a county that requires a page.</summary>
    public MissedPages Missed { get; }

    /// <summary>Answers a request.</summary>
    public RequestDelegate Serve { get; }

    /// <summary>Whether nobody can sign in yet.</summary>
    public bool HasNoUser => Store.With(rows => rows.Users().Count) == 0;

    public CancellationToken Stopping => _stopping();

    /// <summary>Begins to look for changes.</summary>
    public void Start() => _watching = Task.Run(() => Watch.Run(_end.Token));

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _watching;
        await _services.DisposeAsync();
        _api.Dispose();
        Store.Dispose();
        _end.Dispose();
    }

    private RequestDelegate Pipeline()
    {
        ApplicationBuilder app = new(_services);
        app.Use(next => context => Guarded(context, next));
        app.UseRouting();
        app.Use(next => context => _api.Guard(context, next));
        app.UseEndpoints(endpoints =>
        {
            foreach (DutyRoute route in DutyRoutes.All)
            {
                endpoints.MapMethods(route.Pattern, [route.Method], context => Answer(context, route)).ExcludeFromDescription();
            }

            ApiDoor.Map(endpoints);
        });
        return app.Build();
    }

    private async Task Guarded(HttpContext context, RequestDelegate next)
    {
        context.RequestServices = _services;
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        if (Site.IsSecure(context))
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body)
        {
            body.MaxRequestBodySize = CountyLimits.DutyBodyBytesMax;
        }

        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested || Stopping.IsCancellationRequested)
        {
            // The browser has gone, or the county goes.
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            await Failed(context, e.StatusCode, e.Message);
        }
        catch (InvalidDataException e) when (!context.Response.HasStarted)
        {
            await Failed(context, StatusCodes.Status400BadRequest, e.Message);
        }
        catch (Exception e) when (e is DbException or StoreException && !context.Response.HasStarted)
        {
            _log.LogWarning("值班页 duty page: {Problem}", e.Message);
            await Failed(context, StatusCodes.Status503ServiceUnavailable, "数据库无应答 the database does not answer");
        }
    }

    private async Task Answer(HttpContext context, DutyRoute route)
    {
        string? token = context.Request.Cookies[DutyRequest.SessionCookie];
        DutyUser? user = SignIn.Who(token);
        DutyRequest request = new(context, this, user, token);
        if (!HttpMethods.IsGet(route.Method) && !Site.IsOwn(context))
        {
            await request.Plain(StatusCodes.Status403Forbidden, "来源不符 origin: not this page's; allowed: forms of this page");
        }
        else if (DutyRoutes.May(user, route.Needs))
        {
            await route.Answer(request);
        }
        else if (user is not null)
        {
            await request.Plain(StatusCodes.Status403Forbidden, $"{DutyUser.Chinese(user.Role)}: 无此权限 not allowed to {user.Name}");
        }
        else if (HttpMethods.IsGet(route.Method) && !request.WantsPart && route.Pattern != "/stream")
        {
            await request.Go("/sign-in");
        }
        else
        {
            await request.Plain(StatusCodes.Status401Unauthorized, "未登录 not signed in");
        }
    }

    private Task Failed(HttpContext context, int code, string text) =>
        new DutyRequest(context, this, user: null, token: null).Plain(code, text);
}
