// Owns: the plain stories of the first alarm: everything up, something down, something damaged.
// Must never: reach into the programs; they are run as a user runs them.

using Gateway.Contract;

namespace Gateway.Tests.EndToEnd;

/// <summary>One press, in good and bad circumstances.</summary>
public sealed class PressTests
{
    private const string Press = """
        wait until online within 300s
        press 1
        expect siren on within 60s
        expect event fire-alarm zone 1 within 60s
        wait until county holds within 300s
        quit

        """;

    private const string PressWithoutCounty = """
        press 1
        expect siren on within 60s
        expect event fire-alarm zone 1 within 60s
        wait 500ms
        quit

        """;

    [Fact]
    public void One_press_is_in_the_county_s_database_when_the_gateway_was_told_so()
    {
        using var stage = new Stage();
        using ChildProgram county = stage.StartCounty();
        using ChildProgram gateway = stage.StartGateway(Press);
        Assert.True(gateway.Finish(600_000) == 0, string.Join('\n', gateway.Lines.Concat(county.Lines)));
        Assert.Equal(1, Alarms(stage));
    }

    [Fact]
    public void With_the_broker_down_at_the_start_the_alarm_sounds_and_arrives_later()
    {
        using var stage = new Stage();
        stage.Broker.Kill();
        using (ChildProgram gateway = stage.StartGateway(PressWithoutCounty))
        {
            Assert.True(gateway.Finish(600_000) == 0, gateway.Said);
        }

        stage.Broker.Restart();
        stage.SettleAndCompare();
        Assert.Equal(1, Alarms(stage));
    }

    [Fact]
    public void With_the_county_down_the_alarm_sounds_and_arrives_later()
    {
        using var stage = new Stage();
        using (ChildProgram gateway = stage.StartGateway(PressWithoutCounty))
        {
            Assert.True(gateway.Finish(600_000) == 0, gateway.Said);
        }

        stage.SettleAndCompare();
        Assert.Equal(1, Alarms(stage));
    }

    [Fact]
    public void A_fire_file_cut_short_keeps_the_good_records_and_reports_the_loss()
    {
        using var stage = new Stage();
        using (ChildProgram gateway = stage.StartGateway("press 1\nwait 300ms\npress 2\nwait 300ms\npress 3\nwait 500ms\nquit\n"))
        {
            Assert.True(gateway.Finish(600_000) == 0, gateway.Said);
        }

        string file = Assert.Single(Directory.GetFiles(Path.Combine(stage.FlashFolder, "fire")));
        using (FileStream stream = File.OpenWrite(file))
        {
            stream.SetLength(stream.Length - 20);
        }

        stage.SettleAndCompare();
        Assert.Equal(2, stage.Count("SELECT COUNT(*) FROM events WHERE lane = 0 AND kind = 1 AND boot = 1"));
        Assert.Equal(1, stage.Count("SELECT COUNT(*) FROM events WHERE lane = 0 AND kind = 900"));
    }

    [Fact]
    public void A_flipped_bit_in_a_record_is_reported_lost_and_the_others_arrive()
    {
        using var stage = new Stage();
        using (ChildProgram gateway = stage.StartGateway("press 1\nwait 300ms\npress 2\nwait 300ms\npress 3\nwait 500ms\nquit\n"))
        {
            Assert.True(gateway.Finish(600_000) == 0, gateway.Said);
        }

        string file = Assert.Single(Directory.GetFiles(Path.Combine(stage.FlashFolder, "fire")));
        byte[] bytes = File.ReadAllBytes(file);
        bytes[EventRecord.Size * 2 + 30] ^= 0x10;
        File.WriteAllBytes(file, bytes);
        stage.SettleAndCompare();
        Assert.Equal(2, stage.Count("SELECT COUNT(*) FROM events WHERE lane = 0 AND kind = 1 AND boot = 1"));
        Assert.Equal(1, stage.Count("SELECT COUNT(*) FROM events WHERE lane = 0 AND kind = 900"));
    }

    [Fact]
    public void A_restarted_county_that_was_killed_while_alarms_came_has_each_once()
    {
        using var stage = new Stage();
        using ChildProgram gateway = stage.StartGateway(
            "wait until online within 300s\npress 1\nwait 200ms\npress 2\nwait 2s\npress 3\nexpect event fire-alarm zone 3 within 60s\n"
            + "wait until county holds within 300s\nquit\n");
        ChildProgram county = stage.StartCounty();
        try
        {
            gateway.Await("zone 1", 600_000);
            county.Kill();
            county.Dispose();
            county = stage.StartCounty();
            Assert.True(gateway.Finish(600_000) == 0, string.Join('\n', gateway.Lines.Concat(county.Lines)));
        }
        finally
        {
            county.Dispose();
        }

        stage.SettleAndCompare();
        Assert.Equal(3, Alarms(stage));
    }

    private static long Alarms(Stage stage) => stage.Count("SELECT COUNT(*) FROM events WHERE lane = 0 AND kind = 1");
}
