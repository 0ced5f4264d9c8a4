// Owns: what a county says of keys when an older copy of its database came into the place of the newer one.
// Must never: find a key in what is noted beside the database.

using System.Runtime.Versioning;
using Gateway.County.Sql;

namespace Gateway.County.Tests;

[SupportedOSPlatform("linux")]
public sealed class RestoredKeyTests : ProgramRig
{
    [Fact]
    public void A_device_named_as_a_database_stays_everybody_s()
    {
        UnixFileMode before = File.GetUnixFileMode("/dev/null");
        PrivateFile.Keep("/dev/null");
        Assert.Equal(before, File.GetUnixFileMode("/dev/null"));
    }

    [Fact]
    public void Older_copy_tells_which_keys_came_back_and_which_are_missing_until_it_is_mended()
    {
        string database = In("county.db");
        string copy = In("copy.db");
        FakeGateway[] stations = [.. Enumerable.Range(1, 5).Select(n => new FakeGateway((uint)n))];
        using (SqlStore store = SqlStore.Open(database))
        {
            Array.ForEach(stations[..4], one => store.AddStation(one.Registration));
            File.WriteAllText(copy, "");
            SqlStore.Copy(database, copy, TestContext.Current.CancellationToken);
            Assert.True(store.ReplaceKey(1, StationKey.Create(), "hash", 0, null));
            Assert.True(store.RotateKey(2, StationKey.Create(), 0));
            store.TakeNextKey(2);
            Assert.True(store.RemoveStation(3));
            Assert.True(store.AddStation(stations[4].Registration));

            // One that only waits is no news: either key is good, and nothing ended.
            Assert.True(store.RotateKey(4, StationKey.Create(), 0));
            Assert.Empty(store.RestoredKeys());
        }

        Restore(copy, database);
        using SqlStore restored = SqlStore.Open(database);
        Assert.Equal(
            [(1, false), (1, true), (2, false), (2, true), (3, true), (4, false), (5, false)],
            restored.RestoredKeys().Select(key => ((int)key.Station, key.CameBack)).Order());
        foreach (uint station in (uint[])[1, 2, 4])
        {
            Assert.True(restored.ReplaceKey(station, StationKey.Create(), "hash", 0, null));
        }

        Assert.True(restored.RemoveStation(3));
        Assert.True(restored.AddStation(new FakeGateway(5, keySeed: 99).Registration));
        Assert.Empty(restored.RestoredKeys());
        string noted = File.ReadAllText(database + ".keys");
        Assert.All(stations, one => Assert.DoesNotContain(
            Convert.ToHexString(one.Registration.Key.CopyForStorage()), noted, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Program_says_it_with_the_list_of_stations_and_when_it_begins_to_receive()
    {
        Assert.Equal(0, Run(Add("7")).Code);
        Assert.Equal(0, Run("backup", "copy.db").Code);
        Assert.Equal(0, Run("station", "rotate", "--id", "7", "--stolen", "--out", "new.secrets").Code);
        Restore(In("copy.db"), In("county.db"));
        string error = Run("stations").Error;
        Assert.Contains("7: 旧库恢复", error, StringComparison.Ordinal);
        Assert.Contains("a key that had ended is good again: county station rotate --stolen, or remove", error, StringComparison.Ordinal);
        Assert.Contains("a key that was given out is missing, its box is refused", error, StringComparison.Ordinal);
        string said = Shell($"timeout -s TERM 20 {County} run --listen 127.0.0.1:0 | sed '/good again/q'").Output;
        Assert.Contains("a key that had ended is good again", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Station_that_speaks_under_another_key_is_marked_until_it_speaks_under_its_own()
    {
        FakeGateway box = new(330701);
        FakeGateway old = new(330701, keySeed: 99);
        string[] said = ["", "", "", ""];
        using (SqlStore store = SqlStore.Open(In("county.db")))
        {
            Assert.True(store.AddStation(box.Registration));
            CountyDesk desk = new(store, new Recorder(), new CountyOptions());
            long nowMs = 1_780_000_000_000;
            void Send(int step, params Sent[] messages)
            {
                foreach (Sent sent in messages)
                {
                    Instant now = new(nowMs += 1_000, nowMs);
                    if (desk.Open(sent.Topic, sent.Payload, now) is { } message)
                    {
                        desk.Commit([message], now);
                    }
                }

                desk.Flush();
                said[step] = Run("stations").Output;
            }

            Send(0, box.Hello() with { Payload = [] });
            Send(1, old.Hello());
            Send(2, box.Hello(), box.Heartbeat());
            Send(3, old.Heartbeat());
        }

        Assert.Equal([false, true, false, true], said.Select(list => list.Contains("签名不符", StringComparison.Ordinal)));
    }

    [Fact]
    public void Files_of_a_database_are_their_owner_s_alone_also_those_of_before()
    {
        string database = In("county.db");
        const UnixFileMode Everybody = (UnixFileMode)0b110_110_110;
        File.WriteAllText(database + ".lock", "");
        File.SetUnixFileMode(database + ".lock", Everybody);
        using SqlStore store = SqlStore.Open(database);
        store.AddStation(new FakeGateway(7).Registration);
        File.SetUnixFileMode(database + "-wal", Everybody);
        using SqlStore second = SqlStore.Open(database);
        second.BecomeReceiver();
        string[] files = Directory.GetFiles(In(""));
        Assert.Equal(6, files.Length);
        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Theory]
    [InlineData(".lock")]
    [InlineData(".receiver")]
    [InlineData(".keys")]
    public void Link_in_the_place_of_a_file_beside_a_database_is_not_followed(string side)
    {
        string database = In("county.db");
        string victim = In("victim");
        const UnixFileMode Everybody = (UnixFileMode)0b110_110_100;
        File.WriteAllText(victim, "of somebody else");
        File.SetUnixFileMode(victim, Everybody);
        File.CreateSymbolicLink(database + side, victim);
        using SqlStore store = SqlStore.Open(database);
        Assert.True(store.AddStation(new FakeGateway(7).Registration));
        string? problem = Record.Exception(store.BecomeReceiver)?.Message ?? store.RestoredKeysProblem();
        Assert.Equal("of somebody else", File.ReadAllText(victim));
        Assert.Equal(Everybody, File.GetUnixFileMode(victim));
        Assert.Contains("symbolic link", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_for_mosquitto_are_nobody_s_but_the_owner_s_and_the_broker_s()
    {
        Register();
        File.WriteAllText(In("password"), "county's own");
        Directory.CreateDirectory(In("out"));
        Assert.Equal(0, Run("broker", "export", "--out", "out", "--password-file", "password").Code);
        UnixFileMode Mode(string name) => File.GetUnixFileMode(Path.Combine(In("out"), name)) & ~UnixFileMode.GroupRead;
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.All((string[])["passwords", "acl", "export.lock"], name => Assert.Equal(Owner, Mode(name)));
        Assert.False(File.GetUnixFileMode(Path.Combine(In("out"), "export.lock")).HasFlag(UnixFileMode.GroupRead));
    }

    private static void Restore(string copy, string database)
    {
        foreach (string side in (string[])["", "-wal", "-shm"])
        {
            File.Delete(database + side);
        }

        File.Copy(copy, database);
    }
}
