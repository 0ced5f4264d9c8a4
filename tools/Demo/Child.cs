// Owns: one of our programs as a child process, ended with us.
// Must never: end a process that it did not start, or leave one behind.

using System.Diagnostics;

namespace Gateway.Demo;

internal sealed class Child : IDisposable
{
    private const int EndWaitMs = 5_000;
    private readonly Process _process;

    /// <param name="program">Assembly beside this one.</param>
    /// <param name="arguments">Its command line.</param>
    /// <param name="heard">Gets each line that it prints; null = it has our terminal.</param>
    public Child(string program, IEnumerable<string> arguments, Action<string>? heard)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, program), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = heard is not null,
            RedirectStandardError = heard is not null,
        };
        _process = Process.Start(start) ?? throw new IOException($"{program} does not start");
        if (heard is not null)
        {
            DataReceivedEventHandler line = (_, said) =>
            {
                if (said.Data is { } text)
                {
                    heard(text);
                }
            };
            _process.OutputDataReceived += line;
            _process.ErrorDataReceived += line;
            _process.BeginOutputReadLine();
            _process.BeginErrorReadLine();
        }
    }

    /// <summary>Waits for its end; the exit code.</summary>
    public int Wait()
    {
        _process.WaitForExit();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        try
        {
            if (!_process.HasExited)
            {
                _process.Kill(entireProcessTree: true);
                _process.WaitForExit(EndWaitMs);
            }
        }
        catch (InvalidOperationException)
        {
            // It ended by itself meanwhile.
        }

        _process.Dispose();
    }
}
