// Owns: one of our own programs as a child process, with every line that it printed.
// Must never: leave the process behind.

using System.Diagnostics;
using System.Reflection;
using System.Text;

namespace Gateway.Tests.Support;

/// <summary>From the same build configuration as the tests.</summary>
public sealed class ChildProgram : IDisposable
{
    private const int EnvMs = 60_000;

    private readonly List<string> _lines = [];
    private readonly Process _process;

    private ChildProgram(string program, IEnumerable<string> arguments)
        : this(new ProcessStartInfo("dotnet", [program, .. arguments]))
    {
    }

    private ChildProgram(ProcessStartInfo start)
    {
        _process = Begin(start);
        _process.StandardInput.Close();
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public static ChildProgram Gateway(params string[] arguments) => new(Built("firmware/Pc", "gateway-pc.dll"), arguments);

    public static ChildProgram County(params string[] arguments) => new(Built("county/Server", "county.dll"), arguments);

    public static ChildProgram Demo(params string[] arguments) => Heeding(["dotnet", Built("tools/Demo", "demo.dll"), .. arguments]);

    /// <summary>A program that lies beside the tests.</summary>
    public static ChildProgram Beside(string program, params string[] arguments) =>
        new(Path.Combine(AppContext.BaseDirectory, program), arguments);

    /// <summary>A program that lies beside the tests, run to its end.</summary>
    /// <param name="folder">Where it is started.</param>
    /// <param name="program">Its assembly.</param>
    /// <param name="arguments">Its command line.</param>
    public static (int Code, string Output, string Error) Run(string folder, string program, params string[] arguments) =>
        Run(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, program), .. arguments]) { WorkingDirectory = folder });

    /// <summary>A line of the shell, run to its end.</summary>
    public static (int Code, string Output, string Error) Shell(string line) => Run(new ProcessStartInfo("bash", ["-c", line]));

    /// <summary>Any program, run to its end, with nothing to read.</summary>
    public static (int Code, string Output, string Error) Run(ProcessStartInfo start)
    {
        using Process process = Begin(start);
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    /// <summary>A program that heeds signals, also where the tests were started with some of them ignored, as by nohup.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="folder">Where it is started; null = where the tests are.</param>
    /// <param name="path">Where it looks for programs; null = as the tests.</param>
    public static ChildProgram Heeding(IEnumerable<string> command, string? folder = null, string? path = null)
    {
        ProcessStartInfo start = new("/usr/bin/env", ["--default-signal=HUP,INT,TERM", .. command]) { WorkingDirectory = folder ?? "" };
        start.Environment["PATH"] = path ?? start.Environment["PATH"];
        ChildProgram program = new(start);

        // Until env has put the program in its place, a signal may still be ignored.
        SpinWait.SpinUntil(() => !program.Running || NameOf(program.Id) != "env", EnvMs);
        return program;
    }

    private static string NameOf(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/comm").TrimEnd();
        }
        catch (IOException)
        {
            return "";
        }
    }

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

    public string Said => string.Join('\n', Lines);

    public bool Running => !_process.HasExited;

    /// <summary>Waits for the end; the exit code.</summary>
    public int Finish(int withinMs)
    {
        if (!_process.WaitForExit(withinMs))
        {
            throw new TimeoutException($"still running after {withinMs} ms:\n{Said}");
        }

        _process.WaitForExit();
        return _process.ExitCode;
    }

    /// <summary>Asks it to end; the exit code.</summary>
    public int Stop(int withinMs = 120_000)
    {
        Signals.Send(_process.Id, Signals.Terminate);
        return Finish(withinMs);
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
    public void Await(int withinMs, params string[] texts) => Await(
        () => Lines.Any(line => texts.All(text => line.Contains(text, StringComparison.Ordinal))), withinMs,
        $"no line with '{string.Join("' and '", texts)}'");

    /// <summary>Waits until something holds, which it must while the program runs.</summary>
    public void Await(Func<bool> holds, int withinMs, string otherwise = "what was awaited did not come")
    {
        var watch = Stopwatch.StartNew();
        for (bool running = true; !holds(); running = Running)
        {
            if (!running || watch.ElapsedMilliseconds > withinMs)
            {
                throw new TimeoutException($"{otherwise}:\n{Said}");
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

    /// <summary>A file of a program's build, of the configuration of the tests.</summary>
    public static string Built(string folder, string file)
    {
        string configuration = typeof(ChildProgram).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        return Repository.Path(folder, "bin", configuration, "net10.0", file);
    }

    private static Process Begin(ProcessStartInfo start)
    {
        start.UseShellExecute = false;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.RedirectStandardInput = true;
        start.StandardOutputEncoding = Encoding.UTF8;
        start.StandardErrorEncoding = Encoding.UTF8;
        return Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start");
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
