// Owns: the county's program with its broker: its own one in the same process, or Mosquitto beside it.
// Must never: differ between the two in anything but the broker.

using System.Diagnostics;
using System.Globalization;
using Gateway.Tests.Support;

namespace Gateway.Tests.Benchmarks.Storm;

internal sealed class CountySide : IDisposable
{
    private readonly string _folder;
    private readonly string _database;
    private readonly MosquittoBroker? _mosquitto;
    private Process? _county;

    /// <param name="own">The county is the broker itself; its users are the registry's.</param>
    /// <param name="folder">For the password and the database.</param>
    /// <param name="users">Stations at Mosquitto.</param>
    public CountySide(bool own, string folder, IEnumerable<BrokerUser> users)
    {
        _folder = folder;
        _database = Path.Combine(folder, own ? "own.db" : "mosquitto.db");
        _mosquitto = own ? null : MosquittoBroker.Start([BrokerUser.County, .. users], extra: "");
        Port = _mosquitto?.Port ?? FreePort.Next();
        Name = own ? "own broker" : "Mosquitto";
    }

    public string Name { get; }

    public string Database => _database;

    public int Port { get; }

    public Process County => _county ?? throw new InvalidOperationException("the county is not running");

    /// <summary>The most memory that the county had, MB.</summary>
    public long CountyMb { get; private set; }

    /// <summary>The same of a broker beside it; null without one.</summary>
    public long? BrokerMb => _mosquitto is null ? null : PeakMb(_mosquitto.ProcessId);

    /// <summary>The registry is in the database by then.</summary>
    public void Start()
    {
        string[] broker = ["--listen", string.Create(CultureInfo.InvariantCulture, $"{MosquittoBroker.Host}:{Port}")];
        if (_mosquitto is not null)
        {
            string password = Path.Combine(_folder, "county.password");
            File.WriteAllText(password, BrokerUser.County.Password);
            broker = ["--broker", broker[1], "--user", BrokerUser.CountyName, "--password-file", password];
        }

        _county = Process.Start(new ProcessStartInfo("/bin/sh",
        [
            "-c", "exec \"$@\" >/dev/null", "sh", "dotnet", Path.Combine(AppContext.BaseDirectory, "county.dll"), "run", .. broker,
            "--db", _database,
        ]))!;
    }

    /// <summary>The broker is gone as by a power cut, with the county where it is one.</summary>
    public void KillBroker()
    {
        if (_mosquitto is null)
        {
            End();
        }
        else
        {
            _mosquitto.Kill();
        }
    }

    public void RestartBroker()
    {
        if (_mosquitto is null)
        {
            Start();
        }
        else
        {
            _mosquitto.Restart();
        }
    }

    /// <summary>Looks at the memory once more, then ends the county.</summary>
    public void End()
    {
        if (_county is { } county)
        {
            Look();
            county.Kill();
            county.WaitForExit();
            county.Dispose();
            _county = null;
        }
    }

    public void Look() => CountyMb = County.HasExited ? CountyMb : Math.Max(CountyMb, PeakMb(County.Id));

    public void Await(string what, Func<bool> condition, int waitMs)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (!condition())
        {
            if (watch.ElapsedMilliseconds > waitMs || _county is { HasExited: true })
            {
                throw new TimeoutException($"{Name}, {what}: not within {waitMs / 1000} s, or the county ended");
            }

            Thread.Sleep(5);
        }
    }

    public void Dispose()
    {
        End();
        _mosquitto?.Dispose();
    }

    private static long PeakMb(int process)
    {
        string line = File.ReadLines($"/proc/{process}/status").Single(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}
