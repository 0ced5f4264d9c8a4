// Owns: what the API gives, field by field; the document for integrators is made of these.
// Must never: change a name or a meaning within a version, or carry a contact that its token is not for.

using System.ComponentModel;

namespace Gateway.County.Duty.Api;

internal sealed record ApiCounts(
    [property: Description("Alarms that nobody has taken: fires, and combustible gas.")] int Fire,
    [property: Description("Of these, the ones of combustible gas alone.")] int Gas,
    [property: Description("Alarms that somebody has taken, or that are over and not judged.")] int Taken,
    [property: Description("Stations that are not heard.")] int Silent,
    [property: Description("Open dangers.")] int Danger,
    [property: Description("Open risks.")] int Risk);

internal sealed record ApiCell(
    uint Station,
    string Name,
    [property: Description("Code of its township.")] string Township,
    [property: Description(
        "fire (nobody took it), over (over and not judged), taken, silent (not heard), supervised (supervisory), danger (fault), "
        + "apart (shield, test, drill or hot work), none (never heard), quiet.")] string Look);

internal sealed record ApiBoard(
    [property: Description("When this was read.")] DateTimeOffset At,
    ApiCounts Counts,
    [property: Description("Open cases: fires that nobody took first, then other alarms, then the rest; the oldest first.")]
    IReadOnlyList<ApiCase> Cases,
    [property: Description("How many more open cases there are.")] int More,
    IReadOnlyList<ApiCell> Stations);

internal sealed record ApiCase(
    [property: Description("Its name for ever.")] string Id,
    [property: Description("alarm, danger, silent, risk.")] string Class,
    [property: Description("What it is about, such as fire, hidden-fire, fault, found, silent, false-alarms, duty-check, patrol.")]
    string Trouble,
    [property: Description("open, taken, ended (gone, and not closed), closed, merged.")] string State,
    [property: Description("What it is about, in Chinese.")] string Title,
    uint Station,
    [property: Description("Code of the township then.")] string Township,
    [property: Description("Code of the village then.")] string Village,
    [property: Description("Zone of its first event; 0 = none.")] int Zone,
    [property: Description("low, general, larger, major; null = none.")] string? Grade,
    [property: Description("Who has to see to it: village, township, county.")] string Level,
    DateTimeOffset OpenedAt,
    [property: Description("When what it is about was gone; null = not yet.")] DateTimeOffset? EndedAt,
    [property: Description("Null = open.")] DateTimeOffset? ClosedAt,
    [property: Description("By when it has to be closed; null = no time is set.")] DateTimeOffset? DueAt,
    [property: Description("Null = nobody took it.")] DateTimeOffset? TakenAt,
    [property: Description("Who took it; null = nobody.")] string? Owner,
    [property: Description("real, false, test, drill; null = not judged.")] string? Judgement,
    [property: Description("Why an alarm was false; null = it was not.")] string? Cause,
    [property: Description("Everything in it came of zones in test.")] bool Test,
    [property: Description("The case of which it is part; null = of none.")] string? MergedInto,
    [property: Description("Rises with every change.")] int Version);

internal sealed record ApiStep(
    [property: Description("From 1 in its case.")] int Step,
    [property: Description("What happened: a word, such as opened, more, answered, escalated, taken, judged, closed.")] string What,
    DateTimeOffset At,
    [property: Description("What happened, in Chinese.")] string Words,
    int Zone,
    [property: Description("Null = nobody.")] string? Who,
    [property: Description("The level of who acted, or to which it went up; null = none.")] string? Level);

internal sealed record ApiPlace(
    string Address,
    [property: Description("Null where the token is not for contacts.")] string? Contact,
    [property: Description("Null where the token is not for contacts.")] string? Telephone,
    [property: Description("How many persons sleep there; 0 = none, or not known.")] int Sleeping,
    string Gas,
    [property: Description("Who has the keys; null where the token is not for contacts.")] string? Keys,
    [property: Description("Null where the token is not for contacts.")] string? Notes,
    [property: Description("Degrees as they were given.")] string Longitude,
    string Latitude,
    [property: Description("CGCS2000 or GCJ-02: they differ by hundreds of metres.")] string Datum);

internal sealed record ApiCaseWhole(
    ApiCase Case,
    [property: Description("The case of which it is a relapse; null = of none.")] string? RelapseOf,
    [property: Description("By their times.")] IReadOnlyList<ApiStep> Steps,
    [property: Description("The file of the place; null = there is none.")] ApiPlace? Place);

internal sealed record ApiCases(
    [property: Description("The newest first.")] IReadOnlyList<ApiCase> Items,
    [property: Description("Ask with this as `before` for what stands behind; null = there is no more.")] string? Next);

internal sealed record ApiStation(
    uint Station,
    string Name,
    string County,
    string Township,
    [property: Description("The township's name; null = not known.")] string? TownshipName,
    string Village,
    [property: Description("As on the board.")] string Look,
    [property: Description("green, yellow, red.")] string Code,
    [property: Description("Open dangers and risks.")] int Open,
    [property: Description("When it was last heard; null = never.")] DateTimeOffset? SeenAt,
    [property: Description("How its box fares, in Chinese; empty = well.")] string Box,
    [property: Description("Null = not told.")] string? Firmware,
    [property: Description("Zones by their state.")] ApiZones Zones);

internal sealed record ApiZones(
    IReadOnlyList<int> Fire, IReadOnlyList<int> Fault, IReadOnlyList<int> Supervisory, IReadOnlyList<int> Disabled,
    IReadOnlyList<int> Test);

internal sealed record ApiStations(IReadOnlyList<ApiStation> Items);

internal sealed record ApiEvent(
    uint Station,
    string Township,
    string Village,
    [property: Description("With epoch and sequence it names the event for ever: fire, condition, routine.")] string Lane,
    uint Epoch,
    uint Sequence,
    [property: Description("A word, such as fire-alarm, fault, acknowledged; a number where the county does not know it.")] string Kind,
    int Zone,
    [property: Description("What happened, in Chinese.")] string Words,
    [property: Description("When it happened.")] DateTimeOffset At,
    [property: Description("Whether that time is the gateway's own; if not it is reckoned, or the time of receipt.")] bool AtKnown,
    DateTimeOffset ReceivedAt,
    [property: Description("It came under the name of another record.")] bool Conflicting);

internal sealed record ApiEvents(
    [property: Description("The newest first.")] IReadOnlyList<ApiEvent> Items,
    [property: Description("There are more in this span: ask with an earlier `until`.")] bool More);

internal sealed record ApiCommand(
    uint Number,
    [property: Description("A word, such as duty-check, drill, silence, self-test, clock.")] string What,
    DateTimeOffset QueuedAt,
    [property: Description("What became of it, in Chinese.")] string Words);

internal sealed record ApiStationWhole(
    ApiStation Station,
    ApiPlace? Place,
    [property: Description("Its open cases.")] IReadOnlyList<ApiCase> Cases,
    [property: Description("The newest first.")] IReadOnlyList<ApiEvent> Events,
    [property: Description("The newest first.")] IReadOnlyList<ApiCommand> Commands);

internal sealed record ApiInspection(
    uint Station,
    string Name,
    string Township,
    [property: Description("green, yellow, red.")] string Code,
    [property: Description("Null = never.")] DateTimeOffset? LastAt,
    DateTimeOffset DueAt);

internal sealed record ApiDangers(
    [property: Description("Open dangers and risks, what was due first at the front.")] IReadOnlyList<ApiCase> Cases,
    [property: Description("How many more there are.")] int More,
    [property: Description("Places whose inspection is due.")] IReadOnlyList<ApiInspection> Inspections);

internal sealed record ApiShiftRow(
    DateTimeOffset At,
    [property: Description("Who did it.")] string Person,
    [property: Description("What was done: a word, such as sign-in, take, judge, duty-check, no-page.")] string Act,
    string Township,
    [property: Description("The case or station that it was done to.")] string Of,
    string Words);

internal sealed record ApiShift([property: Description("The newest first.")] IReadOnlyList<ApiShiftRow> Items);
