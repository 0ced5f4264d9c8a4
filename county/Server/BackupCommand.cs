// Owns: `county backup`.
// Must never: overwrite a file, or leave half a copy under the name that was asked for.

using System.CommandLine;
using Gateway.County.Sql;

namespace Gateway.County.Server;

internal static class BackupCommand
{
    public static Command Create()
    {
        Argument<string> file = new("FILE") { Description = "The copy, which is made; it holds the stations' keys." };
        Option<string> db = CommonOptions.Db();
        Command command = new(
            "backup",
            """
            Copies the database as it is at one moment, also while `county run` works. 备份。
            Of a SQLite file the copy is one too: put it in the place of the file. Of PostgreSQL it is what pg_restore takes.
            """)
        {
            file, db,
        };
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(file);
            if (path.Length == 0)
            {
                throw new CommandException("FILE: ''; allowed: the path of a file that is not there yet");
            }

            if (File.Exists(path))
            {
                throw new CommandException($"FILE: '{path}' is there already; allowed: the path of a file that is not there yet")
                {
                    ExitCode = ExitCodes.Failed,
                };
            }

            string part = path + ".part";
            SecretFiles.Write("FILE", part, "");
            try
            {
                using SqlStore store = SqlStore.Open(parsed.GetRequiredValue(db), create: false);
                store.Backup(part);
                using (FileStream whole = new(part, FileMode.Open, FileAccess.ReadWrite))
                {
                    whole.Flush(flushToDisk: true);
                }

                File.Move(part, path, overwrite: false);
            }
            finally
            {
                File.Delete(part);
            }

            Console.WriteLine($"{path}: 已备份 {new FileInfo(path).Length} bytes");
            return ExitCodes.Done;
        });
        return command;
    }
}
