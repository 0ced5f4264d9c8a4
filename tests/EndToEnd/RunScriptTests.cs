// Owns: the proof that run.sh leaves nothing behind, however it ends while it builds: no process, no file.
// Must never: build anything: a program in the compiler's place waits until the test lets it end.

using System.Runtime.Versioning;

namespace Gateway.Tests.EndToEnd;

[SupportedOSPlatform("linux")]
public sealed class RunScriptTests : IDisposable
{
    private const int WithinMs = 600_000;

    // Like the compiler it has a child, and it takes no step that a test does not wait for.
    private const string Compiler = """
        #!/usr/bin/env bash
        if [ "$1" != build ]; then
          echo "asked: ${*:2}, in $PWD, of ${1##*/}"
          exit
        fi
        [ ! -e "$0.stubborn" ] || trap '' TERM
        sleep 1000 &
        echo "$$ $!" >>"$0.ids"
        echo "built in part"
        : >"$0.building"
        until [ -e "$0.end" ]; do sleep 0.05; done
        kill "$!"
        read -r code <"$0.end"
        exit "$code"
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("演示 run-").FullName;

    public RunScriptTests()
    {
        File.Copy(Repository.Path("run.sh"), In("run.sh"));
        File.Copy(Repository.Path("global.json"), In("global.json"));
        Directory.CreateDirectory(In("bin"));
        File.WriteAllText(In("bin/dotnet"), Compiler);
        File.SetUnixFileMode(In("bin/dotnet"), File.GetUnixFileMode(In("run.sh")));
    }

    [Theory]
    [InlineData(Signals.Terminate, 143, false)]
    [InlineData(Signals.Interrupt, 130, false)]
    [InlineData(Signals.Hangup, 129, false)]
    [InlineData(Signals.Terminate, 143, true)]
    [InlineData(Signals.Interrupt, 130, true)]
    public void Told_to_end_while_it_builds_it_ends_the_build_with_its_children(int signal, int code, bool stubborn)
    {
        if (stubborn)
        {
            File.WriteAllText(In("bin/dotnet.stubborn"), "");
        }

        using (ChildProgram run = Building())
        {
            Assert.Single(Logs());
            Signals.Send(run.Id, signal);
            Assert.Equal(code, run.Finish(WithinMs));
        }

        NothingIsLeft();
        TheNextOneWorks();
    }

    [Theory]
    [InlineData(Signals.Terminate, 143)]
    [InlineData(Signals.Interrupt, 130)]
    public void Told_to_end_at_any_moment_it_leaves_nothing(int signal, int code)
    {
        foreach (int laterMs in (int[])[0, 1, 2, 3, 5, 8, 12, 20, 40])
        {
            using ChildProgram run = Run("--once");
            Thread.Sleep(laterMs);
            Signals.Send(run.Id, signal);
            Assert.True(run.Finish(WithinMs) == code, $"after {laterMs} ms: {run.Said}");
            NothingIsLeft();
        }

        TheNextOneWorks();
    }

    [Fact]
    public void Killed_outright_it_leaves_a_log_that_the_next_one_takes_away()
    {
        using (ChildProgram run = Building())
        {
            run.Kill();
        }

        // Its build goes on, and the next one waits for that.
        string left = Assert.Single(Logs());
        using ChildProgram next = Run("--once");
        next.Await(() => !File.Exists(left), WithinMs);
        Assert.Single(File.ReadAllLines(In("bin/dotnet.ids")));
        LetTheBuildEnd(0);
        Assert.Equal(0, next.Finish(WithinMs));
        Assert.Equal(2, File.ReadAllLines(In("bin/dotnet.ids")).Length);
        NothingIsLeft();
    }

    [Fact]
    public void Failed_build_is_shown_and_leaves_nothing()
    {
        LetTheBuildEnd(1);
        using ChildProgram run = Run("--once");
        Assert.Equal(2, run.Finish(WithinMs));
        Assert.Equal(["built in part", "run.sh: the build failed", "编译 building…"], run.Lines.Order(StringComparer.Ordinal));
        NothingIsLeft();
    }

    [Theory]
    [InlineData("../run.sh")]
    [InlineData("./link")]
    public void Story_is_looked_for_from_where_its_name_was_typed(string script)
    {
        LetTheBuildEnd(0);
        string elsewhere = Directory.CreateDirectory(In("别处 elsewhere")).FullName;
        File.CreateSymbolicLink(Path.Combine(elsewhere, "link"), "../run.sh");
        using ChildProgram run = ChildProgram.Heeding(["bash", script, "--script", "故 事.txt"], elsewhere, Programs);
        Assert.Equal(0, run.Finish(WithinMs));
        Assert.Contains($"asked: --script 故 事.txt, in {elsewhere}, of demo.dll", run.Lines);
    }

    [Fact]
    public void Folder_that_is_none_and_a_missing_SDK_are_told_with_what_is_allowed()
    {
        File.WriteAllText(In("run"), "");
        using (ChildProgram run = Run("--once"))
        {
            Assert.Equal(2, run.Finish(WithinMs));
            Assert.Equal([$"run.sh: '{In("run")}' can't be written; allowed: a folder of yours, or none"], run.Lines);
        }

        File.Delete(In("bin/dotnet"));
        foreach (string program in (string[])["bash", "dirname", "readlink", "sed"])
        {
            File.CreateSymbolicLink(In("bin/" + program), $"/usr/bin/{program}");
        }

        using ChildProgram bare = ChildProgram.Heeding(["bash", In("run.sh"), "--once"], _folder, In("bin"));
        Assert.Equal(2, bare.Finish(WithinMs));
        Assert.StartsWith("run.sh: the .NET SDK is missing; allowed: version 10.", Assert.Single(bare.Lines), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        // What a test that failed has left is ended, so that the machine does not keep it.
        foreach (int id in Ids().Where(Runs))
        {
            Signals.Send(id, Signals.Kill);
        }

        Directory.Delete(_folder, recursive: true);
    }

    private string In(string name) => Path.Combine(_folder, name);

    private string Programs => $"{In("bin")}:{Environment.GetEnvironmentVariable("PATH")}";

    private ChildProgram Run(params string[] arguments) =>
        ChildProgram.Heeding(["bash", In("run.sh"), .. arguments], _folder, Programs);

    private ChildProgram Building()
    {
        ChildProgram run = Run("--once");
        run.Await(() => File.Exists(In("bin/dotnet.building")), WithinMs);
        return run;
    }

    private void LetTheBuildEnd(int code)
    {
        File.WriteAllText(In("new"), $"{code}\n");
        File.Move(In("new"), In("bin/dotnet.end"));
    }

    private void TheNextOneWorks()
    {
        File.Delete(In("bin/dotnet.stubborn"));
        LetTheBuildEnd(0);
        using ChildProgram next = Run("--once");
        Assert.True(next.Finish(WithinMs) == 0, next.Said);
        Assert.Contains($"asked: --once, in {_folder}, of demo.dll", next.Lines);
        NothingIsLeft();
    }

    private void NothingIsLeft()
    {
        Assert.Empty(Logs());
        Patience.Until(() => !Ids().Any(Runs), "the end of all processes of the build");
    }

    private string[] Logs() => Directory.Exists(In("run")) ? Directory.GetFiles(In("run"), "build.*.log") : [];

    private IEnumerable<int> Ids() => File.Exists(In("bin/dotnet.ids"))
        ? File.ReadAllLines(In("bin/dotnet.ids")).SelectMany(line => line.Split(' ')).Select(int.Parse) : [];

    /// <summary>One that has ended may still be listed until somebody asks for its code.</summary>
    private static bool Runs(int id)
    {
        try
        {
            string status = File.ReadAllText($"/proc/{id}/stat");
            return status[status.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }
}
