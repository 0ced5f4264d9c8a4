// Owns: `county restore`.
// Must never: write into a database that is there, or call a copy good that was not read to its end.

using System.CommandLine;
using Gateway.County.Sql;

namespace Gateway.County.Server;

internal static class RestoreCommand
{
    private const string Allowed = "a file that `county backup` made";

    public static Command Create()
    {
        Argument<string> file = new("FILE") { Description = "The copy, as `county backup` made it." };
        Option<bool> check = new("--check")
        {
            Description = "Only tries it: restores it beside, reads every record, says what is in it, and takes it away again.",
        };
        Option<string> db = CommonOptions.Db();
        Command command = new(
            "restore",
            """
            Puts a copy back into a database that is not there yet, and reads every record of it. 恢复备份。
            Of PostgreSQL, --db is an empty database; for --check any one on a server where this user may make another.
            """)
        {
            file, check, db,
        };
        command.SetAction((parsed, stop) => Task.Run(
            () => Restore(parsed.GetRequiredValue(file), parsed.GetRequiredValue(db), parsed.GetValue(check), stop),
            CancellationToken.None));
        return command;
    }

    private static int Restore(string file, string database, bool check, CancellationToken stop)
    {
        if (file.Length == 0)
        {
            throw new CommandException($"FILE: ''; allowed: {Allowed}");
        }

        bool server = OfServer(file);
        if (server != SqlStore.IsAddress(database) && (server || !check))
        {
            throw new CommandException(server
                ? $"FILE: '{file}' is a copy of a PostgreSQL database; allowed: with --db postgres://USER:PASSWORD@HOST:PORT/NAME"
                : $"FILE: '{file}' is a copy of a SQLite file; allowed: with --db and the path of a file that is not there yet");
        }

        using RestoredStore restored = RestoredStore.From(file, database, check, stop);
        StoreContent content = restored.Store.Look(stop);
        Console.WriteLine(
            $"{file}: 版本 version {content.Version}, 站点 stations {content.Stations}, 记录 events {content.Events}, 火警 fires {content.Fires}, "
            + $"未结 open cases {content.OpenCases}, 最后收到 newest received {TimeText.Local(content.NewestMs)}");
        if (content.Problems.Count > 0)
        {
            throw new CommandException($"FILE: '{file}': {string.Join("; ", content.Problems)}; allowed: a copy that is whole")
            {
                ExitCode = ExitCodes.Failed,
            };
        }

        restored.Keep = !check;
        Console.WriteLine(check ? "可恢复 can be restored" : $"{SqlStore.Shown(database)}: 已恢复 restored; stations send again what it lacks");
        return ExitCodes.Done;
    }

    private static bool OfServer(string file)
    {
        try
        {
            bool server = PostgresDialect.IsPicture(file);
            return server || SqliteDialect.IsFile(file) ? server
                : throw new CommandException($"FILE: '{file}' is no copy of a county's database; allowed: {Allowed}")
                {
                    ExitCode = ExitCodes.Failed,
                };
        }
        catch (Exception e) when (SecretFiles.Refused(e))
        {
            throw new CommandException($"FILE: '{file}' cannot be read ({e.Message}); allowed: {Allowed}", e)
            {
                ExitCode = ExitCodes.Failed,
            };
        }
    }
}
