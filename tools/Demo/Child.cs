// Owns: one of our programs as a child process, ended with us.
// Must never: end a process that it did not start, or leave one behind.

using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Gateway.Demo;

internal sealed partial class Child : IDisposable
{
    private const int EndWaitMs = 5_000;
    private const int Terminate = 15;

    private static readonly Lock s_gate = new();
    private static readonly HashSet<Child> s_running = [];

    private readonly Process _process;
    private IOException? _untold;

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
        lock (s_gate)
        {
            _process = Process.Start(start) ?? throw new IOException($"{program} does not start");
            s_running.Add(this);
        }

        if (heard is not null)
        {
            DataReceivedEventHandler line = (_, said) =>
            {
                try
                {
                    if (said.Data is { } text)
                    {
                        heard(text);
                    }
                }
                catch (IOException e)
                {
                    // Nobody takes what it says; whoever waits for it is told.
                    _untold = e;
                }
            };
            _process.OutputDataReceived += line;
            _process.ErrorDataReceived += line;
            _process.BeginOutputReadLine();
            _process.BeginErrorReadLine();
        }
    }

    /// <summary>Ends this process with all children. Nobody starts one meanwhile, or goes on after waiting for one.</summary>
    public static void EndAll(Action last, int exitCode)
    {
        lock (s_gate)
        {
            foreach (Child child in s_running)
            {
                child.End();
            }

            last();
            Environment.Exit(exitCode);
        }
    }

    /// <summary>Does what must not happen while we are being ended.</summary>
    public static void Undisturbed(Action work)
    {
        lock (s_gate)
        {
            work();
        }
    }

    /// <summary>Waits for its end; the exit code.</summary>
    /// <exception cref="IOException">What it said was not taken.</exception>
    public int Wait()
    {
        _process.WaitForExit();
        lock (s_gate)
        {
            return _untold is null ? _process.ExitCode : throw _untold;
        }
    }

    public void Dispose()
    {
        lock (s_gate)
        {
            End();
            s_running.Remove(this);
            _process.Dispose();
        }
    }

    private void End()
    {
        try
        {
            // Told to, it gives the terminal back as it was.
            if (!OperatingSystem.IsWindows() && !_process.HasExited && Signal(_process.Id, Terminate) == 0)
            {
                _process.WaitForExit(EndWaitMs);
            }

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
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int processId, int signal);
}
