// Owns: every route of the page: method, path, and who may use it.
// Must never: have a route that is not in this list: the list is what is mapped, and what tests walk.

using Gateway.County.Duty.Pages;
using Microsoft.AspNetCore.Http;

namespace Gateway.County.Duty;

/// <summary>Whom a route is for.</summary>
internal enum DutyRight
{
    Anyone,
    SignedIn,

    /// <summary>People on duty, and engineers.</summary>
    Order,

    /// <summary>The county's people on duty, and engineers.</summary>
    Configure,

    /// <summary>People on duty: county and township.</summary>
    Act,
}

/// <param name="Method">GET or POST.</param>
/// <param name="Pattern">As ASP.NET Core's routing has it.</param>
/// <param name="Needs">Whom it is for.</param>
/// <param name="Answer">What it answers.</param>
internal sealed record DutyRoute(string Method, string Pattern, DutyRight Needs, Func<DutyRequest, Task> Answer);

internal static class DutyRoutes
{
    public static IReadOnlyList<DutyRoute> All { get; } =
    [
        new("GET", DutyAsset.Style.Path, DutyRight.Anyone, request => Asset(request, DutyAsset.Style, forEver: true)),
        new("GET", DutyAsset.Script.Path, DutyRight.Anyone, request => Asset(request, DutyAsset.Script, forEver: true)),
        .. DutyAsset.Help.Select(page =>
            new DutyRoute("GET", page.Path, DutyRight.Anyone, request => Asset(request, page, forEver: false))),
        new("GET", "/sign-in", DutyRight.Anyone, request => SignInForm(request, StatusCodes.Status200OK, failed: false)),
        new("POST", "/sign-in", DutyRight.Anyone, SignIn),
        new("POST", "/sign-out", DutyRight.SignedIn, SignOut),
        new("POST", "/language/{to}", DutyRight.Anyone, Language),
        new("GET", "/", DutyRight.SignedIn, DeskRoutes.Desk),
        new("GET", "/stream", DutyRight.SignedIn, StreamRoute.Stream),
        new("POST", "/sounding/{page}", DutyRight.SignedIn, StreamRoute.Sounding),
        new("GET", "/cases/{id}", DutyRight.SignedIn, DeskRoutes.CaseOf),
        new("POST", "/cases/{id}/take", DutyRight.Act, request => DeskRoutes.Act(request, CaseActKind.Take)),
        new("POST", "/cases/{id}/judge", DutyRight.Act, request => DeskRoutes.Act(request, CaseActKind.Judge)),
        new("POST", "/cases/{id}/note", DutyRight.Act, request => DeskRoutes.Act(request, CaseActKind.Note)),
        new("POST", "/cases/{id}/close", DutyRight.Act, request => DeskRoutes.Act(request, CaseActKind.Close)),
        .. ActRoutes.All,
        new("GET", "/wall", DutyRight.SignedIn, LookRoutes.Wall),
        new("GET", "/stations", DutyRight.SignedIn, LookRoutes.Stations),
        new("GET", "/stations/{station}", DutyRight.SignedIn, LookRoutes.Station),
        new("GET", "/history", DutyRight.SignedIn, LookRoutes.History),
        new("GET", "/history.csv", DutyRight.SignedIn, LookRoutes.HistoryTable),
        new("GET", "/dangers", DutyRight.SignedIn, LookRoutes.Dangers),
        new("POST", "/dangers", DutyRight.Act, LookRoutes.AddDanger),
        new("GET", "/search", DutyRight.SignedIn, FindRoutes.Search),
        new("GET", "/night", DutyRight.SignedIn, FindRoutes.Night),
        new("GET", "/waiting", DutyRight.SignedIn, FindRoutes.Waiting),
        new("GET", "/shift", DutyRight.SignedIn, LookRoutes.Shift),
    ];

    public static bool May(DutyUser? user, DutyRight needs) => needs switch
    {
        DutyRight.Anyone => true,
        DutyRight.SignedIn => user is not null,
        DutyRight.Order => user is { Role: DutyRole.County or DutyRole.Township or DutyRole.Engineer },
        DutyRight.Configure => user is { Role: DutyRole.County or DutyRole.Engineer },
        _ => user is { Role: DutyRole.County or DutyRole.Township },
    };

    /// <param name="request">Who asks.</param>
    /// <param name="asset">What is given.</param>
    /// <param name="forEver">Its name changes with its text.</param>
    private static Task Asset(DutyRequest request, DutyAsset asset, bool forEver)
    {
        if (forEver)
        {
            request.Context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        }

        request.Context.Response.ContentType = asset.Type;
        request.Context.Response.ContentLength = asset.Bytes.Length;
        return request.Context.Response.Body.WriteAsync(asset.Bytes, request.Context.RequestAborted).AsTask();
    }

    private static Task SignInForm(DutyRequest request, int code, bool failed) => request.Page<SignInPage>(
        code, (nameof(SignInPage.Language), request.Language), (nameof(SignInPage.Failed), failed));

    private static async Task SignIn(DutyRequest request)
    {
        IFormCollection form = await request.Context.Request.ReadFormAsync(request.Context.RequestAborted);
        DutySite site = request.Room.Site;
        string? token = await request.Room.SignIn.Begin(
            form["name"].ToString(), form["password"].ToString(), site.AddressOf(request.Context), request.Context.RequestAborted);
        if (token is null)
        {
            await SignInForm(request, StatusCodes.Status401Unauthorized, failed: true);
            return;
        }

        request.Context.Response.Cookies.Append(DutyRequest.SessionCookie, token, new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = site.IsSecure(request.Context),
            MaxAge = TimeSpan.FromMilliseconds(CountyLimits.DutySessionMs),
            Path = "/",
        });
        await request.Go("/");
    }

    private static Task SignOut(DutyRequest request)
    {
        request.Room.SignIn.End(request.User!, request.Token!);
        request.Context.Response.Cookies.Delete(DutyRequest.SessionCookie);
        return request.Go("/sign-in");
    }

    private static Task Language(DutyRequest request)
    {
        string to = request.Value("to") == DutyRequest.English ? DutyRequest.English : DutyRequest.Chinese;
        request.Context.Response.Cookies.Append(DutyRequest.LanguageCookie, to, new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = request.Room.Site.IsSecure(request.Context),
            Path = "/",
        });
        return request.Go(request.User is null ? "/sign-in" : "/");
    }
}
