// Owns: `county commands`.
// Must never: change anything.

using System.CommandLine;
using Gateway.County.Sql;

namespace Gateway.County.Server;

internal static class CommandsCommand
{
    public static Command Create()
    {
        Option<uint?> station = CommonOptions.Station("Only this station.");
        Option<bool> json = CommonOptions.Json();
        Option<string> db = CommonOptions.Db();
        Command command = new("commands", "Lists what was asked of stations and what became of it. 命令列表。") { station, json, db };
        command.SetAction(parsed =>
        {
            using SqlStore store = SqlStore.Open(parsed.GetRequiredValue(db), create: false);
            StationCommands.TellUnknown(store, parsed.GetValue(station));
            IReadOnlyList<StationCommand> commands = store.Commands(parsed.GetValue(station));
            if (parsed.GetValue(json))
            {
                JsonArray.Write(commands, CommandText.Write);
                return ExitCodes.Done;
            }

            ReportTable table = new("时间", "站点", "编号", "命令", "状态", "下发", "回复");
            foreach (StationCommand c in commands)
            {
                table.Add(
                    TimeText.Local(c.QueuedMs), $"{c.Station}", $"{c.Number}", CommandText.Chinese(c), CommandStateText.Of(c),
                    $"{c.Times}次", c.AnsweredMs == 0 ? "" : TimeText.Local(c.AnsweredMs));
            }

            table.Show();
            return ExitCodes.Done;
        });
        return command;
    }
}
