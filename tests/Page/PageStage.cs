// Owns: a county as its program with its own broker and its page, one of its stations on the virtual board, and the county's people.
// Must never: look into the county's memory; what counts is what a browser shows.

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Gateway.Contract;
using Gateway.Core;
using Gateway.County;
using Gateway.County.Server;
using Gateway.County.Sql;
using Gateway.Pc;
using Gateway.Pc.Board;
using Gateway.Pc.Flash;
using Gateway.Pc.Run;
using Microsoft.Playwright;

namespace Gateway.Tests.Page;

/// <summary>Somebody who signs in.</summary>
/// <param name="Name">At the sign-in.</param>
/// <param name="Person">As acts are signed.</param>
/// <param name="Role">As of `county user add`.</param>
/// <param name="Township">Where a role is bound to one.</param>
public sealed record Someone(string Name, string Person, string Role, string Township = "");

/// <summary>Two townships with a station each; the first one's gateway runs.</summary>
public sealed class PageStage : IDisposable
{
    public const string Password = "correct horse battery";
    public const string Here = "330726101";
    public const string There = "330726102";
    public const string StationHere = "金塘村微型消防站";
    public const string StationThere = "佛堂村微型消防站";
    public const string Telephone = "0579-85551234";
    public const int CallPoint = 1;

    private const int WithinMs = 180_000;
    private const int KeyAgainMs = 3_000;

    private const string Zones = """
        zone 1 kind=callpoint wiring=line input=a1 name=值班室报警按钮
        zone 2 kind=smoke     wiring=line input=a2 name=仓库感烟
        zone 3 kind=heat      wiring=line input=a3 name=厨房感温
        button silence input=d5
        button reset   input=d6
        button answer  input=d7

        """;

    private readonly string _folder = MemoryFolder.Create("page-");
    private readonly int _pagePort = FreePort.Next();
    private readonly StationStart _start;
    private readonly StateFolder _state;
    private readonly StationThread _gateway;

    public PageStage()
        : this([])
    {
    }

    /// <param name="more">Stations that somebody else plays.</param>
    /// <param name="townships">Names of their townships, by code.</param>
    internal PageStage(IEnumerable<StationRegistration> more, IReadOnlyDictionary<string, string>? townships = null)
    {
        Origin = $"http://127.0.0.1:{_pagePort}";
        Add("330701", Here, Here + "003", StationHere);
        Add("330702", There, There + "001", StationThere);
        Write("places.csv",
            $"station,address,contact,telephone,sleeping,gas,keys\n330701,金塘村1号,王建国,{Telephone},12,瓶装,门卫\n"
            + "330702,佛堂村8号,赵国强,0579-85554321,0,,村委会\n");
        Tell("place", "import", PathOf("places.csv"));
        Write("password", Password + "\n");
        foreach (Someone one in All)
        {
            Tell(
                ["user", "add", "--name", one.Name, "--person", one.Person, "--role", one.Role, "--password-file", PathOf("password"),
                    .. one.Township.Length == 0 ? [] : (string[])["--township", one.Township]]);
        }

        Tell("danger", "add", "--station", "330702", "--grade", "major", "--words", "堵塞消防通道", "--by", "李", "--level", "township");
        using (SqlStore store = SqlStore.Open(PathOf("county.db")))
        {
            Assert.Empty(store.AddStations([.. more], townships));
        }

        County = StartCounty();
        List<string> errors = [];
        _state = new StateFolder(PathOf("state"), reset: false);
        PcFlash flash = new(PathOf("state"));
        string settings = Write("settings.txt", File.ReadAllText(PathOf("330701")) + Zones);
        SettingsInForce inForce = SettingsFile.TakeOver(settings, flash);
        Pc.StationKey? key = Pc.StationKey.Read(PathOf("330701.secrets"), errors);
        errors.AddRange(inForce.Errors);
        Assert.Empty(errors);
        _start = new StationStart(flash, key, new MonotonicClock(TimeProvider.System), Limits.SettingsTrialMs, errors.AddRange);
        _gateway = new StationThread(new Station(_start.With(inForce)), script: null);
        _gateway.Start();
    }

    public static Someone Wang { get; } = new("wang", "王芳", "county");

    public static Someone Li { get; } = new("li", "李强", "county");

    public static Someone JinTang { get; } = new("jintang", "金塘值班", "township", Here);

    public static Someone FoTang { get; } = new("fotang", "佛堂值班", "township", There);

    public static Someone Chen { get; } = new("chen", "陈工", "engineer");

    public static Someone Reader { get; } = new("kan", "大屏", "reader");

    public static IReadOnlyList<Someone> All { get; } = [Wang, Li, JinTang, FoTang, Chen, Reader];

    public string Origin { get; }

    /// <summary>For a path of the test's own to the page.</summary>
    public int PagePort => _pagePort;

    /// <summary>What the box runs with.</summary>
    public string Settings => File.ReadAllText(PathOf("settings.txt"));

    public int BrokerPort { get; } = FreePort.Next();

    public ChildProgram County { get; private set; }

    /// <summary>After it was killed, or for the first time.</summary>
    public ChildProgram StartCounty() => County = ChildProgram.County(
        "run", "--listen", $"127.0.0.1:{BrokerPort}", "--page", $"127.0.0.1:{_pagePort}", "--db", PathOf("county.db"));

    /// <summary>The gateway is let in, and the county has all that it made.</summary>
    public void AwaitGateway() => Patience.Until(
        () => _gateway.Latest is { Uplink: UplinkState.Online } now && now.Lanes.All(lane => lane.Held >= lane.Last),
        () => $"{_gateway.Latest.Uplink}\n{County.Said}");

    public void Press(int zone = CallPoint) => Assert.True(_gateway.Post(Hand.At(zone, HandMove.Press)));

    /// <summary>The zone signals no longer.</summary>
    public void Release(int zone)
    {
        Assert.True(_gateway.Post(Hand.At(zone, HandMove.Release)));
        Patience.Until(() => _gateway.Latest.Zones.All(one => one.Settled == InputClass.Normal), "a normal input");
    }

    /// <summary>
    /// The hand at the box: a key that ends a condition, pressed again as people do: a loop that a busy machine holds up misses a press.
    /// </summary>
    public void Key(Button button, ConditionBits ends)
    {
        Patience.Until(() => (_gateway.Latest.Summary & ends) != ConditionBits.None, "a condition to end");
        Stopwatch since = new();
        Patience.Until(
            () =>
            {
                bool over = (_gateway.Latest.Summary & ends) == ConditionBits.None;
                if (!over && (!since.IsRunning || since.ElapsedMilliseconds > KeyAgainMs))
                {
                    Assert.True(_gateway.Post(Hand.OnKey(button)));
                    since.Restart();
                }

                return over;
            },
            $"key {(int)button} to end {ends}");
    }

    /// <summary>Let go and reset: no zone of the box is in fire.</summary>
    public void Quiet(int zone = CallPoint)
    {
        Release(zone);
        Key(Button.Reset, ConditionBits.Fire);
        AwaitGateway();
    }

    /// <summary>Whether an output of the box is on now, such as its siren.</summary>
    public bool Gives(Pattern pattern) => _gateway.Latest.Outputs.Any(one => one.Pattern == pattern);

    /// <summary>Signs somebody in, as people do, and gives the desk.</summary>
    public async Task<IPage> Desk(Chromium chromium, Someone one, int width = 1366, int height = 768) =>
        await SignedIn(await chromium.NewPage(width, height), one, Origin);

    /// <summary>The same in a browser that is there, by an origin by which it comes to the page.</summary>
    public async Task<IPage> SignedIn(IPage page, Someone one, string origin)
    {
        await SignIn(page, one.Name, Password, origin);
        await page.WaitForURLAsync(origin + "/");
        return page;
    }

    public async Task SignIn(IPage page, string name, string password, string? origin = null)
    {
        await AwaitPage();
        await page.GotoAsync((origin ?? Origin) + "/sign-in");
        await page.FillAsync("#name", name);
        await page.FillAsync("#password", password);
        await page.ClickAsync("main button.act");
    }

    /// <summary>Goes to a page, as soon as the county serves.</summary>
    public async Task Open(IPage page, string path)
    {
        await AwaitPage();
        await page.GotoAsync(Origin + path);
    }

    /// <summary>What the county's command line does, inside this process. All of it has to go well.</summary>
    public void Tell(params string[] arguments)
    {
        using StringWriter error = new();
        int code = CommandLine.Run([.. arguments, "--db", PathOf("county.db")], error).GetAwaiter().GetResult();
        Assert.True(code == 0, $"{string.Join(' ', arguments)}: {error}");
    }

    public string PathOf(string name) => Path.Combine(_folder, name);

    public void Dispose()
    {
        _gateway.Dispose();
        _start.Dispose();
        _state.Dispose();
        County.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The county says where its page is before it listens there.</summary>
    public Task AwaitPage() => Task.Run(() => County.Await(
        () =>
        {
            try
            {
                using TcpClient client = new(IPAddress.Loopback.ToString(), _pagePort);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        },
        WithinMs));

    private void Add(string id, string township, string village, string name) => Tell(
        "station", "add", "--id", id, "--county", "330726", "--township", township, "--village", village, "--name", name,
        "--uplink-host", "127.0.0.1", "--uplink-port", $"{BrokerPort}", "--out", PathOf(id));

    private string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }
}
