// Owns: a county in this process with its own broker, and the demonstration's station registered with it.
// Must never: listen beyond loopback, or print a key or password.

using System.Globalization;
using System.Net;
using Gateway.County;
using Gateway.County.Broker;
using Gateway.County.Sql;

namespace Gateway.Demo;

/// <summary>The broker listens on a free port from the construction on.</summary>
internal sealed class DemoCounty : IDisposable
{
    private readonly SqlStore _registry;

    public DemoCounty(string folder, string demoSettings)
    {
        Database = Path.Combine(folder, DemoFolder.DatabaseName);
        _registry = SqlStore.Open(Database);
        Broker = new EmbeddedBroker(
            new IPEndPoint(IPAddress.Loopback, 0), null, _registry.RegistryVersion,
            () => new BrokerRules(_registry.Stations(), _registry.Readers()));
        string password = BrokerPassword.Create();
        Dictionary<string, string> words = File.ReadLines(demoSettings)
            .First(line => line.StartsWith("station ", StringComparison.Ordinal))
            .Split(' ').Select(word => word.Split('=', 2)).Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0], pair => pair[1]);
        StationRegistration station = new()
        {
            Station = uint.Parse(words["id"], CultureInfo.InvariantCulture),
            County = words["county"],
            Township = words["township"],
            Village = words["village"],
            Name = words["name"],
            Key = StationKey.Create(),
            PasswordHash = BrokerPassword.Hash(password),
            AddedMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
        };
        _registry.AddStation(station);
        Station = station.Station;
        if (Broker.Connect("", 0) is { } why)
        {
            throw new IOException(why);
        }

        // As `county station add` writes them.
        StationFile = Path.Combine(folder, "station.settings");
        KeyFile = Path.Combine(folder, DemoFolder.SecretsName);
        File.WriteAllText(StationFile, $"""
            station id={Station} county={station.County} township={station.Township} village={station.Village} name="{station.Name}"
            uplink host=127.0.0.1 port={Broker.Port} user=st{Station}

            """);
        FileStreamOptions secret = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            secret.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (StreamWriter file = new(KeyFile, secret))
        {
            file.Write($"key {Convert.ToHexStringLower(station.Key.CopyForStorage())}\npassword {password}\n");
        }

        SettingsFile = Path.Combine(folder, "settings.txt");
        File.WriteAllLines(SettingsFile, [
            .. File.ReadLines(StationFile),
            .. File.ReadLines(demoSettings).Where(line =>
                !line.StartsWith("station ", StringComparison.Ordinal) && !line.StartsWith("uplink ", StringComparison.Ordinal)),
        ]);
    }

    public EmbeddedBroker Broker { get; }

    public uint Station { get; }

    public string Database { get; }

    /// <summary>The lines that the county gives.</summary>
    public string StationFile { get; }

    /// <summary>The station's key and password.</summary>
    public string KeyFile { get; }

    /// <summary>The demonstration's whole settings.</summary>
    public string SettingsFile { get; }

    public void Dispose()
    {
        Broker.Dispose();
        _registry.Dispose();
    }
}
