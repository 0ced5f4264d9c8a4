// Owns: the routes of what people do beyond the first acts on a case.
// Must never: act on anything but by the view of the person who asks.

namespace Gateway.County.Duty;

internal static class ActRoutes
{
    /// <summary>A part of <see cref="DutyRoutes.All"/>.</summary>
    public static IReadOnlyList<DutyRoute> All { get; } =
    [
        new("POST", "/cases/{id}/pass-up", DutyRight.Act, request => DeskRoutes.Act(request, CaseActKind.PassUp)),
        new("POST", "/cases/{id}/call", DutyRight.Act, request => DeskRoutes.Act(request, CaseActKind.Called)),
        new("POST", "/cases/{id}/set-out", DutyRight.Act, request => DeskRoutes.Act(request, CaseActKind.SetOut)),
        new("POST", "/cases/{id}/joined", DutyRight.Act, request => DeskRoutes.Act(request, CaseActKind.Joined)),
        new("POST", "/cases/{id}/call-off", DutyRight.Act, request => DeskRoutes.Act(request, CaseActKind.StoodDown)),
        new("POST", "/inspections/{station}", DutyRight.Act, ShiftRoutes.Inspected),
        new("GET", "/shift/change", DutyRight.Act, ShiftRoutes.Change),
        new("POST", "/shift/take-over", DutyRight.Act, ShiftRoutes.TakeOver),
        new("POST", "/shift/hand-over", DutyRight.Act, ShiftRoutes.HandOver),
        new("GET", "/password", DutyRight.SignedIn, ShiftRoutes.Password),
        new("POST", "/password", DutyRight.SignedIn, ShiftRoutes.ChangePassword),
        new("POST", "/stations/{station}/settings", DutyRight.Configure, OrderRoutes.Settings),
        new("POST", "/stations/{station}/{order}", DutyRight.Order, OrderRoutes.Order),
    ];
}
