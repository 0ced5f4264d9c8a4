// Owns: what a signed-in person asks of stations, within the scope of that person.
// Must never: ask the same twice while it waits for its answer, or anything of a station that the scope does not see.

using Gateway.Contract;
using Gateway.County.Sql;

namespace Gateway.County.Duty;

internal sealed partial class DutyView
{
    /// <summary>Whether the person may send a settings text.</summary>
    public bool MayConfigure => DutyRoutes.May(user, DutyRight.Configure);

    /// <summary>The station, where the person sees it and may ask something of it.</summary>
    public StationRegistration? MayOrder(uint station) =>
        DutyRoutes.May(user, DutyRight.Order) ? store.With(rows => Seen(rows, station)) : null;

    /// <summary>
    /// Asks something of a station, which it does when it is online. Gives the last command, or why it is not asked: null and null where
    /// the person sees no such station.
    /// </summary>
    /// <param name="requests">In their order, all of one station.</param>
    /// <param name="act">The word of the shift log.</param>
    public (StationCommand? Asked, string? Problem) Order(IReadOnlyList<CommandRequest> requests, string act)
    {
        uint station = requests[0].Station;
        return store.With<(StationCommand?, string?)>(rows =>
        {
            if (!DutyRoutes.May(user, DutyRight.Order) || Seen(rows, station) is not { } at)
            {
                return (null, null);
            }

            CommandRequest last = requests[^1];
            if (rows.OpenCommands().FirstOrDefault(one => Same(one, last)) is { } open)
            {
                string by = OrderedBy(rows, station).GetValueOrDefault(open.Number, "");
                return (null, $"{by} 已于 {TimeText.Local(open.QueuedMs)} 下达 {OrderText.Chinese(open)}，{CommandStateText.Of(open)}；"
                    + $"{OrderText.English(open)} waits for its answer; allowed: when it is answered or over");
            }

            long nowMs = DutyStore.NowMs();
            StationCommand? asked = null;
            foreach (CommandRequest request in requests)
            {
                asked = CountyDesk.Queue(rows, request, nowMs);
            }

            rows.Note(new DutyLogRow(0, nowMs, user.Name, user.Person, act, at.Township, $"{station}", OrderText.Chinese(last))
            {
                Command = asked!.Number,
            });
            return (asked, null);
        });
    }

    /// <summary>Who asked for the newest commands of a station, by their numbers.</summary>
    private IReadOnlyDictionary<uint, string> OrderedBy(SqlStore rows, uint station) =>
        rows.OrderedBy(station, Scope.Township, CountyLimits.DutyHistoryRows);

    private static bool Same(StationCommand one, CommandRequest asked) =>
        (one.Station, one.Code, one.A, one.B, one.C) == (asked.Station, asked.Code, asked.A, asked.B, asked.C);
}
