// Owns: the routes of what people do beyond the first acts on a case.
// Must never: act on anything but by the view of the person who asks.

namespace Gateway.County.Duty;

internal static class ActRoutes
{
    /// <summary>A part of <see cref="DutyRoutes.All"/>.</summary>
    public static IReadOnlyList<DutyRoute> All { get; } =
    [
        new("POST", "/cases/{id}/pass-up", DutyRight.Act, request => DeskRoutes.Act(request, CaseActKind.PassUp)),
    ];
}
