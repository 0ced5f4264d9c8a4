// Owns: the list of the last events, newest first.
// Must never: show an event as held that the county has not said to hold.

using System.Globalization;
using Gateway.Contract;
using Gateway.Pc.Run;
using Spectre.Console;

namespace Gateway.Pc.Screen;

/// <summary>Time, what and where, and how far it has come.</summary>
internal static class EventRows
{
    public static IReadOnlyList<string> Build(Snapshot snapshot, Look look, int rowsMax, int width)
    {
        var table = new MarkupTable(gap: 1);
        table.Add($"[grey]{look.Say("时间", "time")}[/]", $"[grey]{look.Say("上报", "told")}[/]", $"[grey]{look.Say("事件", "event")}[/]");
        PlaceNames names = new SnapshotNames(snapshot, look);
        foreach (EventView view in snapshot.Events.Reverse().Where(view => look.Engineer || IsNews(view.Record)).Take(rowsMax))
        {
            EventRecord r = view.Record;
            string what = Markup.Escape(look.Catalogue.Sentence(r, names));
            table.Add($"[grey]{Time(snapshot, r, look)}[/]", Step(view.Step, look, width), $"[{Colour(r)}]{what}[/]");
        }

        return table.Lines();
    }

    /// <summary>
    /// Local time where the clock was known, with the day where it was another; else the number of the start and the time since then.
    /// </summary>
    public static string Time(Snapshot snapshot, EventRecord record, Look look)
    {
        if (record.UtcMs != 0)
        {
            DateTimeOffset local = snapshot.Local(record.UtcMs);
            string day = snapshot.UtcMs == 0 || snapshot.Local(snapshot.UtcMs).Date == local.Date ? "" : "MM-dd ";
            return local.ToString(day + (look.Engineer ? "HH:mm:ss.f" : "HH:mm:ss"), CultureInfo.InvariantCulture);
        }

        string seconds = (record.UptimeMs / 1000m).ToString("0.0", CultureInfo.InvariantCulture);
        return look.Say($"第{record.Boot}次开机+{seconds}秒", $"start {record.Boot} +{seconds} s");
    }

    /// <summary>As the other for whoever stands there: without a clock, how long ago it was.</summary>
    public static string When(Snapshot snapshot, EventRecord record, Look look)
    {
        if (record.UtcMs != 0)
        {
            return Time(snapshot, record, look);
        }

        var ago = TimeSpan.FromMilliseconds(snapshot.NowMs - record.UptimeMs);
        return record.Boot != snapshot.Boot || ago < TimeSpan.Zero ? look.Say("开机前", "before this start")
            : ago.TotalMinutes < 1 ? look.Say($"{ago.Seconds}秒前", $"{ago.Seconds} s ago")
            : look.Say($"{(int)ago.TotalMinutes}分前", $"{(int)ago.TotalMinutes} min ago");
    }

    /// <summary>
    /// False for what pushes graver news off a small screen: what begins to run says later what came of it, an answer is an event of its
    /// own, a patrol point is visited once, and clock and memory are an engineer's.
    /// </summary>
    private static bool IsNews(EventRecord record) => record.Kind switch
    {
        EventKind.ClockStarted or EventKind.ClockSet or EventKind.BoxState => false,
        EventKind.ClockMet => record.A != 1,
        EventKind.Deactivated => record.ZoneKind != ZoneKind.PatrolButton,
        _ => true,
    };

    private static string Colour(EventRecord record) => record.Flags.HasFlag(EventFlags.Drill) ? "magenta"
        : record.LaneNumber switch
        {
            Lane.Fire => record.Kind == EventKind.FireAlarm ? "bold red" : "red",
            Lane.Condition => record.Kind == EventKind.Supervisory ? "red" : "yellow",
            _ => "grey",
        };

    private static string Step(EventStep step, Look look, int width)
    {
        string dots = step switch { EventStep.InFlash => "●○○", EventStep.Sent => "●●○", _ => "●●●" };
        string colour = step switch { EventStep.InFlash => "yellow", EventStep.Sent => "olive", _ => "green" };
        return width < PcLimits.WideCellsMin ? $"[{colour}]{dots}[/]" : $"[{colour}]{dots} {look.Say(Words.Of(step))}[/]";
    }

    /// <summary>The names that the screen has anyway.</summary>
    private sealed class SnapshotNames(Snapshot snapshot, Look look) : PlaceNames
    {
        public override bool WithKinds => false;

        public override string Zone(int number) => snapshot.Zones.FirstOrDefault(zone => zone.Number == number)?.Name ?? "";

        public override string Output(int number) =>
            snapshot.Outputs.FirstOrDefault(output => output.Terminal == number) is { } one ? look.Say(Words.OfRole(one.Role)) : "";
    }
}
