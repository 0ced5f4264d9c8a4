// Owns: the list of the last events, newest first.
// Must never: show an event as held that the county has not said to hold.

using Gateway.Contract;
using Gateway.Pc.Run;
using Spectre.Console;

namespace Gateway.Pc.Screen;

/// <summary>Time, what, where, and how far it has come.</summary>
internal static class EventRows
{
    public static IReadOnlyList<string> Build(Snapshot snapshot, int rowsMax, Density density)
    {
        bool small = density == Density.Small;
        var table = new MarkupTable(gap: small ? 1 : 2);
        string way = density >= Density.Wide ? "到哪一步 way to the county" : "到哪 way";
        table.Add("[grey]时间[/]", "[grey]事件 event[/]", "[grey]防区 zone[/]", $"[grey]{way}[/]");
        foreach (EventView view in snapshot.Events.Reverse().Take(rowsMax))
        {
            EventRecord r = view.Record;
            string cause = density >= Density.Wide && Words.CauseOf(r) is { Length: > 0 } found ? $" ({found})" : "";
            string drill = (r.Flags & EventFlags.Drill) == 0 ? "" : small ? " 演练" : " · 演练 drill";
            string what = (small ? EventKinds.Chinese(r.Kind) : $"{Words.OfKind(r.Kind)}{cause}") + drill;
            string zone = r.Zone == 0 ? "" : $"{r.Zone} {snapshot.Zones.FirstOrDefault(z => z.Number == r.Zone)?.Name}";
            string time = Time(snapshot, r, small);
            table.Add($"[grey]{time}[/]", $"[{Colour(r)}]{what}[/]", Markup.Escape(zone), Step(view.Step, density));
        }

        return table.Lines();
    }

    /// <summary>Local time where the clock was known; else the number of the start and the time since then.</summary>
    private static string Time(Snapshot snapshot, EventRecord record, bool small)
    {
        if (record.UtcMs != 0)
        {
            var ahead = TimeSpan.FromMinutes(snapshot.UtcOffsetMin);
            DateTimeOffset local = DateTimeOffset.FromUnixTimeMilliseconds(record.UtcMs).ToOffset(ahead);
            return local.ToString(small ? "HH:mm:ss" : "HH:mm:ss.f");
        }

        return $"#{record.Boot} +{record.UptimeMs / 1000m:0.0}s";
    }

    private static string Colour(EventRecord record) => record.LaneNumber switch
    {
        Lane.Fire => record.Kind == EventKind.FireAlarm ? "bold red" : "red",
        Lane.Condition => "yellow",
        _ => "grey",
    };

    private static string Step(EventStep step, Density density)
    {
        string dots = step switch { EventStep.InFlash => "●○○", EventStep.Sent => "●●○", _ => "●●●" };
        string colour = step switch { EventStep.InFlash => "yellow", EventStep.Sent => "olive", _ => "green" };
        Word word = Words.Of(step);
        return $"[{colour}]{dots} {(density >= Density.Wide ? word.ToString() : word.Chinese)}[/]";
    }
}
