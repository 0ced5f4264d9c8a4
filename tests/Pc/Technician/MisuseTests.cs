// Owns: that each misuse of the technician's command ends in a sentence and an exit code, as docs/technician.md lists them.
// Must never: accept a stack trace.

using System.Runtime.Versioning;
using Gateway.Technician.Serial;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Technician.Tests;

[SupportedOSPlatform("linux")]
public sealed class MisuseTests : IDisposable
{
    private const string Limited = "trap '' XFSZ; export DOTNET_EnableWriteXorExecute=0 DOTNET_EnableDiagnostics=0; ulimit -f 0;";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_misuse_in_the_document_ends_in_its_sentence_and_exit_code()
    {
        string[][] rows =
        [
            .. File.ReadAllLines(Repository.Path("docs", "technician.md")).SkipWhile(l => !l.StartsWith(
                "| misuse", StringComparison.Ordinal))
                .Skip(2).TakeWhile(l => l.StartsWith('|')).Select(l => l.Split('|', StringSplitOptions.TrimEntries)[1..4]),
        ];
        Dictionary<string, Func<Told>> plays = Plays();
        foreach ((string misuse, Func<Told> play) in MorePlays())
        {
            plays.Add(misuse, play);
        }

        foreach ((string misuse, Func<FlashRig, Told> play) in FlashPlays())
        {
            plays.Add(misuse, () =>
            {
                using var rig = new FlashRig();
                return play(rig);
            });
        }

        Assert.Equal(plays.Keys.Order(StringComparer.Ordinal), rows.Select(r => r[0]).Order(StringComparer.Ordinal));
        foreach (string[] row in rows)
        {
            Told told = plays[row[0]]();
            Assert.True(told.Code.ToString() == row[1], $"{row[0]}: exit code {told.Code}\n{told.Said}{told.Errors}");
            Assert.Contains(row[2], told.Said + told.Errors, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", told.Said + told.Errors, StringComparison.Ordinal);
        }
    }

    private Dictionary<string, Func<Told>> Plays()
    {
        string good = Repository.Path("tests", "Pc", "Technician", "Texts", "small.txt");
        string wrong = _folder.Write("wrong", "dance\n");
        string other = _folder.Write("other", [0xD5, 0xBE, 0xB5, 0xE3, (byte)'\n']);
        string large = _folder.Write("large", new string('#', 20_000));
        return new Dictionary<string, Func<Told>>(StringComparer.Ordinal)
        {
            ["no command"] = () => Zh(),
            ["unknown command"] = () => Zh("chek", good),
            ["unknown option"] = () => Zh("check", "--quick", good),
            ["file name missing"] = () => Zh("check"),
            ["language that there is not"] = () => Told.Of("check", good, "--lang", "fr"),
            ["empty file name"] = () => Zh("check", ""),
            ["no such file"] = () => Zh("explain", good + ".gone"),
            ["a folder"] = () => Zh("check", _folder.Path),
            ["unreadable file"] = () => Zh("check", "/proc/self/mem"),
            ["not UTF-8"] = () => Zh("check", other),
            ["too large"] = () => Zh("check", large),
            ["empty text"] = () => Zh("explain", _folder.Write("empty", "")),
            ["wrong text for diff"] = () => Zh("diff", good, wrong),
            ["closed output"] = () => Told.Shell($"GATEWAY check '{good}' >&-"),
            ["full disk behind the output"] = () => Told.Shell($"GATEWAY explain '{good}' >/dev/full"),
            ["new without a number, and nobody to ask"] = () => Zh("new", "--county", "330726"),
            ["a code of another county"] = () => Zh([.. New("out"), "--township", "330727101"]),
            ["a board that there is not"] = () => Zh([.. New("out"), "--township", "330726101", "--board", "carrier"]),
            ["a template that the device refuses"] = () => Zh([.. New("out"), "--township", "330726101", "--template", wrong]),
            ["a short Wi-Fi password"] = () => Zh(
                [.. New("out"), "--township", "330726101", "--wifi", "x", "--wifi-password-file", _folder.Write("short", "1234\n")]),
            ["a folder that is there"] = () => Zh([.. New("."), "--township", "330726101"]),
            ["a folder that may not be written in"] = () => Zh([.. New("/proc/st1"), "--township", "330726101"]),
            ["left of a run that was broken off"] = () =>
            {
                string left = Directory.CreateDirectory(Path.Combine(_folder.Path, "left.part")).FullName;
                Told told = Zh([.. New("left/"), "--township", "330726101"]);
                Assert.Equal(told, Zh([.. New("left"), "--township", "330726101"]));
                Assert.True(Directory.Exists(left));
                return told;
            },
            ["full disk behind the new folder"] = () => Full([.. New("full"), "--township", "330726101"]),
            ["a number and a table"] = () => Zh("new", "--from", good, "--id", "7"),
            ["a table that is none"] = () => Zh("new", "--from", _folder.Write("none.csv", "a,b\n1,2\n")),
            ["a row that is wrong"] = () => Zh("new", "--from", _folder.Write("rows.csv",
                "站号,县编码,乡镇编码,村编码,名称\n1,330726,330726101,330726101003,一站\n1,330726,330726101,330726101003,二站\n")),
            ["a sheet that is no page"] = () => Zh("label", good, "--out", Path.Combine(_folder.Path, "station.conf")),
            ["a sheet for a wrong text"] = () => Zh("label", wrong),
            ["no port at all"] = () => Told.At([], "ports", "--lang", "zh"),
            ["a port that is not there"] = () => Told.At(["/dev/ttyACM0"], "ports", "--try", "/dev/ttyACM7", "--lang", "zh"),
            ["a file for a port"] = () => Zh("ports", "--try", good),
            ["a busy port"] = () => OnPort("sleep 1000", (pty, port) =>
            {
                using PseudoPort.Holder holder = pty.Held();
                return Zh("ports", "--try", port);
            }),
            ["a port without rights"] = () => OnPort("sleep 1000", (pty, port) =>
                pty.WithoutRights($"GATEWAY ports --try '{port}' --lang zh")),
            ["a silent board"] = () => OnPort("sleep 1000", (_, port) => Zh("ports", "--try", port)),
            ["a wrong speed or a bad contact"] = () => OnPort("read l; head -c 400 /dev/urandom; sleep 1000", Try),
            ["a wire from end to end"] = () => OnPort("exec cat", Try),
            ["a cable pulled while it is asked"] = () => OnPort("read l; kill -9 $PPID", Try),
            ["a cable pulled in the middle of the answer"] = () => OnPort("read l; printf 'gateway 330701 stat'; kill -9 $PPID", Try),
        };
    }

    private Dictionary<string, Func<Told>> MorePlays()
    {
        string good = Repository.Path("tests", "Pc", "Technician", "Texts", "small.txt");

        // In the middle of a character, as a stick that was pulled leaves it.
        string cut = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder.Path, "cut")).FullName, "station.conf");
        byte[] whole = File.ReadAllBytes(good);
        File.WriteAllBytes(cut, whole[..(Array.FindIndex(whole, b => b >= 0x80) + 1)]);
        string mine = _folder.Write("mine", "zone");
        File.SetUnixFileMode(mine, UnixFileMode.None);
        Dictionary<string, Func<Told>> plays = new(StringComparer.Ordinal)
        {
            ["no port's name"] = () => Zh("ports", "--try", ""),
            ["a folder for a port"] = () => Zh("ports", "--try", _folder.Path),
            ["a device that is no port"] = () => Zh("ports", "--try", "/dev/null"),
            ["a cut text: diff"] = () => Zh("diff", good, cut),
            ["no right to a text"] = () => Unprivileged($"check '{mine}' --lang zh"),
            ["no right to one of two"] = () => Unprivileged($"diff '{good}' '{mine}' --lang zh"),
            ["a sheet into a folder that is not there"] = () => Zh("label", good, "--out", Path.Combine(_folder.Path, "none", "a.html")),
            ["a sheet that may not be written"] = () => Zh("label", good, "--out", "/proc/a.html"),
            ["full disk behind a sheet"] = () => Full(["label", good, "--out", Path.Combine(_folder.Path, "full.html")]),
        };
        foreach (string command in (string[])["check", "explain", "label", "flash", "deploy"])
        {
            plays.Add("a cut text: " + command, () => Zh(command, Path.GetDirectoryName(cut)!));
        }

        return plays;
    }

    private static Dictionary<string, Func<FlashRig, Told>> FlashPlays() => new(StringComparer.Ordinal)
    {
        ["no kit"] = rig => rig.Do("flash", "--kit", rig.In("none")),
        ["a kit with a damaged file"] = rig =>
        {
            File.AppendAllText(rig.In("kit/app/Gateway.Esp32S3.bin"), "x");
            return rig.Do("flash");
        },
        ["a kit for another runtime than the application's"] = rig => rig.Make("1.16.0.568"),
        ["a kit without internet"] = rig => Faulty(rig, "not-online").Make("1.17.0.600"),
        ["a kit without the application"] = rig =>
        {
            File.Delete(rig.In("app/Gateway.Esp32Classic.bin"));
            return rig.Make("1.17.0.600");
        },
        ["a kit whose version is not said"] = rig => Zh("kit", rig.In("new")),
        ["a kit in the place of another"] = rig => rig.Make("1.17.0.600", "kit"),
        ["full disk behind a kit"] = rig =>
        {
            Told told = Told.Shell($"{Limited} GATEWAY kit '{rig.In("new")}' --runtime 1.17.0.600 --app '{rig.In("app")}'"
                + $" --tool '{rig.In("tool")}' --lang zh");
            Assert.False(Path.Exists(rig.In("new")));
            return told;
        },
        ["flashing through a folder"] = rig => rig.Do("flash", "--port", rig.In("st")),
        ["deploying through a folder"] = rig => rig.Do("deploy", "--port", rig.In("st")),
        ["deploying through a port that is not there"] = rig => rig.Do("deploy", "--port", rig.In("ttyACM9")),
        ["flashing through a port without rights"] = rig => WithoutRights(rig, "flash"),
        ["deploying through a port without rights"] = rig => WithoutRights(rig, "deploy"),
        ["flashing through a port that is not there"] = rig => rig.Do("flash", "--port", rig.In("ttyACM9")),
        ["several ports and none named"] = rig => rig.DoAt(["/dev/ttyACM0", "/dev/ttyACM1"], "flash"),
        ["another board than the settings name"] = rig =>
        {
            rig.Set("chip", "ESP32");
            return rig.Do("flash");
        },
        ["a board without PSRAM"] = rig =>
        {
            rig.Set("psram", "not available");
            return rig.Do("flash");
        },
        ["a board that is not in boot mode"] = rig => Faulty(rig, "not-in-boot-mode").Do("flash"),
        ["another flashing tool at the port"] = rig => Faulty(rig, "busy").Do("flash"),
        ["a copy that is short"] = rig => Faulty(rig, "short-copy").Do("flash"),
        ["a cable pulled while it is written"] = rig => Faulty(rig, "write-fails").Do("flash"),
        ["a drive that can't be put back"] = rig => Faulty(rig, "put-back-fails").Do("flash"),
        ["no .NET 8 on the laptop"] = rig => Faulty(rig, "no-runtime").Do("flash"),
        ["a board that does not run"] = rig => Faulty(rig, "silent").Do("deploy"),
        ["a board that stands in its start"] = rig => Faulty(rig, "initialise").Do("deploy"),
        ["files that the board did not take"] = rig => Faulty(rig, "throws settings.txt").Do("deploy"),
        ["a network that the board did not take"] = rig => Faulty(rig, "network").Do("deploy"),
        ["a key file that was cut"] = rig =>
        {
            File.WriteAllText(rig.In("st/station.key"), "key 0123\n");
            return rig.Do("deploy");
        },
        ["a certificate without its key"] = rig =>
        {
            File.WriteAllText(rig.In("st/client.pem"), "");
            return rig.Do("deploy");
        },
        ["a new board, and nobody to ask"] = rig =>
            Told.At([rig.Port], "flash", rig.In("st"), "--kit", rig.In("kit"), "--empty", "--lang", "zh"),
    };

    private static Told WithoutRights(FlashRig rig, string command)
    {
        File.SetUnixFileMode(rig.Port, UnixFileMode.None);
        return Unprivileged($"{command} '{rig.In("st")}' --kit '{rig.In("kit")}' --port '{rig.Port}' --yes --lang zh");
    }

    private static Told Unprivileged(string line) => Told.Shell(PseudoPort.Without + "GATEWAY " + line);

    private static FlashRig Faulty(FlashRig rig, string fault)
    {
        rig.Fault(fault);
        return rig;
    }

    private static Told OnPort(string device, Func<PseudoPort, string, Told> play)
    {
        using var pty = new PseudoPort(device);
        return play(pty, pty.Name);
    }

    // A machine that is busy with other tests is given time; silence alone is waited for as it is in the field.
    private static Told Try(PseudoPort pty, string port) =>
        Told.With(tongue => new SerialPorts(tongue) { AnswerWaitMs = 120_000 }, "ports", "--try", port, "--lang", "zh");

    private string[] New(string folder) =>
    [
        "new", "--out", Path.Combine(_folder.Path, folder), "--id", "330701", "--county", "330726", "--village", "330726101003",
        "--name", "一站", "--host", "10.1.2.3",
    ];

    // A limit on the size of files is a disk that is full in the middle of one. It left nothing behind.
    private Told Full(string[] arguments)
    {
        string line = string.Join(' ', [.. arguments.Select(a => $"'{a}'"), "--lang", "zh"]);
        Told told = Told.Shell($"{Limited} GATEWAY {line}");
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path, "full*"));
        return told;
    }

    private static Told Zh(params string[] arguments) => Told.Of([.. arguments, "--lang", "zh"]);
}
