// Owns: pages to look at: stations, one station, history and its table for spreadsheets, dangers, the shift log, the wall.
// Must never: read anything but by the view of the person who asks.

using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Gateway.Contract;
using Gateway.County.Duty.Pages;
using Microsoft.AspNetCore.Http;

namespace Gateway.County.Duty;

/// <summary>What somebody wants to see of the history, as it was typed.</summary>
/// <param name="Since">First day, as yyyy-MM-dd.</param>
/// <param name="Until">Last day.</param>
/// <param name="Station">A station's number; empty = all.</param>
/// <param name="Lane">A lane's name; empty = all.</param>
/// <param name="Kind">A kind's word; empty = all.</param>
/// <param name="Township">A township's code; empty = all.</param>
/// <param name="Problem">What is wrong with it; empty = nothing.</param>
public sealed record HistoryAsked(
    string Since, string Until, string Station, string Lane, string Kind, string Township, string Problem);

internal static class LookRoutes
{
    private const string Day = "yyyy-MM-dd";

    public static Task Stations(DutyRequest request) => request.Page<StationsPage>(
        StatusCodes.Status200OK,
        (nameof(StationsPage.Language), request.Language),
        (nameof(StationsPage.User), request.User),
        (nameof(StationsPage.Lines), request.View.StationLines()));

    public static Task Station(DutyRequest request) => Station(request, StatusCodes.Status200OK, "");

    public static Task NoStation(DutyRequest request) =>
        request.Plain(StatusCodes.Status404NotFound, "无此站点 no such station");

    public static Task History(DutyRequest request)
    {
        (HistoryAsked asked, EventQuery? query) = Asked(request);
        return request.Page<HistoryPage>(
            query is null ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK,
            (nameof(HistoryPage.Language), request.Language),
            (nameof(HistoryPage.User), request.User),
            (nameof(HistoryPage.Asked), asked),
            (nameof(HistoryPage.Townships), request.User is { Township.Length: 0 } ? request.View.Townships() : []),
            (nameof(HistoryPage.Events), query is null ? [] : request.View.Newest(query, CountyLimits.DutyHistoryRows)));
    }

    public static async Task HistoryTable(DutyRequest request)
    {
        (HistoryAsked asked, EventQuery? query) = Asked(request);
        if (query is null)
        {
            await request.Plain(StatusCodes.Status400BadRequest, asked.Problem);
            return;
        }

        HttpResponse response = request.Context.Response;
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=\"history-{asked.Since}-{asked.Until}.csv\"";

        // A spreadsheet knows by the mark that it is UTF-8, and takes a cell that begins with = or + for a formula.
        await using StreamWriter writer = new(response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        await using CsvWriter table = new(
            writer, new CsvConfiguration(CultureInfo.InvariantCulture) { InjectionOptions = InjectionOptions.Escape });
        Array.ForEach(["时间", "站点", "乡镇", "村", "类别", "序号", "事件", "收到"], table.WriteField);
        await table.NextRecordAsync();
        foreach (StoredEvent one in request.View.All(query))
        {
            string[] cells =
            [
                EventText.Time(one), $"{one.Record.Station}", one.Township, one.Village, Lanes.Name(one.Record.LaneNumber),
                $"{one.Record.Sequence}", EventText.Words(one), TimeText.Local(one.ReceivedMs),
            ];
            Array.ForEach(cells, table.WriteField);
            await table.NextRecordAsync();
            request.Context.RequestAborted.ThrowIfCancellationRequested();
        }
    }

    public static Task Dangers(DutyRequest request) => Dangers(request, StatusCodes.Status200OK, "");

    public static async Task AddDanger(DutyRequest request)
    {
        IFormCollection form = await request.Context.Request.ReadFormAsync(request.Context.RequestAborted);
        CaseGrade grade = CaseNames.Grade(form["grade"].ToString());
        try
        {
            _ = uint.TryParse(form["station"], out uint station);
            Case found = request.View.Found(station, grade, form["words"].ToString().Trim());
            request.Room.Watch.Look();
            await request.Go($"/?case={Uri.EscapeDataString(found.Id)}");
        }
        catch (CaseRefusedException e)
        {
            await Dangers(request, CodeOf(e), e.Message);
        }
    }

    public static Task Shift(DutyRequest request) => request.Page<ShiftPage>(
        StatusCodes.Status200OK,
        (nameof(ShiftPage.Language), request.Language),
        (nameof(ShiftPage.User), request.User),
        (nameof(ShiftPage.Rows), request.View.ShiftLog()));

    public static async Task Wall(DutyRequest request) => await request.Page<WallPage>(
        StatusCodes.Status200OK,
        (nameof(WallPage.Language), request.Language),
        (nameof(WallPage.Required), request.Room.Missed.Required),
        (nameof(WallPage.Board), await request.Room.Watch.BoardOf(request.View.Scope)));

    public static int CodeOf(CaseRefusedException e) =>
        e.Why == CaseRefusal.Unknown ? StatusCodes.Status404NotFound : StatusCodes.Status409Conflict;

    public static Task Dangers(DutyRequest request, int code, string problem) => request.Page<DangersPage>(
        code,
        (nameof(DangersPage.Language), request.Language),
        (nameof(DangersPage.User), request.User),
        (nameof(DangersPage.MayAct), request.View.MayAct),
        (nameof(DangersPage.Problem), problem),
        (nameof(DangersPage.NowMs), DutyStore.NowMs()),
        (nameof(DangersPage.Stations), request.View.Stations()),
        (nameof(DangersPage.Inspections), request.View.Inspections()),
        (nameof(DangersPage.Cases), request.View.Dangers()));

    public static Task Station(DutyRequest request, int code, string problem, OrderQuestion? question = null)
    {
        if (!uint.TryParse(request.Value("station"), out uint number) || request.View.Station(number) is not { } model)
        {
            return NoStation(request);
        }

        model = model with { Problem = problem, Question = question };
        return request.WantsPart
            ? request.Page<StationPart>(code, (nameof(StationPart.Model), model))
            : request.Page<StationPage>(
                code,
                (nameof(StationPage.Language), request.Language),
                (nameof(StationPage.User), request.User),
                (nameof(StationPage.Model), model));
    }

    private static (HistoryAsked Asked, EventQuery? Query) Asked(DutyRequest request)
    {
        DateTime today = DateTime.Today;
        string since = Or(request.Query("since"), today.AddDays(-CountyLimits.DutyHistoryDays).ToString(Day));
        string until = Or(request.Query("until"), today.ToString(Day));
        (string station, string lane) = (request.Query("station"), request.Query("lane"));
        (string kind, string township) = (request.Query("kind"), request.Query("township"));
        EventKind[] kinds = [.. Enum.GetValues<EventKind>().Where(one => EventKinds.Code(one) == kind)];
        uint number = 0;
        bool begins = Parsed(since, out DateTime first);
        bool ends = Parsed(until, out DateTime last);
        string problem = !begins ? $"since: '{PlainText.Clean(since)}'; allowed: {Day}"
            : !ends ? $"until: '{PlainText.Clean(until)}'; allowed: {Day}"
            : station.Length > 0 && !Topics.StationOf(station, out number)
                ? $"station: '{PlainText.Clean(station)}'; allowed: 1..4294967295"
            : lane.Length > 0 && Lanes.Parse(lane) == Lane.None ? $"lane: '{PlainText.Clean(lane)}'; allowed: fire, condition, routine"
            : kind.Length > 0 && kinds.Length == 0 ? $"kind: '{PlainText.Clean(kind)}'; allowed: a kind of the list, such as fire-alarm"
            : township.Length > 0 && !Topics.LevelOk(township)
                ? $"township: '{PlainText.Clean(township)}'; allowed: the code of a township"
            : "";
        HistoryAsked asked = new(since, until, station, lane, kind, township, problem);
        return (asked, problem.Length > 0 ? null : new EventQuery
        {
            Station = station.Length > 0 ? number : null,
            Lane = lane.Length > 0 ? Lanes.Parse(lane) : null,
            Kinds = kind.Length > 0 ? kinds : null,
            Township = township.Length > 0 ? township : null,
            SinceMs = new DateTimeOffset(first).ToUnixTimeMilliseconds(),
            UntilMs = new DateTimeOffset(last.AddDays(1)).ToUnixTimeMilliseconds(),
        });

        static string Or(string text, string otherwise) => text.Length > 0 ? text : otherwise;
        static bool Parsed(string text, out DateTime day) =>
            DateTime.TryParseExact(text, Day, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out day)
            && day.Year is > 1970 and < 9999;
    }
}
