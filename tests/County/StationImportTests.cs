// Owns: `county station import`: a table comes in whole or not at all, and what is wrong is told by row and column.
// Must never: accept a message that repeats a key.

using System.Runtime.Versioning;
using System.Text;
using Gateway.County.Sql;

namespace Gateway.County.Tests;

[SupportedOSPlatform("linux")]
public sealed class StationImportTests : ProgramRig
{
    private const string Head = "站号,县编码,乡镇编码,村编码,名称,密钥,口令\r\n";
    private static readonly string s_key = new('a', 63);

    // What of the second row is wrong, and what is said of it.
    public static TheoryData<string, string> Wrong() => new()
    {
        { Row("0"), "第3行 A 站号：写成" },
        { Row("330701"), "第3行 A 站号：330701，第 2 行已有，应为 每站一个号 / row 3 A 站号: 330701, which row 2 has too" },
        { Row("３３０７０２"), "第3行 A 站号" },
        { Row("330702", county: "33072"), "第3行 B 县编码：写成 33072，应为 6 位编码" },
        { Row("330702", township: "330727101"), "第3行 C 乡镇编码：写成 330727101，应为 9 位编码，以 330726 开头" },
        { Row("330702", village: "3.30726E+11"), "第3行 D 村编码：3.30726E+11，表格软件把编码改成了科学计数" },
        { Row("330702", village: "金塘"), "第3行 D 村编码" },
        { Row("330702", name: ""), "第3行 E 名称：空格子" },
        { Row("330702", name: "一站"), "第3行 E 名称：一站，第 2 行同村已有" },
        { Row("330702", name: new string('站', 17)), "row 3 E 名称" },
        { Row("330702", key: s_key), "第3行 F 密钥：63 个字符" },
        { Row("330702", password: ""), "第3行 G 口令：口令长度不对" },
        { "330702,\"330726,330726101,330726101003,二站,", "第3行 ：引号没有成对" },
    };

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-8 with mark")]
    [InlineData("gb18030")]
    [InlineData("utf-16")]
    [InlineData("semicolons")]
    [InlineData("tabs")]
    public async Task Table_as_a_spreadsheet_saves_it_is_taken_whole(string how)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        string text = Head + Row("330701", name: "一站") + "\r\n,,,,,,\r\n" + Row("330702") + "\r\n";
        File.WriteAllBytes(In("t.csv"), how switch
        {
            "utf-8 with mark" => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)],
            "gb18030" => Encoding.GetEncoding("gb18030").GetBytes(text),
            "utf-16" => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text.Replace(',', '\t'))],
            "semicolons" => Encoding.UTF8.GetBytes(text.Replace(',', ';')),
            "tabs" => Encoding.UTF8.GetBytes(text.Replace(',', '\t')),
            _ => Encoding.UTF8.GetBytes(text),
        });
        Assert.Equal((0, ""), await Import());
        using SqlStore store = SqlStore.Open(In("county.db"));
        Assert.Equal(["330701 一站", "330702 二站"], store.Stations().Select(s => $"{s}").Order(StringComparer.Ordinal));
        StationRegistration second = store.Stations().Single(s => s.Station == 330702);
        Assert.Equal(new string('a', 64), Convert.ToHexStringLower(second.Key.CopyForStorage()));
        Assert.True(BrokerPassword.Fits(second.PasswordHash!, "geheim"));
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Wrong_row_is_told_by_row_and_column_and_none_is_registered(string row, string says)
    {
        File.WriteAllText(In("t.csv"), Head + Row("330701", name: "一站") + "\r\n" + row + "\r\n");
        (int code, string error) = await Import();
        Assert.Equal(2, code);
        Assert.Contains(says, error, StringComparison.Ordinal);
        Assert.Contains("allowed: ", error, StringComparison.Ordinal);
        Assert.DoesNotContain(s_key, error, StringComparison.Ordinal);
        Assert.False(File.Exists(In("county.db")));
    }

    [Fact]
    public async Task Taken_number_keeps_all_out_and_a_dry_run_changes_nothing()
    {
        Register();
        File.WriteAllText(In("t.csv"), Head + Row("330700", name: "一站") + "\r\n" + Row("330701") + "\r\n" + Row("330702", name: "三站"));
        foreach (string[] more in new string[][] { [], ["--dry-run"] })
        {
            (int code, string error) = await Import(more);
            Assert.Equal(3, code);
            Assert.Contains("registered already: 330701; 一个也没有登记 none was added", error, StringComparison.Ordinal);
            Assert.Equal(1, Count());
        }

        File.WriteAllText(In("t.csv"), Head + Row("330700"));
        Assert.Equal(0, (await Import("--dry-run")).Code);
        Assert.Equal(1, Count());
        Assert.Equal(0, (await Import()).Code);
        Assert.Equal(2, Count());
    }

    [Fact]
    public async Task Codes_are_looked_up_in_a_list_of_divisions()
    {
        File.WriteAllText(In("t.csv"), Head + Row("330701", name: "一站") + "\r\n" + Row("330702", village: "330726101004"));
        File.WriteAllText(In("list.csv"), "编码,名称\n330726,浦江县\n330726101,佛堂镇\n330726101003,金塘村\n");
        (int code, string error) = await Import("--divisions", In("list.csv"));
        Assert.Equal(2, code);
        Assert.Contains("第3行 D 村编码：写成 330726101004", error, StringComparison.Ordinal);
        Assert.DoesNotContain("第2行", error, StringComparison.Ordinal);
        File.AppendAllText(In("list.csv"), "330726101004,银塘村\n");
        Assert.Equal((0, ""), await Import("--divisions", In("list.csv")));
    }

    [Theory]
    [InlineData("", "空表")]
    [InlineData("站号,名称\n1,a\n", "缺少 县编码 列")]
    [InlineData("站号,县编码,乡镇编码,村编码,名称,密钥,口令,站号\n", "H：站号 写了两次")]
    [InlineData("站号,县编码,乡镇编码,村编码,名称,密钥,口令,电话\n", "H：写成 电话")]
    [InlineData("PK\u0003\u0004\u0000", ".xlsx")]
    public async Task File_that_is_no_such_table_is_told(string text, string says)
    {
        File.WriteAllText(In("t.csv"), text);
        (int code, string error) = await Import();
        Assert.Equal(2, code);
        Assert.Contains(says, error, StringComparison.Ordinal);
    }

    private static string Row(
        string id, string county = "330726", string township = "330726101", string village = "330726101003", string name = "二站",
        string? key = null, string password = "geheim") =>
        $"{id},{county},{township},{village},{name},{key ?? new string('a', 64)},{password}";

    private int Count()
    {
        using SqlStore store = SqlStore.Open(In("county.db"));
        return store.Stations().Count;
    }

    private Task<(int Code, string Error)> Import(params string[] more) =>
        Told(["station", "import", In("t.csv"), "--db", In("county.db"), .. more]);
}
