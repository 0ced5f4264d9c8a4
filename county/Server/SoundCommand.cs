// Owns: a command of the county's choice that sounds while a fire is taken by nobody: the second way beside the duty page.
// Must never: go through a shell, carry a text from outside, run twice at a time, or outlive the county.

using System.ComponentModel;
using System.Data.Common;
using System.Diagnostics;
using System.Text;
using Gateway.County.Sql;

namespace Gateway.County.Server;

/// <param name="words">The program and its arguments, as <see cref="Split"/> gives them.</param>
/// <param name="everyMs">Between the end of a run and the next one, ms.</param>
/// <param name="waits">Whether a fire waits that nobody has taken.</param>
/// <param name="tell">For the live list: whether it works again, and what is to be said.</param>
internal sealed class SoundCommand(IReadOnlyList<string> words, int everyMs, Func<bool> waits, Action<bool, string> tell)
{
    public const string Allowed = "a program and its arguments, parted by spaces, with \"…\" around what has spaces in it; "
        + "the program by its path or by a name of PATH, such as aplay /srv/fire.wav";

    // What a program that we start has no use for.
    private static readonly string[] s_secrets = [RunCommand.PasswordVariable, "PGPASSWORD"];

    private string? _problem;

    /// <summary>How long a run may take, ms.</summary>
    public int RunMs { get; init; } = ServerLimits.SoundRunMs;

    /// <summary>
    /// Words are parted by spaces; "…" keeps what is inside together; nothing else has a meaning: no variables, no wildcards, no escapes.
    /// Null when there is no word, a " has no partner, or a character is none that is seen.
    /// </summary>
    public static IReadOnlyList<string>? Split(string text)
    {
        List<string> words = [];
        StringBuilder word = new();
        (bool inside, bool begun) = (false, false);
        foreach (char c in text)
        {
            if (c == '"')
            {
                (inside, begun) = (!inside, true);
            }
            else if (c == ' ' && !inside)
            {
                End();
            }
            else
            {
                word.Append(c);
                begun = true;
            }
        }

        End();
        return inside || words.Count == 0 || words[0].Length == 0 || text.Any(char.IsControl) ? null : words;

        void End()
        {
            if (begun)
            {
                words.Add(word.ToString());
                word.Clear();
                begun = false;
            }
        }
    }

    /// <summary>Takes away what the county's own environment holds for the county alone.</summary>
    public static void WithoutSecrets(IDictionary<string, string?> environment) =>
        Array.ForEach(s_secrets, name => environment.Remove(name));

    /// <summary>Whether the fire of any case is taken by nobody.</summary>
    public static bool Waits(SqlStore rows) =>
        rows.CountCases().Any(one => one is { Class: CaseClass.Alarm, State: CaseState.Open, Count: > 0 });

    /// <summary>Looks and sounds until told to end.</summary>
    public async Task Run(CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                await Task.Delay(await Look(stop) ? everyMs : ServerLimits.SoundLookMs, stop);
            }
        }
        catch (OperationCanceledException)
        {
            // The county ends, and what was sounding was ended with it.
        }
    }

    /// <summary>True when it ran.</summary>
    private async Task<bool> Look(CancellationToken stop)
    {
        try
        {
            if (!waits())
            {
                return false;
            }
        }
        catch (Exception e) when (e is DbException or StoreException or InvalidOperationException)
        {
            // Nobody knows whether a fire waits. The county says what is wrong with its database.
            return false;
        }

        Became(await Sound(stop));
        return true;
    }

    /// <summary>Runs it once; gives what went wrong, or null.</summary>
    private async Task<string?> Sound(CancellationToken stop)
    {
        ProcessStartInfo start = new(words[0], words.Skip(1))
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        WithoutSecrets(start.Environment);
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or IOException)
        {
            return e.Message;
        }

        using (process)
        {
            string said = "";
            process.ErrorDataReceived += (_, line) => said = string.IsNullOrWhiteSpace(line.Data) ? said : line.Data;
            process.OutputDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            process.BeginOutputReadLine();
            process.StandardInput.Close();
            using CancellationTokenSource bound = CancellationTokenSource.CreateLinkedTokenSource(stop);
            bound.CancelAfter(RunMs);
            try
            {
                await process.WaitForExitAsync(bound.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                stop.ThrowIfCancellationRequested();
                return $"ended after {RunMs / 1_000} s; allowed: a command that ends by itself";
            }

            return process.ExitCode == 0 ? null : $"exit code {process.ExitCode} {ScreenText.Plain(said)}".TrimEnd();
        }
    }

    /// <summary>A fault is said once until another comes or it is gone.</summary>
    private void Became(string? problem)
    {
        if (problem != _problem)
        {
            _problem = problem;
            tell(
                problem is null,
                problem is null ? "声响命令恢复 the sound command works again" : $"声响命令失败 sound command '{words[0]}': {problem}");
        }
    }
}
