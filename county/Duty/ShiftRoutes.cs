// Owns: the change of a shift, inspections that were made, and a user's own password.
// Must never: take over a fire that nobody took: each of those is taken by itself.

using Gateway.County.Duty.Pages;
using Microsoft.AspNetCore.Http;

namespace Gateway.County.Duty;

internal static class ShiftRoutes
{
    public static Task Change(DutyRequest request) => Change(request, StatusCodes.Status200OK, []);

    public static async Task TakeOver(DutyRequest request)
    {
        IFormCollection form = await request.Context.Request.ReadFormAsync(request.Context.RequestAborted);
        List<(string Id, int Version)> asked = [];
        foreach (string? one in form["case"].Take(CountyLimits.DutyCasesShown))
        {
            string[] parts = (one ?? "").Split(':');
            asked.Add((parts[0], int.TryParse(parts[^1], out int version) ? version : -1));
        }

        IReadOnlyList<string> problems = request.View.TakeOver(asked);
        request.Room.Watch.Look();
        await (problems.Count == 0 ? request.Go("/shift/change") : Change(request, StatusCodes.Status409Conflict, problems));
    }

    public static async Task HandOver(DutyRequest request)
    {
        IFormCollection form = await request.Context.Request.ReadFormAsync(request.Context.RequestAborted);
        string? problem = request.View.HandOver(form["words"].ToString().Trim());
        await (problem is null ? request.Go("/shift/change") : Change(request, StatusCodes.Status409Conflict, [problem]));
    }

    public static async Task Inspected(DutyRequest request)
    {
        IFormCollection form = await request.Context.Request.ReadFormAsync(request.Context.RequestAborted);
        try
        {
            _ = uint.TryParse(request.Value("station"), out uint station);
            request.View.Inspected(station, long.TryParse(form["last"], out long last) ? last : -1, form["words"].ToString().Trim());
            await request.Go("/dangers");
        }
        catch (CaseRefusedException e)
        {
            await LookRoutes.Dangers(request, LookRoutes.CodeOf(e), e.Message);
        }
    }

    public static Task Password(DutyRequest request) => Password(request, StatusCodes.Status200OK, "", changed: false);

    public static async Task ChangePassword(DutyRequest request)
    {
        IFormCollection form = await request.Context.Request.ReadFormAsync(request.Context.RequestAborted);
        string fresh = form["new"].ToString();
        string? problem = Passwords.Problem(fresh) is { } wrong ? $"新密码 new {wrong}"
            : form["again"] != fresh ? "again: 两次输入不同 differs from new; allowed: the new password once more"
            : await request.Room.SignIn.Change(
                request.User!, request.Token!, form["old"].ToString(), fresh, request.Room.Site.AddressOf(request.Context),
                request.Context.RequestAborted) ? null
            : "old: 旧密码不对 does not fit; allowed: the password that you have";
        await Password(
            request, problem is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict, problem ?? "", problem is null);
    }

    private static Task Change(DutyRequest request, int code, IReadOnlyList<string> problems) => request.Page<ShiftChangePage>(
        code,
        (nameof(ShiftChangePage.Language), request.Language),
        (nameof(ShiftChangePage.User), request.User),
        (nameof(ShiftChangePage.Problems), problems),
        (nameof(ShiftChangePage.Model), request.View.Shift()));

    private static Task Password(DutyRequest request, int code, string problem, bool changed) => request.Page<PasswordPage>(
        code,
        (nameof(PasswordPage.Language), request.Language),
        (nameof(PasswordPage.User), request.User),
        (nameof(PasswordPage.Problem), problem),
        (nameof(PasswordPage.Changed), changed));
}
