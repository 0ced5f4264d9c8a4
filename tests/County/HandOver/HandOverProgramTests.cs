// Owns: the hand-over as people set it up and as it is killed: options, verbs, files, and `county run` as a process.
// Must never: print a secret, not even when a test fails.

using System.Runtime.Versioning;
using Gateway.County.HandOver;
using Gateway.County.Sql;

namespace Gateway.County.Tests.HandOver;

[SupportedOSPlatform("linux")]
public sealed class HandOverProgramTests : ProgramRig
{
    private const int Kills = 5;
    private const int Dangers = 20;

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
    public async Task Verbs_say_what_is_allowed_where_nothing_is_handed_over()
    {
        Register();
        string db = $"--db={In("county.db")}";
        Assert.Contains("未设置上报", (await Told("handover", "test", db)).Error, StringComparison.Ordinal);
        Assert.Contains(
            "allowed: --message NAME, --refused, --given-up", (await Told("handover", "resend", db)).Error, StringComparison.Ordinal);
        Assert.Contains("未设置上报", Run("handover", "status").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void County_that_is_killed_again_and_again_delivers_every_step_in_order()
    {
        Register();
        string secret = WebhookSecret.Create();
        File.WriteAllText(In("secret"), secret + "\n");
        using PlatformServer platform = new(secret);
        platform.Answer = PlatformServer.With(503);
        ChildProgram Start() => ChildProgram.Beside(
            "county.dll", "run", "--db", In("county.db"), "--listen", "127.0.0.1:0", "--handover-url", platform.Url.ToString(),
            "--handover-secret", In("secret"), "--handover-plain", "--handover-inside");
        FakeGateway gateway = new(330701);
        for (int kill = 0; kill < Kills; kill++)
        {
            int came = platform.All.Count;
            using ChildProgram county = Start();
            if (kill == 0)
            {
                // A county that begins to hand over tells what happens from then on.
                Patience.Until(() => Targets() == 1, () => county.Said);
            }

            using (SqlStore store = SqlStore.Open(In("county.db")))
            {
                long nowMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
                for (int n = 0; n < Dangers / Kills; n++)
                {
                    Case one = CaseDesk.Found(
                        store, new FoundDanger(gateway.Registration, CaseGrade.Low, $"{kill}-{n}", "李", EscalationLevel.Village), nowMs);
                    CaseDesk.Act(store, new CaseRequest { Case = one.Id, Kind = CaseActKind.Take, By = "王" }, nowMs);
                }
            }

            Patience.Until(() => platform.All.Count > came, () => county.Said);
            county.Kill();
        }

        platform.Answer = PlatformServer.With(200);
        using ChildProgram last = Start();
        Patience.Until(() => Delivered() == 2 * Dangers, () => last.Said);
        Assert.Equal(0, last.Stop());
        Assert.Empty(platform.Wrong);
        Assert.Equal(2 * Dangers, platform.Taken.Select(one => one.Id).Distinct(StringComparer.Ordinal).Count());
        foreach (IGrouping<string, Came> one in platform.Taken.GroupBy(came => came.Case))
        {
            Assert.Equal(one.Select(step => step.Step).Order(), one.Select(step => step.Step));
        }

        Assert.DoesNotContain(secret["whsec_".Length..], last.Said, StringComparison.Ordinal);
    }

    private int Targets()
    {
        using SqlStore store = SqlStore.Open(In("county.db"));
        return store.HandOverTargets().Count;
    }

    private long Delivered()
    {
        using SqlStore store = SqlStore.Open(In("county.db"));
        return store.HandOverTargets().Single().Delivered;
    }
}
