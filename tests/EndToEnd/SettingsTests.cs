// Owns: settings sent by the county's command line to a running gateway: kept, refused, or given up by itself.
// Must never: reach into the programs; they are run as a user runs them.

using System.Text;

namespace Gateway.Tests.EndToEnd;

/// <summary>A real broker, a real county and its command line, a real gateway.</summary>
public sealed class SettingsTests
{
    [Fact]
    public void Settings_from_the_county_are_kept_refused_with_their_line_or_given_up()
    {
        using var stage = new Stage();
        using ChildProgram county = stage.StartCounty();
        using ChildProgram gateway = stage.RunGateway();
        gateway.Await("在线 online", 600_000);
        string first = File.ReadAllText(stage.SettingsFile);

        // Longer than one piece, with a zone more.
        string good = first + "zone 5 kind=smoke wiring=no unsupervised=yes input=d3 name=新防区\n" + Comment(2_500);
        (int code, string said) = Send(stage, good);
        Assert.True(code == 0 && said.Contains("配置生效", StringComparison.Ordinal), Everything(said, gateway, county));
        Assert.Equal(good, Newest(stage));

        string wrong = good.Replace("zone 5 kind=smoke", "zone 5 kind=smok", StringComparison.Ordinal);
        int line = wrong[..wrong.IndexOf("zone 5", StringComparison.Ordinal)].Count(c => c == '\n') + 1;
        (code, said) = Send(stage, wrong);
        Assert.Equal(1, code);
        Assert.Contains($":{line}:8: not-allowed: zone 5 kind=smok", said, StringComparison.Ordinal);
        Assert.Equal(good, Newest(stage));

        // A port at which nobody listens: the gateway is alone until the limit, then it comes back by itself. The limit is a short one for
        // this text alone, which fails whatever it is; on a slow machine a good one would fail too.
        gateway.Kill();
        using ChildProgram hasty = stage.RunGateway("--settings-trial-s", "5");
        hasty.Await("在线 online", 600_000);
        string lost = good.Replace($"port={stage.Broker.Port}", $"port={FreePort.Next()}", StringComparison.Ordinal);
        Assert.NotEqual(good, lost);
        (code, said) = Send(stage, lost);
        Assert.True(code == 1 && said.Contains("配置已回退", StringComparison.Ordinal), Everything(said, gateway, hasty, county));
        Assert.Equal(1, stage.Count("SELECT COUNT(*) FROM events WHERE kind = 214"));
        Assert.Equal(1, stage.Count("SELECT COUNT(*) FROM events WHERE kind = 203"));

        hasty.Kill();
        using (ChildProgram export = ChildProgram.Gateway("--state", stage.FlashFolder, "--export-settings"))
        {
            Assert.Equal(0, export.Finish(600_000));
            Assert.Equal(good.TrimEnd().Split('\n'), export.Lines);
        }

        // Nothing that happened on the way was lost or doubled.
        File.WriteAllText(stage.SettingsFile, good);
        Assert.Equal(0, county.Stop());
        stage.SettleAndCompare();
    }

    [Fact]
    public void Power_that_fails_again_and_again_during_the_trial_ends_it_too()
    {
        using var stage = new Stage();
        using ChildProgram county = stage.StartCounty();
        string good = File.ReadAllText(stage.SettingsFile);
        string lost = good.Replace($"port={stage.Broker.Port}", $"port={FreePort.Next()}", StringComparison.Ordinal);
        using (ChildProgram gateway = stage.RunGateway())
        {
            gateway.Await("在线 online", 600_000);
            gateway.Await("配置生效", 600_000);
            File.WriteAllText(stage.PathOf("pushed.txt"), lost);
            using var send = ChildProgram.County(
                "command", "settings", stage.PathOf("pushed.txt"), "--station", $"{Stage.Station}", "--db", stage.Database, "--wait", "0");
            Assert.Equal(0, send.Finish(600_000));
            gateway.Await("网关重启 restarted", 600_000);
            gateway.Kill();
        }

        for (int start = 2; start <= Core.Limits.SettingsStartsMax; start++)
        {
            using ChildProgram gateway = stage.RunGateway();
            gateway.Await("配置试运行", 600_000);
            gateway.Kill();
        }

        using (ChildProgram gateway = stage.RunGateway())
        {
            gateway.Await("在线 online", 600_000);
            gateway.Await("配置已回退", 600_000);
            gateway.Kill();
        }

        Assert.Equal(0, county.Stop());
        stage.SettleAndCompare();
        Assert.Equal(good, Newest(stage));
        Assert.True(stage.Count("SELECT COUNT(*) FROM events WHERE kind = 214") >= 1);
    }

    private static (int Code, string Said) Send(Stage stage, string text)
    {
        string file = stage.PathOf("pushed.txt");
        File.WriteAllText(file, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        using var send = ChildProgram.County(
            "command", "settings", file, "--station", $"{Stage.Station}", "--db", stage.Database, "--wait", "150");
        int code = send.Finish(600_000);
        return (code, send.Said);
    }

    private static string Comment(int bytes)
    {
        var text = new StringBuilder();
        while (text.Length < bytes)
        {
            text.AppendLine($"# {text.Length} 说明");
        }

        return text.ToString();
    }

    /// <summary>The text of the highest number in the gateway's store, without its head.</summary>
    private static string Newest(Stage stage)
    {
        string file = Directory.GetFiles(Path.Combine(stage.FlashFolder, "settings"), "00000*").Max(StringComparer.Ordinal)!;
        return Encoding.UTF8.GetString(File.ReadAllBytes(file).AsSpan(16));
    }

    private static string Everything(string said, params ChildProgram[] programs) =>
        string.Join('\n', programs.SelectMany(p => p.Lines).Prepend(said));
}
