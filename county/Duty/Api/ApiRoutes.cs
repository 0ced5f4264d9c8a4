// Owns: every route of the API, by which its document is made.
// Must never: have a route that is not in this list, or one that changes anything.

namespace Gateway.County.Duty.Api;

/// <param name="Pattern">As ASP.NET Core's routing has it.</param>
/// <param name="Name">The operation's name in the document.</param>
/// <param name="Answer">What it answers; its parameters and its result are in the document.</param>
internal sealed record ApiRoute(string Pattern, string Name, Delegate Answer);

internal static class ApiRoutes
{
    public const string Root = "/api/v1";
    public const string Document = Root + "/openapi.json";

    /// <summary>All of them are read by GET, with a token.</summary>
    public static IReadOnlyList<ApiRoute> All { get; } =
    [
        new(Root + "/board", "board", ApiAnswers.Board),
        new(Root + "/cases", "cases", ApiAnswers.Cases),
        new(Root + "/cases/{id}", "case", ApiAnswers.CaseOf),
        new(Root + "/stations", "stations", ApiAnswers.Stations),
        new(Root + "/stations/{station}", "station", ApiAnswers.Station),
        new(Root + "/dangers", "dangers", ApiAnswers.Dangers),
        new(Root + "/events", "events", ApiAnswers.Events),
        new(Root + "/shift", "shift", ApiAnswers.Shift),
    ];
}
