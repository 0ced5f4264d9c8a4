// Owns: the desk page, the chosen case, and what people do with it.
// Must never: act on anything but by the view of the person who asks.

using Gateway.County.Duty.Pages;
using Microsoft.AspNetCore.Http;

namespace Gateway.County.Duty;

/// <summary>A case as its panel shows it.</summary>
/// <param name="Case">It.</param>
/// <param name="Steps">By their times.</param>
/// <param name="Place">The file of the place, or null.</param>
/// <param name="Station">The station's name.</param>
/// <param name="RelapseOf">The case of which it is a relapse; empty = of none.</param>
/// <param name="MayAct">Whether the person may act on it.</param>
/// <param name="Message">What came of an act; empty = nothing is to be said.</param>
public sealed record CaseModel(
    Case Case, IReadOnlyList<CaseStep> Steps, PlaceFile? Place, string Station, string RelapseOf, bool MayAct, string Message)
{
    /// <summary>The township then; with its name where the station still belongs to it.</summary>
    public required string Township { get; init; }

    /// <summary>Whom its station's plan calls.</summary>
    public IReadOnlyList<CalloutParty> Plan { get; init; } = [];
}

internal static class DeskRoutes
{
    public static Task Desk(DutyRequest request) => Show(request, StatusCodes.Status200OK, request.Query("case"), "");

    public static Task CaseOf(DutyRequest request) => Show(request, StatusCodes.Status200OK, request.Value("id"), "");

    public static async Task Act(DutyRequest request, CaseActKind kind)
    {
        IFormCollection form = await request.Context.Request.ReadFormAsync(request.Context.RequestAborted);
        string id = request.Value("id");
        bool ofCallout = kind is CaseActKind.Called or CaseActKind.SetOut or CaseActKind.Joined;
        string party = ofCallout ? form["party"].ToString().Trim() : "";
        int? version = int.TryParse(form["version"], out int seen) ? seen : null;

        // Who set out or is there is noted once by name, whatever else changed meanwhile.
        bool byName = ofCallout && kind != CaseActKind.Called;
        try
        {
            request.View.Act(new CaseRequest
            {
                Case = id,
                Kind = kind,
                By = "",
                Judgement = kind == CaseActKind.Judge ? CaseNames.Judgement(form["as"].ToString()) : CaseJudgement.None,
                Cause = form["cause"].ToString().Trim(),
                Words = form["words"].ToString().Trim(),
                Party = party,
                Version = byName ? null
                    : version ?? throw new CaseRefusedException("version: missing; allowed: the version that the page shows"),
            });
        }
        catch (CaseRefusedException e) when (e.Why != CaseRefusal.Unknown)
        {
            await Show(request, StatusCodes.Status409Conflict, id, Refusal(request.View, id, party, e));
            return;
        }
        catch (CaseRefusedException)
        {
            await request.Plain(StatusCodes.Status404NotFound, "无此案件 no such case");
            return;
        }

        request.Room.Watch.Look();
        if (request.WantsPart)
        {
            await Show(request, StatusCodes.Status200OK, id, "");
        }
        else
        {
            await request.Go($"/?case={Uri.EscapeDataString(id)}");
        }
    }

    /// <summary>Who was quicker is what the other one has to know.</summary>
    public static string Refusal(DutyView view, string id, string party, CaseRefusedException e)
    {
        bool noted = e.Why == CaseRefusal.Noted;
        return (noted || e.Why == CaseRefusal.Changed) && view.Case(id) is { } one
            && view.Steps(one).Where(step => step.Who.Length > 0 && (!noted || step.Party == party)).MaxBy(step => step.Number) is { } last
                ? $"{last.Who} 已于 {CaseText.Time(last)} {CaseText.Words(last)} {CaseEnglish.Words(last)}；{e.Message}" : e.Message;
    }

    private static async Task Show(DutyRequest request, int code, string id, string message)
    {
        DutyView view = request.View;
        Case? chosen = id.Length > 0 ? view.Case(id) : null;
        if (id.Length > 0 && chosen is null)
        {
            await request.Plain(StatusCodes.Status404NotFound, "无此案件 no such case");
            return;
        }

        if (request.WantsPart && chosen is not null)
        {
            await request.Page<CasePanel>(code, (nameof(CasePanel.Model), Model(view, chosen, message)));
            return;
        }

        Board board = await request.Room.Watch.BoardOf(view.Scope);
        chosen ??= board.Rows.Count > 0 ? view.Case(board.Rows[0].Id) : null;
        await request.Page<DeskPage>(
            code,
            (nameof(DeskPage.Language), request.Language),
            (nameof(DeskPage.User), request.User),
            (nameof(DeskPage.Board), board),
            (nameof(DeskPage.Required), request.Room.Missed.Required),
            (nameof(DeskPage.Chosen), chosen is null ? null : Model(view, chosen, message)));
    }

    private static CaseModel Model(DutyView view, Case one, string message)
    {
        (string station, string township) = view.NamesOf(one);
        return new CaseModel(one, view.Steps(one), view.Place(one), station, view.RelapseOf(one)?.Id ?? "", view.MayAct, message)
        {
            Township = township,
            Plan = view.CalloutPlan(one),
        };
    }
}
