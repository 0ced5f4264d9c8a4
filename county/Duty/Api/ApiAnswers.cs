// Owns: what each route of the API answers.
// Must never: read but by the view of the token that asks.

using System.ComponentModel;
using System.Globalization;
using Gateway.Contract;
using Microsoft.AspNetCore.Http;

namespace Gateway.County.Duty.Api;

internal static class ApiAnswers
{
    private const string MaxWords = "At most so many items: 1..500; without it, 100.";

    [EndpointSummary("What a desk sees at a glance: counts, open cases, a look for each station.")]
    public static ApiBoard Board(HttpContext context)
    {
        (IReadOnlyList<Case> cases, BoardCounts counts, IReadOnlyList<BoardCell> cells) = ApiCaller.Of(context).View.BoardNow();
        return new ApiBoard(
            DateTimeOffset.UtcNow,
            new ApiCounts(counts.Fire + counts.Gas, counts.Gas, counts.Taken, counts.Silent, counts.Danger, counts.Risk),
            [.. cases.Select(ApiMaker.Case)],
            counts.Beyond(cases.Count),
            [.. cells.Select(cell => new ApiCell(cell.Station, cell.Name, cell.Township, cell.Look))]);
    }

    [EndpointSummary("Cases, the newest first, a page at a time.")]
    public static ApiCases Cases(
        HttpContext context,
        [Description("true: only open ones; false, or without it: all.")] string? open,
        [Description("alarm, danger, silent, risk; without it, all.")] string? @class,
        [Description("Number of a station; without it, all.")] string? station,
        [Description("Code of a township within the token's; without it, all that the token sees.")] string? township,
        [Description("`next` of the page before; without it, the newest.")] string? before,
        [Description(MaxWords)] string? max)
    {
        int most = Max(max);
        bool only = open switch
        {
            null or "" or "false" => false,
            "true" => true,
            _ => throw Bad("open", open, "true, false"),
        };
        CaseClass? of = Given(@class) is not { } word ? null
            : CaseNames.Classes.IndexOf(word) is >= 0 and var at ? (CaseClass)(at + 1)
            : throw Bad("class", word, string.Join(", ", CaseNames.Classes));
        string? code = Given(township) is not { } asked ? null
            : Topics.LevelOk(asked) ? asked : throw Bad("township", asked, "the code of a township");
        IReadOnlyList<Case> found = ApiCaller.Of(context).View.NewestCases(only, of, StationIn(station), code, Before(before), most + 1);
        bool more = found.Count > most;
        ApiCase[] items = [.. found.Take(most).Select(ApiMaker.Case)];
        return new ApiCases(items, more ? $"{found[most - 1].OpenedMs}.{found[most - 1].Id}" : null);
    }

    [EndpointSummary("A case with what happened in it and the file of its place.")]
    public static ApiCaseWhole CaseOf(HttpContext context, [Description("A case's `id`.")] string id)
    {
        ApiCaller caller = ApiCaller.Of(context);
        Case one = caller.View.Case(id) ?? throw Missing("case", id);
        return new ApiCaseWhole(
            ApiMaker.Case(one), caller.View.RelapseOf(one)?.Id, [.. caller.View.Steps(one).Select(ApiMaker.Step)],
            ApiMaker.Place(caller.View.Place(one), caller.Token.Contacts));
    }

    [EndpointSummary("All stations and other makers' boxes, with their state.")]
    public static ApiStations Stations(HttpContext context) =>
        new([.. ApiCaller.Of(context).View.StationLines().Select(ApiMaker.Station)]);

    [EndpointSummary("A station with its place, open cases, newest events and commands.")]
    public static ApiStationWhole Station(HttpContext context, [Description("A station's number.")] string station)
    {
        ApiCaller caller = ApiCaller.Of(context);
        StationModel model = (StationIn(station) is { } number ? caller.View.Station(number) : null) ?? throw Missing("station", station);
        return new ApiStationWhole(
            ApiMaker.Station(model.Line), ApiMaker.Place(model.Place, caller.Token.Contacts), [.. model.Cases.Select(ApiMaker.Case)],
            [.. model.Events.Select(ApiMaker.Event)], [.. model.Commands.Select(ApiMaker.Command)]);
    }

    [EndpointSummary("Open dangers and risks, and places whose inspection is due.")]
    public static ApiDangers Dangers(HttpContext context)
    {
        DutyView view = ApiCaller.Of(context).View;
        IReadOnlyList<Case> all = view.Dangers();
        long nowMs = DutyStore.NowMs();
        return new ApiDangers(
            [.. all.Take(CountyLimits.ApiItemsMax).Select(ApiMaker.Case)],
            Math.Max(0, all.Count - CountyLimits.ApiItemsMax),
            [
                .. view.Inspections().Where(one => one.DueMs <= nowMs).Take(CountyLimits.ApiItemsMax).Select(one => new ApiInspection(
                    one.Station.Station, one.Station.Name, one.Station.Township, ApiMaker.Code(one.Code), ApiMaker.Moment(one.LastMs),
                    ApiMaker.At(one.DueMs))),
            ]);
    }

    [EndpointSummary("Events of a span, the newest first.")]
    public static ApiEvents Events(
        HttpContext context,
        [Description("First moment, such as 2026-05-01 or 2026-05-01T08:00:00Z; without it, a week before `until`.")] string? since,
        [Description("First moment that is no longer asked for; without it, now.")] string? until,
        [Description("Number of a station; without it, all.")] string? station,
        [Description("fire, condition, routine; without it, all.")] string? lane,
        [Description(MaxWords)] string? max)
    {
        int most = Max(max);
        long untilMs = MomentIn("until", until) ?? DutyStore.NowMs();
        long sinceMs = MomentIn("since", since) ?? untilMs - (long)TimeSpan.FromDays(CountyLimits.DutyHistoryDays).TotalMilliseconds;
        if (ApiMaker.At(sinceMs) < ApiMaker.At(untilMs).AddDays(-CountyLimits.ApiDaysMax))
        {
            throw Bad("since", since ?? "", $"at most {CountyLimits.ApiDaysMax} days before until");
        }

        Lane? of = Given(lane) is not { } word ? null
            : Lanes.Parse(word) is var known && known != Lane.None ? known : throw Bad("lane", word, "fire, condition, routine");
        IReadOnlyList<StoredEvent> found = ApiCaller.Of(context).View.Newest(
            new EventQuery { Station = StationIn(station), Lane = of, SinceMs = sinceMs, UntilMs = untilMs }, most + 1);
        return new ApiEvents([.. found.Take(most).Select(ApiMaker.Event)], found.Count > most);
    }

    [EndpointSummary("The shift log.")]
    public static ApiShift Shift(HttpContext context) => new(
    [
        .. ApiCaller.Of(context).View.ShiftLog().Select(row => new ApiShiftRow(
            ApiMaker.At(row.AtMs), row.Person, row.Act, row.Township, row.Target, row.Words)),
    ]);

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static int Max(string? text) => Given(text) is not { } given ? CountyLimits.ApiItems
        : int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out int max) && max is >= 1 and <= CountyLimits.ApiItemsMax
            ? max : throw Bad("max", given, $"1..{CountyLimits.ApiItemsMax}");

    private static uint? StationIn(string? text) => Given(text) is not { } given ? null
        : Topics.StationOf(given, out uint station) ? station : throw Bad("station", given, "1..4294967295");

    /// <summary>Also a day alone, which begins at the county's midnight.</summary>
    private static long? MomentIn(string place, string? text) => Given(text) is not { } given ? null
        : DateTimeOffset.TryParseExact(
            given, ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFK"], CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeLocal, out DateTimeOffset at) && at.Year is > 1970 and < 9999
            ? at.ToUnixTimeMilliseconds() : throw Bad(place, given, "such as 2026-05-01 or 2026-05-01T08:00:00Z");

    private static (long OpenedMs, string Id)? Before(string? text) => Given(text) is not { } given ? null
        : given.Split('.', 2) is [var ms, { Length: > 0 } id]
            && long.TryParse(ms, NumberStyles.None, CultureInfo.InvariantCulture, out long openedMs)
            ? (openedMs, id) : throw Bad("before", given, "`next` of the page before");

    private static ApiRefusedException Bad(string place, string value, string allowed) =>
        new(StatusCodes.Status400BadRequest, $"{place}: '{PlainText.Clean(value)}'; allowed: {allowed}");

    private static ApiRefusedException Missing(string place, string value) => new(
        StatusCodes.Status404NotFound, $"{place}: '{PlainText.Clean(value)}' is not there; allowed: one that the token sees");
}
