// Owns: the rules over the repository's text files, each shown a planted sample that it must refuse.
// Must never: exempt a file without saying here why.

using System.Text;
using Gateway.Tests.Tidy.Device;

namespace Gateway.Tests.Tidy.Sources;

public sealed class SourceTests
{
    private static readonly string[] s_binary = [".png", ".jpg", ".ico", ".pdf", ".gz", ".zip", ".bin", ".db"];

    // Data and files that a tool writes: a solution, the lists of the device's members, test vectors, drawings and what is made of them.
    private static readonly string[] s_data =
        [".sln", ".csv", ".svg", ".json", ".kicad_sch", ".kicad_sym", ".kicad_pro", ".net.xml", ".sha256"];

    private static readonly string[] s_deviceText =
        ["shared/Contract", "firmware/Core", "firmware/Link", "firmware/Start", "firmware/Esp32", "tests/Device"];

    private static IEnumerable<string> TextFiles => Repo.Files.Where(path => !s_binary.Any(ending =>
        path.EndsWith(ending, StringComparison.Ordinal)));

    private static IEnumerable<string> Written => TextFiles.Where(path => !s_data.Any(ending =>
        path.EndsWith(ending, StringComparison.Ordinal))
        && !path.StartsWith("firmware/DeviceCheck/api/", StringComparison.Ordinal));

    [Fact]
    public void Every_file_is_plain_UTF8_with_line_feeds_and_nothing_unseen()
    {
        byte[][] bad = [[0xEF, 0xBB, 0xBF, (byte)'a', 10], [(byte)'a', 13, 10], [(byte)'a', 0, 10], [(byte)'a', 9, 10], [0xFF, 10],
            [(byte)'a'],
            Encoding.UTF8.GetBytes("Gpio\u200BPin\n"), Encoding.UTF8.GetBytes("a\u202Eb\n"), Encoding.UTF8.GetBytes("a\uFFFFb\n"),
                Encoding.UTF8.GetBytes("a\u0085b\n")];
        Assert.All(bad, bytes => Assert.NotEmpty(TextRules.Encoding("a.cs", bytes)));
        Assert.Empty(TextRules.Encoding("a.cs", Encoding.UTF8.GetBytes("火警 1\n一键\n")));
        Assert.Empty(TextRules.Encoding("a.sln", Encoding.UTF8.GetBytes("\uFEFF\ta\n")));
        DeviceRule.AssertNothing(TextFiles.SelectMany(path => TextRules.Encoding(path, File.ReadAllBytes(Repo.Full(path)))));
    }

    [Fact]
    public void No_line_is_longer_than_140_columns() => Holds(TextRules.LongLines, Written,
        fine: "火警 " + new string('火', 137) + "\n    " + new string('x', 200) + "\n",
        bad: ["a " + new string('a', 139) + "\n", "a\n火警 " + new string('火', 138)]);

    // A document may be longer, since it is read by its headings; so may what a program writes.
    [Fact]
    public void No_source_file_is_longer_than_400_lines() => Holds(
        TextRules.TooManyLines,
        Written.Where(path => !path.EndsWith(".md", StringComparison.Ordinal) && !path.EndsWith(".g.cs", StringComparison.Ordinal)
            && !path.EndsWith("/PublicApi.txt", StringComparison.Ordinal)),
        fine: string.Concat(Enumerable.Repeat("a\n", 400)),
        bad: [string.Concat(Enumerable.Repeat("a\n", 401))]);

    [Fact]
    public void Every_source_file_begins_with_what_it_owns_and_must_never_do() => Holds(TextRules.NoHeader, Repo.FilesWith(".cs"),
        fine: "// Owns: the siren's pattern.\n// Must never: decide when it sounds.\n\nclass A { }\n",
        bad: ["using System;\n", "// Owns: the siren's pattern.\nclass A { }\n", "//\n//\nclass A { }\n",
            "\n// Owns: one line.\n// Must never: two.\n"]);

    [Fact]
    public void No_loop_counts_down_what_is_never_below_zero() => Holds(
        LoopRules.Endless,
        Repo.FilesWith(".cs").Where(path => !path.StartsWith("tests/Tidy/", StringComparison.Ordinal)),
        fine: "for (int i = 3; i >= 0; i--)\nfor (Lane lane = Lane.Fire; lane <= Lane.Routine; lane++)\n",
        bad: ["for (Lane lane = Lane.Routine; lane >= Lane.Fire; lane--)\n", "for (byte i = 3; left && i >= 0; i -= 1)\n"]);

    [Fact]
    public void No_duration_of_the_county_is_reckoned_from_a_wall_clock() => Holds(
        ClockRules.WallClockDurations,
        Repo.FilesUnder("county", ".cs"),
        fine: "class A { long F(long runMs, long sinceRunMs, long utcMs) => runMs - sinceRunMs + G(utcMs + 5); }\n",
        bad: ["class A { bool F(long nowMs, long lastSeenMs) => nowMs - lastSeenMs > 5; }\n",
            "class A { bool F(long nowMs, E e) => nowMs >= e.StartedMs + 60_000; }\n",
            "class A { object F(System.DateTime a) => System.DateTime.UtcNow - a; }\n",
            "class A { object F(TimeProvider t, X a) => t.GetUtcNow().Subtract(a); }\n"]);

    [Fact]
    public void Every_bound_stands_in_the_file_of_bounds_of_its_room()
    {
        Holds(LimitRules.Elsewhere, LimitRules.Sources,
            fine: "class A { const int ClockAt = 8 + 8; const int FileBytes = Limits.SegmentBytes * Size; int _leftMs = 0;\n"
                + "bool F(long nowMs, int offsetMin) => nowMs + Limits.AnswerMs >= offsetMin * 60 && (nowMs + 999) / 1000 > 0; }\n",
            bad: ["class A { const int AnswerMs = 5_000; }\n", "class A { const int MostBytes = 2 * 1024; }\n",
                "class A { void F() { const int TriesMax = 3; } }\n", "class A { int RedDays = 15; }\n",
                "class A { int AnswerMs { get; init; } = 5_000; }\n", "class A { bool F(long nowMs) => nowMs - _since >= 60 * 1000; }\n",
                "class A { bool F(int seconds) => 3600 < seconds; }\n", "class A { void F() { Thread.Sleep(20); } }\n",
                "class A { static readonly TimeSpan s_end = TimeSpan.FromSeconds(10); }\n"]);
        Assert.Empty(LimitRules.Gone(Repo.Text));
    }

    [Fact]
    public void Every_bound_has_its_reason() => Holds(LimitRules.WithoutReason, LimitRules.Files,
        fine: "class A\n{\n    /// <summary>So many fit.</summary>\n    public const int A = 1;\n    public const int B = 2;\n}\n",
        bad: ["class A\n{\n    public const int A = 1;\n}\n",
            "class A\n{\n    /// <summary>So many fit.</summary>\n    public const int A = 1;\n\n    public const int B = 2;\n}\n"]);

    [Fact]
    public void Nothing_is_left_for_later() => Holds(TextRules.Unfinished, Written,
        fine: "// Todos los derechos\n", bad: ["// TO" + "DO: later\n", "// FIX" + "ME\n", "// a HA" + "CK\n"]);

    [Fact]
    public void The_devices_text_has_no_preprocessor_directive() => Holds(TextRules.Preprocessor, DeviceText(),
        fine: "class A { string s = \"#if\"; }\n",
        bad: ["#if NANOFRAMEWORK_1_0\n#endif\n", "  # define DEBUG\n", "#pragma warning disable\n"]);

    [Fact]
    public void No_pipeline_of_a_script_ends_in_a_reader_that_stops_early() => Holds(
        ShellRules.StopsEarly, TextFiles.Where(path => ShellRules.IsShell(path, Repo.Text(path))),
        fine: "# ldconfig -p | grep -q x\ngrep -q x <<<\"$(ldconfig -p)\" || head -1 file\nps | grep x | sed 's/q/p/' | tail -1\n"
            + "events | awk '\n/x/ { n++ }\nEND { exit !n }'\n",
        bad: ["ldconfig -p | grep -q 'libx'\n", "ldconfig -p 2>&1 |\n  grep --quiet x\n", "ls | grep -i -m 1 x\n", "ls | head -1\n",
            "ls |\\\n  head\n", "ls | sed -n '1p;1q'\n", "ls | sed 5q\n", "ls | awk '/x/ { exit }'\n", "ls | read -r one\n"]);

    [Fact]
    public void Every_link_in_a_document_leads_to_a_file_and_a_heading_of_the_repository()
    {
        Dictionary<string, string> files = new(StringComparer.Ordinal) { ["docs/other.md"] = "# The `one` way, 火警\n", ["README.md"] = "" };
        string? Read(string path) => files.GetValueOrDefault(path);
        string[] bad = ["[a](gone.md)", "[a](../../up.md)", "[a](/etc/hosts)", "[a](other.md#two)", "[a](#nothing)"];
        Assert.All(bad, link => Assert.NotEmpty(LinkRules.Broken("docs/a.md", link + "\n", Read)));
        Assert.Empty(LinkRules.Broken("docs/a.md",
            "# A\n[a](other.md#the-one-way-火警) [b](../README.md) [c](#a) `[d](gone.md)`\n```\n[e](gone.md)\n```\n", Read));

        static string? ReadRepo(string path) =>
            File.Exists(Repo.Full(path)) ? Repo.Text(path) : Directory.Exists(Repo.Full(path)) ? "" : null;
        DeviceRule.AssertNothing(Repo.FilesWith(".md").SelectMany(path => LinkRules.Broken(path, Repo.Text(path), ReadRepo)));
    }

    [Fact]
    public void Every_test_that_a_document_names_is_there_and_every_attack_has_one()
    {
        ILookup<string, string> planted = TestNameRules.Tests(["class SirenTests\n{\n    public void Is_heard()\n    {\n    }\n}\n"]);
        Assert.Empty(TestNameRules.Missing("a.md", "`SirenTests.Is_heard`, `SirenTests`, `Siren.Is_heard`\n", planted));
        Assert.All(["`SirenTests.Is_mute`", "`BellTests`"], bad => Assert.NotEmpty(TestNameRules.Missing("a.md", bad, planted)));
        Assert.Empty(TestNameRules.Untested("a.md", "- **A.** Holds: b. Test:\n  `SirenTests`.\n- **C.** Test: by design.\n## D\n"));
        Assert.All(["- **A.** Holds: b.\n", "- **A.** Test: .\n- **B.** Test: `SirenTests`.\n"],
            bad => Assert.Single(TestNameRules.Untested("a.md", bad)));

        ILookup<string, string> tests = TestNameRules.Tests(Repo.FilesUnder("tests", ".cs").Select(Repo.Text));
        DeviceRule.AssertNothing(Repo.FilesUnder("docs", ".md").SelectMany(path => TestNameRules.Missing(path, Repo.Text(path), tests)));
        const string Security = "docs/security.md";
        string attacks = Repo.Text(Security).Split("\n## ").Single(part => part.StartsWith("Who attacks", StringComparison.Ordinal));
        DeviceRule.AssertNothing(TestNameRules.Untested(Security, attacks));
    }

    private static IEnumerable<string> DeviceText() => s_deviceText.SelectMany(folder => Repo.FilesUnder(folder, ".cs"))
        .Where(path => !Projects.ProjectFiles.IsBesideTheDevice(path));

    private static void Holds(Func<string, string, IEnumerable<Finding>> rule, IEnumerable<string> paths, string fine, string[] bad)
    {
        Assert.All(bad, sample => Assert.NotEmpty(rule("planted.cs", sample)));
        DeviceRule.AssertNothing(rule("planted.cs", fine));
        string[] all = [.. paths];
        Assert.NotEmpty(all);
        DeviceRule.AssertNothing(all.SelectMany(path => rule(path, Repo.Text(path))));
    }
}
