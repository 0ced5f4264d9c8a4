// Owns: what an engine asks about who may come and do what: the questions of RabbitMQ's HTTP authentication, answered by the registries.
// Must never: let a station publish or hear beyond its own topics, or be reached from another machine.

using System.Diagnostics;
using Gateway.County.Broker;
using Gateway.County.Sql;
using Microsoft.AspNetCore.Http;

namespace Gateway.County.Server;

/// <summary>Stations and readers of several counties. Workers are the engine's own users and are not asked about here.</summary>
/// <param name="databases">The counties' databases.</param>
internal sealed class EngineAuth(IReadOnlyList<string> databases)
{
    private const string Allow = "allow";
    private const string Deny = "deny";

    // What a subscription over MQTT makes: a queue of the connection's name.
    private const string SubscriptionQueue = "mqtt-subscription-";

    private readonly Registry[] _registries = [.. databases.Select(one => new Registry(one))];

    public async Task Serve(HttpContext context)
    {
        string answer = Deny;
        if (HttpMethods.IsPost(context.Request.Method) && context.Request.HasFormContentType)
        {
            IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted);
            answer = Answer(context.Request.Path.Value ?? "", name => form[name].ToString());
        }

        context.Response.ContentType = "text/plain";
        await context.Response.WriteAsync(answer, context.RequestAborted);
    }

    /// <summary>One question: /user, /vhost, /resource or /topic, with its fields.</summary>
    internal string Answer(string path, Func<string, string> field)
    {
        if (Find(field("username")) is not { } account)
        {
            return Deny;
        }

        bool may = path switch
        {
            "/user" => (field("client_id").Length == 0 || account.MayConnectAs(field("client_id")))
                && BrokerPassword.Fits(account.Hash, field("password")),
            "/vhost" => field("vhost") == "/",
            "/resource" => MayUse(account, field("resource"), field("name"), field("permission")),
            "/topic" => MaySpeak(account, field("name"), field("permission"), EngineTopology.TopicOf(field("routing_key"))),
            _ => false,
        };
        return may ? Allow : Deny;
    }

    private static bool MayUse(BrokerAccount account, string resource, string name, string permission) => resource switch
    {
        "queue" => name.StartsWith($"{SubscriptionQueue}{account.Name}qos", StringComparison.Ordinal),
        "exchange" or "topic" => name == EngineTopology.Exchange
            && (permission == "write" ? account.Says is not null : permission == "read" && account.Hears.Length > 0),
        _ => false,
    };

    private static bool MaySpeak(BrokerAccount account, string exchange, string permission, string topic) =>
        exchange == EngineTopology.Exchange && permission switch
        {
            "write" => account.MaySay(topic),

            // A subscription's one level is a star here.
            "read" => account.MayHear(topic.Replace('*', '+')),
            _ => false,
        };

    private BrokerAccount? Find(string name)
    {
        foreach (Registry registry in _registries)
        {
            if (registry.Rules().Find(name) is { } account)
            {
                return account;
            }
        }

        return null;
    }

    /// <summary>The accounts of one county; those of before while its database does not answer.</summary>
    private sealed class Registry(string database)
    {
        private readonly Lock _gate = new();
        private BrokerRules _rules = BrokerRules.None;
        private SqlStore? _store;
        private long _version = -1;
        private long? _lookedAt;

        public BrokerRules Rules()
        {
            lock (_gate)
            {
                if (_lookedAt is not { } at || Stopwatch.GetElapsedTime(at).TotalMilliseconds >= ServerLimits.EngineRetryMs)
                {
                    _lookedAt = Stopwatch.GetTimestamp();
                    Look();
                }

                return _rules;
            }
        }

        private void Look()
        {
            try
            {
                _store ??= SqlStore.Open(database, create: false);
                long version = _store.RegistryVersion();
                if (version != _version)
                {
                    _rules = new BrokerRules(_store.Stations(), _store.Readers());
                    _version = version;
                }
            }
            catch (Exception e) when (e is StoreException or System.Data.Common.DbException or IOException or InvalidOperationException)
            {
                _store?.Dispose();
                _store = null;
            }
        }
    }
}
