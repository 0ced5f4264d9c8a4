// Owns: the hand-over as people set it up: options, verbs, files.
// Must never: print a secret, not even when a test fails.

using System.Runtime.Versioning;
using System.Text.Json;
using Gateway.County.HandOver;
using Gateway.County.Server;
using Gateway.County.Sql;

namespace Gateway.County.Tests.HandOver;

[SupportedOSPlatform("linux")]
public sealed class HandOverProgramTests : ProgramRig
{
    [Theory]
    [InlineData("--handover-url: 'http://platform.example/' is without encryption", "--handover-url", "http://platform.example/")]
    [InlineData("--handover-url: 'https://10.0.0.1/' is inside", "--handover-url", "https://10.0.0.1/")]
    [InlineData("--handover-url: 'x'; allowed: https://HOST/PATH", "--handover-url", "x")]
    [InlineData("--handover-secret: missing; allowed: ", "--handover-url", "https://platform.example/")]
    [InlineData("--handover-secret: without --handover-url; allowed: ", "--handover-secret", "x")]
    [InlineData("--handover-listen: '0.0.0.0:9000'; allowed: HOST:PORT", "--handover-listen", "0.0.0.0:9000")]
    [InlineData("--handover-listen: allowed: with --handover-feedback-secret", "--handover-listen", "127.0.0.1:9000")]
    [InlineData("--handover-pull-token: without --handover-listen; allowed: ", "--handover-pull-token", "x")]
    public async Task Setting_that_cannot_be_is_refused_with_what_is_allowed(string says, string option, string value)
    {
        (int code, string error) = await Told("run", option, value, "--db", In("county.db"));
        Assert.Equal(2, code);
        Assert.Contains(says, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("whsec_short\n")]
    [InlineData("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\nwhsec_x\n")]
    public async Task File_without_a_good_secret_is_refused_and_not_shown(string text)
    {
        File.WriteAllText(In("secret"), text);
        (int code, string error) = await Told(
            "run", "--handover-url", "https://platform.example/", "--handover-secret", In("secret"), "--db", In("county.db"));
        Assert.Equal(2, code);
        Assert.Contains("allowed: a file with a secret in its first line", error, StringComparison.Ordinal);
        Assert.DoesNotContain("whsec_A", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secret_changes_with_both_signing_and_files_are_their_owners_alone()
    {
        Assert.Equal((0, ""), await Told("handover", "rotate", "--out", In("one")));
        Assert.Equal((0, ""), await Told("handover", "rotate", "--old", In("one"), "--out", In("two")));
        string[] two = File.ReadAllLines(In("two"));
        Assert.Equal(File.ReadAllLines(In("one"))[0], two[1]);
        Assert.All(two, line => Assert.NotNull(WebhookSecret.Parse(line)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(In("two")));
        Assert.Contains("is there already", (await Told("handover", "rotate", "--out", In("two"))).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Status_says_what_waits_since_when_and_what_was_refused_and_resend_has_it_sent_again()
    {
        Register();
        using SqlStore store = SqlStore.Open(In("county.db"));
        using (IStoreTransaction rows = store.Begin())
        {
            rows.HandOver!.Put(new HandOverTarget { Name = HandOverSettings.Platform });
            foreach ((int number, HandOverState state, int priority) in ((int, HandOverState, int)[])[
                (91, HandOverState.Waiting, 0), (92, HandOverState.Waiting, 2), (93, HandOverState.Refused, 2),
                (94, HandOverState.GivenUp, 2)])
            {
                rows.HandOver.Add(new HandOverRow
                {
                    Target = HandOverSettings.Platform, Number = number, MessageId = $"330701-77-0-{number}-1",
                    Case = $"330701-77-0-{number}", Type = "cn.fgw.danger.opened", Priority = priority, State = state, Tries = 4,
                    CreatedMs = 1_780_000_000_000 + (number * 60_000), LastStatus = 422, LastWords = "缺大类", Body = [1],
                });
            }

            rows.Commit();
        }

        (int code, string output, _) = Run("handover", "status");
        Assert.Equal(0, code);
        Assert.Contains(
            $"待上报 waiting：2，其中报警 alarms 1，最早自 oldest since {TimeText.Local(1_780_005_460_000)}", output, StringComparison.Ordinal);
        Assert.Contains("HTTP 422 缺大类", output, StringComparison.Ordinal);
        using (JsonDocument json = JsonDocument.Parse(Run("handover", "status", "--json").Output))
        {
            Assert.Equal(
                ["refused", "given-up", "waiting", "waiting"],
                json.RootElement.EnumerateArray().Select(row => row.GetProperty("state").GetString()));
        }

        Assert.Contains("messages to be sent again: 1", Run("handover", "resend", "--refused").Output, StringComparison.Ordinal);
        Assert.Contains(
            "messages to be sent again: 1", Run("handover", "resend", "--message", "330701-77-0-94-1").Output, StringComparison.Ordinal);
        Assert.StartsWith("test-", Run("handover", "test").Output, StringComparison.Ordinal);
        Assert.Equal(5, store.HandOverWaiting(HandOverSettings.Platform).All);
    }

    [Fact]
    public async Task Verbs_say_what_is_allowed_where_nothing_is_handed_over()
    {
        Register();
        string db = $"--db={In("county.db")}";
        Assert.Contains("未设置上报", (await Told("handover", "test", db)).Error, StringComparison.Ordinal);
        Assert.Contains(
            "allowed: --message NAME, --refused, --given-up", (await Told("handover", "resend", db)).Error, StringComparison.Ordinal);
        Assert.Contains("未设置上报", Run("handover", "status").Output, StringComparison.Ordinal);
    }
}
