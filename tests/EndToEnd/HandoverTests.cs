// Owns: that what the technician's command makes is what the county takes, key for key.
// Must never: print a key.

using Gateway.County;
using Gateway.County.Sql;

namespace Gateway.Tests.EndToEnd;

public sealed class HandoverTests
{
    [Fact]
    public void Table_of_new_stations_is_taken_by_the_county_as_it_was_made()
    {
        using TempFolder folder = new();
        folder.Write("t.csv",
            "站号,县编码,乡镇编码,村编码,名称\n330701,330726,330726101,330726101003,\"一站,东门\"\n330702,330726,330726101,330726101003,二站\n");
        (int made, _, string error) = ChildProgram.Run(folder.Path, ChildProgram.Built("firmware/Technician", "gateway.dll"),
            "new", "--from", "t.csv", "--host", "10.1.2.3", "--out", "all");
        Assert.Equal((0, ""), (made, WithoutProgress(error)));
        (int taken, _, string refused) = ChildProgram.Run(folder.Path, ChildProgram.Built("county/Server", "county.dll"),
            "station", "import", "all/county-import.csv", "--db", "county.db");
        Assert.Equal((0, ""), (taken, WithoutProgress(refused)));
        using SqlStore store = SqlStore.Open(Path.Combine(folder.Path, "county.db"));
        Assert.Equal(["330701 一站,东门", "330702 二站"], store.Stations().Select(s => $"{s}").Order(StringComparer.Ordinal));
        foreach (StationRegistration station in store.Stations())
        {
            string[] key = File.ReadAllLines(Path.Combine(folder.Path, "all", $"st{station.Station}", "station.key"));
            Assert.True(key[0] == "key " + Convert.ToHexStringLower(station.Key.CopyForStorage()), "another key");
            Assert.True(BrokerPassword.Fits(station.PasswordHash!, key[1]["password ".Length..]), "another password");
        }
    }

    /// <summary>A machine that takes seconds is told how far it is.</summary>
    private static string WithoutProgress(string error) =>
        string.Concat(error.Split('\n').Where(line => !line.StartsWith("stations checked ", StringComparison.Ordinal)));
}
