// Owns: running the flashing tool: each command shown first, what it says passed on, how it ended in words.
// Must never: take exit code 0 for success where the tool is known to give it all the same; the caller looks at what it said.

using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Gateway.Technician.Flash;

/// <param name="What">For people, in two languages.</param>
/// <param name="Writes">Whether a failure may leave the board half written.</param>
internal sealed record Step(string What, string[] Arguments, bool Writes = false);

internal sealed class Nanoff(Desk desk, string program, bool dryRun)
{
    // Without it every command asks the internet for a newer version first, for up to 100 s on a bad link.
    private const string NoVersionCheck = "--suppressnanoffversioncheck";

    // What the host of .NET gives when the runtime that a program needs is not installed.
    private static readonly int[] s_noRuntime = [150, unchecked((int)0x80008096)];

    private const string Again = "再做一次；还不行，换一根线、换一个USB口\nDo it again; if that fails, take another cable and another socket";
    private const string Boot =
        "按住 BOOT，点一下 RESET，松开 BOOT，再做一次\nHold BOOT, tap RESET, let go of BOOT, and do it again";

    private const string Reset = "带着USB线按一下 RESET，等五秒，再做一次\nTap RESET with the cable in, wait five seconds, and do it again";

    // What the tool's documents say of its exit codes, and what to do about each.
    private static readonly (int Code, int Exit, string What, string Next)[] s_codes =
    [
        (2000, ExitCodes.NoAnswer, "连不上板子\nthe board does not answer", Reset),
        (2001, ExitCodes.NoAnswer, "列不出板子\nboards can't be listed", Reset),
        (2002, ExitCodes.NoAnswer, "板子不接受操作，还停在启动状态\nthe board refused: it still stands in its start", Reset),
        (2003, ExitCodes.NoAnswer, "文件或网络设置没有写成\nfiles or network were not taken", Reset),
        (4000, ExitCodes.NoAnswer, "串口上的命令没有回答\na command got no answer", Boot),
        (4001, ExitCodes.NoAnswer, "读不出闪存大小\nthe size of the flash can't be read", Boot),
        (4002, ExitCodes.HalfDone, "擦除失败\nerasing failed", Boot),
        (4003, ExitCodes.HalfDone, "写入失败\nwriting failed", Boot),
        (4004, ExitCodes.NoAnswer, "读取失败\nreading failed", Boot),
        (4005, ExitCodes.NoPort, "串口打不开\nthe port can't be opened", Again),
        (6000, ExitCodes.NoPort, "串口打不开\nthe port can't be opened", Again),
        (6001, ExitCodes.NoPort, "没有这个串口\nno such port", "用 gateway ports 看端口名\nLook at the name with gateway ports"),
        (6002, ExitCodes.NoPort, "串口被另一个写板程序占用\nanother flashing tool has the port",
            "关掉它，再做一次\nClose it, and do it again"),
        (9000, ExitCodes.Kit, "这个版本的写板工具不认识参数\nthis version of the tool does not know the options",
            "用离线包里的写板工具\nUse the tool of the kit"),
        (9005, ExitCodes.Kit, "离线包里没有这个版本的固件\nthe kit lacks this version of the runtime",
            "用 gateway kit --check 核对离线包\nLook at the kit with gateway kit --check"),
        (9008, ExitCodes.Kit, "找不到应用文件\nthe application's file is not there",
            "用 gateway kit --check 核对离线包\nLook at the kit with gateway kit --check"),
    ];

    private readonly Tongue _tongue = desk.Tongue;

    /// <summary>What the tool said; empty in a dry run.</summary>
    /// <exception cref="TroubleException">It did not end well.</exception>
    public string Run(Step step)
    {
        string[] arguments = [.. step.Arguments, NoVersionCheck];
        desk.Out.WriteLine(_tongue.Of(step.What));
        desk.Out.WriteLine("$ nanoff " + string.Join(' ', arguments.Select(Quoted)));
        if (dryRun)
        {
            return "";
        }

        StringBuilder said = new();
        int code = Play(arguments, said);
        return code == 0 ? said.ToString() : throw Failed(step, code, said.ToString());
    }

    private int Play(string[] arguments, StringBuilder said)
    {
        ProcessStartInfo start = new(Path.GetFullPath(program), arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment["NANOFRAMEWORK_TELEMETRY_OPTOUT"] = "1";
        using Process process = Start(start);
        process.StandardInput.Close();
        using BlockingCollection<string?> lines = [];
        process.OutputDataReceived += (_, e) => lines.Add(e.Data);
        process.ErrorDataReceived += (_, e) => lines.Add(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var watch = Stopwatch.StartNew();
        for (int ended = 0; ended < 2;)
        {
            if (!lines.TryTake(out string? line, TechnicianLimits.StillAtWorkMs))
            {
                desk.Error.WriteLine(_tongue.Of(
                    $"    …… 已 {watch.Elapsed.TotalSeconds:0} 秒，不要拔线", $"    ... {watch.Elapsed.TotalSeconds:0} s, leave the cable in"));
            }
            else if (line is null)
            {
                ended++;
            }
            else if (line.Trim().Length > 0 && said.Length < TechnicianLimits.ToolSaysCharsMax)
            {
                desk.Out.WriteLine("    " + line.TrimEnd());
                said.Append(line).Append('\n');
            }
        }

        process.WaitForExit();
        return process.ExitCode;
    }

    private Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or IOException)
        {
            string why = e.Message.TrimEnd('.');
            throw Kit.Wrong(_tongue, program, $"写板工具启动不了（{why}）\nthe flashing tool does not start ({why})");
        }
    }

    private TroubleException Failed(Step step, int code, string said)
    {
        if (s_noRuntime.Contains(code))
        {
            return Kit.Wrong(_tongue, "nanoff", "这台电脑没有 .NET 8 运行时\n.NET 8 is not installed on this machine");
        }

        (int Code, int Exit, string What, string Next) known = s_codes.FirstOrDefault(k => Is(code, k.Code));
        string last = said.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault("").Trim();
        string what = known.Code > 0 ? known.What : $"失败（退出码 {code}：{last}）\nfailed (exit code {code}: {last})";
        string next = step.Writes
            ? "板子可能只写了一半：不要断电，插紧线，把同一条命令再做一次"
                + "\nThe board may be half written: leave it powered, push in the cable, and do the same command again"
            : known.Code > 0 ? known.Next : Again;
        string number = known.Code > 0 ? $" E{known.Code}" : "";
        int exitCode = step.Writes ? ExitCodes.HalfDone : known.Exit > 0 ? known.Exit : ExitCodes.NoAnswer;
        return Trouble.At(_tongue, $"nanoff{number}", what, next, exitCode: exitCode);
    }

    // Linux keeps eight bits of an exit code.
    private static bool Is(int code, int known) => code == known || (!OperatingSystem.IsWindows() && code == (known & 0xFF));

    private static string Quoted(string argument) =>
        argument.Contains(' ', StringComparison.Ordinal) || argument.Length == 0 ? $"\"{argument}\"" : argument;
}
