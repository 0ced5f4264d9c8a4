// Owns: the proof that `gateway doctor` looks for words and figures that the box's console says, and judges them right.
// Must never: know a word of its own.

using System.Text.RegularExpressions;
using Gateway.Technician.Serial;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Technician.Tests;

public sealed partial class DoctorTests
{
    private static readonly Tongue s_chinese = new(chinese: true);
    private static readonly Tongue s_english = new(chinese: false);

    [Fact]
    public void Every_word_that_is_looked_for_is_one_of_the_console()
    {
        string folder = Path.Combine(Repository.Root, "firmware", "Core", "Console");
        string[] said =
            [.. Directory.GetFiles(folder, "*.cs").SelectMany(file => Quoted().Matches(File.ReadAllText(file))).Select(m => m.Value)];
        (string Chinese, string English)[] looked =
        [
            .. DoctorCommand.Ills.Select(one => (one.Chinese, one.English)),
            .. DoctorCommand.Figures.Select(one => (one.Chinese, one.English)),
        ];
        Assert.All(looked, one => Assert.Contains(said, text => text.Contains(one.Chinese, StringComparison.Ordinal)));
        Assert.All(
            looked.SelectMany(one => one.English.Split(' ', StringSplitOptions.RemoveEmptyEntries)),
            word => Assert.Contains(said, text => text.Split(' ', '"', '(', ')', ':', ',').Contains(word)));
    }

    [Theory]
    [InlineData("status", "  程序 0.1.0，主板 -，最长一轮 35 ms，内存余 5120 K，系统余 -", "")]
    [InlineData("status", "  程序 0.1.0，主板 -，最长一轮 10000 ms，内存余 5120 K，系统余 90 K", "停顿太久")]
    [InlineData("status", "  程序 0.1.0，主板 -，最长一轮 9999 ms，内存余 256 K，系统余 48 K", "")]
    [InlineData("status", "  程序 0.1.0，主板 -，最长一轮 35 ms，内存余 255 K，系统余 90 K", "内存快用完")]
    [InlineData("status", "  程序 0.1.0，主板 -，最长一轮 35 ms，内存余 - ，系统余 47 K", "系统内存快用完")]
    [InlineData("link", "  上线次数 1，重发 0，未受理 0", "")]
    [InlineData("link", "  上线次数 1，重发 0，未受理 3", "county refused")]
    [InlineData("link", "  县平台 待重连，未存 3", "服务器地址")]
    [InlineData("zones", "  2 a2 smoke 仓库感烟  断线 故障", "终端电阻")]
    public void A_line_of_the_box_is_judged(string verb, string line, string next) =>
        Assert.Equal(next.Length > 0, DoctorCommand.Judge(s_chinese, verb, line).Any(one => one.Contains(next, StringComparison.Ordinal)));

    [Theory]
    [InlineData("程序 OWN esp32-s3，主板 -", "")]
    [InlineData("program pc-OWN, board -", "")]
    [InlineData("程序 9.9.9 esp32-s3，主板 -", "gateway flash")]
    [InlineData("program pc-9.9.9, board -", "gateway flash")]
    [InlineData("站点 1 9.9.9", "")]
    public void Application_and_tool_are_compared(string line, string told) => Assert.Contains(
        told, DoctorCommand.VersionTrouble(s_english, line.Replace("OWN", DoctorCommand.Own, StringComparison.Ordinal)) ?? "",
        StringComparison.Ordinal);

    [Theory]
    [InlineData("2026-11-28 10:00:00 +08:00", "")]
    [InlineData("2026-11-28 10:01:59 +08:00", "")]
    [InlineData("2026-11-28 10:02:00 +08:00", "快 120 秒")]
    [InlineData("2026-11-28 09:00:00 +08:00", "慢 3600 秒")]
    [InlineData("2026-11-28 02:00:00 +00:00", "")]
    [InlineData("- +08:00", "")]
    public void Clocks_of_box_and_laptop_are_compared(string box, string told)
    {
        DateTimeOffset now = new(2026, 11, 28, 10, 0, 0, TimeSpan.FromHours(8));
        string trouble = DoctorCommand.ClockTrouble(s_chinese, $"  {box}  县平台的时间", now) ?? "";
        Assert.Contains(told, trouble, StringComparison.Ordinal);
        Assert.Equal(told.Length == 0, trouble.Length == 0);
    }

    [Fact]
    public void Driver_is_the_one_that_the_kernel_names()
    {
        using var folder = new TempFolder();
        string device = Directory.CreateDirectory(Path.Combine(folder.Path, "tty", "ttyACM0", "device")).FullName;
        string driver = Directory.CreateDirectory(Path.Combine(folder.Path, "drivers", "cdc_acm")).FullName;
        Directory.CreateSymbolicLink(Path.Combine(device, "driver"), driver);
        string tty = Path.Combine(folder.Path, "tty");
        Assert.Equal("cdc_acm", PortDriver.OnLinux(s_chinese, "/dev/ttyACM0", tty));
        Assert.Null(PortDriver.OnLinux(s_chinese, "/dev/ttyACM1", tty));
    }

    [GeneratedRegex("\"[^\"]*\"", RegexOptions.None, 60_000)]
    private static partial Regex Quoted();
}
