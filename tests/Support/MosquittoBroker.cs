// Owns: one private Mosquitto on a loopback port, with the repository's own configuration, for the time of a test.
// Must never: listen on another address, admit somebody without a password, or leave a process or folder behind.

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Gateway.Tests.Support;

/// <summary>A real broker. Its port stays the same through kill and restart; what it logs is kept.</summary>
public sealed class MosquittoBroker : IDisposable
{
    private const int StartTriesMax = 5;
    private const int StartWaitMs = 60_000;
    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    private readonly StringBuilder _log = new();
    private readonly List<BrokerUser> _users;
    private readonly string _extra;
    private readonly string? _certificates;
    private Process? _process;

    private MosquittoBroker(IEnumerable<BrokerUser> users, string extra, string? certificates)
    {
        _users = [.. users];
        _extra = extra;
        _certificates = certificates;
        Folder = Directory.CreateTempSubdirectory("broker-").FullName;
    }

    /// <summary>Always 127.0.0.1.</summary>
    public const string Host = "127.0.0.1";

    public int Port { get; private set; }

    /// <summary>Configuration, passwords and ACL lie here; gone with Dispose.</summary>
    public string Folder { get; }

    public int ProcessId => _process?.Id ?? throw new InvalidOperationException("the broker is not running");

    /// <summary>What the broker has logged so far, over all its starts.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    /// <summary>Starts a broker and returns when it accepts connections.</summary>
    public static MosquittoBroker Start(params BrokerUser[] users) => Start(users, extra: "");

    /// <param name="users">Who may log in.</param>
    /// <param name="extra">Lines added to the configuration, such as a TLS listener of the test.</param>
    /// <param name="certificates">The broker's certificates, TLS alone then, and clients' certificates; null = in clear.</param>
    public static MosquittoBroker Start(IEnumerable<BrokerUser> users, string extra, string? certificates = null)
    {
        var broker = new MosquittoBroker(users, extra, certificates);
        try
        {
            broker.WriteUsers();
            for (int attempt = 1; ; attempt++)
            {
                broker.Port = FreePort.Next();
                broker.WriteConfiguration();
                try
                {
                    broker.Launch();
                    return broker;
                }
                catch (IOException) when (attempt < StartTriesMax)
                {
                    // Another process took the port between the look and the start.
                }
            }
        }
        catch
        {
            broker.Dispose();
            throw;
        }
    }

    /// <summary>Ends the broker as a power cut would: SIGKILL, no will is sent, sessions are forgotten.</summary>
    public void Kill()
    {
        if (_process is { } process)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
            _process = null;
        }
    }

    /// <summary>Starts it again on the same port with the same users.</summary>
    public void Restart()
    {
        Kill();
        Launch();
    }

    /// <summary>SIGSTOP: connections stay open and nothing answers. New ones are accepted by the kernel and stay silent.</summary>
    public void Freeze() => Signals.Send(ProcessId, Signals.Stop);

    /// <summary>SIGCONT after <see cref="Freeze"/>.</summary>
    public void Thaw() => Signals.Send(ProcessId, Signals.Continue);

    /// <summary>
    /// Adds users to the running broker, or gives them another password, without ending another's connection; they may log in when this
    /// returns.
    /// </summary>
    public void Add(params BrokerUser[] users)
    {
        _users.RemoveAll(there => users.Any(user => user.Name == there.Name));
        _users.AddRange(users);
        WriteUsers();
        int reloads = Reloads();
        Signals.Send(ProcessId, Signals.Hangup);
        var watch = Stopwatch.StartNew();
        while (Reloads() == reloads)
        {
            if (watch.ElapsedMilliseconds > StartWaitMs)
            {
                throw new IOException($"mosquitto does not read its files again:\n{Log}");
            }

            Thread.Sleep(5);
        }
    }

    public void Dispose()
    {
        Kill();
        Directory.Delete(Folder, recursive: true);
    }

    private static string Template(string name) => File.ReadAllText(Repository.Path("county", "mosquitto", name));

    private static int Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(program, arguments);
        process.WaitForExit();
        return process.ExitCode;
    }

    private int Reloads() => Log.Split("Reloading config").Length;

    private void WriteConfiguration()
    {
        string kind = _certificates is null ? "clear" : "tls";
        string[] last = _certificates is null ? [] : [_certificates];
        string script = Repository.Path("county", "mosquitto", "configure.sh");
        (int code, string text, string error) = ChildProgram.Run(
            new ProcessStartInfo(script, [kind, Folder, Environment.UserName, Host, $"{Port}", .. last]));
        if (code != 0)
        {
            throw new InvalidOperationException($"county/mosquitto/configure.sh: {error}");
        }

        File.WriteAllText(Path.Combine(Folder, "mosquitto.conf"), text + _extra + "\n", Utf8);
    }

    private void WriteUsers()
    {
        var passwords = new StringBuilder();
        var acl = new StringBuilder(Template("acl.template").Replace("@COUNTY@", BrokerUser.CountyName));
        string station = Template("acl.station.template");
        foreach (BrokerUser user in _users)
        {
            string rights = user.Rights ?? user.Name;
            passwords.Append(user.Name).Append(':').Append(user.Password).Append('\n');
            if (rights.StartsWith("st", StringComparison.Ordinal))
            {
                passwords.Append(user.Name).Append("-idle:").Append(user.Password).Append('\n');
                acl.Append(station.Replace("user st@STATION@", "user " + user.Name).Replace("@STATION@", rights[2..])
                    .Replace("@PLACE@", user.Place));
            }
            else if (user.Rights is not null)
            {
                acl.Append('\n').Append(Template("acl.template").Replace("@COUNTY@", user.Name));
            }
        }

        // Hashed beside the file that the broker reads, so that it never reads half of it or a password in clear.
        string plain = Path.Combine(Folder, "passwords.new");
        File.WriteAllText(plain, passwords.ToString(), Utf8);
        bool hashed = _users.Count == 0 || Run("mosquitto_passwd", "-U", plain) == 0;
        foreach (BrokerUser user in _users.Where(user => user.Password.Contains(':')))
        {
            // A file in clear ends a password at its colon.
            hashed &= Run("mosquitto_passwd", "-b", plain, user.Name, user.Password) == 0;
        }

        if (!hashed)
        {
            throw new InvalidOperationException("mosquitto_passwd failed; is the package mosquitto installed?");
        }

        File.Move(plain, Path.Combine(Folder, "passwords"), overwrite: true);
        File.WriteAllText(Path.Combine(Folder, "acl"), acl.ToString(), Utf8);
    }

    private void Launch()
    {
        var start = new ProcessStartInfo(Program(), ["-c", Path.Combine(Folder, "mosquitto.conf")])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        Process process = Process.Start(start) ?? throw new InvalidOperationException("mosquitto did not start");
        process.ErrorDataReceived += Keep;
        process.OutputDataReceived += Keep;
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        _process = process;
        var watch = Stopwatch.StartNew();
        while (!Accepts())
        {
            if (process.HasExited || watch.ElapsedMilliseconds > StartWaitMs)
            {
                Kill();
                throw new IOException($"mosquitto does not listen on {Host}:{Port}:\n{Log}");
            }

            Thread.Sleep(10);
        }
    }

    // Debian puts it where only root's path leads.
    private static string Program() => File.Exists("/usr/sbin/mosquitto") ? "/usr/sbin/mosquitto" : "mosquitto";

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is { } text)
        {
            lock (_log)
            {
                _log.Append(text).Append('\n');
            }
        }
    }

    private bool Accepts()
    {
        try
        {
            using var client = new TcpClient();
            client.Connect(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
