// Owns: one private RabbitMQ node on loopback ports for the time of a test run: its own folder, cookie and name service.
// Must never: touch a node of the machine, listen on another address, or leave a process or folder behind.

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gateway.Tests.Support;

/// <summary>A real engine, with the definitions that it is given before its listeners open.</summary>
public sealed class RabbitServer : IDisposable
{
    private const string Programs = "/usr/lib/rabbitmq/bin/";
    private const int StartMs = 300_000;
    private const int LookMs = 100;

    private readonly string _folder = Directory.CreateTempSubdirectory("rabbit-").FullName;
    private readonly List<Process> _processes = [];

    private RabbitServer()
    {
    }

    /// <summary>For workers.</summary>
    public int AmqpPort { get; } = FreePort.Next();

    /// <summary>For stations.</summary>
    public int MqttPort { get; } = FreePort.Next();

    /// <summary>Starts a node; returns when stations may come.</summary>
    /// <param name="definitions">As the node loads them.</param>
    /// <param name="users">Who may log in, each with the resources that it may configure, write and read.</param>
    public static RabbitServer Start(string definitions, params (BrokerUser User, string May)[] users)
    {
        RabbitServer server = new();
        try
        {
            server.Launch(WithUsers(definitions, users));
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (Process process in Enumerable.Reverse(_processes))
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static string WithUsers(string definitions, (BrokerUser User, string May)[] users)
    {
        JsonObject all = JsonNode.Parse(definitions)!.AsObject();
        all["users"] = new JsonArray([.. users.Select(one => JsonSerializer.SerializeToNode(new
        {
            name = one.User.Name, password_hash = Hash(one.User.Password), hashing_algorithm = "rabbit_password_hashing_sha256", tags = "",
        }))]);
        all["permissions"] = new JsonArray([.. users.Select(one => JsonSerializer.SerializeToNode(new
        {
            user = one.User.Name, vhost = "/", configure = one.May, write = one.May, read = one.May,
        }))]);
        return all.ToJsonString();
    }

    private static string Hash(string password)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(4);
        return Convert.ToBase64String([.. salt, .. SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(password)])]);
    }

    private void Launch(string definitions)
    {
        string Write(string name, string text)
        {
            string path = Path.Combine(_folder, name);
            File.WriteAllText(path, text);
            return path;
        }

        string names = $"{FreePort.Next()}";
        Dictionary<string, string> set = new(StringComparer.Ordinal)
        {
            ["HOME"] = _folder,
            ["ERL_EPMD_PORT"] = names,
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_NODENAME"] = $"fgw{names}@localhost",
            ["RABBITMQ_DIST_PORT"] = $"{FreePort.Next()}",
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(_folder, "data"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(_folder, "log"),
            ["RABBITMQ_PID_FILE"] = Path.Combine(_folder, "pid"),
            ["RABBITMQ_CONF_ENV_FILE"] = Write("none.conf", ""),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Write("plugins", "[rabbitmq_mqtt].\n"),
            ["RABBITMQ_CONFIG_FILE"] = Write("rabbitmq.conf", $"""
                listeners.tcp.1 = 127.0.0.1:{AmqpPort}
                mqtt.listeners.tcp.1 = 127.0.0.1:{MqttPort}
                mqtt.allow_anonymous = false
                mqtt.exchange = amq.topic
                load_definitions = {Write("definitions.json", definitions)}
                log.console = false

                """),

            // One scheduler that sleeps when it has nothing to do, and no listener but on this machine.
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] =
                "-kernel inet_dist_use_interface {127,0,0,1} +S 1:1 +sbwt none +sbwtdcpu none +sbwtdio none",
        };
        Run("epmd", ["-address", "127.0.0.1", "-port", names], set);
        Run(Programs + "rabbitmq-server", [], set);
        Stopwatch watch = Stopwatch.StartNew();

        // The stations' listener opens last.
        while (!Answers(MqttPort) || !Answers(AmqpPort))
        {
            if (_processes[^1].HasExited || watch.ElapsedMilliseconds > StartMs)
            {
                string[] logs = Directory.Exists(set["RABBITMQ_LOG_BASE"]) ? Directory.GetFiles(set["RABBITMQ_LOG_BASE"], "*.log") : [];
                throw new IOException($"RabbitMQ does not start: {string.Join('\n', logs.Select(File.ReadAllText))}");
            }

            Thread.Sleep(LookMs);
        }
    }

    private void Run(string program, string[] arguments, Dictionary<string, string> set)
    {
        string[] shell = ["-c", "exec \"$0\" \"$@\" >/dev/null 2>&1 </dev/null", program, .. arguments];
        ProcessStartInfo start = new("/bin/sh", shell) { WorkingDirectory = _folder };
        foreach ((string name, string value) in set)
        {
            start.Environment[name] = value;
        }

        _processes.Add(Process.Start(start)!);
    }

    private static bool Answers(int port)
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
