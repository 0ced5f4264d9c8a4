// Owns: who may come in and what each may say and hear, made from the registry.
// Must never: be changed once made; another registry makes other rules.

using Gateway.Contract;

namespace Gateway.County.Broker;

/// <summary>One name at the broker.</summary>
/// <param name="Name">User name.</param>
/// <param name="Hash">Of its password.</param>
/// <param name="Says">Beginning of the topics that it may publish on; null = none.</param>
/// <param name="Hears">The filter that it may subscribe to, or part of.</param>
public sealed record BrokerAccount(string Name, string Hash, string? Says, string Hears)
{
    /// <summary>A connection is called what its user is called: nobody takes another's.</summary>
    public bool MayConnectAs(string clientId) => clientId == Name;

    public bool MaySay(string topic) => Says is not null && topic.StartsWith(Says, StringComparison.Ordinal)
        && topic.Length > Says.Length && topic.AsSpan().IndexOfAny('+', '#', '\0') < 0;

    /// <summary>Whether every topic that the filter has is one of those that the account may hear.</summary>
    public bool MayHear(string filter)
    {
        string[] asked = filter.Split('/');
        string[] allowed = Hears.Split('/');
        for (int i = 0; i < allowed.Length; i++)
        {
            if (allowed[i] == "#")
            {
                return asked.Length > i;
            }

            if (i >= asked.Length || asked[i] == "#" || (allowed[i] != "+" && allowed[i] != asked[i]))
            {
                return false;
            }
        }

        return asked.Length == allowed.Length;
    }
}

/// <summary>All names.</summary>
public sealed class BrokerRules
{
    private readonly Dictionary<string, BrokerAccount> _accounts = new(StringComparer.Ordinal);

    public BrokerRules(IReadOnlyList<StationRegistration> stations, IReadOnlyList<TownshipReader> readers)
    {
        ArgumentNullException.ThrowIfNull(stations);
        ArgumentNullException.ThrowIfNull(readers);
        Stations = stations.Count;
        Readers = readers.Count;
        foreach (StationRegistration station in stations)
        {
            if (station.PasswordHash is not { } hash)
            {
                WithoutPassword++;
                continue;
            }

            string says = station.Topics.Hello[..^Topics.LeafHello.Length];
            string name = BrokerName.Of(station.Station);
            Add(new BrokerAccount(name, hash, says, station.Topics.Down));

            // Only tries whether a broker is there; of its own, so that it never takes its own gateway's connection.
            Add(new BrokerAccount(name + BrokerName.IdleSuffix, hash, Says: null, Hears: ""));
        }

        foreach (TownshipReader reader in readers)
        {
            Add(new BrokerAccount(reader.Name, reader.PasswordHash, Says: null, reader.Filter));
        }
    }

    public static BrokerRules None { get; } = new([], []);

    public IEnumerable<BrokerAccount> Accounts => _accounts.Values;

    public int Stations { get; }

    public int Readers { get; }

    /// <summary>Stations that cannot come in, since the registry has no hash of their passwords.</summary>
    public int WithoutPassword { get; }

    public BrokerAccount? Find(string? name) => name is not null && _accounts.TryGetValue(name, out BrokerAccount? found) ? found : null;

    private void Add(BrokerAccount account) => _accounts[account.Name] = account;
}
