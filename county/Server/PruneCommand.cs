// Owns: `county prune`.
// Must never: remove a row that is not in a file that was read back.

using System.CommandLine;
using System.Globalization;
using Gateway.County.Sql;

namespace Gateway.County.Server;

internal static class PruneCommand
{
    private static readonly string s_allowed =
        $"{CountyLimits.KeepDaysMin}d..{ServerLimits.KeepDaysMax}d, or 1y..{CountyLimits.KeepYearsMax}y";

    public static Command Create()
    {
        Option<(int Years, int Days)> keep = new("--keep")
        {
            Description = "How long events stay, such as 3y or 400d.",
            HelpName = "TIME",
            Required = true,
            CustomParser = result =>
            {
                if (Parse(result.Tokens[0].Value) is { } time)
                {
                    return time;
                }

                result.AddError($"--keep: '{result.Tokens[0].Value}'; allowed: {s_allowed}");
                return default;
            },
        };
        Option<string?> export = new("--export")
        {
            Description = "A folder, in which a new one is made for what goes; without it nothing is removed.",
            HelpName = "FOLDER",
        };
        CommonOptions.NotEmpty(export, "a folder that is there");
        Option<string> db = CommonOptions.Db();
        Command command = new(
            "prune",
            """
            Takes away what is older, after it was exported as CSV and read back; also while `county run` works. 清理旧记录。
            Fires stay, and what an open case, a city's centre, a platform that was not told yet, or a station's repeat needs.
            """)
        {
            keep, export, db,
        };
        command.SetAction((parsed, stop) => Task.Run(
            () => Prune(parsed.GetRequiredValue(db), parsed.GetRequiredValue(keep), parsed.GetValue(export), stop),
            CancellationToken.None));
        return command;
    }

    private static (int Years, int Days)? Parse(string text)
    {
        ReadOnlySpan<char> digits = text.AsSpan(0, Math.Max(0, text.Length - 1));
        bool number = int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int n);
        return (number, text.LastOrDefault()) switch
        {
            (true, 'y') when n is >= 1 and <= CountyLimits.KeepYearsMax => (n, 0),
            (true, 'd') when n is >= CountyLimits.KeepDaysMin and <= ServerLimits.KeepDaysMax => (0, n),
            _ => null,
        };
    }

    private static int Prune(string database, (int Years, int Days) keep, string? export, CancellationToken stop)
    {
        if (export is not null && !Directory.Exists(export))
        {
            throw new CommandException($"--export: '{export}': 无此文件夹 no such folder; allowed: a folder that is there")
            {
                ExitCode = ExitCodes.Failed,
            };
        }

        using SqlStore store = SqlStore.Open(database, create: false);

        // By the clock that the county trusted last: one that is wrong by years takes nothing away.
        DateTimeOffset now = DateTimeOffset.UtcNow;
        long trustedMs = store.TrustedMs();
        DateTimeOffset from = trustedMs > 0 && trustedMs < now.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(trustedMs) : now;
        long beforeMs = from.AddYears(-keep.Years).AddDays(-keep.Days).ToUnixTimeMilliseconds();
        OldRows old = store.FindOld(beforeMs);
        string before = TimeText.Local(beforeMs);
        if (export is null)
        {
            Console.WriteLine($"{before} 以前可清理 may go: {old.Lanes.Count} lanes, {old.Cases.Count} cases; --export FOLDER removes them");
            return ExitCodes.Done;
        }

        if (old.Lanes.Count == 0 && old.Cases.Count == 0)
        {
            Console.WriteLine($"{before} 以前无可清理 nothing to remove");
            return ExitCodes.Done;
        }

        string name = "county-" + now.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);
        string folder = Path.Combine(export, name);
        List<(OldLane Lane, long Count)> steps = Export(store, old, folder, stop);
        return Remove(store, old, steps, stop);
    }

    /// <summary>Writes everything; gives the steps in which events go.</summary>
    private static List<(OldLane Lane, long Count)> Export(SqlStore store, OldRows old, string folder, CancellationToken stop)
    {
        List<(OldLane Lane, long Count)> steps = [];
        using PruneExport files = new(folder);
        foreach (OldTable table in old.Cases.SelectMany(store.RowsOf))
        {
            stop.ThrowIfCancellationRequested();
            files.Add(table);
        }

        foreach (OldLane lane in old.Lanes)
        {
            stop.ThrowIfCancellationRequested();
            long count = 0;
            uint last = 0;
            void Step()
            {
                if (count > 0)
                {
                    steps.Add((lane with { Through = last }, count));
                    count = 0;
                }
            }

            foreach (OldTable table in store.RowsOf(lane))
            {
                files.Add(table, table.Table != "events" ? null : row =>
                {
                    // The fourth column is the sequence.
                    last = (uint)(long)row[3];
                    if (++count == CountyLimits.PruneEventsMax)
                    {
                        Step();
                    }
                });
            }

            Step();
        }

        files.Finish();
        string rows = string.Join(", ", files.Counts.Select(one => $"{one.Value} {one.Key}"));
        Console.WriteLine($"{folder}: 已导出并核对 exported and read back: {rows}");
        return steps;
    }

    private static int Remove(SqlStore store, OldRows old, List<(OldLane Lane, long Count)> steps, CancellationToken stop)
    {
        int cases = 0;
        foreach (OldCase one in old.Cases)
        {
            stop.ThrowIfCancellationRequested();
            cases += store.Remove(one, old.BeforeMs) ? 1 : 0;
        }

        long events = 0;
        HashSet<LaneKey> stay = [];
        foreach ((OldLane lane, long count) in steps.Where(step => !stay.Contains(step.Lane.Lane)))
        {
            stop.ThrowIfCancellationRequested();
            if (store.Remove(lane, count, old.BeforeMs))
            {
                events += count;
            }
            else
            {
                stay.Add(lane.Lane);
            }
        }

        Console.WriteLine($"已清理 removed: {events} events, {cases} cases");
        if (stay.Count > 0 || cases < old.Cases.Count)
        {
            Console.WriteLine(
                $"有变动，未动 changed meanwhile and stay: {stay.Count} lanes, {old.Cases.Count - cases} cases; run it again");
        }

        return ExitCodes.Done;
    }
}
