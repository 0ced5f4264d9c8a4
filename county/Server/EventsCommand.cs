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
        Option<string?> township = Township("Only stations of this township.");
        Option<Lane?> lane = CommonOptions.LaneName();
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
            if (query.SinceMs >= query.UntilMs)
            {
                throw new CommandException($"--until: {TimeText.Local(query.UntilMs ?? 0)}; allowed: a moment after --since, "
                    + TimeText.Local(query.SinceMs ?? 0));
            }

            using SqlStore store = SqlStore.Open(parsed.GetRequiredValue(db), create: false);
            StationCommands.TellUnknown(store, query.Station);
            Func<StoredEvent, PeerOrigin?> origin = Origins(store);
            if (parsed.GetValue(json))
            {
                JsonArray.Write(
                    Listed(store, query), (json, one) => EventText.Write(json, one.Event, one.Doubtful, one.Conflict, origin(one.Event)));
            }
            else
            {
                WriteTable(store, query);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    public static Option<string?> Township(string description)
    {
        Option<string?> township = new("--township") { Description = description, HelpName = "CODE" };
        township.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var code }] && !Topics.LevelOk(code))
            {
                result.AddError($"--township: '{code}'; allowed: a township's code, such as 330726101");
            }
        });
        return township;
    }

    /// <summary>The events as a table. Of a station with more than one life of its store, the life is named before the sequence.</summary>
    public static void WriteTable(SqlStore store, EventQuery query)
    {
        HashSet<uint> renewed =
            [.. store.Lanes(query.Station).Select(l => (l.Key.Station, l.Key.Epoch)).Distinct()
                .GroupBy(life => life.Station).Where(lives => lives.Count() > 1).Select(lives => lives.Key)];
        Func<StoredEvent, PeerOrigin?> origin = Origins(store);
        ReportTable table = new("时间", "站点", "事件", "分类", "序号", "接收");
        foreach ((StoredEvent e, bool doubtful, bool conflict) in Listed(store, query))
        {
            EventRecord r = e.Record;
            string marks = (conflict ? " [同号冲突]" : "") + (doubtful ? " [存疑]" : "");
            string words = EventText.Words(e) + OriginText.Of(origin(e), r.Flags.HasFlag(EventFlags.ByPerson));
            table.Add(
                EventText.Time(e), $"{r.Station}", words + marks, Catalogue.Chinese.Name(r.LaneNumber),
                (renewed.Contains(r.Station) ? $"{r.Epoch}/" : "") + r.Sequence,
                TimeText.Local(e.ReceivedMs));
        }

        table.Show();
    }

    /// <summary>Where events of boxes came from.</summary>
    private static Func<StoredEvent, PeerOrigin?> Origins(SqlStore store)
    {
        HashSet<uint> peers = [.. store.Peers().Select(peer => peer.Station)];
        return e => peers.Contains(e.Key.Station) ? store.Origin(e.Key) : null;
    }

    /// <summary>
    /// What is stored, and among it the fires that came under the name of another record; each with whether it is doubtful.
    /// </summary>
    private static IEnumerable<(StoredEvent Event, bool Doubtful, bool Conflict)> Listed(SqlStore store, EventQuery query)
    {
        IReadOnlyList<Doubt> doubts = store.Doubts();
        Queue<StoredEvent> fires = new(store.ConflictingFires(query));
        bool newest = query.NewestMax is not null;
        foreach (StoredEvent stored in store.Events(query))
        {
            while (newest && fires.TryPeek(out StoredEvent? old) && old.TimeMs < stored.TimeMs)
            {
                fires.Dequeue();
            }

            newest = false;
            while (fires.TryPeek(out StoredEvent? fire) && fire.TimeMs <= stored.TimeMs)
            {
                yield return (fires.Dequeue(), Doubtful(fire), true);
            }

            yield return (stored, Doubtful(stored), false);
        }

        while (fires.TryDequeue(out StoredEvent? fire))
        {
            yield return (fire, Doubtful(fire), true);
        }

        bool Doubtful(StoredEvent e) => doubts.Any(d => d.Covers(e.Record.Station, e.ReceivedMs));
    }
}
