// Owns: a station's key over its life: handed out, rotated, and never seen.
// Must never: print the keys that it looks for.

using System.Text;
using Gateway.Contract;

namespace Gateway.Tests.EndToEnd;

public sealed class KeyTests
{
    private const int WaitMs = 600_000;

    // Each start finds nothing latched: a reset right after a start would come before the inputs are looked at, and be refused.
    private const string Press = "wait until online within 300s\npress {0}\nexpect event fire-alarm zone {0} within 60s\n"
        + "wait until county holds within 300s\nrelease {0}\nexpect event fire-restored zone {0} within 60s\n"
        + "reset\nexpect event reset within 60s\nwait until county holds within 300s\nquit\n";

    [Fact]
    public void Rotated_key_takes_the_place_of_the_old_one_when_the_station_first_uses_it()
    {
        using var stage = new Stage();
        using ChildProgram county = stage.StartCounty();
        Play(stage, stage.KeyFile, 1);
        string next = stage.PathOf("next.secrets");
        using (ChildProgram rotate = ChildProgram.County(
            "station", "rotate", "--id", $"{Stage.Station}", "--old", stage.KeyFile, "--out", next, "--db", stage.Database))
        {
            Assert.True(rotate.Finish(WaitMs) == 0, rotate.Said);
        }

        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(next) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.NotEqual(File.ReadAllLines(stage.KeyFile)[0], File.ReadAllLines(next)[0]);

        // The technician is on the way: the old key is good.
        Play(stage, stage.KeyFile, 2);
        Play(stage, next, 3);
        county.Await("新密钥已启用", WaitMs);
        using (ChildProgram gateway = stage.StartGateway("wait 8s\nquit\n"))
        {
            gateway.Finish(WaitMs);
            Assert.DoesNotContain(gateway.Lines, line => line.Contains("在线", StringComparison.Ordinal));
        }

        string old = stage.KeyFile;
        stage.KeyFile = next;
        Play(stage, next, 1);
        stage.KeyFile = old;
        Patience.Until(() => WrongSignatures(stage) > 0, "a refusal for its signature in the county's table");
        Assert.Equal(4, FaultTests.Alarms(stage));
        county.Kill();
        stage.KeyFile = next;
        stage.SettleAndCompare();
    }

    [Fact]
    public void Stolen_key_shuts_the_box_out_neither_before_nor_after_it_is_replaced()
    {
        using var stage = new Stage();
        using ChildProgram county = stage.StartCounty();
        Play(stage, stage.KeyFile, 1);
        string[] secrets = File.ReadAllLines(stage.KeyFile);
        string stolen = secrets.Single(l => l.StartsWith("key ", StringComparison.Ordinal))["key ".Length..];
        var key = new DotNetMac(Convert.FromHexString(stolen));
        uint epoch = (uint)stage.Count("SELECT epoch FROM sessions");
        var topics = new Topics("330726", "330726101", "330726101003", Stage.Station);
        using (var thief = new MqttPeer(stage.Broker, stage.StationUser, "thief", topics.Down))
        {
            thief.Send(topics.Hello, Hello(key, epoch, uint.MaxValue));
            byte[] refused = thief.Awaited(bytes => bytes[3] == (int)MessageType.Refuse);
            Assert.Equal((int)DecodeResult.WrongSession, refused[MessageHeader.Size]);
            Play(stage, stage.KeyFile, 2);

            // What is possible is let in, and the box follows.
            thief.Send(topics.Hello, Hello(key, epoch, 50_000_000));
            thief.Awaited(bytes => bytes[3] == (int)MessageType.Welcome);
            Play(stage, stage.KeyFile, 3);
        }

        string next = stage.PathOf("next.secrets");
        using (ChildProgram rotate = ChildProgram.County(
            "station", "rotate", "--id", $"{Stage.Station}", "--stolen", "--since", "1h", "--out", next, "--db", stage.Database))
        {
            Assert.True(rotate.Finish(WaitMs) == 0, rotate.Said);
            Assert.All(Enumerable.Range(1, 3), zone => Assert.Single(rotate.Lines, line =>
                line.Contains($"\t火警 {zone}号", StringComparison.Ordinal) && line.Contains("[存疑]", StringComparison.Ordinal)));
        }

        // As the exported files would: here the broker of the test is told.
        string password = File.ReadLines(next).Single(l => l.StartsWith("password ", StringComparison.Ordinal))["password ".Length..];
        stage.Broker.Add(new BrokerUser(stage.StationUser.Name, password));
        using (var thief = new MqttPeer(stage.Broker, new BrokerUser(stage.StationUser.Name, password), "thief", topics.Down))
        {
            thief.Send(topics.Hello, Hello(key, epoch, 60_000_000));
            Play(stage, next, 1);
        }

        Assert.Equal(4, FaultTests.Alarms(stage));
        Patience.Until(() => WrongSignatures(stage) > 0, "a refusal for its signature in the county's table");
        using ChildProgram list = ChildProgram.County("events", "--json", "--db", stage.Database);
        Assert.Equal(0, list.Finish(WaitMs));
        Assert.Contains(list.Lines, line => line.Contains("\"doubtful\": true", StringComparison.Ordinal));
        Assert.Contains(list.Lines, line => line.Contains("\"doubtful\": false", StringComparison.Ordinal));
        county.Kill();
        stage.KeyFile = next;
        stage.SettleAndCompare();
    }

    [Fact]
    public void Key_and_password_are_in_no_output_export_or_log()
    {
        using var stage = new Stage();
        string[] lines = File.ReadAllLines(stage.KeyFile);
        string key = lines.Single(line => line.StartsWith("key ", StringComparison.Ordinal))["key ".Length..];
        string[] secrets =
        [
            key, key.ToUpperInvariant(), Convert.ToBase64String(Convert.FromHexString(key)), stage.StationUser.Password,
            BitConverter.ToString(Convert.FromHexString(key)),
        ];
        var output = new StringBuilder();
        using (ChildProgram county = stage.StartCounty())
        {
            using (ChildProgram gateway = stage.StartGateway(
                "wait until online within 300s\npress 1\nwait 100ms\nwait until county holds within 300s\nquit\n"))
            {
                gateway.Finish(WaitMs);
                Keep(output, gateway);
            }

            foreach (string[] arguments in (string[][])
            [
                ["station", "list"], ["stations"], ["events"], ["events", "--json"], ["gaps"], ["refused"], ["conflicts"], ["commands"],
                ["escalations", "--all", "--json"],
            ])
            {
                using ChildProgram list = ChildProgram.County([.. arguments, "--db", stage.Database]);
                Assert.True(list.Finish(WaitMs) == 0, list.Said);
                Keep(output, list);
            }

            using ChildProgram export = ChildProgram.Gateway("--state", stage.FlashFolder, "--export-settings");
            export.Finish(WaitMs);
            Keep(output, export);

            // A key file with damaged lines: errors name the place and not the value.
            string damaged = stage.PathOf("damaged.key");
            File.WriteAllText(damaged, $"key {key}0\npasswort {stage.StationUser.Password}\n");
            using ChildProgram refused = ChildProgram.Gateway(
                "--settings", stage.SettingsFile, "--key", damaged, "--state", stage.PathOf("other"));
            Assert.Equal(2, refused.Finish(WaitMs));
            Keep(output, refused);
            Keep(output, county);
        }

        output.Append(stage.Broker.Log);
        foreach (string file in Directory.EnumerateFiles(stage.FlashFolder, "*", SearchOption.AllDirectories))
        {
            output.Append(Encoding.Latin1.GetString(File.ReadAllBytes(file)));
        }

        string said = output.ToString();
        Assert.True(said.Length > 1_000, "nothing was said: the test tested nothing");
        Assert.All(secrets, secret => Assert.False(said.Contains(secret, StringComparison.Ordinal), "a secret was shown"));
    }

    // The county writes them now and then, and not with each message.
    private static long WrongSignatures(Stage stage) =>
        stage.Count($"SELECT COALESCE(SUM(count), 0) FROM refusals WHERE reason = {(int)DecodeResult.WrongSignature}");

    private static byte[] Hello(DotNetMac key, uint epoch, uint boot) =>
        new FakeGateway(Stage.Station) { Mac = key, Epoch = epoch, Boot = boot }.Hello().Payload;

    private static void Play(Stage stage, string keyFile, int zone)
    {
        string before = stage.KeyFile;
        stage.KeyFile = keyFile;
        NearScript.Play(stage, string.Format(System.Globalization.CultureInfo.InvariantCulture, Press, zone));
        stage.KeyFile = before;
    }

    private static void Keep(StringBuilder output, ChildProgram program) => output.AppendJoin('\n', program.Lines).Append('\n');
}
