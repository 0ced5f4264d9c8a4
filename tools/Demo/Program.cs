// Owns: one whole demonstration, from an empty folder to a clean one.
// Must never: need root, a package of the system, or a port that is known before.

using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Gateway.Contract;
using Gateway.County;
using Gateway.County.Server;
using Gateway.County.Sql;
using Gateway.Stories;
using Gateway.Streams;

namespace Gateway.Demo;

/// <summary>Exit codes: 0 = good, 1 = something did not hold, 2 = wrong input.</summary>
internal static class Program
{
    private const int Good = 0;
    private const int Failed = 1;
    private const int WrongInput = 2;

    // By which we are told to end, with what a shell makes of them.
    private static readonly Dictionary<PosixSignal, int> s_signals = new()
    {
        [PosixSignal.SIGHUP] = 129,
        [PosixSignal.SIGINT] = 130,
        [PosixSignal.SIGTERM] = 143,
    };

    private const string Usage = """
        ./run.sh                 虚拟面板，用按键操作 the virtual board in this terminal, with a county behind it
        ./run.sh --once          按一次按钮 one press without a terminal: prints the timeline, exits 0 only when the county holds it
        ./run.sh --script FILE [SPEED]
                                 播放情景（演示脚本） plays a story (see firmware/Pc/stories) and prints what the county's database then holds;
                                 exits 0 only when everything held. SPEED: seconds of the story in a second, 60 to watch it; else as
                                 fast as it goes
        ./run.sh --lang en       面板用英文 the virtual board's screen in English, also with --script; lines have both languages
        ./run.sh --help          显示本帮助 this page

        Needs the .NET SDK and nothing else; listens on loopback, on ports that are free; keeps what it needs in ./run.
        On Windows: dotnet run -c Release --project tools/Demo -- --once
        """;

    private static int Main(string[] args)
    {
        StandardStreams.Guard();

        // Exit and not return: a client that does not let go of its thread must not keep the process.
        Environment.Exit(Run(args));
        return Good;
    }

    private static int Run(string[] args)
    {
        (DemoOptions? options, string refusal) = DemoOptions.Read(args, !Console.IsInputRedirected && !Console.IsOutputRedirected);
        if (options is null)
        {
            return Refuse(refusal);
        }

        try
        {
            if (options.Work == DemoWork.Help)
            {
                Console.WriteLine(Usage);
                return Good;
            }

            return InFolder(options);
        }
        catch (OutputException e)
        {
            Console.Error.WriteLine($"run.sh: {e.Message}");
            return Failed;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refuse($"{e.Message}; allowed: a working copy of yours, with room for files in its folder run");
        }
    }

    /// <summary>A folder of its own, gone at the end; what explains a failure stays, without keys and passwords.</summary>
    private static int InFolder(DemoOptions options)
    {
        DemoFolder? folder = null;

        // Told to end, we take our programs and the folder with us. In a terminal the interrupt is the gateway's, which has the keyboard.
        void Told(PosixSignalContext told)
        {
            told.Cancel = true;
            if (options.Work != DemoWork.Live || told.Signal != PosixSignal.SIGINT)
            {
                Child.EndAll(() => folder?.Remove(), exitCode: s_signals[told.Signal]);
            }
        }

        PosixSignalRegistration[] signals = [.. s_signals.Keys.Select(signal => PosixSignalRegistration.Create(signal, Told))];
        string run = Path.Combine(Root(), "run");
        Child.Undisturbed(() => folder = new DemoFolder(Directory.CreateDirectory(run).FullName));
        int code = Failed;
        bool explained = false;
        try
        {
            code = options.Work == DemoWork.Story
                ? Play(folder!.Name, options) : WithCounty(folder!.Name, options);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or StoreException)
        {
            Console.Error.WriteLine($"run.sh: {e.Message}");
        }
        finally
        {
            explained = code is Good or WrongInput;
            Child.Undisturbed(explained ? folder!.Remove : folder!.KeepWithoutSecrets);
            Array.ForEach(signals, signal => signal.Dispose());
        }

        if (!explained)
        {
            Console.Error.WriteLine($"失败日志 logs: {folder!.Name}");
        }

        return code;
    }

    private static int Play(string folder, DemoOptions options)
    {
        string demo = Demo("settings.txt");
        using DemoCounty county = new(folder, demo);
        StoryStage stage = new()
        {
            Link = () => county.Broker,
            Database = county.Database,
            StationFile = county.StationFile,
            KeyFile = county.KeyFile,
            Folder = Path.Combine(folder, "story"),
        };
        StoryPlay play = new(stage, Console.Out) { Plain = Console.IsOutputRedirected, Speed = options.Speed, English = options.English };
        StoryOutcome outcome = play.Play(options.Story, demo);
        if (outcome == StoryOutcome.WrongInput)
        {
            return WrongInput;
        }

        Console.WriteLine("县平台数据库 the county's database:");
        using (Child events = new("county.dll", ["events", "--db", county.Database, "--station", $"{county.Station}"], Console.WriteLine))
        {
            events.Wait();
        }

        if (outcome != StoryOutcome.Held)
        {
            Console.Error.WriteLine("run.sh: the story did not end as its file says; what is marked ✗ did not hold");
            return Failed;
        }

        Console.WriteLine($"通过 passed: 县平台数据库与情景预期一致 everything that {options.Story} says did hold");
        return Good;
    }

    private static int WithCounty(string folder, DemoOptions options)
    {
        using DemoCounty county = new(folder, Demo("settings.txt"));
        using SqlStore store = SqlStore.Open(county.Database);
        string log = Path.Combine(folder, "county.log");
        using StreamWriter lines = new(new FileStream(log, FileMode.Create, FileAccess.Write, FileShare.ReadWrite));
        using RunningCounty running = new(new CountyService(county.Broker, store, new DemoLog(lines), new CountyOptions()));
        return options.Work == DemoWork.Once ? Once(county, folder) : Live(county, folder, log, options.English);
    }

    private static int Once(DemoCounty county, string folder)
    {
        string? identity = null;
        bool held = false;
        void Hear(string line)
        {
            Console.WriteLine(line);
            Match stored = Regex.Match(
                line, @"事件 火警 1号 .*: 已存本机 in flash (?<id>[0-9/a-z]+) fire-alarm$", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
            identity = stored.Success ? stored.Groups["id"].Value : identity;
            held |= line.Contains("事件 火警 1号 ", StringComparison.Ordinal)
                && line.EndsWith(": 县平台已存 county holds", StringComparison.Ordinal);
        }

        int code;
        using (Child gateway = new("gateway-pc.dll", [.. Gateway(county, folder), "--plain", "--script", Demo("once.txt")], Hear))
        {
            code = gateway.Wait();
        }

        if (code != Good || identity is null || !held)
        {
            Console.Error.WriteLine("run.sh: the gateway was not told that the county holds the alarm");
            return Failed;
        }

        string[] parts = identity.Split('/');
        using SqlStore store = SqlStore.Open(county.Database);
        StoredEvent? found = store.Events(new EventQuery { Station = county.Station, Lane = Lane.Fire }).FirstOrDefault(one =>
            one.Record.Kind == EventKind.FireAlarm && one.Record.Zone == 1
            && $"{one.Record.Epoch}" == parts[1] && $"{one.Record.Sequence}" == parts[3]);
        if (found is null)
        {
            Console.Error.WriteLine($"run.sh: the county's database does not have event {identity}");
            return Failed;
        }

        Console.WriteLine("县平台数据库里的这条记录 the event as the county's database has it:");
        Console.WriteLine($"  {EventText.Time(found)}  {county.Station}  {EventText.Words(found.Record)}  fire#{found.Record.Sequence}");
        Console.WriteLine($"通过 passed: {identity} 已存本机、已发出、县平台已存 in flash, sent, held by the county");
        return Good;
    }

    private static int Live(DemoCounty county, string folder, string log, bool english)
    {
        string program = Path.Combine(Root(), "county", "Server", "bin", "Release", "net10.0", "county");
        using DemoPage page = new(county.Database);
        Console.WriteLine($"""
            按键 keys: 1-9 选部位 choose a zone · p 触发 press · c 断线 cut · s 短路 short · r 复原 release
                       m 消音 silence · z 复位 reset · a 应答 answer · g 到场 on the scene · j 增援到 joined · t 自检 self-test · q 退出 quit
            另开终端模拟县平台下发：查岗、演练、动火 from another terminal the county asks (county/README.md has all commands):
                       "{program}" command --db "{county.Database}" --station {county.Station} duty-check --minutes 5
            值班页 the county's duty page in a browser: {page.Origin}/  用户 user {DemoPage.User}  密码 password {page.Password}
            县平台收到的记录 what the county receives: tail -f "{log}"
            """);
        Thread.Sleep(2_000);
        using Child gateway = new("gateway-pc.dll", [.. Gateway(county, folder), "--lang", english ? "en" : "zh"], heard: null);
        return gateway.Wait();
    }

    private static string[] Gateway(DemoCounty county, string folder) =>
        ["--settings", county.SettingsFile, "--key", county.KeyFile, "--state", Path.Combine(folder, "state")];

    private static string Demo(string name) => Path.Combine(Root(), "firmware", "Pc", "demo", name);

    private static string Root()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Gateway.sln")))
            {
                return at.FullName;
            }
        }

        throw new IOException("the demonstration lies in no working copy; allowed: a copy with Gateway.sln at its root");
    }

    private static int Refuse(string what)
    {
        Console.Error.WriteLine($"run.sh: {what}");
        return WrongInput;
    }
}
