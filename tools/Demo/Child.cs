// Owns: one of our programs as a child process, ended with us.
// Must never: end a process that it did not start, or leave one behind.

using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Gateway.Demo;

internal sealed class Child : IDisposable
{
    private const int EndWaitMs = 5_000;
    private readonly Process _process;
    private readonly List<PosixSignalRegistration> _signals = [];

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

        // Told to end, we end the child first; its end is ours, with all that is cleaned up then.
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, EndChild));
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, EndChild));
        if (heard is not null)
        {
            // A child with our terminal takes the interrupt itself.
            _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, EndChild));
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
        _signals.ForEach(one => one.Dispose());
        Kill();
        _process.Dispose();
    }

    private void EndChild(PosixSignalContext told)
    {
        told.Cancel = true;
        Kill();
    }

    private void Kill()
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
    }
}
