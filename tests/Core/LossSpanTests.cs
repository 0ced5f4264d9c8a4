// Owns: what a loss record says of time where its parts were written in different starts.
// Must never: take a clock that was set back for time that passed.

using Gateway.Contract;
using Gateway.Core;

namespace Gateway.Tests.PanelProperties;

public sealed class LossSpanTests
{
    /// <summary>Seconds of the clock at the first and the last lost record and at the loss record, 0 = it was not known.</summary>
    [Theory]
    [InlineData(1000, 1600, 1700, 600)]
    [InlineData(1000, 1600, 1600, 600)]
    [InlineData(1000, 2512, 1596, 596)]
    [InlineData(1000, 2512, 0, 1512)]
    [InlineData(0, 2512, 2600, 0)]
    public void A_loss_is_over_before_its_record_also_where_a_clock_was_set_back(int firstS, int lastS, int toldS, int spanS)
    {
        Loss loss = new();
        loss.Add(Of(1, firstS));
        loss.Add(Of(2, lastS));
        EventRecord told = Of(3, toldS);
        loss.Tell(told);
        Assert.Equal((2, spanS), (told.Value, told.C));
    }

    /// <summary>The same for two of one start, 400 s apart, whatever the clock did until the loss record in a later start.</summary>
    [Theory]
    [InlineData(1000, 1400, 1500)]
    [InlineData(1000, 1400, 1177)]
    [InlineData(1000, 900, 700)]
    [InlineData(0, 0, 0)]
    public void A_loss_within_one_start_has_its_span_by_that_start(int firstS, int lastS, int toldS)
    {
        Loss loss = new();
        loss.Add(Of(1, firstS));
        loss.Add(Of(1, lastS, 420_000));
        EventRecord told = Of(2, toldS);
        loss.Tell(told);
        Assert.Equal((2, 400), (told.Value, told.C));
    }

    private static EventRecord Of(uint boot, int utcS, long uptimeMs = 20_000) =>
        new() { Kind = EventKind.KeyPressed, Boot = boot, UptimeMs = uptimeMs, UtcMs = utcS * 1000L };
}
