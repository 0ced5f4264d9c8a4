// Owns: copies of a county on a PostgreSQL server, made and put back by the server's own programs.
// Must never: copy or touch what is another county's in the same database, or show a password.

using System.Data.Common;
using System.Diagnostics;
using Npgsql;

namespace Gateway.County.Sql;

public sealed partial class PostgresDialect
{
    /// <summary>
    /// The server's own program takes one picture, which the server's other programs put back. By its tables, since other schemas of the
    /// database are other counties', and the schema itself is made by who gives it to the county.
    /// </summary>
    public override void Backup(DbConnection connection, string file, CancellationToken stop) => Client(
        "pg_dump",
        [
            "--format=custom", "--no-owner", "--no-privileges", "--table", $"{Quoted(SchemaOf(connection) ?? "")}.*", "--file", file,
            .. Where(),
        ],
        stop);

    /// <summary>Whether a file is such a picture.</summary>
    internal static bool IsPicture(string file) => Begins(file, "PGDMP"u8);

    /// <summary>Puts a picture back, whole or not at all, into a schema without tables of ours.</summary>
    /// <param name="file">The picture.</param>
    /// <param name="own">The database is this process's own, and gets the schema that the picture has.</param>
    /// <param name="stop">Ends it.</param>
    internal void Restore(string file, bool own, CancellationToken stop)
    {
        // Lines such as: 214; 1259 16390 TABLE county_330726 meta county_330726
        string schema = Client("pg_restore", ["--list", file], stop).Split('\n').Select(line => line.Split(' '))
            .FirstOrDefault(words => words is [_, _, _, "TABLE", _, "meta", ..])?[4]
            ?? throw new StoreException($"'{file}': no county's tables in it; allowed: a file that `county backup` made");
        if (own)
        {
            Do($"CREATE SCHEMA IF NOT EXISTS {Quoted(schema)}");
            Do($"ALTER DATABASE {Quoted(_address.Database!)} SET search_path = {Quoted(schema)}");
        }

        using (DbConnection connection = Open())
        {
            if (SqlUpgrade.HasTables(this, connection))
            {
                throw new StoreException($"db '{Shown}': 已有数据 there is a county in it already; allowed: an empty database");
            }

            if (SchemaOf(connection) is var here && here != schema)
            {
                throw new StoreException(
                    $"db '{Shown}': 备份属于模式 the copy is of schema {schema}, and this user's here is {here ?? "none"}; "
                    + $"allowed: a database in which it is {schema}, as deploy/schemas.sh makes for a county of a province");
            }
        }

        Client("pg_restore", ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", .. Where(), file], stop);
    }

    /// <summary>Makes an empty database on the same server; gives its name.</summary>
    internal string MakeBeside()
    {
        string name = $"county_check_{Guid.NewGuid():N}";
        Do($"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'");
        return name;
    }

    internal void DropBeside(string name) => Do($"DROP DATABASE {name} WITH (FORCE)");

    private static string? SchemaOf(DbConnection connection) => Scalar(connection, "SELECT current_schema()") as string;

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private string[] Where() =>
    [
        "--no-password", "--host", _address.Host!, "--port", $"{_address.Port}", "--username", _address.Username!, "--dbname",
        _address.Database!,
    ];

    private void Do(string sql)
    {
        using DbConnection connection = Open();
        using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = CountyLimits.PostgresMakeS;
        try
        {
            command.ExecuteNonQuery();
        }
        catch (NpgsqlException e)
        {
            throw new StoreException($"db '{Shown}': {e.Message}; allowed: a user that may make databases", e);
        }
    }

    /// <summary>Runs one of the server's programs to its end; gives what it printed.</summary>
    private string Client(string program, string[] arguments, CancellationToken stop)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // Not on the command line, where every user of the machine can read it.
        if (_address.Password is { } password)
        {
            start.Environment["PGPASSWORD"] = password;
        }

        try
        {
            using Process client = Process.Start(start)!;
            using CancellationTokenRegistration told = stop.Register(client.Kill);
            Task<string> printed = client.StandardOutput.ReadToEndAsync(CancellationToken.None);
            string said = client.StandardError.ReadToEnd();
            client.WaitForExit();
            stop.ThrowIfCancellationRequested();
            return client.ExitCode == 0 ? printed.GetAwaiter().GetResult()
                : throw new StoreException($"db '{Shown}': {said.Trim()}; allowed: a {program} not older than the server");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new StoreException($"db '{Shown}': {program}: {e.Message}; allowed: PostgreSQL's client programs in the PATH", e);
        }
    }
}
