// Owns: patterns of sounds and lamps in time: each begins at once, and goes on whatever else changes.
// Must never: know why an output sounds.

using Gateway.Core;

namespace Gateway.Tests.PanelProperties;

public sealed class PatternTests
{
    private const int TickMs = 20;

    [Theory]
    [InlineData(60)]
    [InlineData(500)]
    [InlineData(900)]
    public void A_drill_keeps_its_pauses_whatever_else_changes(int everyMs)
    {
        Bench bench = new();
        bench.Driver.Set(OutputRole.Siren, Pattern.Drill);
        int onMs = 0;
        int longestMs = 0;
        int sounds = 0;
        for (int ms = 0; ms < 60_000; ms += TickMs)
        {
            if (ms % everyMs < TickMs)
            {
                bench.Driver.Set(OutputRole.LampFault, (ms / everyMs) % 2 == 0 ? Pattern.On : Pattern.Off);
            }

            bench.Driver.Drive(ms);
            sounds += bench.Output[(int)OutputRole.Siren] && onMs == 0 ? 1 : 0;
            onMs = bench.Output[(int)OutputRole.Siren] ? onMs + TickMs : 0;
            longestMs = Math.Max(longestMs, onMs);
        }

        Assert.InRange(longestMs, 900, 1_200);
        Assert.InRange(sounds, 19, 21);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(100)]
    [InlineData(2_940)]
    public void A_pattern_begins_in_the_tick_of_its_change_and_lasts_for_its_whole_first_slot(int afterMs)
    {
        Bench bench = new();
        bench.Driver.Set(OutputRole.LampFault, Pattern.Flash);
        for (int ms = 0; ms < afterMs; ms += TickMs)
        {
            bench.Driver.Drive(ms);
        }

        bench.Driver.Set(OutputRole.Buzzer, Pattern.Fault);
        int onMs = 0;
        for (int ms = afterMs; ms < afterMs + 2_000; ms += TickMs)
        {
            bench.Driver.Drive(ms);
            Assert.True(ms != afterMs || bench.Output[(int)OutputRole.Buzzer]);
            onMs += bench.Output[(int)OutputRole.Buzzer] ? TickMs : 0;
        }

        Assert.InRange(onMs, Limits.PatternSlotMs, 2 * Limits.PatternSlotMs);
    }

    private sealed class Bench : BoardPort
    {
        public Bench()
        {
            BoardShape shape = new();
            for (int role = 0; role < OutputRoles.Count; role++)
            {
                shape.OutputOf[role] = (sbyte)role;
            }

            Driver = new OutputDriver(this, new Settings(shape));
        }

        public OutputDriver Driver { get; }

        public bool[] Output { get; } = new bool[OutputRoles.Count];

        public override void ReadInputs(int[] raw)
        {
        }

        public override void WriteOutput(int output, bool on) => Output[output] = on;

        public override void FeedWatchdog()
        {
        }
    }
}
