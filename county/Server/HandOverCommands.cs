// Owns: `county handover`: what waits for the platform and what it did not take, a test, sending again, new secrets.
// Must never: show a secret, or send anything itself: the working county does.

using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Gateway.County.HandOver;
using Gateway.County.Sql;

namespace Gateway.County.Server;

internal static class HandOverCommands
{
    public static Command Create() => new("handover", "Cases on their way to the county's platform. 上报平台。")
    {
        Status(), Test(), Resend(), Rotate(),
    };

    private static Command Status()
    {
        Option<bool> json = CommonOptions.Json();
        Option<string> db = CommonOptions.Db();
        Command command = new("status", "What waits and how long, when the last one was delivered, and what was not taken. 待上报。")
        {
            json, db,
        };
        command.SetAction(parsed =>
        {
            using SqlStore store = SqlStore.Open(parsed.GetRequiredValue(db), create: false);
            IReadOnlyList<HandOverTarget> targets = store.HandOverTargets();
            HandOverRow[] listed = [.. targets.SelectMany(target => ((HandOverState[])[
                HandOverState.Refused, HandOverState.GivenUp, HandOverState.Waiting])
                .SelectMany(state => store.HandOverRows(target.Name, state, ServerLimits.TableRowsMax)))];
            if (parsed.GetValue(json))
            {
                JsonArray.Write(listed, Write);
                return ExitCodes.Done;
            }

            if (targets.Count == 0)
            {
                Console.WriteLine("未设置上报 nothing is handed over: county run --handover-url, --robot");
                return ExitCodes.Done;
            }

            foreach (HandOverTarget target in targets)
            {
                Console.WriteLine($"{target.Name} 已送达 delivered：{target.Delivered}"
                    + (target.DeliveredMs == 0 ? "" : $"，最近 last {TimeText.Local(target.DeliveredMs)}")
                    + (target.FailedMs <= target.DeliveredMs ? ""
                        : $"，未送达 failed {TimeText.Local(target.FailedMs)} {Answer(target.FailedStatus)} {target.FailedWords}"));
                HandOverWaiting waiting = store.HandOverWaiting(target.Name);
                Console.WriteLine($"{target.Name} 待上报 waiting：{waiting.All}"
                    + (waiting.All == 0 ? "" : $"，其中报警 alarms {waiting.Fires}，最早自 oldest since {TimeText.Local(waiting.OldestMs)}"));
            }

            Console.WriteLine();
            ReportTable table = new("对方", "消息", "类型", "状态", "自", "次数", "最近答复");
            foreach (HandOverRow row in listed)
            {
                table.Add(
                    row.Target, row.MessageId, row.Type, StateText(row.State), TimeText.Local(row.CreatedMs),
                    row.Tries.ToString(CultureInfo.InvariantCulture), $"{Answer(row.LastStatus)} {row.LastWords}".Trim());
            }

            table.Show();
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Test()
    {
        Option<string> db = CommonOptions.Db();
        Command command = new("test", "Has the working county send a message that tells nothing; see status. 联通测试。") { db };
        command.SetAction(parsed =>
        {
            string id = "";
            In(parsed.GetRequiredValue(db), HandOverSettings.Platform, (rows, mine, target) =>
            {
                long number = rows.Cases!.NextCaseNumber();
                long nowMs = CaseCommands.NowMs();
                id = string.Create(CultureInfo.InvariantCulture, $"test-{number}");
                mine.Add(new HandOverRow
                {
                    Target = target.Name,
                    Number = number,
                    MessageId = id,
                    Case = id,
                    Type = HandOverMessage.TypePrefix + "test.ping",
                    Priority = CountyLimits.HandOverLesser,
                    DueRunMs = long.MinValue,
                    CreatedMs = nowMs,
                    Body = HandOverMessage.Ping(id, "test", number, nowMs),
                });
            });
            Console.WriteLine($"{id}: county handover status");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Resend()
    {
        Option<string> receiver = new("--receiver")
        {
            Description = "Whose: platform, or robot-NAME.",
            HelpName = "NAME",
            DefaultValueFactory = _ => HandOverSettings.Platform,
        };
        Option<string?> message = new("--message") { Description = "One message by its name, as status lists it.", HelpName = "NAME" };
        CommonOptions.NotEmpty(message, "a message of county handover status");
        Option<bool> refused = new("--refused") { Description = "All that the platform refused." };
        Option<bool> givenUp = new("--given-up") { Description = "All that were given up." };
        Option<string> db = CommonOptions.Db();
        Command command = new("resend", "Has messages sent again, under the same names. 重新上报。") { receiver, message, refused, givenUp, db };
        command.SetAction(parsed =>
        {
            string? name = parsed.GetValue(message);
            (bool ofRefused, bool ofGivenUp) = (parsed.GetValue(refused), parsed.GetValue(givenUp));
            if (name is null && !ofRefused && !ofGivenUp)
            {
                throw new CommandException("--message: missing; allowed: --message NAME, --refused, --given-up");
            }

            int again = 0;
            In(parsed.GetRequiredValue(db), parsed.GetRequiredValue(receiver), (_, mine, target) =>
            {
                if (name is not null)
                {
                    HandOverRow row = mine.Row(target.Name, name) ?? throw new CommandException(
                        $"--message: '{PlainText.Clean(name)}' is not there; allowed: a message of county handover status")
                    {
                        ExitCode = ExitCodes.NoSuchStation,
                    };
                    (row.State, row.Tries, row.DueRunMs, row.EndedMs) = (HandOverState.Waiting, 0, long.MinValue, 0);
                    mine.Put(row);
                    again++;
                }

                again += ofRefused ? mine.Again(target.Name, HandOverState.Refused) : 0;
                again += ofGivenUp ? mine.Again(target.Name, HandOverState.GivenUp) : 0;
            });
            Console.WriteLine($"messages to be sent again: {again}");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Rotate()
    {
        Option<string?> old = new("--old")
        {
            Description = "The file in use: its secret goes on signing beside the new one.",
            HelpName = "FILE",
        };
        Option<string> made = CommonOptions.Required("--out", "FILE", "A new file with the new secret, readable to its owner alone.");
        CommonOptions.NotEmpty(made, "a free name for a file");
        Command command = new("rotate", "Makes a new secret, for the platform and for county run --handover-secret. 换密钥。") { old, made };
        command.SetAction(parsed =>
        {
            string? before = parsed.GetValue(old);
            if (before is not null)
            {
                HandOverOptions.Secrets("--old", before);
            }

            string[] lines = [WebhookSecret.Create(), .. before is null ? [] : HandOverOptions.Lines("--old", before).Take(1)];
            SecretFiles.Write("--out", parsed.GetRequiredValue(made), string.Join('\n', lines) + '\n');
            Console.WriteLine($"{parsed.GetRequiredValue(made)}: give its first line to the platform, then restart county run with it");
            return ExitCodes.Done;
        });
        return command;
    }

    private static void In(string db, string receiver, Action<IStoreTransaction, IHandOverRows, HandOverTarget> work)
    {
        using SqlStore store = SqlStore.Open(db, create: false);
        using IStoreTransaction rows = store.Begin();
        IHandOverRows mine = rows.HandOver!;
        work(rows, mine, mine.Target(receiver) ?? throw new CommandException(
            $"'{PlainText.Clean(receiver)}': 未设置上报 nothing is handed over to it; allowed: after the first county run with it"));
        rows.Commit();
    }

    private static void Write(Utf8JsonWriter json, HandOverRow row)
    {
        json.WriteStartObject();
        json.WriteString("receiver", row.Target);
        json.WriteString("message", row.MessageId);
        json.WriteString("case", row.Case);
        json.WriteString("type", row.Type);
        json.WriteString("state", row.State switch
        {
            HandOverState.Refused => "refused",
            HandOverState.GivenUp => "given-up",
            HandOverState.Delivered => "delivered",
            _ => "waiting",
        });
        json.WriteBoolean("fire", row.OfFire);
        json.WriteNumber("tries", row.Tries);
        json.WriteString("createdAt", TimeText.Utc(row.CreatedMs));
        json.WriteNumber("lastStatus", row.LastStatus);
        json.WriteString("lastWords", row.LastWords);
        json.WriteEndObject();
    }

    private static string StateText(HandOverState state) => state switch
    {
        HandOverState.Refused => "对方拒收",
        HandOverState.GivenUp => "已放弃",
        HandOverState.Delivered => "已送达",
        _ => "待上报",
    };

    private static string Answer(int status) => status == 0 ? "" : $"HTTP {status}";
}
