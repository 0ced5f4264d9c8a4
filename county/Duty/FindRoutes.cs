// Owns: the pages on which people look for something: search, the last night, what waits to be handed over.
// Must never: read but by the view of the person who asks.

using Gateway.County.Duty.Pages;
using Microsoft.AspNetCore.Http;

namespace Gateway.County.Duty;

internal static class FindRoutes
{
    public static Task Search(DutyRequest request)
    {
        string asked = request.Query("q").Trim();
        asked = asked.Length <= CountyLimits.CaseNameMax ? asked : asked[..CountyLimits.CaseNameMax];
        return request.Page<SearchPage>(
            StatusCodes.Status200OK,
            (nameof(SearchPage.Language), request.Language),
            (nameof(SearchPage.User), request.User),
            (nameof(SearchPage.Found), request.View.Find(asked)));
    }

    public static Task Night(DutyRequest request) => request.Page<NightPage>(
        StatusCodes.Status200OK,
        (nameof(NightPage.Language), request.Language),
        (nameof(NightPage.User), request.User),
        (nameof(NightPage.Model), request.View.Night()));

    public static Task Waiting(DutyRequest request) => request.Page<WaitingPage>(
        StatusCodes.Status200OK,
        (nameof(WaitingPage.Language), request.Language),
        (nameof(WaitingPage.User), request.User),
        (nameof(WaitingPage.Model), request.View.Waiting()));
}
