// Owns: putting the parts together and the exit code.
// Must never: hold a rule of the gateway.

using System.CommandLine;
using System.Diagnostics;
using Gateway.Advice;
using Gateway.Core;
using Gateway.Pc.Board;
using Gateway.Pc.Flash;
using Gateway.Pc.Run;
using Gateway.Pc.Script;
using Gateway.Start;
using Gateway.Streams;

namespace Gateway.Pc;

/// <summary>Exit codes: 0 = good, 1 = an expectation of the script did not hold, 2 = wrong input, 3 = a bug.</summary>
public static class Program
{
    private const int Good = 0;
    private const int Failed = 1;
    private const int WrongInput = 2;
    private const string Ran = "网关用过的文件夹\na folder in which a gateway ran";
    private const int Bug = 3;

    public static int Main(string[] args)
    {
        StandardStreams.Guard();

        // Exit and not return: a client that does not let go of its thread must not keep the process.
        Environment.Exit(Ended(Options.Command(Run).Parse(args)));
        return Good;
    }

    private static int Ended(ParseResult parsed)
    {
        // Not the parser's own exit code, which would be that of a script that did not hold.
        if (parsed.Errors.Count > 0)
        {
            Report(parsed.Errors.Select(e => e.Message).Distinct());
            return Refuse("gateway-pc --help: 说明 tells what is allowed");
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (OutputException e)
        {
            return Refuse(e.Message);
        }
        catch (Exception e)
        {
            Report([Sentence(e)]);
            return Bug;
        }
    }

    /// <summary>One line for a person, with the innermost method of ours, so that a report of it is of use.</summary>
    private static string Sentence(Exception error)
    {
        string? place = new StackTrace(error).GetFrames()
            .Select(DiagnosticMethodInfo.Create)
            .Where(m => m?.DeclaringTypeName?.StartsWith("Gateway.", StringComparison.Ordinal) == true)
            .Select(m => $"{m!.DeclaringTypeName}.{m.Name}")
            .FirstOrDefault();
        string text = $"程序错误 a fault of this program: {error.GetType().Name} in {place ?? "?"}: {error.Message}; "
            + "请报告这句话 please report this sentence";
        return text.ReplaceLineEndings(" ");
    }

    private static int Run(Options options)
    {
        var errors = new List<string>();
        if (options.Check is { } file)
        {
            Settings? settings = SettingsFile.Check(file, errors);
            Report(errors);
            Console.WriteLine(settings is null ? $"{file}: 配置未通过 refused" : $"{file}: 配置通过 good, {settings.ZoneCount}个部位 zones");
            foreach (string warning in settings is null ? [] : SettingsAdvice.For(settings))
            {
                Console.WriteLine($"{file}: 提醒 {SettingsWords.Chinese(warning)} / {SettingsWords.English(warning)}");
            }

            return settings is null ? WrongInput : Good;
        }

        if (options.State is null)
        {
            return Refuse("--state", "缺少\nmissing", "存放网关状态的文件夹\na folder for the gateway's state");
        }

        if (options.Export || options.LogStatus)
        {
            // A look makes no folder and empties none.
            if (options.ResetState)
            {
                const string found = "与 --export-settings 或 --log-status 同用\ntogether with --export-settings, --log-status";
                return Refuse("--reset-state", found, "只用一个\none of them");
            }

            if (!Directory.Exists(options.State))
            {
                return Refuse($"--state: {options.State}", "不存在\nis not there", Ran);
            }
        }

        try
        {
            using var folder = new StateFolder(options.State, options.ResetState);
            var flash = new PcFlash(options.State);
            if (options.LogStatus)
            {
                return LogView.Print(flash, Console.Out)
                    ? Good
                    : Refuse("--state", "没有记录\nno log", Ran);
            }

            return options.Export ? Export(flash) : RunStation(options, flash);
        }
        catch (IOException e)
        {
            return Refuse(e.Message);
        }
        catch (UnauthorizedAccessException e)
        {
            return Refuse(e.Message);
        }
    }

    private static int RunStation(Options options, PcFlash flash)
    {
        SettingsInForce inForce = SettingsFile.TakeOver(options.Settings, flash);
        Report(inForce.Errors);
        var errors = new List<string>();
        StationKey? key = null;

        // An empty box whose console takes its first settings needs the key then.
        if (inForce.Settings is not null || options.Console is not null)
        {
            key = options.Key is null ? null : StationKey.Read(options.Key, errors);
            if (options.Key is null)
            {
                errors.Add(PlaceNotes.Text("--key", 0, "缺少\nmissing", "站点的密钥文件\na file with the station's key"));
            }
        }

        if (key is not null && options.Tls is { } folder)
        {
            key.Tls = TlsFolder.Read(folder, errors);
        }

        IReadOnlyList<ScriptStep>? steps = options.Script is null ? null : ReadScript(options.Script, inForce.Settings, errors);
        using TerminalPort? port = options.Console is null || errors.Count > 0 ? null
            : TerminalPort.Open(options.Console, options.BoxOpen, errors);
        if (errors.Count > 0)
        {
            Report(errors);
            return WrongInput;
        }

        var clock = new MonotonicClock(TimeProvider.System);
        using var start = new StationStart(flash, key, clock, options.TrialS * 1000, Report);
        var station = new Station(start.With(inForce)) { Port = port };
        var script = steps is null ? null : new ScriptRunner(steps, station);
        return StationShow.Run(station, script, options.Plain, Console.Out, english: options.English) ? Good : Failed;
    }

    private static int Export(PcFlash flash)
    {
        if (SettingsFile.Export(flash) is not { } text)
        {
            return Refuse("--export-settings", "文件夹里没有可用的配置\nno good settings in the folder", "有配置的文件夹\na folder with settings in force");
        }

        using Stream output = StandardStreams.Output();
        output.Write(text);
        return Good;
    }

    private static IReadOnlyList<ScriptStep>? ReadScript(string path, Settings? settings, ICollection<string> errors)
    {
        byte[]? text = BoundedFile.Read(path, ScriptLimits.FileBytesMax, "可读的脚本\na readable script", errors);
        return text is null ? null : ScriptParser.Parse(path, text, settings, errors);
    }

    private static int Refuse(string place, string found, string allowed) => Refuse(PlaceNotes.Text(place, 0, found, allowed));

    private static int Refuse(string error)
    {
        Report([error]);
        return WrongInput;
    }

    private static void Report(IEnumerable<string> errors)
    {
        foreach (string error in errors)
        {
            Console.Error.WriteLine(error);
        }
    }
}
