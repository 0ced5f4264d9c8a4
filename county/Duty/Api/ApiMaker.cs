// Owns: how the county's rows become what the API gives.
// Must never: give a contact where the token is not for contacts.

using Gateway.Contract;

namespace Gateway.County.Duty.Api;

internal static class ApiMaker
{
    private static readonly string[] s_codes = ["green", "yellow", "red"];

    public static DateTimeOffset At(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);

    public static DateTimeOffset? Moment(long ms) => ms == 0 ? null : At(ms);

    public static string Code(PlaceCode code) => s_codes[Math.Clamp((int)code, 1, s_codes.Length) - 1];

    public static ApiCase Case(Case one) => new(
        one.Id, CaseNames.Of(one.Class), CaseNames.Of(one.Trouble), CaseNames.Of(one.State), CaseText.Title(one), one.Station, one.Township,
        one.Village, one.Zone, one.Grade == CaseGrade.None ? null : CaseNames.Of(one.Grade), CaseNames.Of(one.Level), At(one.OpenedMs),
        Moment(one.EndedMs), Moment(one.ClosedMs), Moment(one.DueMs), Moment(one.TakenMs), Known(one.Owner),
        one.Judgement == CaseJudgement.None ? null : CaseNames.Of(one.Judgement), Known(one.Cause), one.Test, Known(one.MergedInto),
        one.Version);

    public static ApiStep Step(CaseStep step) => new(
        step.N, CaseNames.Of(step.Kind), At(step.AtMs), CaseText.Words(step), step.Zone, Known(step.Who),
        step.Level == 0 ? null : CaseNames.Of((EscalationLevel)step.Level));

    public static ApiPlace? Place(PlaceFile? place, bool contacts) => place is null ? null : new ApiPlace(
        place.Address, contacts ? place.Contact : null, contacts ? place.Telephone : null, place.Sleeping, place.Gas,
        contacts ? place.Keys : null, contacts ? place.Notes : null, place.Longitude, place.Latitude, place.Datum);

    public static ApiStation Station(StationLine line)
    {
        StationState? state = line.State;
        return new ApiStation(
            line.At.Station, line.At.Name, line.At.County, line.At.Township, Known(line.At.TownshipName), line.At.Village, line.Look,
            Code(line.Code), line.Open, Moment(state?.LastSeenMs ?? 0), line.Box.Zh, Known(state?.Firmware ?? ""),
            new ApiZones(
                Zones(state?.ZonesFire), Zones(state?.ZonesFault), Zones(state?.ZonesSupervisory), Zones(state?.ZonesDisabled),
                Zones(state?.ZonesTest)));
    }

    public static ApiEvent Event(StoredEvent one)
    {
        EventRecord r = one.Record;
        return new ApiEvent(
            r.Station, one.Township, one.Village, Lanes.Name(r.LaneNumber), r.Epoch, r.Sequence, EventKinds.Code(r.Kind), r.Zone,
            EventText.Words(one), At(one.TimeMs), one.TimeQuality == UtcQuality.Synchronised, At(one.ReceivedMs), one.Conflicting);
    }

    public static ApiCommand Command(StationCommand one) =>
        new(one.Number, CommandCodes.Name((CommandCode)one.Code), At(one.QueuedMs), CommandStateText.Of(one));

    private static string? Known(string text) => text.Length == 0 ? null : text;

    private static IReadOnlyList<int> Zones(uint? bits) => [.. ZoneSet.Numbers(bits ?? 0)];
}
