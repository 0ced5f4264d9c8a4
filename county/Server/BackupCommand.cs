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
        command.SetAction((parsed, stop) =>
            Task.Run(() => Copy(parsed.GetRequiredValue(db), parsed.GetRequiredValue(file), stop), CancellationToken.None));
        return command;
    }

    private static int Copy(string database, string path, CancellationToken stop)
    {
        if (path.Length == 0)
        {
            throw new CommandException("FILE: ''; allowed: the path of a file that is not there yet");
        }

        if (Path.Exists(path))
        {
            throw new CommandException($"FILE: '{path}' is there already; allowed: the path of a file that is not there yet")
            {
                ExitCode = ExitCodes.Failed,
            };
        }

        string part = path + ".part";
        using FileStream held = Lock(part);

        // Of a copy that was killed; its lock would be held otherwise.
        File.Delete(part);
        SecretFiles.Write("FILE", part, "");
        try
        {
            SqlStore.Copy(database, part, stop);
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
    }

    private static FileStream Lock(string part)
    {
        string path = part + ".lock";
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string why = e is IOException && File.Exists(path) ? $"another copy into '{part}' is being made; allowed: another name"
                : $"'{part}' cannot be made ({e.Message}); allowed: a free name in a folder that this user may write";
            throw new CommandException($"FILE: {why}", e) { ExitCode = ExitCodes.Failed };
        }
    }
}
