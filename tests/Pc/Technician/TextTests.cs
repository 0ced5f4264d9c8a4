// Owns: what `gateway check` and `gateway explain` say of settings, good and wrong, kept as approved files.
// Must never: approve by itself; GATEWAY_APPROVE=1 writes what is said now, for a person to read and commit.

using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Technician.Tests;

/// <summary>
/// Texts/NAME.txt is a good text, NAME.zh and NAME.en what is said of it; of each wrong text of the PC's own tests, Checked/NAME.zh.
/// </summary>
public sealed class TextTests
{
    private const int TextsMin = 20;

    private static readonly string s_good = Repository.Path("tests", "Pc", "Technician", "Texts");
    private static readonly string s_checked = Repository.Path("tests", "Pc", "Technician", "Checked");
    private static readonly string s_wrong = Repository.Path("tests", "Pc", "WrongSettings");

    public static TheoryData<string> Good() => Names(s_good);

    public static TheoryData<string> Wrong() => Names(s_wrong);

    [Theory]
    [MemberData(nameof(Good))]
    public void Good_text_is_checked_and_explained_as_approved(string name)
    {
        foreach (string lang in new[] { "zh", "en" })
        {
            Told check = Told.Of("check", Path.Combine(s_good, name + ".txt"), "--lang", lang);
            Told explain = Told.Of("explain", Path.Combine(s_good, name + ".txt"), "--lang", lang);
            Assert.Equal((0, 0, "", ""), (check.Code, explain.Code, check.Errors, explain.Errors));
            Approve(Path.Combine(s_good, $"{name}.{lang}"), Without(check.Said + explain.Said, s_good));
        }
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Wrong_text_is_refused_as_approved(string name)
    {
        using var folder = new TempFolder();
        string path = folder.Write(name, Escapes.BytesOf(File.ReadAllText(Path.Combine(s_wrong, name + ".txt"))));
        Told check = Told.Of("check", path, "--lang", "zh");
        Assert.Equal((1, ""), (check.Code, check.Errors));
        Assert.Equal(check.Said, Told.Of("explain", path, "--lang", "zh").Said);
        Approve(Path.Combine(s_checked, name + ".zh"), Without(check.Said, folder.Path));
    }

    [Fact]
    public void There_are_texts_enough()
    {
        Assert.InRange(Good().Count, TextsMin, 200);
        Assert.InRange(Good().Count + Wrong().Count, 40, 400);
        Assert.Equal(Good().Count * 2, Directory.GetFiles(s_good).Count(f => f.EndsWith(".zh", StringComparison.Ordinal) || f.EndsWith(
            ".en", StringComparison.Ordinal)));
        Assert.Equal(Wrong().Count, Directory.GetFiles(s_checked).Length);
    }

    [Fact]
    public void Difference_is_told_with_what_comes_what_goes_and_what_takes_a_restart()
    {
        string before = Path.Combine(s_good, "small.txt"), after = Path.Combine(s_good, "rules.txt");
        Told same = Told.Of("diff", before, before, "--lang", "zh");
        Assert.Equal((0, "两份配置一字不差，不用下发。\n"), (same.Code, same.Said));
        Told told = Told.Of("diff", before, after, "--lang", "zh");
        Assert.Equal(1, told.Code);
        Assert.Contains("＋ 联动规则 新增：规则 1", told.Said, StringComparison.Ordinal);
        Assert.Contains("＋ 部位 新增：8号 巡更点一", told.Said, StringComparison.Ordinal);
        Assert.Contains("～ 时限和村级工作 改变：135 时限", told.Said, StringComparison.Ordinal);
        Assert.Contains("类型：感烟探测器；动作即报火警 → 感烟探测器；动作先报预警，按第 1 组确认火警", told.Said, StringComparison.Ordinal);
        Assert.Contains("重启：", told.Said, StringComparison.Ordinal);
        Assert.Contains("规则、组或夜巡有改动", told.Said, StringComparison.Ordinal);
        Told back = Told.Of("diff", after, before, "--lang", "en");
        Assert.Contains("- Rules, gone: rule 7", back.Said, StringComparison.Ordinal);
    }

    [Fact]
    public void Comments_are_no_difference_and_another_station_takes_another_key()
    {
        using var folder = new TempFolder();
        string text = File.ReadAllText(Path.Combine(s_good, "small.txt"));
        string first = folder.Write("first", text), commented = folder.Write("commented", "# 注释\n" + text);
        string moved = folder.Write("moved", text.Replace("id=330701", "id=330702", StringComparison.Ordinal));
        Told same = Told.Of("diff", first, commented, "--lang", "en");
        Assert.Equal(0, same.Code);
        Assert.Contains("Both do the same", same.Said, StringComparison.Ordinal);
        Assert.Contains("换站：", Told.Of("diff", first, moved, "--lang", "zh").Said, StringComparison.Ordinal);
    }

    /// <summary>Each of these alone changes what a person hears or is told, so that a diff which leaves it out is wrong.</summary>
    [Theory]
    [InlineData("kind=flow", "kind=flow means=supervisory", "动作即报火警（配置定为火警） → 水流指示器；动作报监管报警（配置定为监管，不报火警）")]
    [InlineData("cases afterMin=5", "cases afterMin=5 mainsAfterMin=90", "停电：主电断电当时就显示，满 8 小时才登记隐患、站点码变黄 → 主电断电当时就显示，满 90 分钟才")]
    [InlineData("selftest hour=3", "selftest hour=3 sounds=yes from=09:00 to=17:30", "人工：声光警报器不响不亮，只试蜂鸣器和灯 → 09:00–17:30 之间声光警报器响亮 2 秒")]
    [InlineData("output relay1 pin=3", "output relay1 pin=3 name=村口广播", "～ 输出 改变：继电器1 → 继电器1（村口广播）")]
    public void A_change_of_what_is_heard_and_told_is_a_difference(string was, string comes, string told)
    {
        const string Whole = "station id=1 county=c township=t village=v name=站\nuplink host=h user=u\n"
            + "zone 1 kind=flow wiring=line input=a1 name=水流\ncases afterMin=5\nselftest hour=3\noutput relay1 pin=3\n";
        using var folder = new TempFolder();
        string first = folder.Write("first", Whole);
        string second = folder.Write("second", Whole.Replace(was, comes, StringComparison.Ordinal));
        Told diff = Told.Of("diff", first, second, "--lang", "zh");
        Assert.Contains(told, diff.Said, StringComparison.Ordinal);
        Assert.Single(diff.Said.Split('\n'), line => line.StartsWith('～'));
    }

    private static TheoryData<string> Names(string folder) =>
        [.. Directory.GetFiles(folder, "*.txt").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    private static string Without(string said, string folder) => said.Replace(folder
        + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);

    private static void Approve(string file, string said)
    {
        // A tab or another control character is shown as a dot; files of the repository have no blanks at the end of a line.
        string told = string.Concat(said.Split('\n', StringSplitOptions.RemoveEmptyEntries).SelectMany(Wrap.Lines).Select(line =>
            line.TrimEnd() + "\n"));
        if (Environment.GetEnvironmentVariable("GATEWAY_APPROVE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, told);
        }

        Assert.Equal(File.ReadAllText(file), told);
    }
}
