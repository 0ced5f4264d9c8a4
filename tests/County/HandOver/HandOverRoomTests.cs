// Owns: that every step of a case reaches the platform, in order, fires first, whatever the platform answers.
// Must never: wait for real time where the county's clock can be moved.

using Gateway.Contract;
using Gateway.County.HandOver;
using Gateway.County.Server;

namespace Gateway.County.Tests.HandOver;

public class HandOverRoomTests : HandOverRoomRig
{
    public HandOverRoomTests()
        : base(null)
    {
    }

    private protected HandOverRoomTests(PostgresFixture postgres)
        : base(postgres)
    {
    }

    [Fact]
    public void Steps_of_a_case_arrive_in_order_also_those_that_a_command_entered()
    {
        using Rig rig = NewRig(Box);
        Begin(rig);
        Send(rig, EventKind.FireAlarm);
        Send(rig, EventKind.FireAlarm, zone: 5);
        Send(rig, EventKind.Acknowledged);
        Act(rig, CaseActKind.Take);
        Send(rig, EventKind.Silenced);
        Send(rig, EventKind.Reset);
        Act(rig, CaseActKind.Judge, CaseJudgement.Real);
        Until(rig, () => Platform.Taken.Count == 8);
        Assert.Equal(
            [
                "alarm.raised", "alarm.more", "alarm.answered", "alarm.taken", "alarm.silenced", "alarm.ended", "alarm.judged",
                "alarm.closed",
            ],
            Platform.Taken.Select(one => one.Type));
        Assert.Equal(Enumerable.Range(1, 8), Platform.Taken.Select(one => one.Step));
        Assert.Equal(8, Platform.Taken.Select(one => one.Id).Distinct().Count());
        Assert.Empty(Platform.Wrong);
        Until(rig, () => rig.Store.HandOverTargets().Single().Delivered == 8);
    }

    [Fact]
    public void Message_is_written_in_the_transaction_of_its_event()
    {
        using Rig rig = NewRig(Box);
        Begin(rig);
        Send(rig, EventKind.FireAlarm);
        HandOverRow row = Assert.Single(rig.Store.HandOverRows(HandOverSettings.Platform, HandOverState.Waiting, 10));
        Assert.Equal(("330701-77-0-1-1", 0, true), (row.MessageId, row.Tries, row.OfFire));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(302)]
    [InlineData(429)]
    [InlineData(401)]
    [InlineData(410)]
    [InlineData(422)]
    public void Fire_is_tried_until_it_is_taken_whatever_is_answered(int status)
    {
        using Rig rig = NewRig(Box);
        Begin(rig);
        Platform.Answer = PlatformServer.With(status, "why not");
        Send(rig, EventKind.FireAlarm);
        Send(rig, EventKind.Acknowledged);
        Until(rig, () => Platform.All.Count >= 3);
        Assert.All(Platform.All, one => Assert.Equal("330701-77-0-1-1", one.Id));
        Assert.Single(Platform.All.Select(one => one.Body).Distinct(StringComparer.Ordinal));
        Until(rig, () => Told.Any(line => line is { Good: false } && line.Line.Contains("请电话报告", StringComparison.Ordinal)));
        Platform.Answer = PlatformServer.With(200);
        Until(rig, () => Platform.Taken.Count == 2);
        Assert.Equal(["alarm.raised", "alarm.answered"], Platform.Taken.Select(one => one.Type));
        Until(rig, () => Told.Any(line => line is { Good: true } && line.Line.Contains("已全部上报", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(410)]
    [InlineData(422)]
    public void Lesser_news_that_is_refused_is_listed_and_sent_again_by_hand(int status)
    {
        using Rig rig = NewRig(Box);
        Begin(rig);
        Platform.Answer = PlatformServer.With(status, "大类缺失\u202E" + new string('x', 3_000));
        Send(rig, EventKind.CaseOpened);
        Until(rig, () => Rows(rig, HandOverState.Refused).Count == 1);
        HandOverRow row = Rows(rig, HandOverState.Refused)[0];
        Assert.Equal((status, 1), (row.LastStatus, row.Tries));
        Assert.StartsWith("大类缺失", row.LastWords, StringComparison.Ordinal);
        Assert.InRange(row.LastWords.Length, 5, 500);
        Assert.Null(PlainText.FirstBad(row.LastWords));
        Platform.Answer = PlatformServer.With(200);
        using (IStoreTransaction rows = rig.Store.Begin())
        {
            Assert.Equal(1, rows.HandOver!.Again(HandOverSettings.Platform, HandOverState.Refused));
            rows.Commit();
        }

        Until(rig, () => Platform.Taken.Count == 1);
        Assert.Single(Platform.All.Select(one => one.Id).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public void Answer_that_is_too_long_is_kept_without_half_a_character_and_the_next_message_goes()
    {
        using Rig rig = NewRig(Box);
        Begin(rig);
        Platform.Answer = PlatformServer.With(422, "a" + string.Concat(Enumerable.Repeat("𠮷", 400)));
        Send(rig, EventKind.CaseOpened);
        Until(rig, () => Rows(rig, HandOverState.Refused).Count == 1);
        string words = Rows(rig, HandOverState.Refused)[0].LastWords;
        Assert.InRange(words.Length, 490, 500);
        Assert.EndsWith("𠮷…", words, StringComparison.Ordinal);
        Assert.DoesNotContain('\uFFFD', words);
        Platform.Answer = PlatformServer.With(200);
        Send(rig, EventKind.FireAlarm);
        Until(rig, () => Platform.Taken.Count == 1);
    }

    [Fact]
    public void What_is_there_already_is_delivered()
    {
        using Rig rig = NewRig(Box);
        Begin(rig);
        Platform.Answer = PlatformServer.With(409);
        Send(rig, EventKind.FireAlarm);
        Until(rig, () => Rows(rig, HandOverState.Delivered).Count == 1);
        Assert.Single(Platform.All);
    }

    [Fact]
    public void Answer_that_never_ends_is_cut_and_one_that_never_comes_is_not_waited_for()
    {
        using Rig rig = NewRig(Box);
        Begin(rig);
        using ManualResetEventSlim over = new();
        Platform.Answer = async (came, response) =>
        {
            if (Platform.All.Count == 1)
            {
                await Task.Run(over.Wait);
            }

            response.StatusCode = 503;
            byte[] more = new byte[65_536];
            while (Platform.All.Count == 2 && !over.IsSet)
            {
                await response.Body.WriteAsync(more);
            }
        };
        Send(rig, EventKind.FireAlarm);
        Until(rig, () => Platform.All.Count >= 3);
        over.Set();
        Platform.Answer = PlatformServer.With(200);
        Until(rig, () => Platform.Taken.Count == 1);
    }

    [Fact]
    public void New_process_sends_what_was_not_confirmed_again_under_its_name()
    {
        using Rig rig = NewRig(Box);
        Begin(rig);
        using ManualResetEventSlim over = new();
        Platform.Answer = (_, _) => Task.Run(over.Wait);
        Send(rig, EventKind.FireAlarm);
        Until(rig, () => Platform.All.Count == 1);
        Room!.Dispose();
        rig.Restart();
        over.Set();
        Platform.Answer = PlatformServer.With(200);
        Begin(rig);
        Until(rig, () => Rows(rig, HandOverState.Delivered).Count == 1);
        Assert.Single(Platform.All.Select(one => one.Id).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public void After_an_outage_fires_go_first_and_each_case_in_its_order()
    {
        using Rig rig = NewRig(Box);
        Begin(rig);
        Platform.Answer = PlatformServer.With(503);
        for (int zone = 1; zone <= 20; zone++)
        {
            Send(rig, EventKind.CaseOpened, zone: zone);
        }

        Until(rig, () => Platform.All.Count >= 3);
        Send(rig, EventKind.FireAlarm);
        Send(rig, EventKind.Acknowledged);
        Send(rig, EventKind.CaseClosed, zone: 1);
        rig.StepClock(-86_400_000);
        Platform.Answer = PlatformServer.With(200);
        Until(rig, () => rig.Store.HandOverTargets().Single().Delivered >= 24);
        Came[] taken = [.. Platform.Taken];
        int fire = Array.FindIndex(taken, one => one.Type == "alarm.raised");

        // What was in flight when the platform came back may be before it, and no more.
        Assert.InRange(fire, 0, HandOverLimits.InFlightMax);
        foreach (IGrouping<string, Came> one in taken.GroupBy(one => one.Case))
        {
            Assert.Equal(one.Select(step => step.Step).Order(), one.Select(step => step.Step));
        }

        Assert.Empty(Rows(rig, HandOverState.Waiting));
    }

    [Fact]
    public void Inside_is_not_connected_to_unless_it_is_allowed()
    {
        using Rig rig = NewRig(Box);
        Begin(rig, inside: false);
        Send(rig, EventKind.FireAlarm);
        Until(rig, () => rig.Store.HandOverTargets().Single().FailedWords.Length > 0);
        Assert.Contains("内网地址未获允许", rig.Store.HandOverTargets().Single().FailedWords, StringComparison.Ordinal);
        Assert.Empty(Platform.All);
    }

    [Theory]
    [InlineData("https://platform.example/hook", false, false, null)]
    [InlineData("http://platform.example/hook", true, false, null)]
    [InlineData("https://10.1.2.3/hook", false, true, null)]
    [InlineData("http://platform.example/hook", false, false, "without encryption")]
    [InlineData("https://10.1.2.3/hook", false, false, "is inside")]
    [InlineData("https://[::1]/hook", false, false, "is inside")]
    [InlineData("https://user:word@platform.example/", false, false, "allowed: https")]
    [InlineData("https://10.1.2.3/hook?token=word", false, false, "is inside")]
    [InlineData("https://2130706433/hook", false, false, "is inside")]
    [InlineData("https://0x7f.1/hook", false, false, "is inside")]
    [InlineData("https://[::ffff:10.1.2.3]/hook", false, false, "is inside")]
    [InlineData("ftp://platform.example/", true, true, "allowed: https")]
    [InlineData("/hook", true, true, "allowed: https")]
    [InlineData("", true, true, "allowed: https")]
    public void Address_is_checked_where_it_is_written(string url, bool plain, bool inside, string? problem)
    {
        string? found = HandOverSettings.Problem(url, plain, inside);
        Assert.True(problem is null ? found is null : found?.Contains(problem, StringComparison.Ordinal) == true, found);
        Assert.DoesNotContain("word", found ?? "", StringComparison.Ordinal);
    }
}

public sealed class HandOverRoomTestsOnPostgres(PostgresFixture postgres) : HandOverRoomTests(postgres);
