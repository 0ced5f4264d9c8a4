// Owns: the command line.
// Must never: carry a secret; those come from the key file.

using System.CommandLine;
using System.CommandLine.Parsing;
using Gateway.Core;
using Gateway.Start;
using Gateway.Streams;

namespace Gateway.Pc;

/// <summary>What the user asked for.</summary>
public sealed record Options(string? Settings, string? Key, string? State, bool ResetState, string? Script, string? Check, bool Plain)
{
    /// <summary>Folder of certificates; null = without TLS.</summary>
    public string? Tls { get; init; }

    /// <summary>The screen in English.</summary>
    public bool English { get; init; }

    /// <summary>Print the settings in force and do nothing else.</summary>
    public bool Export { get; init; }

    /// <summary>Print how the log stands and do nothing else.</summary>
    public bool LogStatus { get; init; }

    /// <summary>Seconds in which the county must answer under new settings.</summary>
    public int TrialS { get; init; }

    /// <summary>Name of the pseudo-terminal for the technician's console; null = none.</summary>
    public string? Console { get; init; }

    /// <summary>The service jumper is closed, as in the open box.</summary>
    public bool BoxOpen { get; init; }

    /// <summary>The command; <paramref name="run"/> gives the exit code.</summary>
    public static RootCommand Command(Func<Options, int> run)
    {
        var settings = new Option<string?>("--settings")
        {
            Description = "配置文件 settings text of the station; refused whole when wrong, and then the last good one stays in force",
            HelpName = "FILE",
        };
        var key = new Option<string?>("--key")
        {
            Description = "密钥文件 file with the lines 'key <64 hex digits>' and 'password <text>'",
            HelpName = "FILE",
        };
        var tls = new Option<string?>("--tls")
        {
            Description = "证书目录 folder with ca.pem, and client.pem with client.key where the broker asks for them: the broker by TLS",
            HelpName = "DIR",
        };
        var state = new Option<string?>("--state")
        {
            Description = "状态目录 folder that plays the flash: event log, settings, what survives a restart",
            HelpName = "DIR",
        };
        var reset = new Option<bool>("--reset-state") { Description = "清空状态目录（记录全部丢弃） begin with an empty flash" };
        var script = new Option<string?>("--script")
        {
            Description = "脚本 play a script instead of waiting for keys; exit code 0 only when every expectation held",
            HelpName = "FILE",
        };
        var check = new Option<string?>("--check") { Description = "只检查配置 check a settings file and do nothing else", HelpName = "FILE" };
        var plain = new Option<bool>("--plain") { Description = "逐行输出 one line a change, also on a terminal" };
        var lang = new Option<string>("--lang")
        {
            Description = "屏幕语言 language of the screen: zh alone, or en alone; lines of --plain have both",
            HelpName = "zh|en",
            DefaultValueFactory = _ => "zh",
        };
        lang.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var asked }] && asked is not ("zh" or "en"))
            {
                result.AddError(PlaceNotes.Text("--lang", 0, $"'{asked}'", "zh, en"));
            }
        });
        var export = new Option<bool>("--export-settings") { Description = "导出配置 print the settings text in force and do nothing else" };
        var logStatus = new Option<bool>("--log-status")
        {
            Description = "记录状态 print what the log holds and how long it lasts, and do nothing else",
        };
        var trial = new Option<int>("--settings-trial-s")
        {
            Description = "试运行时限 seconds in which the county must answer under new settings, else the last good ones come back",
            HelpName = "SECONDS",
            DefaultValueFactory = _ => Limits.SettingsTrialMs / 1000,
        };
        trial.CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (int.TryParse(text, out int seconds) && seconds is >= 1 and <= PcLimits.TrialMaxS)
            {
                return seconds;
            }

            result.AddError(PlaceNotes.Text("--settings-trial-s", 0, $"'{text}'", $"1..{PcLimits.TrialMaxS}"));
            return 0;
        };
        var console = new Option<string?>("--console")
        {
            Description = "技术员控制台：伪终端的文件名 the technician's console on a pseudo-terminal of this name, until the program ends",
            HelpName = "PORT",
        };
        var boxOpen = new Option<bool>("--box-open")
        {
            Description = "箱门开着，插着维护跳线：可以设控制台的密码 the service jumper is closed: the console's PIN can be set",
        };
        foreach (Option<string?> path in (Option<string?>[])[settings, key, state, script, check, console])
        {
            path.Validators.Add(NotEmpty);
        }

        var command = new RootCommand("消防网关（电脑上的虚拟面板） The fire-alarm gateway on a virtual board.")
        {
            settings, key, tls, state, reset, script, check, plain, lang, export, logStatus, trial, console,
            boxOpen,
        };
        HelpWidth.Bound(command);
        command.SetAction(parsed => run(new Options(
            parsed.GetValue(settings),
            parsed.GetValue(key),
            parsed.GetValue(state),
            parsed.GetValue(reset),
            parsed.GetValue(script),
            parsed.GetValue(check),
            parsed.GetValue(plain))
        {
            Tls = parsed.GetValue(tls),
            English = parsed.GetValue(lang) == "en",
            Export = parsed.GetValue(export),
            LogStatus = parsed.GetValue(logStatus),
            TrialS = parsed.GetValue(trial),
            Console = parsed.GetValue(console),
            BoxOpen = parsed.GetValue(boxOpen),
        }));
        return command;
    }

    private static void NotEmpty(OptionResult result)
    {
        // Such as an unset variable of a shell script.
        if (result.Tokens.Count == 1 && result.Tokens[0].Value.Length == 0)
        {
            result.AddError(PlaceNotes.Text(result.Option.Name, 0, "''", "路径\na path"));
        }
    }
}
