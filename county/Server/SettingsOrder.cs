// Owns: `county command settings`: sending a settings text to a station, and telling what became of it.
// Must never: judge the text beyond its bytes; the station's own parser does, and its answer is shown.

using System.CommandLine;
using System.Text;
using Gateway.Contract;
using Gateway.County.Sql;

namespace Gateway.County.Server;

internal static class SettingsOrder
{
    public static System.CommandLine.Command Create(Option<uint?> station, Option<int> life, Option<string> db)
    {
        Argument<string> file = new("FILE") { Description = "The settings text, without keys and passwords." };
        Option<int> wait = CommonOptions.Number(
            "--wait",
            "Seconds to wait for the gateway's answers; 0 only queues. Needs a running `county run`.",
            0,
            ServerLimits.AnswerWaitMaxS,
            CountyLimits.CommandLifeS);
        System.CommandLine.Command command = new(
            "settings",
            """
            Sends a settings text. The gateway checks it whole, restarts with it, and goes back to the last good one by itself when it does
            not reach the county in time. Ends with 0 once the text is in force for good, with 1 when it was refused or given up. 下发配置。
            """)
        {
            file, wait,
        };
        command.SetAction(async (parsed, stop) =>
        {
            string path = parsed.GetRequiredValue(file);
            byte[] text = Read(path);
            using SqlStore store = StationCommands.OpenFor(parsed.GetValue(station) ?? 0, parsed.GetRequiredValue(db));
            StationCommand last = Queue(store, parsed.GetValue(station) ?? 0, text, parsed.GetValue(life));
            string until = TimeText.Local(last.ExpiresMs);
            Console.WriteLine($"command {last.Number} {CommandText.Words(last)}: queued for station {last.Station}, good until {until}");
            long endMs = Environment.TickCount64 + parsed.GetValue(wait) * 1000L;
            return parsed.GetValue(wait) == 0 ? ExitCodes.Done : await Watch(store, last, path, text, endMs, stop);
        });
        return command;
    }

    private static byte[] Read(string path)
    {
        const string Allowed = "a readable file";
        if (path.Length == 0)
        {
            throw new CommandException($"FILE: ''; allowed: {Allowed}");
        }

        byte[] text;
        try
        {
            // One byte more than is allowed, so that a huge file is not read to its end.
            using FileStream stream = File.OpenRead(path);
            byte[] bytes = new byte[CountyLimits.SettingsBytesMax + 1];
            text = bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        }
        catch (Exception e) when (SecretFiles.Refused(e))
        {
            throw new CommandException($"{path}: {e.Message}; allowed: {Allowed}", e) { ExitCode = ExitCodes.Failed };
        }

        return SettingsText.Problem(text) is { } problem ? throw new CommandException($"{path}: {problem}") : text;
    }

    private static StationCommand Queue(SqlStore store, uint station, byte[] text, int lifeS)
    {
        StationCommand? last = null;
        foreach (CommandRequest request in SettingsText.Requests(station, text, lifeS))
        {
            last = CountyDesk.Queue(store, request, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        }

        return last!;
    }

    private static async Task<int> Watch(SqlStore store, StationCommand asked, string path, byte[] text, long endMs, CancellationToken stop)
    {
        bool told = false;
        while (Environment.TickCount64 < endMs)
        {
            StationCommand now = store.Command(asked.Station, asked.Number)!;
            if (!now.Open && !told)
            {
                told = true;
                Console.WriteLine($"command {now.Number} {CommandText.Words(now)}: {CommandStateText.Of(now)}");
            }

            EventRecord? said = SettingsTrial.Of(store, asked);
            if (told && (now.State != CommandState.Done || now.Result is not ((int)CommandOutcome.Done or (int)CommandOutcome.NothingToDo)))
            {
                if (said is { Kind: EventKind.SettingsRefused } refused)
                {
                    Explain(refused, path, text);
                }

                return ExitCodes.Failed;
            }

            if (told && now.Result == (int)CommandOutcome.NothingToDo)
            {
                return ExitCodes.Done;
            }

            if (said is { Kind: not EventKind.SettingsRefused } end)
            {
                Console.WriteLine($"settings {(uint)asked.C:x8}: {EventText.Words(end)}");
                return end.Kind == EventKind.SettingsLoaded ? ExitCodes.Done : ExitCodes.Failed;
            }

            await Task.Delay(ServerLimits.AnswerLookMs, stop);
        }

        Console.WriteLine($"settings {(uint)asked.C:x8}: 尚无结果 no answer yet; `county commands` and `county events` tell later");
        return ExitCodes.Failed;
    }

    private static void Explain(EventRecord refused, string path, byte[] text)
    {
        string[] lines = Encoding.UTF8.GetString(text).Split('\n');
        string line = refused.A >= 1 && refused.A <= lines.Length ? ": " + lines[refused.A - 1].Trim() : "";
        Console.WriteLine($"{path}:{refused.A}:{refused.B}: {SettingsReasons.Name(refused.C >> 8)}{line}");
        if (refused.Value > 1)
        {
            Console.WriteLine($"{path}: 另有 {refused.Value - 1} 处 and {refused.Value - 1} more; `gateway-pc --check FILE` names them all");
        }
    }
}
