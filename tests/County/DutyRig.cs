// Owns: the duty page on a real Kestrel over a real database: two townships, a user of each role, and a fire in each township.
// Must never: know a page's inside; tests ask as a browser does.

using System.Net;
using Gateway.Contract;
using Gateway.County.Duty;
using Gateway.County.Server;
using Gateway.County.Sql;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Gateway.County.Tests;

/// <summary>One browser: its cookies, and who is signed in.</summary>
internal sealed class Browser(string origin) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, MaxConnectionsPerServer = 20 })
    {
        BaseAddress = new Uri(origin),
        Timeout = TimeSpan.FromSeconds(120),
    };

    public string Cookie { get; set; } = "";

    public async Task<HttpResponseMessage> Ask(
        HttpMethod method, string path, Dictionary<string, string>? form = null, string? from = null, bool part = false, bool head = false)
    {
        using HttpRequestMessage request = new(method, path);
        if (Cookie.Length > 0)
        {
            request.Headers.Add("Cookie", Cookie);
        }

        if (part)
        {
            request.Headers.Add("X-Part", "1");
        }

        if (method == HttpMethod.Post)
        {
            request.Headers.Add("Origin", from ?? origin);
            request.Content = new FormUrlEncodedContent(form ?? []);
        }

        return await _client.SendAsync(
            request, head ? HttpCompletionOption.ResponseHeadersRead : HttpCompletionOption.ResponseContentRead,
            TestContext.Current.CancellationToken);
    }

    public async Task<(int Code, string Text)> Get(string path, bool part = false)
    {
        using HttpResponseMessage answer = await Ask(HttpMethod.Get, path, part: part);
        return ((int)answer.StatusCode, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()));
    }

    public async Task<(int Code, string Text)> Post(string path, Dictionary<string, string>? form = null, string? from = null)
    {
        using HttpResponseMessage answer = await Ask(HttpMethod.Post, path, form, from, part: true);
        return ((int)answer.StatusCode, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()));
    }

    /// <summary>Gives the status; the session's cookie is kept.</summary>
    public async Task<int> SignIn(string name, string password)
    {
        using HttpResponseMessage answer = await Ask(
            HttpMethod.Post, "/sign-in", new Dictionary<string, string> { ["name"] = name, ["password"] = password });
        if (answer.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? cookies))
        {
            Cookie = cookies.Single(one => one.StartsWith("duty=", StringComparison.Ordinal)).Split(';')[0];
        }

        return (int)answer.StatusCode;
    }

    public void Dispose() => _client.Dispose();
}

internal sealed class DutyRig : IAsyncDisposable
{
    public const string Password = "correct horse battery";
    public const string Here = FakeGateway.Township;
    public const string There = "330726102";

    /// <summary>Words that stand in what belongs to the first township alone.</summary>
    public static readonly string[] OfHere = ["甲村<b>站", "330701", FakeGateway.Village, "057911112222", "王甲联系", "甲镇<b>名"];

    private readonly ConsoleLines _lines = new();
    private readonly LoggerFactory _logs;
    private readonly CancellationTokenSource _stop = new();
    private readonly CountyHost _host;
    private readonly DutyRoom _room;
    private readonly Task<bool> _running;
    private readonly SqlStore _idle;
    private readonly List<Browser> _browsers = [];
    private readonly Dictionary<FakeGateway, uint> _sequence = [];

    /// <param name="proxy">The origin by which people reach the page.</param>
    /// <param name="dear">Passwords cost as much to look at as those of `county user`; else one is looked at in no time.</param>
    public DutyRig(string? proxy = null, bool dear = false)
    {
        Rig = new Rig();
        Add(First, "甲村<b>站", Here);
        Second.Topics = new Topics(FakeGateway.County, There, "330726102001", Second.Station);
        Add(Second, "乙村站", There, "330726102001");
        Rig.Store.PutPlaces(
            [
                new PlaceFile
                {
                    Station = First.Station, Contact = "王甲联系", Telephone = "057911112222", Address = "<script>alert(1)</script>",
                },
            ],
            0);
        foreach ((string name, DutyRole role, string township) in Users)
        {
            Assert.True(Rig.Store.AddUser(new DutyUser
            {
                Name = name, Person = name + "某", Role = role, Township = township, PasswordHash = dear ? s_dear : s_cheap,
            }));
        }

        Rig.Restart();
        Rig.Send(First.Hello());
        Rig.Send(Second.Hello());
        (HereFire, ThereFire) = (Fire(First), Fire(Second));
        int port = FreePort.Next();
        Origin = $"http://127.0.0.1:{port}";
        _logs = new LoggerFactory([_lines]);
        Listeners listeners = new();
        _room = new DutyRoom(Rig.Address, new DutySite(proxy), _logs, () => _host!.Stopping);
        listeners.Add("page", "--page", new IPEndPoint(IPAddress.Loopback, port), _room.Serve);
        _host = new CountyHost(_lines, listeners);
        _idle = SqlStore.Open(Path.Combine(Path.GetDirectoryName(Rig.Address)!, "idle.db"));
        _running = _host.Run(new CountyService(new MemoryBroker(), _idle, new Recorder(), new CountyOptions()), _stop.Token);
        _room.Start();
    }

    public static (string Name, DutyRole Role, string Township)[] Users { get; } =
    [
        ("county", DutyRole.County, ""), ("here", DutyRole.Township, Here), ("there", DutyRole.Township, There),
        ("engineer", DutyRole.Engineer, ""), ("reader", DutyRole.Reader, ""), ("reader-there", DutyRole.Reader, There),
    ];

    public Rig Rig { get; }

    public FakeGateway First { get; } = new(330701) { UtcMs = 1_780_000_000_000 };

    public FakeGateway Second { get; } = new(330702) { UtcMs = 1_780_000_000_000 };

    public string Origin { get; }

    public DutyRoom Room => _room;

    /// <summary>The case of a fire in each township.</summary>
    public string HereFire { get; }

    public string ThereFire { get; }

    public Browser NewBrowser()
    {
        Browser browser = new(Origin);
        _browsers.Add(browser);
        return browser;
    }

    public async Task<Browser> As(string user)
    {
        Browser browser = NewBrowser();
        Assert.Equal(303, await browser.SignIn(user, Password));
        return browser;
    }

    /// <summary>A further fire of a station; gives its case.</summary>
    public string Fire(FakeGateway gateway, int zone = 3, EventKind kind = EventKind.FireAlarm, ZoneKind of = ZoneKind.None)
    {
        uint number = _sequence[gateway] = _sequence.GetValueOrDefault(gateway) + 1;
        Rig.Send(gateway.Batch(Lane.Fire, number - 1, gateway.Record(Lane.Fire, number, kind, record =>
        {
            record.Zone = (byte)zone;
            record.ZoneKind = of == ZoneKind.None ? record.ZoneKind : of;
        })));
        return Rig.Store.Cases(new CaseQuery { OpenOnly = true, Station = gateway.Station, Class = CaseClass.Alarm })
            .MaxBy(one => one.Sequence)!.Id;
    }

    public async ValueTask DisposeAsync()
    {
        _browsers.ForEach(browser => browser.Dispose());
        await _stop.CancelAsync();
        await _running;
        _host.Dispose();
        await _room.DisposeAsync();
        _logs.Dispose();
        _lines.Dispose();
        _idle.Dispose();
        _stop.Dispose();
        Rig.Dispose();
    }

    private static readonly string s_dear = Passwords.Hash("", Password);

    // A hash says itself how many rounds it took, so the program looks at this one as at any other.
    private static readonly string s_cheap =
        new PasswordHasher<string>(Options.Create(new PasswordHasherOptions { IterationCount = 1_000 })).HashPassword("", Password);

    private void Add(FakeGateway gateway, string name, string township, string village = FakeGateway.Village) =>
        Assert.Empty(Rig.Store.AddStations(
            [
                new StationRegistration
                {
                    Station = gateway.Station,
                    County = FakeGateway.County,
                    Township = township,
                    Village = village,
                    Name = name,
                    Key = new StationKey(gateway.Key),
                },
            ],
            new Dictionary<string, string> { [Here] = "甲镇<b>名", [There] = "乙镇" }));
}
