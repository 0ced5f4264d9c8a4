// Owns: what an engine asks about who may come and do what: the questions of RabbitMQ's HTTP authentication, answered by the registries.
// Must never: let a station publish or hear beyond its own topics, be reached from another machine, or have a question wait for a database
// on a thread of the pool. After a restart thousands ask at once; threads that wait there are missed by queue and page alike.

using System.Diagnostics;
using Gateway.Contract;
using Gateway.County.Broker;
using Gateway.County.Sql;
using Microsoft.AspNetCore.Http;

namespace Gateway.County.Server;

/// <summary>Stations and readers of several counties. Workers are the engine's own users and are not asked about here.</summary>
internal sealed class EngineAuth : IDisposable
{
    private const string Allow = "allow";
    private const string Deny = "deny";

    // What a subscription over MQTT makes: a queue of the connection's name.
    private const string SubscriptionQueue = "mqtt-subscription-";

    private readonly CancellationTokenSource _over = new();
    private readonly Registry[] _registries;
    private readonly Thread[] _threads;
    private readonly Action<bool, string> _told;

    /// <param name="counties">The counties' codes and databases.</param>
    /// <param name="told">A line for people: good or not, and its words.</param>
    public EngineAuth(IEnumerable<(string County, string Database)> counties, Action<bool, string> told)
    {
        _told = (good, line) =>
        {
            // Nobody prints any more what a thread that outlives the end finds.
            if (!_over.IsCancellationRequested)
            {
                told(good, line);
            }
        };
        _registries = [.. counties.Select(one => new Registry(one.County, one.Database, _told, TellNamesakes, _over.Token))];
        _threads = [.. _registries.Select(one => new Thread(one.Run) { Name = "county-registry", IsBackground = true })];
        Array.ForEach(_threads, thread => thread.Start());
    }

    public async Task Serve(HttpContext context)
    {
        string answer = Deny;
        if (HttpMethods.IsPost(context.Request.Method) && context.Request.HasFormContentType)
        {
            try
            {
                IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted);
                answer = await Answer(context.Request.Path.Value ?? "", name => form[name].ToString());
            }
            catch (Exception e) when (e is InvalidDataException or BadHttpRequestException)
            {
                // A name or a password that is no text: anybody can make the engine ask so, and nobody has to read of it.
            }
        }

        context.Response.ContentType = "text/plain";
        await context.Response.WriteAsync(answer, context.RequestAborted);
    }

    /// <summary>One question: /user, /vhost, /resource or /topic, with its fields.</summary>
    internal async Task<string> Answer(string path, Func<string, string> field)
    {
        BrokerAccount? account;
        while (true)
        {
            // Who is unknown may stand in a registry that is still read for the first time.
            Task[] reading = [.. _registries.Select(one => one.Looked).Where(one => !one.IsCompleted)];
            account = Find(field("username"));
            if (account is not null || reading.Length == 0)
            {
                break;
            }

            await Task.WhenAny(reading);
        }

        if (account is null)
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
        "queue" => name == $"{SubscriptionQueue}{account.Name}qos0" || name == $"{SubscriptionQueue}{account.Name}qos1",
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
            if (registry.Rules.Find(name) is { } account)
            {
                return account;
            }
        }

        return null;
    }

    /// <summary>The engine knows one connection of a name, whatever county it is of: the other never comes in.</summary>
    private void TellNamesakes(Registry one)
    {
        foreach (Registry other in _registries.Where(other => other != one))
        {
            string[] names =
            [
                .. one.Rules.Accounts.Select(account => account.Name)
                    .Where(name => !name.EndsWith(BrokerName.IdleSuffix, StringComparison.Ordinal) && other.Rules.Find(name) is not null),
            ];
            if (names.Length > 0)
            {
                string first = (Array.IndexOf(_registries, one) < Array.IndexOf(_registries, other) ? one : other).County;
                _told(false, $"{one.County}, {other.County}: 重名 {names.Length} names are in both, {first} counts: "
                    + string.Join(' ', names.Take(ServerLimits.EngineAuthNamesTold)));
            }
        }
    }

    /// <summary>A thread that a database keeps waiting ends with the process.</summary>
    public void Dispose()
    {
        _over.Cancel();
        long began = Stopwatch.GetTimestamp();
        bool ended = true;
        foreach (Thread thread in _threads)
        {
            double left = ServerLimits.EngineAuthEndMs - Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            ended &= thread.Join((int)Math.Max(0, left));
        }

        if (ended)
        {
            _over.Dispose();
        }
    }

    /// <summary>The accounts of one county, read by a thread of its own; those of before while its database does not answer.</summary>
    private sealed class Registry(
        string county, string database, Action<bool, string> told, Action<Registry> read, CancellationToken over)
    {
        private readonly TaskCompletionSource _looked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private BrokerRules _rules = BrokerRules.None;
        private SqlStore? _store;
        private long _version = -1;
        private string? _problem;

        public string County => county;

        public BrokerRules Rules => Volatile.Read(ref _rules);

        /// <summary>Ends after the first look, whatever came of it.</summary>
        public Task Looked => _looked.Task;

        public void Run()
        {
            do
            {
                Look();
                _looked.TrySetResult();
            }
            while (!over.WaitHandle.WaitOne(ServerLimits.EngineRetryMs));
            _store?.Dispose();
        }

        private void Look()
        {
            try
            {
                _store ??= SqlStore.Open(database, create: false);
                long version = _store.RegistryVersion();
                if (version != _version || _problem is not null)
                {
                    // A county's registry is its own people's: it lets nobody in to what is another's.
                    IReadOnlyList<StationRegistration> stations = _store.Stations();
                    IReadOnlyList<TownshipReader> readers = _store.Readers();
                    BrokerRules own = new(
                        [.. stations.Where(one => one.County == county)], [.. readers.Where(one => one.County == county)]);
                    Volatile.Write(ref _rules, own);
                    _version = version;
                    _problem = null;
                    told(true, $"{county}: 站点 {own.Stations} stations, 读者 {own.Readers} readers");
                    int others = stations.Count + readers.Count - own.Stations - own.Readers;
                    if (others > 0)
                    {
                        told(false, $"{county}: {others}个属于其他县，不予接入 of other counties are left out");
                    }

                    read(this);
                }
            }
            catch (Exception e) when (e is StoreException or System.Data.Common.DbException or IOException or InvalidOperationException)
            {
                _store?.Dispose();
                _store = null;
                if (_problem != e.Message)
                {
                    _problem = e.Message;
                    told(false, $"{county}: {e.Message}");
                }
            }
        }
    }
}
