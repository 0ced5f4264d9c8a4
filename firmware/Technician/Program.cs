// Owns: where the technician's command begins, how a failure is told, and the exit code.
// Must never: hold a rule of the gateway.

using System.CommandLine;
using System.CommandLine.Parsing;
using Gateway.Core;
using Gateway.Streams;
using Gateway.Technician.Serial;
using Spectre.Console;

namespace Gateway.Technician;

/// <summary>Who runs a command: where its words go, and in which language.</summary>
/// <param name="Asks">Whether a person can answer.</param>
internal sealed record Desk(Tongue Tongue, TextWriter Out, TextWriter Error, bool Asks)
{
    /// <summary>Where questions are asked.</summary>
    public required IAnsiConsole Terminal { get; init; }

    public required SerialPorts Ports { get; init; }

    /// <summary>What to do next after Ctrl-C.</summary>
    public string WhenStopped { get; set; } = Tongue.Of("中断了；把同一条命令再做一次。", "Stopped; do the same command again.");
}

internal static class Program
{
    private const string LangOption = "--lang";

    public static int Main(string[] args)
    {
        StandardStreams.Guard();
        return Run(args, Console.Out, Console.Error, !Console.IsInputRedirected);
    }

    /// <summary>Does what the command line says; gives the exit code.</summary>
    /// <param name="asks">Whether a person can answer.</param>
    /// <param name="terminal">Where questions are asked; null = the console.</param>
    /// <param name="ports">Null = those of the machine.</param>
    public static int Run(
        string[] args, TextWriter output, TextWriter error, bool asks, IAnsiConsole? terminal = null,
        Func<Tongue, SerialPorts>? ports = null)
    {
        var tongue = new Tongue(WantsChinese(args));
        var desk = new Desk(tongue, output, error, asks)
        {
            Terminal = terminal ?? AnsiConsole.Console,
            Ports = ports?.Invoke(tongue) ?? new SerialPorts(tongue),
        };
        ConsoleCancelEventHandler stopped = (_, _) =>
        {
            // A bar hides the cursor.
            desk.Terminal.Cursor.Show();
            error.WriteLine();
            error.WriteLine(desk.WhenStopped);
        };
        Console.CancelKeyPress += stopped;
        try
        {
            RootCommand root = Commands.Root(desk, LangOption);
            HelpWidth.Bound(root);
            ParseResult parsed = root.Parse(args);
            if (parsed.Errors.Count > 0)
            {
                throw Misread(desk.Tongue, parsed);
            }

            return parsed.Invoke(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                Output = output,
                Error = error,
            });
        }
        catch (TroubleException e)
        {
            error.WriteLine(e.Message);
            return e.ExitCode;
        }
        catch (OutputException e)
        {
            error.WriteLine(e.Message);
            return ExitCodes.Unusable;
        }
        catch (Exception e)
        {
            string place = $"{e.TargetSite?.DeclaringType?.Name}.{e.TargetSite?.Name}";
            string what = $"{e.GetType().Name} in {place}: {e.Message}".ReplaceLineEndings(" ");
            error.WriteLine(desk.Tongue.Of($"程序错误：{what}。请把这句话报告给开发者。", $"a fault of this program: {what}. Please report this sentence."));
            return ExitCodes.Bug;
        }
        finally
        {
            Console.CancelKeyPress -= stopped;
        }
    }

    /// <summary>Known before the command line is read, since the help is in one language too.</summary>
    private static bool WantsChinese(string[] args)
    {
        for (int i = 0; i < args.Length; i++)
        {
            string value = args[i] == LangOption && i + 1 < args.Length ? args[i + 1]
                : args[i].StartsWith(LangOption + "=", StringComparison.Ordinal) ? args[i][(LangOption.Length + 1)..] : "";
            if (value is "zh" or "en")
            {
                return value == "zh";
            }
        }

        return Tongue.SystemIsChinese();
    }

    private static TroubleException Misread(Tongue tongue, ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string name = command is RootCommand ? "gateway" : $"gateway {command.Name}";
        string help = $"{name} --help 列出写法\nSee {name} --help";
        string[] known = [.. command.Options.Select(o => o.Name), .. command.Subcommands.Select(c => c.Name), LangOption];
        string? word = parsed.Tokens.Select(t => t.Value)
            .FirstOrDefault(t => t.StartsWith("--", StringComparison.Ordinal) && !known.Contains(t, StringComparer.Ordinal))
            ?? parsed.UnmatchedTokens.FirstOrDefault();
        if (word is not null)
        {
            string what = word.StartsWith('-') ? "不认识这个选项\nan unknown option" : "不认识这个词\nan unknown word";
            string? near = known.Where(k => SettingsWords.Distance(word, k) >= 0).MinBy(k => SettingsWords.Distance(word, k));
            string meant = $"是不是 {near}？{name} --help 列出写法\nDid you mean {near}? See {name} --help";
            return Trouble.At(tongue, word, what, near is null ? help : meant);
        }

        ParseError first = parsed.Errors[0];
        if (first.SymbolResult is OptionResult option)
        {
            return Trouble.At(tongue, option.Option.Name, $"缺少值，或值不对（{first.Message.TrimEnd('.')}）\n{first.Message.TrimEnd('.')}", help);
        }

        bool bare = command.Subcommands.Count > 0;
        string missing = string.Join(' ', command.Arguments.Select(a => a.Name));
        return Trouble.At(
            tongue, name, bare ? "没有写做什么\nno command" : $"缺少 {missing}\n{missing} missing", help);
    }
}
