// Owns: what became of what was asked of stations, as open pages are told it.
// Must never: keep a command for good: after its time an answer is waited for a while, and of so many.

using System.Collections.Concurrent;
using Gateway.Contract;
using Gateway.County.Sql;

namespace Gateway.County.Duty;

/// <summary>What a page is told of a command.</summary>
/// <param name="Station">Its station.</param>
/// <param name="Number">Its number.</param>
/// <param name="State">The word of its state; or of the event that tells what came of it, such as duty-check-missed.</param>
/// <param name="Zh">Station, order and what became of it.</param>
/// <param name="En">The same.</param>
internal sealed record OrderNews(uint Station, uint Number, string State, string Zh, string En);

/// <summary>Looks at commands that are open, whoever asked for them, and at those that were.</summary>
internal sealed class OrderWatch
{
    private static readonly EventKind[] s_answers = [EventKind.DutyCheckAnswered, EventKind.DutyCheckMissed];
    private static readonly EventKind[] s_setOut = [EventKind.CallOutAnswered, EventKind.CallOutMissed, EventKind.CallOutEnded];

    private readonly ConcurrentDictionary<(uint Station, uint Number), Followed> _known = [];
    private bool _begun;

    /// <summary>A page asked for it: it is told even if its answer comes before the next look.</summary>
    public void Follow(StationCommand asked, string by)
    {
        if (_known.Count < CountyLimits.OrdersLateMax)
        {
            _known[(asked.Station, asked.Number)] = new Followed("", by, 0);
        }
    }

    /// <summary>What is new, with the township that it is of.</summary>
    public IReadOnlyList<(string Township, OrderNews News)> Look(SqlStore rows, bool whole)
    {
        IReadOnlyList<StationCommand> open = rows.OpenCommands();
        HashSet<(uint, uint)> names = [.. open.Select(one => (one.Station, one.Number))];
        List<(string, OrderNews)> news = [];
        foreach (StationCommand one in open)
        {
            Tell(one);
        }

        long runMs = Environment.TickCount64;
        foreach (((uint Station, uint Number) name, Followed followed) in _known)
        {
            if (names.Contains(name) || (followed.UntilRunMs > 0 && !whole))
            {
                continue;
            }

            if (followed.UntilRunMs != 0 && (runMs >= followed.UntilRunMs || _known.Count >= CountyLimits.OrdersLateMax))
            {
                _known.TryRemove(name, out _);
            }
            else if (rows.Command(name.Station, name.Number) is { } one)
            {
                Tell(one);
            }
            else
            {
                _known.TryRemove(name, out _);
            }
        }

        _begun = true;
        return news;

        void Tell(StationCommand one)
        {
            (uint, uint) name = (one.Station, one.Number);
            Followed before = _known.GetValueOrDefault(name) ?? new Followed("", "", 0);
            EventRecord? end = EndOf(rows, one);
            string state = end is null ? one.StateName : EventKinds.Code(end.Kind);
            if (one.State is CommandState.Done or CommandState.Refused && (end is not null || !Goes(one)))
            {
                _known.TryRemove(name, out _);
            }
            else
            {
                long untilRunMs = one.Open ? 0 : before.UntilRunMs > 0 ? before.UntilRunMs
                    : Environment.TickCount64 + CountyLimits.OrderLateMs;
                _known[name] = before with { State = state, UntilRunMs = untilRunMs };
            }

            // Of the pieces of a text only what went wrong is news.
            // What is open when the first page opens is on its list already.
            if (state != before.State && (_begun || before.By.Length > 0) && rows.Registered(one.Station) is { } at
                && (one.Code != (int)CommandCode.SettingsPiece || !(one.Open || state == "done")))
            {
                (string zh, string en) = end is null ? ("", "") : (" " + EventText.Words(end), ", " + EventText.English(end));
                (string byZh, string byEn) = before.By.Length > 0 ? ($"（{before.By}）", $" ({before.By})") : ("", "");
                news.Add((at.Township, new OrderNews(
                    one.Station, one.Number, state,
                    $"{at.Name} {OrderText.Chinese(one)}{byZh}：{CommandStateText.Of(one)}{zh}",
                    $"{at.Name} {OrderText.English(one)}{byEn}: {CommandStateText.English(one)}{en}")));
            }
        }
    }

    /// <summary>Whether the station has more to say than that it did it: who answers, whether its settings are good.</summary>
    private static bool Goes(StationCommand one) =>
        (one.Code is (int)CommandCode.DutyCheck or (int)CommandCode.SettingsCommit || one is { Code: (int)CommandCode.CallOut, A: > 0 })
        && one.StateName == "done";

    private static EventRecord? EndOf(SqlStore rows, StationCommand one) => one.State != CommandState.Done ? null
        : one.Code == (int)CommandCode.SettingsCommit ? SettingsTrial.Of(rows, one)
        : !Goes(one) ? null
        : rows.Events(new EventQuery
        {
            Station = one.Station,
            Kinds = one.Code == (int)CommandCode.CallOut ? s_setOut : s_answers,
            ReceivedFromMs = one.AnsweredMs,
            NewestMax = 1,
        }).FirstOrDefault()?.Record;

    private sealed record Followed(string State, string By, long UntilRunMs);
}
