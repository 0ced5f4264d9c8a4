// Owns: running the county's program in a folder of its own.
// Must never: print a key or password, not even when a test fails.

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Gateway.County.Server;
using Gateway.County.Sql;

namespace Gateway.County.Tests;

[SupportedOSPlatform("linux")]
public abstract class ProgramRig : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("county-").FullName;

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected string In(string name) => Path.Combine(_folder, name);

    protected static string[] Add(string id, string village = "330726101003", string name = "金塘村微型消防站") =>
        ["station", "add", "--id", id, "--county", "330726", "--township", "330726101", "--village", village, "--name", name];

    protected static string County => $"dotnet \"{Path.Combine(AppContext.BaseDirectory, "county.dll")}\"";

    /// <summary>A registered station, as `station add` leaves the database.</summary>
    protected void Register(uint station = 330701)
    {
        using SqlStore store = SqlStore.Open(EmptyStore.At(In("county.db")));
        Assert.True(store.AddStation(new FakeGateway(station).Registration));
    }

    /// <summary>
    /// What the program answers to a command line, from inside this process, where the start of one would add nothing but its time. The
    /// folder is not this rig's: a path that matters has to be given whole.
    /// </summary>
    protected static async Task<(int Code, string Error)> Told(params string[] arguments)
    {
        using StringWriter error = new();
        int code = await CommandLine.Run(arguments, error);
        return (code, error.ToString());
    }

    protected (int Code, string Output) Shell(string command)
    {
        ProcessStartInfo start = new("bash", ["-c", command])
        {
            UseShellExecute = false,
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        };
        start.Environment["TERM"] = "xterm";
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    /// <summary>
    /// A line of the shell with `county run` somewhere in it, which is interrupted when it is known to work: it came to its broker, was
    /// turned away, said so and came again.
    /// </summary>
    protected async Task<(int Code, string Output)> Interrupted(Func<string, string> line)
    {
        using TcpListener broker = new(IPAddress.Loopback, 0);
        broker.Start();
        Task interrupted = Interrupt(broker);
        File.WriteAllText(
            In("run.sh"), $"echo $$ >run.pid\nexec env --default-signal=INT {County} run --broker {broker.LocalEndpoint}\n");
        (int code, string output) = Shell(line("timeout --foreground -s KILL 300 bash run.sh"));
        broker.Stop();

        // The program may have ended before the one who interrupted it gets on; who still waits for it is let go of by the stop.
        await interrupted.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Assert.True(interrupted.IsCompletedSuccessfully, $"it ended by itself with code {code}:\n{output}");
        return (code, output);
    }

    private async Task Interrupt(TcpListener broker)
    {
        const int Attempts = 3;
        for (int attempt = 1; attempt <= Attempts; attempt++)
        {
            (await broker.AcceptTcpClientAsync(TestContext.Current.CancellationToken)).Dispose();
        }

        Signals.Send(int.Parse(File.ReadAllText(In("run.pid")), CultureInfo.InvariantCulture), Signals.Interrupt);
    }

    protected (int Code, string Output, string Error) Run(params string[] arguments) =>
        ChildProgram.Run(_folder, "county.dll", arguments);
}
