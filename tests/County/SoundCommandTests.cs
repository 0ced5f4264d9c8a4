// Owns: the command that sounds while a fire waits: how its line is parted, when it runs, that it ends, and what is said of its failure.
// Must never: assert how fast a program runs.

using System.Runtime.Versioning;
using Gateway.County.Server;

namespace Gateway.County.Tests;

[SupportedOSPlatform("linux")]
public sealed class SoundCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("county-sound-").FullName;
    private readonly List<string> _said = [];

    [Theory]
    [InlineData("aplay /srv/fire.wav", "aplay", "/srv/fire.wav")]
    [InlineData("  aplay   -q \"/srv/a b.wav\" ", "aplay", "-q", "/srv/a b.wav")]
    [InlineData("aplay \"\" x\"y z\"w", "aplay", "", "xy zw")]
    [InlineData("aplay $(reboot) ; rm -rf * | x > y `z` \\\"", null)]
    [InlineData("aplay $HOME;*", "aplay", "$HOME;*")]
    [InlineData("", null)]
    [InlineData("   ", null)]
    [InlineData("\"\" x", null)]
    [InlineData("a\tb", null)]
    public void Line_is_parted_by_spaces_and_quotes_and_by_nothing_else(string line, params string?[]? words) =>
        Assert.Equal(words is null or [null] ? null : words.OfType<string>(), SoundCommand.Split(line));

    [Fact]
    public async Task Command_runs_again_and_again_until_nobody_waits_and_no_shell_sees_it()
    {
        // Each run makes a folder of its own name, or fails: then the next one is there already.
        bool waits = false;
        int looks = 0;
        string made = Path.Combine(_folder, "$(touch x);&");
        await using Running running = new(
            this, ["/bin/mkdir", made],
            () =>
            {
                looks++;
                return waits;
            });
        await Patience.UntilAsync(() => looks > 2);
        Assert.False(Directory.Exists(made));
        waits = true;
        await Patience.UntilAsync(() => Directory.Exists(made) && Said().Length == 1);
        Directory.Delete(made);
        await Patience.UntilAsync(() => Directory.Exists(made) && Said().Length >= 2);
        Assert.Contains("声响命令失败 sound command '/bin/mkdir': exit code 1 ", Said()[0], StringComparison.Ordinal);
        Assert.Contains("works again", Said()[1], StringComparison.Ordinal);
        Assert.Equal([made], Directory.GetFileSystemEntries(_folder));
        waits = false;
        int since = looks;
        await Patience.UntilAsync(() => looks > since + 1);
        Directory.Delete(made);
        since = looks;
        await Patience.UntilAsync(() => looks > since + 2);
        Assert.False(Directory.Exists(made));
    }

    [Fact]
    public async Task Command_that_does_not_end_is_ended_and_said_once()
    {
        await using Running running = new(this, ["/bin/sleep", "1000"], () => true, runMs: 300);
        await Patience.UntilAsync(() => Said().Length > 0);
        Assert.Contains("ended after 0 s; allowed: a command that ends by itself", Assert.Single(Said()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_that_cannot_be_started_is_said_and_database_that_fails_starts_none()
    {
        await using (Running running = new(this, [_folder], () => true))
        {
            await Patience.UntilAsync(() => Said().Length > 0);
        }

        Assert.Contains($"sound command '{_folder}': ", Assert.Single(Said()), StringComparison.Ordinal);
        int looks = 0;
        await using (Running running = new(
            this, ["/bin/mkdir", Path.Combine(_folder, "x")],
            () => ++looks > 0 ? throw new Sql.StoreException("away") : true))
        {
            await Patience.UntilAsync(() => looks > 1);
        }

        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Secrets_of_the_county_are_not_in_the_commands_environment()
    {
        Dictionary<string, string?> environment = new() { [RunCommand.PasswordVariable] = "x", ["PGPASSWORD"] = "y", ["PATH"] = "z" };
        SoundCommand.WithoutSecrets(environment);
        Assert.Equal(["PATH"], environment.Keys);
    }

    [Fact]
    public void Only_a_fire_that_nobody_took_sounds()
    {
        FakeGateway gateway = new(330701);
        using Rig rig = new(gateway);
        rig.Send(gateway.Hello());
        CaseDesk.Found(
            rig.Store, new FoundDanger(rig.Store.Stations()[0], CaseGrade.Major, "堵塞", "李", EscalationLevel.County), rig.NowMs);
        Assert.False(SoundCommand.Waits(rig.Store));
        rig.Send(gateway.Batch(
            Contract.Lane.Fire, 0, gateway.Record(Contract.Lane.Fire, 1, Contract.EventKind.FireAlarm, record => record.Zone = 3)));
        Assert.True(SoundCommand.Waits(rig.Store));
        Case fire = Assert.Single(rig.Store.Cases(new CaseQuery { Class = CaseClass.Alarm }));
        CaseDesk.Act(rig.Store, new CaseRequest { Case = fire.Id, Kind = CaseActKind.Take, By = "李" }, rig.NowMs);
        Assert.False(SoundCommand.Waits(rig.Store));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string[] Said()
    {
        lock (_said)
        {
            return [.. _said];
        }
    }

    private sealed class Running : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _run;

        public Running(SoundCommandTests of, string[] words, Func<bool> waits, int runMs = 120_000)
        {
            SoundCommand command = new(words, 20, waits, (_, line) =>
            {
                lock (of._said)
                {
                    of._said.Add(line);
                }
            })
            {
                RunMs = runMs,
            };
            _run = Task.Run(() => command.Run(_stop.Token));
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _run;
            _stop.Dispose();
        }
    }
}
