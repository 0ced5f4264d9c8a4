// Owns: one private PostgreSQL server on a loopback port for the time of a test run.
// Must never: touch a server of the machine, listen on another address, or leave a process or folder behind.

using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Npgsql;

namespace Gateway.Tests.Support;

/// <summary>A real server with an empty cluster of its own. The server refuses to run as root, so it runs as Debian's user then.</summary>
public sealed class PostgresServer : IDisposable
{
    private const int StartTriesMax = 5;
    private const int SqlS = 120;
    private const string Owner = "postgres";

    private readonly string _folder = Directory.CreateTempSubdirectory("postgres-").FullName;
    private readonly string _password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
    private readonly string _programs;
    private int _databases;

    private readonly string _flush;

    private PostgresServer(bool durable)
    {
        _flush = durable ? ""
            : " -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_wal_size=128MB -c wal_level=minimal"
            + " -c max_wal_senders=0 -c autovacuum=off";
        _programs = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Last() + "/bin/"
            : throw new InvalidOperationException("no PostgreSQL server; is the package postgresql installed?");
    }

    public int Port { get; private set; }

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Makes a cluster and starts its server; returns when it accepts connections.</summary>
    /// <param name="durable">False: commits wait for no disk, so that a test may make a database in no time.</param>
    public static PostgresServer Start(bool durable)
    {
        PostgresServer server = new(durable);
        try
        {
            server.Make();
            for (int attempt = 1; ; attempt++)
            {
                server.Port = FreePort.Next();
                (int code, string said) = server.Launch();
                if (code == 0)
                {
                    return server;
                }

                if (attempt == StartTriesMax)
                {
                    throw new IOException($"PostgreSQL does not start on port {server.Port}: {said}");
                }
            }
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>The address of a new, empty database.</summary>
    public string NewDatabase() => Copy("template0");

    /// <summary>The address of a new, empty database that cannot hold every text.</summary>
    public string NewDatabase(string encoding) => Copy("template0", encoding);

    /// <summary>The address of a new database with the content of another that nobody is connected to.</summary>
    public string CopyOf(string address) => Copy(NameOf(address));

    /// <summary>Takes a database away, with whoever is connected.</summary>
    public void Drop(string address) => Sql($"DROP DATABASE {NameOf(address)} WITH (FORCE)");

    /// <summary>Ends the server as a power cut would and starts it again on the same port.</summary>
    public void Crash()
    {
        Run("pg_ctl", "stop", "-m", "immediate", "-D", Data);
        (int code, string said) = Launch();
        if (code != 0)
        {
            throw new IOException($"PostgreSQL does not start again: {said}");
        }
    }

    /// <summary>Stops every process of the server where it stands, as a machine that hangs does.</summary>
    public void Freeze() => Signal(Signals.Stop);

    public void Thaw() => Signal(Signals.Continue);

    /// <summary>Runs a statement and gives what it returns: rows by lines, columns by bars. A client program would cost more.</summary>
    public string Sql(string statement, string database = "postgres")
    {
        using NpgsqlConnection connection = new(new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1", Port = Port, Username = Owner, Password = _password, Database = database, Pooling = false,
            Timeout = SqlS, CommandTimeout = SqlS,
        }.ToString());
        connection.Open();
        using NpgsqlCommand command = new(statement, connection);
        using NpgsqlDataReader rows = command.ExecuteReader();
        List<string> lines = [];
        while (rows.Read())
        {
            lines.Add(string.Join('|', Enumerable.Range(0, rows.FieldCount).Select(column => $"{rows.GetValue(column)}")));
        }

        return string.Join('\n', lines);
    }

    /// <summary>The address of a database of this server.</summary>
    public string Address(string database) => $"postgres://{Owner}:{_password}@127.0.0.1:{Port}/{database}";

    /// <summary>The name of a database by its address.</summary>
    public static string NameOf(string address) => address[(address.LastIndexOf('/') + 1)..];

    public void Dispose()
    {
        if (Directory.Exists(Data))
        {
            Run("pg_ctl", "stop", "-m", "immediate", "-D", Data);
        }

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>What all processes of the server have worked, those that ended among them.</summary>
    public TimeSpan Worked()
    {
        // After the name, which may hold spaces: state is the first; 12 to 15 are its own and its ended children's time, in 1/100 s.
        long Ticks(string id, int count) => Directory.Exists($"/proc/{id}")
            ? File.ReadAllText($"/proc/{id}/stat").Split(") ")[^1].Split(' ').Skip(11).Take(count)
                .Sum(number => long.Parse(number, CultureInfo.InvariantCulture))
            : 0;
        return TimeSpan.FromSeconds((Ticks(Main, 4) + Children().Sum(child => Ticks(child, 2))) / 100.0);
    }

    private string Main => File.ReadLines(Path.Combine(Data, "postmaster.pid")).First();

    private string[] Children() =>
        File.ReadAllText($"/proc/{Main}/task/{Main}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private void Signal(int signal)
    {
        string[] others = Children();
        Signals.Send(int.Parse(Main, CultureInfo.InvariantCulture), signal);
        foreach (string other in others)
        {
            try
            {
                Signals.Send(int.Parse(other, CultureInfo.InvariantCulture), signal);
            }
            catch (Win32Exception)
            {
                // It has just ended.
            }
        }
    }

    private string Copy(string template, string encoding = "UTF8")
    {
        string name = $"county{Interlocked.Increment(ref _databases)}";

        // Copying files costs less than logging every page, where no disk is waited for.
        string locale = encoding == "UTF8" ? "" : " LOCALE 'C'";
        Sql($"CREATE DATABASE {name} STRATEGY file_copy TEMPLATE {template} ENCODING '{encoding}'{locale}");
        return Address(name);
    }

    private (int Code, string Said) Launch() =>
        Run("pg_ctl", "start", "-w", "-D", Data, "-l", Data + "/log", "-o", $"-p {Port} -h 127.0.0.1 -k {_folder}{_flush}");

    private void Make()
    {
        string passwordFile = Path.Combine(_folder, "password");
        File.WriteAllText(passwordFile, _password + "\n");
        if (Environment.IsPrivilegedProcess)
        {
            using Process own = Process.Start("chown", ["-R", Owner, _folder]);
            own.WaitForExit();
        }

        (int code, string said) = Run(
            "initdb", "--no-sync", "-D", Data, "-U", Owner, "-E", "UTF8", "--locale=C", "--auth=scram-sha-256", $"--pwfile={passwordFile}");
        File.Delete(passwordFile);
        if (code != 0)
        {
            throw new IOException($"initdb: {said}");
        }
    }

    // What a started server keeps open must not be what is waited for, so the output goes through a file.
    private (int Code, string Said) Run(string program, params string[] arguments)
    {
        string[] command = Environment.IsPrivilegedProcess
            ? ["runuser", "-u", Owner, "--", _programs + program, .. arguments]
            : [_programs + program, .. arguments];
        string said = Path.Combine(Path.GetTempPath(), $"postgres-{Guid.NewGuid():N}");
        try
        {
            string[] shell = ["-c", "exec \"$@\" >\"$0\" 2>&1 </dev/null", said, .. command];
            ProcessStartInfo start = new("/bin/sh", shell) { WorkingDirectory = "/" };
            using Process process = Process.Start(start)!;
            process.WaitForExit();
            return (process.ExitCode, File.ReadAllText(said).Trim());
        }
        finally
        {
            File.Delete(said);
        }
    }
}
