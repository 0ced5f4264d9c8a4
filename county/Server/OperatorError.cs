// Owns: what a failure is called for the person at the command line: one sentence with what, where, and what is allowed.
// Must never: print where in the program it was instead, or a key or password.

using System.Data.Common;
using System.Diagnostics;
using Gateway.County.Sql;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Gateway.County.Server;

internal static class OperatorError
{
    // The primary result codes of SQLite.
    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;
    private const int SqliteReadOnly = 8;
    private const int SqliteIoError = 10;
    private const int SqliteCorrupt = 11;
    private const int SqliteFull = 13;
    private const int SqliteNotADatabase = 26;

    /// <param name="error">What was thrown.</param>
    /// <param name="database">What `--db` said; null where the command has none.</param>
    public static string Sentence(Exception error, string? database)
    {
        string sentence = error switch
        {
            StoreException when OfPlace(error) is { } e => $"db '{Shown(database)}': {Database(e)}",
            StoreException or CommandException or IOException => error.Message,
            DbException e => $"db '{Shown(database)}': {Database(e)}",
            TimeoutException => $"db '{Shown(database)}': 无应答 {error.Message}; allowed: a database that answers",
            UnauthorizedAccessException => $"{error.Message}; allowed: a place that this user may read and write",
            _ => $"程序错误 a fault of this program: {error.GetType().Name} in {Place(error)}: {error.Message}; "
                + "请报告这句话 please report this sentence",
        };
        return sentence.ReplaceLineEndings(" ");
    }

    /// <summary>What stood in the way of opening a database where its place is at fault and not what is in it; else null.</summary>
    private static DbException? OfPlace(Exception error)
    {
        for (Exception? e = error.InnerException; e is not null; e = e.InnerException)
        {
            if (e is SqliteException { SqliteErrorCode: SqliteFull or SqliteIoError or SqliteBusy or SqliteLocked }
                or PostgresException { SqlState: PostgresErrorCodes.DiskFull })
            {
                return (DbException)e;
            }
        }

        return null;
    }

    private static string Database(DbException error) => error switch
    {
        SqliteException e => e.SqliteErrorCode switch
        {
            SqliteFull => "磁盘或数据库已满 the disk or the database is full; allowed: free room where the database is",
            SqliteBusy or SqliteLocked =>
                "被别的程序占用 another program holds it locked; allowed: try again when that has ended",
            SqliteReadOnly => "只读 it cannot be written; allowed: a file and a folder that this user may write",
            SqliteIoError => $"读写失败 reading or writing failed ({e.Message}); allowed: a disk that works and has free room",
            SqliteCorrupt or SqliteNotADatabase => $"文件损坏 the file is damaged ({e.Message}); allowed: a copy that is whole",
            _ => $"{e.Message}; allowed: a database made by this program",
        },
        PostgresException e => e.SqlState switch
        {
            PostgresErrorCodes.DiskFull => "磁盘已满 the server's disk is full; allowed: free room on the server",
            PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure =>
                "被别的程序占用 another program holds it locked; allowed: try again when that has ended",
            PostgresErrorCodes.UntranslatableCharacter or PostgresErrorCodes.CharacterNotInRepertoire =>
                "编码不支持汉字 its encoding cannot hold the text; allowed: a database with ENCODING 'UTF8'",
            PostgresErrorCodes.InsufficientPrivilege => $"无权限 {e.MessageText}; allowed: a user that may make and change the tables",
            PostgresErrorCodes.TooManyConnections =>
                "连接过多 the server has too many connections; allowed: fewer, or a higher max_connections",
            _ => $"{e.MessageText} (SQLSTATE {e.SqlState}); allowed: a database made by this program",
        },
        _ => $"{error.Message}; allowed: a database that can be reached",
    };

    private static string Shown(string? database)
    {
        try
        {
            return database is null ? "?" : SqlStore.Shown(database);
        }
        catch (StoreException)
        {
            return "?";
        }
    }

    /// <summary>The innermost method of ours, so that a report is of use.</summary>
    private static string Place(Exception error)
    {
        foreach (StackFrame frame in new StackTrace(error).GetFrames())
        {
            if (DiagnosticMethodInfo.Create(frame) is { } method
                && method.DeclaringTypeName?.StartsWith("Gateway.", StringComparison.Ordinal) == true)
            {
                return $"{method.DeclaringTypeName}.{method.Name}";
            }
        }

        return "?";
    }
}
