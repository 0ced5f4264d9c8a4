// Owns: that every list ends and shows its values whatever the terminal's width is.
// Must never: need a terminal, but for the one test that asks for one.

using System.Runtime.Versioning;
using System.Text;
using Gateway.County.Server;
using Spectre.Console;

namespace Gateway.County.Tests;

[SupportedOSPlatform("linux")]
public sealed class ReportTableTests
{
    private const int WidthMax = 300;

    private static readonly string[] s_columns =
        ["站点", "名称", "乡镇", "通信", "最近", "现状", "站点码", "未存 火警", "未存 状态", "未存 日志", "版本"];

    private static readonly string[] s_row =
        ["330701", "金塘村微型消防站", "330726101", "在线", "12 s前", "火警 预警 故障 屏蔽 监管报警 县平台未收到火警", "红", "12/12", "240/251", "9/9", "0.1.0"];

    [Fact]
    public void Table_ends_and_shows_every_value_at_every_width()
    {
        for (int width = 1; width <= WidthMax; width++)
        {
            string shown = Shown(s_columns, [s_row, s_row], width);
            string text = new([.. shown.Where(c => !char.IsWhiteSpace(c) && c is < '─' or > '╿')]);
            foreach (string value in s_row)
            {
                Assert.Contains(value.Split(' ')[0], text, StringComparison.Ordinal);
            }

            // A two-cell character in one cell cannot be narrower than it is.
            Assert.All(shown.Split('\n'), line => Assert.InRange(line.GetCellWidth(), 0, Math.Max(2, width)));
        }
    }

    [Fact]
    public void Table_without_rows_ends_at_every_width()
    {
        for (int width = 1; width <= WidthMax; width++)
        {
            Assert.Contains("站", Shown(s_columns, [], width), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Wide_terminal_gets_a_table_and_a_narrow_one_a_block_a_row()
    {
        Assert.Contains('│', Shown(["时间", "事件"], [["08:00", "火警 3号手动报警按钮 较大"]], 60));
        string narrow = Shown(["时间", "事件"], [["08:00", "火警 3号手动报警按钮 较大"]], 20);
        Assert.Equal("时间: 08:00\n事件: 火警 3号手动报\n警按钮 较大\n\n", narrow);
    }

    [Fact]
    public void Long_list_is_drawn_in_tables_of_bounded_length()
    {
        string shown = Shown(["序号"], [.. Enumerable.Range(1, 1_001).Select(n => new[] { $"{n}" })], 40);
        Assert.Equal(3, shown.Split('╭').Length - 1);
        Assert.Contains("1001", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_from_outside_does_not_steer_the_terminal()
    {
        Assert.DoesNotContain('\u001b', Shown(["主题"], [["up\u001b[2J/x"]], 40));
    }

    [Theory]
    [InlineData("金塘", 1, "金|塘")]
    [InlineData("金塘村", 4, "金塘|村")]
    [InlineData("a金b", 2, "a|金|b")]
    [InlineData("", 5, "")]
    public void Text_is_wrapped_by_the_cells_it_takes(string text, int cells, string lines)
    {
        Assert.Equal(lines, string.Join('|', ScreenText.Wrap(text, cells)));
    }

    private static string Shown(string[] columns, string[][] rows, int width)
    {
        StringBuilder text = new();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(new StringWriter(text) { NewLine = "\n" }),
        });
        console.Profile.Width = width;
        ReportTable table = new(columns, console);
        Array.ForEach(rows, row => table.Add(row));
        table.Show();
        return text.ToString();
    }
}
