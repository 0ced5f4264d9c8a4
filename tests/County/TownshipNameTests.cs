// Owns: the names of townships: how a list of divisions brings them with an import, and that lists and files show them beside the code.
// Must never: let a name come in that hides or turns what stands beside it.

using System.Runtime.Versioning;
using System.Text.Json;
using Gateway.County.Sql;

namespace Gateway.County.Tests;

[SupportedOSPlatform("linux")]
public sealed class TownshipNameTests(PostgresFixture postgres) : ProgramRig
{
    private const string Head = "站号,县编码,乡镇编码,村编码,名称,密钥,口令\r\n";
    private const string List = "编码,名称\n330726,浦江县\n330726101,佛堂镇\n330726101003,金塘村\n";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task List_of_an_import_names_townships_and_a_new_list_changes_the_name(bool server)
    {
        string db = server ? postgres.NewStore() : In("county.db");
        Assert.Equal((0, ""), await Import(db, "330701", null));
        Assert.Equal(["330701 330726101"], Shown(db));

        Assert.Equal((0, ""), await Import(db, "330702", List, "--dry-run"));
        Assert.Equal(["330701 330726101"], Shown(db));

        // The name is of the township: what was registered before has it too, and so has another maker's box.
        Assert.Equal((0, ""), await Import(db, "330702", List));
        Assert.Equal(["330701 330726101 佛堂镇", "330702 330726101 佛堂镇"], Shown(db));
        using (SqlStore store = SqlStore.Open(db))
        {
            Assert.True(store.AddPeer(new PeerRegistration
            {
                Station = 9, Address = 1, County = "330726", Township = "330726101", Village = "330726101003", Name = "合用传输装置",
                Sources = "any", Epoch = 1,
            }));
            Assert.Equal("330726101 佛堂镇", store.Peers().Single().AsStation.TownshipShown);
        }

        // Without a list nothing of the names changes, nor where some numbers are taken and others not.
        string renamed = List.Replace("佛堂镇", "佛堂街道", StringComparison.Ordinal);
        Assert.Equal((0, ""), await Import(db, "330703", null));
        string second = $"330710,330726,330726101,330726101003,站330710,{new string('b', 64)},geheim\r\n";
        Assert.Equal(3, (await Import(db, "330701", null)).Code);
        Assert.Equal(3, (await Import(db, "330701", renamed, rows: second)).Code);
        Assert.Equal((0, ""), await Import(db, "330701", renamed, "--dry-run"));
        Assert.All(Shown(db), one => Assert.EndsWith(" 佛堂镇", one, StringComparison.Ordinal));

        // The table of stations that are all there, with a list, is for the names; the stations stay as they are.
        Assert.Equal((0, ""), await Import(db, "330701", renamed));
        Assert.Equal(3, Shown(db).Length);
        Assert.All(Shown(db), one => Assert.EndsWith(" 佛堂街道", one, StringComparison.Ordinal));

        // A list of another township alone: this one's name stays.
        const string Other = "编码,名称\n330726,浦江县\n330726102,黄宅镇\n330726102001,甲村\n330726103,郑家坞镇\n";
        Assert.Equal((0, ""), await Import(db, "330705", Other, township: "330726102", village: "330726102001"));
        Assert.Equal("330705 330726102 黄宅镇", Shown(db)[^1]);
        Assert.Equal("330701 330726101 佛堂街道", Shown(db)[0]);

        // Only townships of the registry have names.
        using (SqlStore store = SqlStore.Open(db))
        {
            Assert.True(store.RemoveStation(330705));
        }

        Assert.Equal((0, ""), await Import(db, "330706", List));
        Assert.Equal((0, ""), await Import(db, "330705", null, township: "330726102", village: "330726102001"));
        Assert.Equal("330705 330726102", Shown(db)[^2]);

        (int code, string text, _) = Run("stations", "--json", "--db", db);
        Assert.Equal(0, code);
        Assert.Equal("佛堂镇", JsonDocument.Parse(text).RootElement[0].GetProperty("townshipName").GetString());
        foreach (string[] list in (string[][])[["stations"], ["station", "list"]])
        {
            Assert.Contains("330726101 佛堂镇", Run([.. list, "--db", db]).Output, StringComparison.Ordinal);
        }

        if (server)
        {
            postgres.GiveBack(db);
        }
    }

    /// <summary>Nobody takes a table for registered that the registry does not have.</summary>
    [Fact]
    public async Task Table_of_stations_that_are_elsewhere_in_the_registry_names_nothing_and_other_keys_are_told()
    {
        string db = In("county.db");
        Assert.Equal((0, ""), await Import(db, "330701", List));
        string renamed = List.Replace("佛堂镇", "佛堂街道", StringComparison.Ordinal) + "330726102,黄宅镇\n330726102001,甲村\n";
        (int code, string error) = await Import(db, "330701", renamed, township: "330726102", village: "330726102001");
        Assert.Equal(3, code);
        Assert.Contains("已登记的站号 registered already: 330701", error, StringComparison.Ordinal);
        Assert.Equal(["330701 330726101 佛堂镇"], Shown(db));

        // No two boxes have one key: the table of another one is told, and the registry's key stays.
        string table = File.ReadAllText(In("t.csv")).Replace("330726102001", "330726101003", StringComparison.Ordinal)
            .Replace("330726102", "330726101", StringComparison.Ordinal);
        File.WriteAllText(In("t.csv"), table.Replace(new string('a', 64), new string('c', 64), StringComparison.Ordinal));
        (code, _, error) = Run("station", "import", In("t.csv"), "--db", db, "--divisions", In("list.csv"));
        Assert.Equal(0, code);
        Assert.Contains("the table has other keys than the registry: 330701 (1)", error, StringComparison.Ordinal);
        Assert.DoesNotContain("ccc", error, StringComparison.Ordinal);
        Assert.Equal(["330701 330726101 佛堂街道"], Shown(db));
    }

    [Theory]
    [InlineData(
        "330726101,佛堂镇\n330726102,黄宅镇\n330726101,佛堂街道", "第4行 A 编码：330726101 写了两次", "row 4 A 编码: 330726101 a second time")]
    [InlineData(
        "330726101,佛堂\u202e镇", "第2行 B 名称：佛堂\ufffd镇，有看不见的字符", "row 2 B 名称: 佛堂\ufffd镇 with a bidirectional control U+202E")]
    [InlineData("330726101,佛堂\u009b镇", "第2行 B 名称：佛堂\ufffd镇，有看不见的字符", "with a control character U+009B")]
    [InlineData(
        "330726101,0123456789012345678901234567890123456789012345678901234567890123x", "第2行 B 名称：65 个字", "65 characters: 0123")]
    public async Task Name_or_code_that_cannot_be_is_told_by_row_and_column(string rows, string chinese, string english)
    {
        (int code, string error) = await Import(In("county.db"), "330701", $"编码,名称\n{rows}\n");
        Assert.Equal(2, code);
        Assert.Contains(chinese, error, StringComparison.Ordinal);
        Assert.Contains(english, error, StringComparison.Ordinal);
        Assert.False(File.Exists(In("county.db")));
    }

    [Fact]
    public async Task Code_that_is_not_in_the_list_keeps_all_out()
    {
        (int code, string error) = await Import(In("county.db"), "330701", "编码,名称\n330726,浦江县\n330726102,黄宅镇\n");
        Assert.Equal(2, code);
        Assert.Contains("第2行 C 乡镇编码：写成 330726101", error, StringComparison.Ordinal);
    }

    private static string[] Shown(string db)
    {
        using SqlStore store = SqlStore.Open(db);
        return [.. store.Stations().Select(one => $"{one.Station} {one.TownshipShown}")];
    }

    private Task<(int Code, string Error)> Import(
        string db, string station, string? list, string? more = null, string township = "330726101", string village = "330726101003",
        string rows = "")
    {
        string row = $"{station},330726,{township},{village},站{station},{new string('a', 64)},geheim\r\n";
        File.WriteAllText(In("t.csv"), Head + row + rows);
        List<string> words = ["station", "import", In("t.csv"), "--db", db];
        if (list is not null)
        {
            File.WriteAllText(In("list.csv"), list);
            words.AddRange(["--divisions", In("list.csv")]);
        }

        if (more is not null)
        {
            words.Add(more);
        }

        return Told([.. words]);
    }
}
