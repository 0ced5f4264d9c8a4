// Owns: `county events`.
// Must never: change anything.

using System.CommandLine;
using Gateway.Contract;
using Gateway.County.Gb26875;
using Gateway.County.Sql;

namespace Gateway.County.Server;

internal static class EventsCommand
{
    public static Command Create()
    {
        Option<uint?> station = CommonOptions.Station("Only this station.");
        Option<string?> township = new("--township") { Description = "Only stations of this township.", HelpName = "CODE" };
        CommonOptions.NotEmpty(township, "a township's code, such as 330726101");
        Option<int?> lane = CommonOptions.LaneName();
        Option<long?> since = CommonOptions.Moment("--since", $"Only from this moment on: {TimeText.Allowed}.");
        Option<long?> until = CommonOptions.Moment("--until", "Only before this moment.");
        Option<int> last = CommonOptions.Number("--last", "Only so many of the newest; 0 = all.", 0, int.MaxValue, 0);
        Option<bool> json = CommonOptions.Json();
        Option<string> db = CommonOptions.Db();
        Command command = new(
            "events",
            """
            Lists stored events in the order in which they happened. 事件查询。
            ≈ behind a time: reckoned from boot number and uptime. ? behind a time: unknown, the time of receipt is shown.
            """)
        {
            station, township, lane, since, until, last, json, db,
        };
        command.SetAction(parsed =>
        {
            EventQuery query = new()
            {
                Station = parsed.GetValue(station),
                Township = parsed.GetValue(township),
                Lane = parsed.GetValue(lane),
                SinceMs = parsed.GetValue(since),
                UntilMs = parsed.GetValue(until),
                NewestMax = parsed.GetValue(last) is > 0 and int max ? max : null,
            };
            using SqlStore store = SqlStore.Open(parsed.GetRequiredValue(db), create: false);
            HashSet<uint> peers = [.. store.Peers().Select(peer => peer.Station)];
            PeerOrigin? Origin(StoredEvent e) => peers.Contains(e.Key.Station) ? store.Origin(e.Key) : null;
            if (parsed.GetValue(json))
            {
                JsonArray.Write(store.Events(query), (json, e) => EventText.Write(json, e, Origin(e)));
            }
            else
            {
                HashSet<uint> renewed =
                    [.. store.Lanes(query.Station).Select(l => (l.Key.Station, l.Key.Epoch)).Distinct()
                        .GroupBy(life => life.Station).Where(lives => lives.Count() > 1).Select(lives => lives.Key)];
                WriteTable(store.Events(query), renewed, Origin);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    /// <param name="events">What to list.</param>
    /// <param name="renewed">Stations of which more than one life of the store is known: theirs is named before the sequence.</param>
    /// <param name="origin">Where an event of a box came from.</param>
    private static void WriteTable(IEnumerable<StoredEvent> events, HashSet<uint> renewed, Func<StoredEvent, PeerOrigin?> origin)
    {
        ReportTable table = new("时间", "站点", "事件", "队列", "序号", "接收");
        foreach (StoredEvent e in events)
        {
            EventRecord r = e.Record;
            table.Add(
                EventText.Time(e), $"{r.Station}", EventText.Words(r) + OriginText.Of(origin(e)), Lane.Name(r.LaneNumber),
                (renewed.Contains(r.Station) ? $"{r.Epoch}/" : "") + r.Sequence,
                TimeText.Local(e.ReceivedMs));
        }

        table.Show();
    }
}
