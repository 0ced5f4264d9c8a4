// Owns: what an engine is told about who may come: each question, while a registry does not answer, and many at once.
// Must never: need an engine.

using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Gateway.County.Server;
using Gateway.County.Sql;

namespace Gateway.County.Tests;

public sealed class EngineAuthTests : IClassFixture<PostgresFixture>, IDisposable
{
    private const int WaitMs = 120_000;

    private readonly PostgresFixture _postgres;
    private readonly string _database;
    private readonly FakeGateway _gateway = new(330701);
    private readonly ConcurrentQueue<string> _told = new();

    public EngineAuthTests(PostgresFixture postgres)
    {
        _postgres = postgres;
        _database = postgres.NewStore();
        using SqlStore store = SqlStore.Open(_database);
        Assert.True(store.AddStation(_gateway.Registration));
        Assert.True(store.SetPassword(330701, BrokerPassword.Hash("secret")));
    }

    private void Told(bool good, string line) => _told.Enqueue(line);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _postgres.Server.Drop(_database);

    [Fact]
    public async Task Engine_that_asks_is_told_what_a_station_may_and_nothing_more()
    {
        using EngineAuth auth = new([("330726", _database)], Told);
        const string Station = "username=st330701";
        string up = EngineTopology.KeyOf(_gateway.Topics.Hello);
        string down = EngineTopology.KeyOf(_gateway.Topics.Down);
        string another = EngineTopology.KeyOf(new FakeGateway(330702).Topics.Hello);
        (string Answer, string Path, string[] Fields)[] rows =
        [
            ("allow", "/user", [Station, "password=secret", "client_id=st330701"]),
            ("deny", "/user", [Station, "password=secret", "client_id=st330702"]),
            ("deny", "/user", [Station, "password=Secret"]),
            ("deny", "/user", ["username=county", "password=secret"]),
            ("allow", "/vhost", [Station, "vhost=/"]),
            ("deny", "/vhost", [Station, "vhost=other"]),
            ("allow", "/resource", [Station, "resource=queue", "name=mqtt-subscription-st330701qos0", "permission=configure"]),
            ("deny", "/resource", [Station, "resource=queue", "name=mqtt-subscription-st330702qos0", "permission=read"]),
            ("deny", "/resource", [Station, "resource=queue", "name=mqtt-subscription-st330701qosqos0", "permission=read"]),
            ("deny", "/resource", [Station, "resource=queue", "name=county-330726", "permission=read"]),
            ("allow", "/resource", [Station, "resource=exchange", "name=amq.topic", "permission=write"]),
            ("deny", "/resource", [Station, "resource=exchange", "name=amq.topic", "permission=configure"]),
            ("deny", "/resource", [Station, "resource=exchange", "name=unrouted", "permission=write"]),
            ("allow", "/topic", [Station, "resource=topic", "name=amq.topic", "permission=write", $"routing_key={up}"]),
            ("deny", "/topic", [Station, "resource=topic", "name=amq.topic", "permission=write", $"routing_key={another}"]),
            ("deny", "/topic", [Station, "resource=topic", "name=amq.topic", "permission=write", $"routing_key={down}"]),
            ("allow", "/topic", [Station, "resource=topic", "name=amq.topic", "permission=read", $"routing_key={down}"]),
            ("deny", "/topic", [Station, "resource=topic", "name=amq.topic", "permission=read", "routing_key=fgw.1.#"]),
            ("deny", "/other", [Station]),
        ];
        foreach ((string answer, string path, string[] fields) in rows)
        {
            Assert.Equal(answer, await Ask(auth, path, fields));
        }
    }

    [Fact]
    public async Task A_county_whose_database_says_nothing_holds_up_no_answer_about_another()
    {
        using TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();
        using EngineAuth auth = new(
            [("330727", $"postgres://county@{silent.LocalEndpoint}/province"), ("330726", _database)], Told);
        using Socket asked = await silent.AcceptSocketAsync(Stop);
        Task ended = Ended(asked);
        Assert.Equal("allow", await Ask(auth, "/user", "username=st330701", "password=secret"));
        Assert.False(ended.IsCompleted, "the answer waited until the silent database was given up");

        // Who is unknown may be of the silent one; no thread waits until that is known.
        Task<string>[] unknown = [.. Enumerable.Range(0, 1_000).Select(n => Ask(auth, "/user", $"username=st{n}", "password=secret"))];
        Assert.True(ended.IsCompleted || !unknown.Any(one => one.IsCompleted), "an answer before the registry was read");
        Assert.All(await Task.WhenAll(unknown), answer => Assert.Equal("deny", answer));
        Assert.Contains(_told, line => line.StartsWith("330727: ", StringComparison.Ordinal) && line.Contains("no answer within"));
        Assert.Contains("330726: 站点 1 stations, 读者 0 readers", _told);
    }

    [Fact]
    public async Task A_registry_lets_nobody_in_to_another_county()
    {
        using (SqlStore store = SqlStore.Open(_database))
        {
            TownshipReader reader = new()
            {
                Name = "listens", County = "330727", Township = "330727101", PasswordHash = BrokerPassword.Hash("secret"),
            };
            Assert.True(store.AddReader(reader));
        }

        using EngineAuth auth = new([("330726", _database)], Told);
        Assert.Equal("allow", await Ask(auth, "/user", "username=st330701", "password=secret"));
        Assert.Equal("deny", await Ask(auth, "/user", "username=listens", "password=secret"));
        Assert.True(SpinWait.SpinUntil(() => _told.Contains("330726: 1个属于其他县，不予接入 of other counties are left out"), WaitMs));

        // None of this one's stations is the other's.
        using EngineAuth other = new([("330727", _database)], Told);
        Assert.Equal("deny", await Ask(other, "/user", "username=st330701", "password=secret"));
        Assert.Equal("allow", await Ask(other, "/user", "username=listens", "password=secret"));
    }

    [Fact]
    public async Task A_station_number_that_two_counties_gave_is_told_and_the_first_one_counts()
    {
        string second = _postgres.NewStore();
        using (SqlStore store = SqlStore.Open(second))
        {
            StationRegistration same = new()
            {
                Station = 330701, County = "330727", Township = "330727101", Village = "330727101003", Name = "same",
                Key = StationKey.Create(),
            };
            Assert.True(store.AddStation(same));
            Assert.True(store.SetPassword(330701, BrokerPassword.Hash("other")));
        }

        using (EngineAuth auth = new([("330726", _database), ("330727", second)], Told))
        {
            const string Says = "重名 1 names are in both, 330726 counts: st330701";
            Assert.True(SpinWait.SpinUntil(() => _told.Any(line => line.Contains(Says)), WaitMs));
            Assert.Equal("allow", await Ask(auth, "/user", "username=st330701", "password=secret"));
            Assert.Equal("deny", await Ask(auth, "/user", "username=st330701", "password=other"));
        }

        _postgres.Server.Drop(second);
    }

    [Fact]
    public async Task A_name_or_password_that_is_no_text_is_denied_without_a_word()
    {
        int port = FreePort.Next();
        using ChildProgram program = Program(port, _database);
        program.Await("330726: 站点 1 stations", WaitMs);
        using HttpClient engine = new();
        foreach (string odd in (string[])["username=st330701&password=%00", "username=%FF%00", $"username={new string('a', 5_000_000)}"])
        {
            using StringContent form = new(odd, new System.Net.Http.Headers.MediaTypeHeaderValue("application/x-www-form-urlencoded"));
            using HttpResponseMessage answer = await engine.PostAsync($"http://127.0.0.1:{port}/user", form, Stop);
            Assert.Equal("200 deny", $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(Stop)}");
        }

        Assert.Equal(2, program.Lines.Count);
        Assert.Equal(0, program.Stop());
    }

    [Fact]
    public void It_ends_at_once_also_while_a_database_says_nothing_to_a_question()
    {
        using ChildProgram program = Program(FreePort.Next(), _database);
        program.Await("330726: 站点 1 stations", WaitMs);
        string name = PostgresServer.NameOf(_database);
        Task<string> held = Task.Run(
            () => _postgres.Server.Sql("BEGIN; LOCK TABLE meta; SELECT pg_sleep(30)", name), CancellationToken.None);
        const string Waits = "SELECT COUNT(*) FROM pg_stat_activity WHERE application_name = 'county' AND wait_event_type = 'Lock'";
        program.Await(() => _postgres.Server.Sql(Waits, name).Trim() == "1", WaitMs);
        Assert.Equal(0, program.Stop());
        Assert.False(held.IsCompleted, "it waited for the database");
    }

    [Fact]
    public void An_address_that_is_none_ends_it_at_its_start()
    {
        using ChildProgram program = Program(FreePort.Next(), "postgres://county_{county}@database:99999/province");
        Assert.Equal(2, program.Finish(WaitMs));
        Assert.StartsWith("county: --db: not an address of a PostgreSQL database; allowed: ", program.Said, StringComparison.Ordinal);
    }

    private static ChildProgram Program(int port, string database) => ChildProgram.Beside(
        "county.dll", "broker", "auth", "--listen", $"127.0.0.1:{port}", "--county", "330726", "--db", database);

    [Fact]
    public async Task The_program_beside_an_engine_answers_many_at_once()
    {
        int port = FreePort.Next();
        using ChildProgram program = Program(port, _database);
        program.Await("330726: 站点 1 stations", WaitMs);

        // Each on a connection of its own, as the engine asks; more at once than any page has.
        using HttpClient engine = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromMinutes(1) });
        Task<string> Post(string password) => Posted(engine, $"http://127.0.0.1:{port}/user", password);
        string[] answers = await Task.WhenAll(Enumerable.Range(0, 400).Select(n => Post(n % 2 == 0 ? "secret" : "Secret")));
        Assert.Equal(Enumerable.Range(0, 400).Select(n => n % 2 == 0 ? "allow" : "deny"), answers);
        Assert.Equal(0, program.Stop());
    }

    private static async Task<string> Posted(HttpClient engine, string where, string password)
    {
        using FormUrlEncodedContent form = new([new("username", "st330701"), new("password", password)]);
        using HttpResponseMessage answer = await engine.PostAsync(where, form, Stop);
        return await answer.Content.ReadAsStringAsync(Stop);
    }

    /// <summary>Reads what is asked and says nothing, until who asked goes.</summary>
    private static async Task Ended(Socket one)
    {
        byte[] bytes = new byte[1_000];
        while (await one.ReceiveAsync(bytes, Stop) > 0)
        {
        }
    }

    private static Task<string> Ask(EngineAuth auth, string path, params string[] fields)
    {
        Dictionary<string, string> form = fields.Select(f => f.Split('=', 2)).ToDictionary(f => f[0], f => f[1], StringComparer.Ordinal);
        return auth.Answer(path, name => form.GetValueOrDefault(name, ""));
    }
}
