// Owns: the options of `county run` about a command that sounds while a fire is taken by nobody.
// Must never: start a program that is not there.

using System.CommandLine;
using Gateway.County.Sql;

namespace Gateway.County.Server;

internal sealed class SoundOptions
{
    private readonly Option<string?> _command = new("--sound-command")
    {
        Description = "Run again and again while a fire is taken by nobody, without a shell, such as aplay /srv/fire.wav. 声响命令。",
        HelpName = "COMMAND",
    };

    private readonly Option<int> _every = CommonOptions.Number(
        "--sound-every", "Seconds between two runs of --sound-command.", 1, ServerLimits.SoundEveryMaxS, ServerLimits.SoundEveryS);

    public SoundOptions() => _command.Validators.Add(result =>
    {
        if (result.Tokens.Count == 1 && SoundCommand.Split(result.Tokens[0].Value) is null)
        {
            result.AddError($"--sound-command: '{ScreenText.Plain(result.Tokens[0].Value)}'; allowed: {SoundCommand.Allowed}");
        }
    });

    public IReadOnlyList<Option> All => [_command, _every];

    /// <summary>The program and its arguments; null when none is asked for.</summary>
    /// <exception cref="CommandException">There is no such program.</exception>
    public IReadOnlyList<string>? Asked(ParseResult parsed)
    {
        if (parsed.GetValue(_command) is not { } text)
        {
            return null;
        }

        IReadOnlyList<string> words = SoundCommand.Split(text)!;
        return Found(words[0]) ? words
            : throw new CommandException(
                $"--sound-command: '{ScreenText.Plain(words[0])}' is no program here; allowed: {SoundCommand.Allowed}");
    }

    /// <summary>Sounds until told to end; at once over when nothing is asked for.</summary>
    public async Task Run(ParseResult parsed, IReadOnlyList<string>? words, string database, LiveList list, CancellationToken stop)
    {
        if (words is null)
        {
            return;
        }

        using SqlStore rows = SqlStore.Open(database);
        SoundCommand command = new(
            words,
            parsed.GetValue(_every) * 1_000,
            () =>
            {
                // A server's connection that broke is opened again by this look.
                rows.RegistryVersion();
                return SoundCommand.Waits(rows);
            },
            (good, line) => list.Note(good ? "green" : "red", line));
        await Task.Run(() => command.Run(stop), CancellationToken.None);
    }

    private static bool Found(string program)
    {
        string[] endings = OperatingSystem.IsWindows() ? ["", ".exe"] : [""];
        IEnumerable<string> folders = program.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal) ? [""]
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return folders.Any(folder => Array.Exists(endings, ending => Runs(Path.Combine(folder, program + ending))));
    }

    private static bool Runs(string path)
    {
        try
        {
            const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
            return File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & Execute) != UnixFileMode.None);
        }
        catch (Exception e) when (SecretFiles.Refused(e))
        {
            return false;
        }
    }
}
