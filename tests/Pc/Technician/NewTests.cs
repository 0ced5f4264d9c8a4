// Owns: what `gateway new` makes: of options, of answers, of a table; whole or nothing.
// Must never: let a made text be one that the device refuses.

using System.Runtime.Versioning;
using System.Text;
using System.Text.Json;
using Gateway.Sheets;
using Gateway.Start;
using Gateway.Technician.Make;
using Gateway.Tests.Support;
using Spectre.Console.Testing;
using Xunit;

namespace Gateway.Technician.Tests;

[SupportedOSPlatform("linux")]
public sealed class NewTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<string> Boards() => [.. BoardList.All().Select(b => b.Shape.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Boards))]
    public void Station_of_each_board_is_made_whole_with_a_key_of_its_own(string board)
    {
        string wifi = _folder.Write("wifi", "12345678 \nmore\n");
        Told told = Make("st", "--board", board, "--wifi", "村委会", "--wifi-password-file", wifi, "--port", "8883");
        Assert.Equal((0, ""), (told.Code, told.Errors));
        Assert.Equal(["county-import.csv", "network.json", "station.conf", "station.key"], Made("st"));
        StationText text = Text("st");
        Gateway.Core.Settings settings = text.Settings!;
        Assert.Equal(((uint)330701, board, "10.1.2.3", 8883, "st330701"),
            (settings.Station, settings.BoardName, settings.Host[0], settings.Port[0], settings.User));
        using JsonDocument network = JsonDocument.Parse(File.ReadAllText(In("st/network.json")));
        JsonElement client = network.RootElement.GetProperty("WirelessClient");
        Assert.Equal(("村委会", "12345678 ", "AutoConnect"), (client.GetProperty("Ssid").GetString(),
            client.GetProperty("Password").GetString(), client.GetProperty("ConfigurationOption").GetString()));
        Assert.False(network.RootElement.TryGetProperty("SerialPort", out _));
        string[] key = File.ReadAllLines(In("st/station.key"));
        Assert.Matches("^key [0-9a-f]{64}$", key[0]);
        Assert.Matches("^password [A-Za-z0-9]{24}$", key[1]);
        SheetRow row = Assert.Single(Handover("st/county-import.csv"));
        Assert.Equal(["330701", "330726", "330726101", "330726101003", "前塘村微型消防站", key[0][4..], key[1][9..]],
            StationSheet.Handover.Select(c => row[c]));
        Assert.DoesNotContain(key[0][4..], told.Said, StringComparison.Ordinal);
        Assert.All(["st/station.key", "st/network.json", "st/county-import.csv"], f =>
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(In(f))));
    }

    [Fact]
    public void Template_gives_all_lines_but_those_of_the_station()
    {
        string template = _folder.Write("t.conf", """
            station id=1 county=a township=b village=c name=alt utcOffsetMin=420
            board kc868-a6v3
            uplink host=10.9.9.9 port=8883 user=alt heartbeatS=60
            zone 1 kind=smoke wiring=no unsupervised=yes input=d1 name="仓库 感烟"
            clocks answerS=60

            """);
        Assert.Equal(0, Make("st", "--template", template, "--host", "").Code);
        string text = File.ReadAllText(In("st/station.conf"));
        Assert.Contains("name=\"前塘村微型消防站\" utcOffsetMin=420", text, StringComparison.Ordinal);
        Assert.Contains("uplink host=10.9.9.9 port=8883 heartbeatS=60 user=st330701", text, StringComparison.Ordinal);
        Assert.Contains("zone 1 kind=smoke wiring=no unsupervised=yes input=d1 name=\"仓库 感烟\"", text, StringComparison.Ordinal);
        Assert.Equal(("kc868-a6v3", 1), (Text("st").Settings!.BoardName, Text("st").Settings!.ZoneCount));
        Assert.DoesNotContain("alt", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Template_that_only_speaks_of_the_uplink_does_not_say_where_the_broker_is()
    {
        string template = _folder.Write(
            "t.conf", "\uFEFF# uplink as the county says\nboard kc868-a6v3\nzone 1 kind=smoke wiring=no unsupervised=yes"
                + " input=d1 name=感烟\n");
        Told told = Make("st", "--template", template, "--host", "");
        Assert.Equal(2, told.Code);
        Assert.Contains("请加 --host", told.Errors, StringComparison.Ordinal);
        Assert.Equal(0, Make("st", "--template", template).Code);
        Assert.Equal("kc868-a6v3", Text("st").Settings!.BoardName);
    }

    [Fact]
    public void Person_is_asked_until_the_answer_is_right_and_before_anything_is_written()
    {
        using var terminal = new TestConsole();
        terminal.Profile.Capabilities.Interactive = true;
        foreach (string answer in (string[])["0", "330701", "330726", "330727101", "330726101", "330726101003"])
        {
            terminal.Input.PushTextWithEnter(answer);
        }

        terminal.Input.PushKey(ConsoleKey.DownArrow);
        terminal.Input.PushKey(ConsoleKey.Enter);
        foreach (string answer in (string[])["10.1.2.3:1883", "10.1.2.3", "fire", "short", "12345678", "y"])
        {
            terminal.Input.PushTextWithEnter(answer);
        }

        Told told = Told.Asked(terminal, "new", "--out", In("st"), "--name", "前塘村微型消防站", "--lang", "zh");
        Assert.Equal((0, ""), (told.Code, told.Errors));
        Assert.Equal("kc868-a16v3", Text("st").Settings!.BoardName);
        Assert.Contains("应为 1..4294967295", terminal.Output, StringComparison.Ordinal);
        Assert.Contains("以 330726 开头", terminal.Output, StringComparison.Ordinal);
        Assert.Contains("不带[ ]和端口", terminal.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("12345678", terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Person_who_says_no_leaves_nothing()
    {
        using var terminal = new TestConsole();
        terminal.Profile.Capabilities.Interactive = true;
        terminal.Input.PushTextWithEnter("330701");
        terminal.Input.PushTextWithEnter("n");
        Told told = Told.Asked(terminal, "new", "--out", In("st"), "--county", "330726", "--township", "330726101", "--village",
            "330726101003", "--name", "一站", "--board", "esp32-poe-wrover", "--host", "10.1.2.3", "--lang", "zh");
        Assert.Equal((2, false), (told.Code, Path.Exists(In("st"))));
        Assert.Contains("没有写。", told.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gb18030", ';')]
    [InlineData("utf-8", ',')]
    public void Fleet_comes_from_a_table_as_a_spreadsheet_saves_it(string encoding, char separator)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        _folder.Write("kc.conf", "zone 1 kind=smoke wiring=no unsupervised=yes input=d1 name=感烟\n");
        string table = """
            名称,站号,县编码,乡镇编码,村编码,村名,主板,模板,无线网络,无线密码
            一站,330701,330726,330726101,330726101003,前塘村,,,,
            "二站,东门",330702,330726,330726101,330726101004,后塘村,kc868-a6v3,kc.conf,fire,12345678
            ,,,,,,,,,

            """.Replace(',', separator).Replace($"站{separator}东", "站,东", StringComparison.Ordinal);
        _folder.Write("t.csv", Encoding.GetEncoding(encoding).GetBytes(table));
        _folder.Write("list.csv", "编码,名称\n330726,浦江县\n330726101,佛堂镇\n330726101003,前塘村\n330726101004,后塘村\n");
        string[] fleet =
        [
            "new", "--from", In("t.csv"), "--divisions", In("list.csv"), "--host", "10.1.2.3", "--out", In("all"), "--lang", "zh",
        ];
        Told dry = Told.Of([.. fleet, "--dry-run"]);
        Assert.Equal((0, "", false), (dry.Code, dry.Errors, Path.Exists(In("all"))));
        Assert.Contains("2个站点，都通过", dry.Said, StringComparison.Ordinal);
        Told told = Told.Of(fleet);
        Assert.Equal((0, ""), (told.Code, told.Errors));
        Assert.Equal(["county-import.csv", "st330701", "st330702"], Made("all"));
        Assert.Equal(["network.json", "station.conf", "station.key"], Made("all/st330702"));
        Assert.Equal(["station.conf", "station.key"], Made("all/st330701"));
        Assert.Equal(("二站,东门", "kc868-a6v3"), (Text("all/st330702").Settings!.Name, Text("all/st330702").Settings!.BoardName));
        Assert.Equal(["一站", "二站,东门"], Handover("all/county-import.csv").Select(r => r[StationSheet.Name]));
        Assert.Equal(2, Handover("all/county-import.csv").Select(r => r[StationSheet.Key]).Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("0,330726,330726101,330726101003,一站,,", "第3行 A 站号：写成 0，应为 1..4294967295")]
    [InlineData("8,330726,330726101,330726101009,一站,,", "第3行 D 村编码：写成 330726101009，应为 区划名录里的编码")]
    [InlineData("8,330726,330726101,330726101009,一站,后塘村,", "应为 名录中 后塘村 的编码 330726101004")]
    [InlineData("8,330726,330726101,330726101003,一站,后塘村,", "后塘村，而 330726101003 是 前塘村")]
    [InlineData("8,330726,330726101,330726101003,一站,,none.conf", "第3行 G 模板：")]
    [InlineData("8,330726,330726101,330726101003,一站一站一站一站一站一站一站一站一站,,", "得出的配置有误：第2行第")]
    public void Wrong_row_is_told_and_no_station_is_made(string row, string says)
    {
        _folder.Write("list.csv", "编码,名称\n330726,浦江县\n330726101,佛堂镇\n330726101003,前塘村\n330726101004,后塘村\n");
        _folder.Write("t.csv", $"站号,县编码,乡镇编码,村编码,名称,村名,模板\n7,330726,330726101,330726101003,先站,,\n{row}\n");
        foreach (string[] more in new string[][] { [], ["--dry-run"] })
        {
            Told told = Told.Of(["new", "--from", In("t.csv"), "--divisions", In("list.csv"), "--host", "10.1.2.3", "--out", In("all"),
                "--lang", "zh", .. more]);
            Assert.Equal((1, ""), (told.Code, told.Said));
            Assert.Contains(says, told.Errors, StringComparison.Ordinal);
            Assert.DoesNotContain("第2行 ", told.Errors, StringComparison.Ordinal);
            Assert.Equal(2, Directory.GetFileSystemEntries(_folder.Path).Length);
        }
    }

    private string In(string name) => Path.Combine(_folder.Path, name);

    private string[] Made(string folder) =>
        [.. Directory.GetFileSystemEntries(In(folder)).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    private StationText Text(string folder) => StationText.Read(new Tongue(chinese: true), In(folder + "/station.conf"));

    private IReadOnlyList<SheetRow> Handover(string file) => Sheet.Read(File.ReadAllBytes(In(file)), StationSheet.Handover, [])!;

    private Told Make(string folder, params string[] more) => Told.New(In(folder),
    [
        "--name", "前塘村微型消防站", .. more.Contains("--host") ? Array.Empty<string>() : ["--host", "10.1.2.3"], .. more, "--lang", "zh",
    ]);
}
