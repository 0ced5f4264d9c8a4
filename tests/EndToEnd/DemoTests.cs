// Owns: the proof that a demonstration leaves nothing behind, however it ends: no program, no folder, no key.
// Must never: look at a folder of a demonstration that is not this test's.

using Gateway.County;
using Gateway.County.Sql;

namespace Gateway.Tests.EndToEnd;

public sealed class DemoTests
{
    private const int WithinMs = 600_000;
    private const string LogsAt = "失败日志 logs: ";

    [Theory]
    [InlineData(Signals.Terminate, 143)]
    [InlineData(Signals.Interrupt, 130)]
    [InlineData(Signals.Hangup, 129)]
    public void Told_to_end_it_takes_its_gateway_and_its_folder_with_it(int signal, int code)
    {
        using ChildProgram demo = ChildProgram.Demo("--once");
        int gateway = 0;
        demo.Await(() => (gateway = GatewayOf(demo.Id)) != 0, WithinMs);
        string folder = FolderOf(demo.Id)!;
        Assert.True(File.Exists(Path.Combine(folder, "county.db")));
        Signals.Send(demo.Id, signal);
        Assert.Equal(code, demo.Finish(WithinMs));
        Assert.False(Directory.Exists(folder), "the folder is still there");
        Assert.False(File.Exists($"/proc/{gateway}/stat") && CommandLine(gateway).Length > 0, "the gateway still runs");
    }

    [Theory]
    [InlineData(Signals.Terminate, 143)]
    [InlineData(Signals.Interrupt, 130)]
    public void Told_to_end_while_it_starts_it_leaves_nothing(int signal, int code)
    {
        HashSet<string> before = [.. Folders()];
        foreach (int laterMs in (int[])[0, 40, 100, 180, 300, 500])
        {
            using ChildProgram demo = ChildProgram.Demo("--once");
            Thread.Sleep(laterMs);
            Signals.Send(demo.Id, signal);
            Assert.True(demo.Finish(WithinMs) == code, $"after {laterMs} ms: {demo.Said}");
            Assert.Empty(Folders().Except(before));
            Patience.Until(() => !GatewayRuns(), $"the end of the gateway of a demonstration that was told to end after {laterMs} ms");
        }
    }

    [Theory]
    [InlineData("empty.txt", "# 没有 nothing\n", "at least one step")]
    [InlineData("binary.txt", "\u0000\u0001\u001b[31m\u0007\uFFFF", "binary.txt:1")]
    [InlineData("word.txt", "dance\n", "word.txt:1")]
    [InlineData("none.txt", "settings none.txt.settings\n", "none.txt:1")]
    [InlineData("folder.txt", "settings .\n", "folder.txt:1")]
    [InlineData("long.txt", null, "at most 131072 bytes")]
    public void Story_that_is_none_is_refused_and_leaves_nothing(string name, string? text, string says)
    {
        string stories = Directory.CreateTempSubdirectory("故事 stories-").FullName;
        try
        {
            HashSet<string> before = [.. Folders()];
            string story = Path.Combine(stories, name);
            File.WriteAllText(story, text ?? new string('#', 10_000_000));
            using ChildProgram demo = ChildProgram.Demo("--script", story);
            int code = demo.Finish(WithinMs);
            string said = demo.Said;
            Assert.True(code == 2, said);
            Assert.Contains(says, said);
            Assert.DoesNotContain(said, c => char.IsControl(c) && c != '\n');
            Assert.Empty(Folders().Except(before));
        }
        finally
        {
            Directory.Delete(stories, recursive: true);
        }
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("--once")]
    public void Output_that_takes_nothing_is_told_in_a_sentence(string option)
    {
        string demo = ChildProgram.Built("tools/Demo", "demo.dll");
        using ChildProgram full = ChildProgram.Heeding(["bash", "-c", "exec dotnet \"$0\" \"$1\" >/dev/full", demo, option]);
        int code = full.Finish(WithinMs);
        foreach (string line in full.Lines.Where(line => line.StartsWith(LogsAt, StringComparison.Ordinal)))
        {
            Directory.Delete(line[LogsAt.Length..], recursive: true);
        }

        Assert.True(code == 1, full.Said);
        Assert.Contains("run.sh: standard output: No space left on device", full.Said);
        Assert.DoesNotContain("   at ", full.Said);
    }

    [Fact]
    public void Story_that_is_told_to_end_takes_its_folder_with_it_and_that_of_one_that_was_killed()
    {
        string[] slowly = ["--script", Repository.Path("firmware", "Pc", "stories", "press.txt"), "1"];
        string killed;
        using (ChildProgram first = ChildProgram.Demo(slowly))
        {
            killed = Playing(first);
            first.Kill();
        }

        Assert.True(Directory.Exists(killed));
        using ChildProgram second = ChildProgram.Demo(slowly);
        string folder = Playing(second, but: killed);
        Assert.False(Directory.Exists(killed), "what the killed one left is still there");
        Signals.Send(second.Id, Signals.Terminate);
        Assert.Equal(143, second.Finish(WithinMs));
        Assert.False(Directory.Exists(folder), "the folder is still there");
    }

    [Fact]
    public void Failed_story_leaves_its_logs_and_no_key()
    {
        string stories = Directory.CreateTempSubdirectory("故事 stories-").FullName;
        string? left = null;
        try
        {
            File.Copy(Repository.Path("firmware", "Pc", "stories", "village.txt"), Path.Combine(stories, "village.txt"));
            string story = Path.Combine(stories, "story.txt");
            File.WriteAllText(story, "settings village.txt\nclock 2026-11-22 01:00\nwait until online\nwait 1s\nexpect code red\n");
            using ChildProgram demo = ChildProgram.Demo("--script", story);
            Assert.Equal(1, demo.Finish(WithinMs));
            left = Assert.Single(demo.Lines, line => line.StartsWith(LogsAt, StringComparison.Ordinal))[LogsAt.Length..];
            Assert.Empty(Directory.GetFiles(left, "*secrets*", SearchOption.AllDirectories));
            using SqlStore store = SqlStore.Open(Path.Combine(left, "county.db"), create: false);
            Assert.Empty(store.Stations());
            Assert.NotEmpty(store.Events(new EventQuery()));
        }
        finally
        {
            Directory.Delete(stories, recursive: true);
            if (left is not null)
            {
                Directory.Delete(left, recursive: true);
            }
        }
    }

    private static string Playing(ChildProgram demo, string? but = null)
    {
        string? folder = null;
        demo.Await(() => (folder = FolderOf(demo.Id)) is not null && folder != but
            && Directory.Exists(Path.Combine(folder, "story", "state")), WithinMs);
        return folder!;
    }

    private static string[] Folders()
    {
        string run = Repository.Path("run");
        return Directory.Exists(run) ? Directory.GetDirectories(run, "demo.*") : [];
    }

    /// <summary>Whether a gateway of a demonstration of this copy runs.</summary>
    private static bool GatewayRuns() => Directory.GetDirectories("/proc").Any(folder =>
        int.TryParse(Path.GetFileName(folder), out int id) && CommandLine(id) is var said
        && said.Contains("gateway-pc.dll", StringComparison.Ordinal)
        && said.Contains(Repository.Path("run", "demo."), StringComparison.Ordinal));

    /// <summary>The folder whose lock the program holds.</summary>
    private static string? FolderOf(int id)
    {
        try
        {
            string? held = Directory.GetFiles($"/proc/{id}/fd").Select(fd => new FileInfo(fd).LinkTarget)
                .FirstOrDefault(target => target is not null && target.Contains("/run/demo.", StringComparison.Ordinal)
                    && target.EndsWith("/lock", StringComparison.Ordinal));
            return held is null ? null : Path.GetDirectoryName(held);
        }
        catch (IOException)
        {
            // A descriptor was closed meanwhile.
            return null;
        }
    }

    private static int GatewayOf(int id) =>
        Directory.GetDirectories($"/proc/{id}/task").SelectMany(Children).FirstOrDefault(child =>
            CommandLine(child).Contains("gateway-pc.dll", StringComparison.Ordinal));

    private static IEnumerable<int> Children(string task)
    {
        string file = Path.Combine(task, "children");
        return File.Exists(file)
            ? File.ReadAllText(file).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)
            : [];
    }

    private static string CommandLine(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }
}
