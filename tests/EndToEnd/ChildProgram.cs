// Owns: one of our own programs as a child process, with every line that it printed.
// Must never: leave the process behind.

using System.Diagnostics;
using System.Reflection;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

/// <summary>gateway-pc, county or demo, from the same build configuration as the tests.</summary>
public sealed class ChildProgram : IDisposable
{
    private readonly List<string> _lines = [];
    private readonly Process _process;

    private ChildProgram(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.ArgumentList.Add(program);
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        _process.StandardInput.Close();
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public static ChildProgram Gateway(params string[] arguments) => new(Built("firmware/Pc", "gateway-pc.dll"), arguments);

    public static ChildProgram County(params string[] arguments) => new(Built("county/Server", "county.dll"), arguments);

    public static ChildProgram Demo(params string[] arguments) => new(Built("tools/Demo", "demo.dll"), arguments);

    public int Id => _process.Id;

    /// <summary>Everything printed so far.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    public bool Running => !_process.HasExited;

    /// <summary>Waits for the end; the exit code.</summary>
    public int Finish(int withinMs)
    {
        if (!_process.WaitForExit(withinMs))
        {
            throw new TimeoutException($"still running after {withinMs} ms:\n{string.Join('\n', Lines)}");
        }

        _process.WaitForExit();
        return _process.ExitCode;
    }

    /// <summary>SIGKILL: nothing is flushed, no destructor runs.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>SIGSTOP: it holds its connections and does nothing.</summary>
    public void Freeze() => Signals.Send(_process.Id, Signals.Stop);

    /// <summary>SIGCONT after <see cref="Freeze"/>.</summary>
    public void Thaw() => Signals.Send(_process.Id, Signals.Continue);

    /// <summary>Waits until a printed line has the text.</summary>
    public void Await(string text, int withinMs) => Await(withinMs, text);

    /// <summary>Waits until one printed line has all the texts.</summary>
    public void Await(int withinMs, params string[] texts)
    {
        var watch = Stopwatch.StartNew();
        while (!Lines.Any(line => texts.All(text => line.Contains(text, StringComparison.Ordinal))))
        {
            if (watch.ElapsedMilliseconds > withinMs || !Running)
            {
                throw new TimeoutException($"no line with '{string.Join("' and '", texts)}':\n{string.Join('\n', Lines)}");
            }

            Thread.Sleep(10);
        }
    }

    public void Dispose()
    {
        if (Running)
        {
            Kill();
        }

        _process.Dispose();
    }

    private static string Built(string folder, string file)
    {
        string configuration = typeof(ChildProgram).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        return Repository.Path(folder, "bin", configuration, "net10.0", file);
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            lock (_lines)
            {
                _lines.Add(line);
            }
        }
    }
}
