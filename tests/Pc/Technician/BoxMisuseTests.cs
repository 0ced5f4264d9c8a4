// Owns: that each misuse at a box ends in the sentence and exit code that docs/technician.md lists, and what the box holds afterwards.
// Must never: accept a stack trace, or a box that is half changed.

using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using Gateway.Technician.Serial;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Technician.Tests;

[SupportedOSPlatform("linux")]
public sealed partial class BoxMisuseTests : IDisposable
{
    // What a row's last column says, and what the box shows then.
    private const string AsBefore = "as before";
    private const string OnTrial = "on trial";
    private const string WalkOn = "the walk test";

    private static readonly string s_demo = File.ReadAllText(Repository.Path("firmware", "Pc", "demo", "settings.txt"));

    // A console of another program's version, as far as doctor asks it.
    private const string Newer = """
        while read -r l; do
          l=${l%$'\r'}
          case "$l" in
            *help) printf 'help\r\n  walktest\r\n> ' ;;
            status) printf 'status\r\n  程序 9.9.9 esp32-s3，主板 carrier-s3，最长一轮 20 ms，内存余 5000 K，系统余 90 K\r\n> ' ;;
            *) printf '%s\r\n> ' "$l" ;;
          esac
        done
        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_misuse_at_a_box_ends_as_the_document_says()
    {
        string[][] rows =
        [
            .. File.ReadAllLines(Repository.Path("docs", "technician.md"))
                .SkipWhile(l => !l.StartsWith("| at a box", StringComparison.Ordinal))
                .Skip(2).TakeWhile(l => l.StartsWith('|')).Select(l => l.Split('|', StringSplitOptions.TrimEntries)[1..6]),
        ];
        List<string> played = [];
        foreach (Dictionary<string, Func<string, Told>> plays in (Dictionary<string, Func<string, Told>>[])[PortPlays(), Alone()])
        {
            Play(rows, plays, rig: null, played);
        }

        using (var rig = new BoxRig())
        {
            Prepare(rig);
            Play(rows, BoxPlays(rig), rig, played);
        }

        using (var rig = new BoxRig())
        {
            Prepare(rig);
            Play(rows, PinPlays(rig), rig, played);
        }

        Assert.Equal(rows.Select(r => r[0]).Order(StringComparer.Ordinal), played.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Load_that_nobody_confirms_is_taken_back_by_the_box()
    {
        using var rig = new BoxRig(more: ["--settings-trial-s", "4"]);
        Prepare(rig);
        string before = Sum(rig);
        Told load = rig.Do("load", Other(rig), "--pin-file", rig.PinFile);
        Assert.True(load.Code == ExitCodes.Good, load.Said + load.Errors);
        Assert.Contains("才算数", load.Said, StringComparison.Ordinal);
        Patience.Until(() => Sum(rig) != before, "the trial");
        Patience.Until(() => Sum(rig) == before && !rig.Status().Contains("试运行", StringComparison.Ordinal), "the way back");
        Assert.Contains("配置已回退", rig.Do("console", "events 10").Said, StringComparison.Ordinal);
    }

    /// <summary>No county has answered: somebody has to say that there is something to go back to.</summary>
    private static void Prepare(BoxRig rig)
    {
        _ = rig.SetPin();
        _ = rig.Do("console", "settings commit");
        Patience.Until(() => rig.Ask("settings commit").Contains("没有试运行", StringComparison.Ordinal), "the first text's proof");
    }

    private static void Play(string[][] rows, Dictionary<string, Func<string, Told>> plays, BoxRig? rig, List<string> played)
    {
        string before = rig is null ? "" : Sum(rig);
        foreach ((string misuse, Func<string, Told> play) in plays)
        {
            string[] row = Assert.Single(rows, r => r[0] == misuse);
            foreach (string command in row[1].Split(' '))
            {
                Told told = play(command);
                Assert.True(told.Code.ToString() == row[2], $"{misuse}, {command}: exit code {told.Code}\n{told.Said}{told.Errors}");
                Assert.Contains(row[3], told.Said + told.Errors, StringComparison.Ordinal);
                Assert.DoesNotContain("   at ", told.Said + told.Errors, StringComparison.Ordinal);
            }

            played.Add(misuse);
            if (rig is not null)
            {
                Holds(rig, row[4], before, misuse);
            }
        }
    }

    /// <summary>The box is as the row says, and then as before.</summary>
    private static void Holds(BoxRig rig, string what, string before, string misuse)
    {
        if (what == OnTrial)
        {
            // Whoever asks it sooner stops what it does with the text.
            rig.AwaitSaid("settings-tried");
            Assert.Contains("试运行", rig.Status(), StringComparison.Ordinal);

            // A start locks it.
            Assert.Contains("退回原配置", rig.Ask("pin " + BoxRig.Pin, "settings revert"), StringComparison.Ordinal);
            Patience.Until(() => Sum(rig) == before, "the text before");
        }

        Assert.True(what is AsBefore or OnTrial or WalkOn, $"{misuse}: {what}");
        string said = rig.Ask("status", "walktest");
        Assert.True(Checksum().Match(said).Value == before && !said.Contains("试运行", StringComparison.Ordinal), $"{misuse}: {said}");
        Assert.True(said.Contains("进行中", StringComparison.Ordinal) == (what == WalkOn), $"{misuse}: {said}");
        if (what == WalkOn)
        {
            _ = rig.Do("console", "walktest end");
        }
    }

    // Each command opens a port in the same way; behind these there is no box.
    private Dictionary<string, Func<string, Told>> PortPlays()
    {
        string text = _folder.Write("text", s_demo);
        return new Dictionary<string, Func<string, Told>>(StringComparer.Ordinal)
        {
            ["no such port"] = command => At(Path.Combine(_folder.Path, "ttyACM7"), command),
            ["no port"] = command => At(text, command),
            ["a folder for the port"] = command => At(_folder.Path, command),
            ["a port that another program has"] = command => OnPort("sleep 1000", pty =>
            {
                using PseudoPort.Holder holder = pty.Held();
                return At(pty.Name, command);
            }),
            ["no right to the port"] = _ => OnPort("sleep 1000", pty =>
                pty.WithoutRights($"GATEWAY doctor --port '{pty.Name}' --lang zh")),
            ["nothing behind the port"] = command => OnPort("sleep 1000", pty => At(pty.Name, command, waitMs: 300)),
            ["its two wires joined"] = command => OnPort("exec cat", pty => At(pty.Name, command)),
            ["another device"] = command => OnPort("while read -r l; do printf 'AT OK\\r\\n'; done", pty => At(pty.Name, command)),
            ["noise"] = command => OnPort("read -r l; head -c 400 /dev/urandom; sleep 1000", pty => At(pty.Name, command)),
            ["the cable pulled at the first question"] = command => OnPort("read -r l; kill -9 $PPID", pty => At(pty.Name, command)),
        };
    }

    // With a box, or what plays one, for the row alone.
    private Dictionary<string, Func<string, Told>> Alone() => new(StringComparer.Ordinal)
    {
        ["a program of another version"] = _ => OnPort(Newer, pty => At(pty.Name, "doctor")),
        ["a closed box without a PIN"] = command => With(new BoxRig(open: false), command),
        ["a box without settings"] = command => With(new BoxRig(settings: null), command),
        ["a fire"] = command => With(Burning(), command),
        ["a fire where nobody walks"] = _ => FireBesideAWalk(),
    };

    private static Dictionary<string, Func<string, Told>> BoxPlays(BoxRig rig) => new(StringComparer.Ordinal)
    {
        ["a word that is no command of the box"] = _ => rig.Do("console", "reboot"),
        ["a file that is not there"] = _ => Load(rig, rig.In("none")),
        ["a folder without settings"] = _ => Load(rig, Directory.CreateDirectory(rig.In("folder")).FullName),
        ["a text that is wrong"] = _ => Load(rig, rig.Write("wrong", s_demo.Replace("kind=smoke", "kind=smoek", StringComparison.Ordinal))),
        ["a text that was cut"] = _ => Load(rig, rig.Write("cut", s_demo[..(s_demo.IndexOf("kind=heat", StringComparison.Ordinal) + 7)])),
        ["a text of another station"] = _ => Load(rig, rig.Write("st", s_demo.Replace("id=330701", "id=330799", StringComparison.Ordinal))),
        ["an empty text"] = _ => Load(rig, rig.Write("empty", "")),
        ["a text that is too large"] = _ => Load(rig, rig.Write("large", s_demo + new string('#', 20_000))),
        ["the text that is in force"] = _ => Load(rig, rig.Text!),
        ["a flash that takes no more"] = _ =>
        {
            rig.Fill(600);
            Told told = Load(rig, Other(rig));
            rig.Fill(null);
            return told;
        },
        ["the cable pulled before the text"] = _ => Cut(rig, "\r\npin 13", null, "load", Other(rig)),
        ["the cable pulled in the middle of the text"] = _ => Cut(rig, "kind=heat", null, "load", Other(rig)),
        ["the cable pulled behind the text"] = _ => Cut(rig, "joinS=301\n", null, "load", Other(rig)),
        ["zones that there are not"] = _ => Walk(rig, "--zones", "99"),
        ["no time for a walk"] = _ => Walk(rig, "--minutes", "0"),
        ["the cable pulled on the walk"] = _ => Cut(rig, null, "一次只试一处", "walktest", "--zones", "2"),
        ["a walk that goes on"] = _ =>
        {
            Told cut = Cut(rig, null, "一次只试一处", "walktest", "--zones", "2");
            Assert.Equal(ExitCodes.NoAnswer, cut.Code);
            return Walk(rig);
        },
        ["Ctrl-C on the walk"] = _ => Stopped(rig, "逐点测试开始", "walktest", "--zones", "2", "--pin-file", rig.PinFile),
        ["Ctrl-C before the table is written"] = _ =>
        {
            Told told = Stopped(rig, null, "log", rig.In("stopped.csv"));
            Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(rig.Port)!, "stopped.csv*"));
            return told;
        },
        ["a table into a folder that is not there"] = _ => rig.Do("log", rig.In("none/there.csv")),
        ["a table that is there"] = _ => rig.Do("log", rig.Write("there.csv", "mine")),
        ["a folder without rights"] = _ => rig.Do("log", "/proc/log.csv"),
        ["a full disk behind the table"] = _ => Told.Shell(
            "trap '' XFSZ; export DOTNET_EnableWriteXorExecute=0 DOTNET_EnableDiagnostics=0; ulimit -f 0;"
            + $" GATEWAY log '{rig.In("full.csv")}' --port '{rig.Port}' --lang zh"),
        ["the cable pulled in the middle of the log"] = _ =>
        {
            Told told = Cut(rig, null, "\nR ", "log", rig.In("cut.csv"));
            Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(rig.Port)!, "cut.csv*"));
            return told;
        },
        ["the cable pulled while doctor looks"] = _ => Cut(rig, null, "主板", "doctor"),
        ["a county that is not reached"] = _ => rig.Do("doctor"),
    };

    // In their order: a wrong PIN makes the next one wait.
    private static Dictionary<string, Func<string, Told>> PinPlays(BoxRig rig) => new(StringComparer.Ordinal)
    {
        ["no PIN where nobody is asked"] = _ => rig.Do("load", Other(rig)),
        ["a wrong PIN"] = command =>
        {
            _ = rig.Do("console", "pin lock");
            return rig.Do(command, Other(rig), "--pin-file", rig.Write("wrong-pin", "9999\n"));
        },
        ["a second one"] = _ =>
        {
            Told second = rig.Do("walktest", "--pin-file", rig.Write("wrong-pin", "8888\n"));
            while (second.Errors.Contains("等 1 秒", StringComparison.Ordinal))
            {
                second = rig.Do("walktest", "--pin-file", rig.In("wrong-pin"));
            }

            return second;
        },
        ["the right one too soon"] = command => rig.Do(command, "--pin-file", rig.PinFile),
    };

    private static Told Load(BoxRig rig, string file) => rig.Do("load", file, "--pin-file", rig.PinFile);

    private static Told Walk(BoxRig rig, params string[] more) => rig.Do(["walktest", "--pin-file", rig.PinFile, .. more]);

    /// <summary>Another text of the same station, with a last line of its own.</summary>
    private static string Other(BoxRig rig) => rig.Write("other.conf", s_demo.Replace("joinS=300", "joinS=301", StringComparison.Ordinal));

    private static string Sum(BoxRig rig) => Checksum().Match(rig.Status()).Value;

    private static Told Cut(BoxRig rig, string? asked, string? answered, params string[] words)
    {
        using var cable = new CutCable(rig, asked, answered);
        string[] pin = words[0] is "load" or "walktest" ? ["--pin-file", rig.PinFile] : [];
        Told told = BoxRig.DoAt(cable.Name, [.. words, .. pin]);
        cable.WaitCut();
        return told;
    }

    /// <summary>Ctrl-C when the command has said something; null = while it waits for the box, which stands still.</summary>
    private static Told Stopped(BoxRig rig, string? said, params string[] words)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "gateway.dll");
        using BoxRig.Stillness? still = said is null ? rig.Still() : null;
        using var tool = ChildProgram.Heeding(["dotnet", program, .. words, "--port", rig.Port, "--lang", "zh"]);
        Patience.Until(() => said is null ? HasOpen(tool, rig.Port) : tool.Said.Contains(said, StringComparison.Ordinal), "its work");
        Signals.Send(tool.Id, Signals.Interrupt);
        return new Told(tool.Finish(120_000), tool.Said, "");
    }

    private static bool HasOpen(ChildProgram tool, string port)
    {
        string device = File.ResolveLinkTarget(port, returnFinalTarget: true)!.FullName;
        return Directory.EnumerateFiles($"/proc/{tool.Id}/fd").Any(fd => new FileInfo(fd).LinkTarget == device);
    }

    /// <summary>One zone burns in earnest, and then the one that is walked is set off.</summary>
    private static Told FireBesideAWalk()
    {
        using var rig = new BoxRig("expect event test-began within 60min\npress 2\n"
            + "expect event fire-alarm zone 2 within 60s\npress 1\nwait 1h\n");
        _ = rig.SetPin();
        Told told = rig.Do("walktest", "--zones", "1", "--pin-file", rig.PinFile);
        Assert.Contains("火警 2", told.Said, StringComparison.Ordinal);
        return told;
    }

    private Told With(BoxRig rig, string command)
    {
        using (rig)
        {
            string[] words = command switch
            {
                "load" => ["load", Other(rig), "--pin-file", rig.PinFile],
                "walktest" => ["walktest", "--pin-file", rig.PinFile],
                "log" => ["log", Path.Combine(_folder.Path, "log.csv")],
                _ => [command],
            };
            return rig.Do(words);
        }
    }

    /// <summary>A box with a call point pressed, and its PIN set.</summary>
    private static BoxRig Burning()
    {
        var rig = new BoxRig("press 1\nwait 1h\n");
        _ = rig.SetPin();
        Patience.Until(() => rig.Status().Contains("火警 1", StringComparison.Ordinal), "the fire");
        return rig;
    }

    /// <summary>A command at a port without a box; what it would write or read is there.</summary>
    private Told At(string port, string command, int waitMs = 120_000)
    {
        string[] words = command switch
        {
            "console" => ["console", "status"],
            "load" => ["load", Path.Combine(_folder.Path, "text")],
            "log" => ["log", Path.Combine(_folder.Path, "log.csv")],
            _ => [command],
        };
        return Told.With(
            tongue => new SerialPorts(tongue) { AnswerWaitMs = waitMs, AnswerQuietMs = 200 }, [.. words, "--port", port, "--lang", "zh"]);
    }

    private static Told OnPort(string device, Func<PseudoPort, Told> play)
    {
        using var pty = new PseudoPort(device);
        return play(pty);
    }

    [GeneratedRegex("配置 (?<sum>[0-9A-F]{8})", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Checksum();
}
