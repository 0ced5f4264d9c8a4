// Owns: that whoever guesses passwords of the duty page, however often, keeps nobody else from signing in and working.
// Must never: assert how fast an answer comes; that others get on while the guesses go on is what counts.

using Gateway.County.Duty;

namespace Gateway.County.Tests;

public sealed class DutyGuessTests
{
    [Fact]
    public Task Wrong_passwords_of_one_account_keep_nobody_else_from_work() => Guess(1_000, others: 4);

    /// <summary>Each is a request as a browser makes it, half a minute of a processor in all; run by tests/campaign.sh.</summary>
    [Fact(Explicit = true)]
    public Task Ten_thousand_wrong_passwords_of_one_account_keep_nobody_else_from_work() => Guess(10_000, others: 20);

    private static async Task Guess(int guesses, int others)
    {
        await using DutyRig rig = new(dear: true);
        using Browser attacker = rig.NewBrowser();
        int guessed = 0;
        bool worked = false;
        Task<int[]>[] guessing =
        [
            .. Enumerable.Range(0, 20).Select(_ => Task.Run(async () =>
            {
                HashSet<int> codes = [];
                while (Interlocked.Increment(ref guessed) is var i && (i <= guesses || !Volatile.Read(ref worked)))
                {
                    codes.Add(await attacker.SignIn("county", $"wrong password {i}"));
                }

                return codes.ToArray();
            })),
        ];
        string path = $"/cases/{rig.HereFire}/note";
        for (int i = 0; i < others; i++)
        {
            // Signed in anew each time, from the same address as the attacker.
            Browser other = await rig.As("here");
            Assert.Equal(200, (await other.Get("/")).Code);
            string version = $"{rig.Rig.Store.Case(rig.HereFire)!.Version}";
            Assert.Equal(200, (await other.Post(path, new() { ["version"] = version, ["words"] = $"{i}" })).Code);
        }

        Volatile.Write(ref worked, true);
        Assert.All(await Task.WhenAll(guessing), codes => Assert.Equal([401], codes));
        Assert.True(guessed >= guesses);
        Assert.Equal(others, rig.Rig.Store.Steps(rig.HereFire).Count(step => step.Kind == CaseStepKind.Noted));
    }

    [Fact]
    public Task Many_names_at_once_keep_nobody_else_from_signing_in() => ManyNames(50);

    /// <summary>Each costs a look at its hash, which is dear on purpose; run by tests/campaign.sh.</summary>
    [Fact(Explicit = true)]
    public Task Very_many_names_at_once_keep_nobody_else_from_signing_in() => ManyNames(300);

    private static async Task ManyNames(int names)
    {
        await using DutyRig rig = new(dear: true);
        using Browser attacker = rig.NewBrowser();
        Task<int>[] wrong =
        [
            .. Enumerable.Range(0, names).Select(i => attacker.SignIn(i % 2 == 0 ? "county" : $"guess{i}", $"wrong password {i}")),
        ];
        Browser other = await rig.As("here");
        Assert.Equal(200, (await other.Get("/")).Code);
        Assert.All(await Task.WhenAll(wrong), code => Assert.Equal(401, code));
        Assert.Equal(303, await other.SignIn("county", DutyRig.Password));
    }

    [Fact]
    public async Task Who_was_not_wrong_of_late_is_looked_at_before_all_who_were()
    {
        PasswordTurns turns = new(1);
        using ManualResetEventSlim go = new();
        CancellationToken stop = TestContext.Current.CancellationToken;
        List<string> order = [];
        Task<bool> holds = turns.Do(first: false, () => Waited(go, stop), stop);
        Task<int>[] wrong = [.. Enumerable.Range(0, 50).Select(_ => turns.Do(first: false, () => Add("wrong"), stop))];
        using CancellationTokenSource gone = new();
        Task<int> left = turns.Do(first: true, () => Add("left"), gone.Token);
        Task<int> right = turns.Do(first: true, () => Add("right"), stop);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        go.Set();
        await Task.WhenAll([holds, right, .. wrong]);
        Assert.Equal("right", order[0]);
        Assert.Equal(51, order.Count);
        Assert.Equal(52, await turns.Do(first: false, () => Add("last"), stop));

        int Add(string who)
        {
            lock (order)
            {
                order.Add(who);
                return order.Count;
            }
        }
    }

    private static bool Waited(ManualResetEventSlim go, CancellationToken stop)
    {
        go.Wait(stop);
        return true;
    }
}
