// Owns: a call-out to a fire elsewhere: what sounds and shows, who answers, what is kept, what comes of it.
// Must never: let it pass for a fire of this station, or ring twice for one command.

using System.Text;
using Gateway.Contract;
using Gateway.Core;
using Gateway.Tests.Device;

namespace Gateway.Tests.PanelProperties;

public sealed class CallOutTests
{
    private const string Place = "前塘村仓库";
    private readonly Scene _scene = new("smoke 1 | callpoint 2 | cases afterMin=60");
    private uint _number = 6;

    private PanelState State => _scene.Loop.Panel.State;

    private Pattern Buzzer => _scene.Loop.Outputs.PatternOf(OutputRole.Buzzer);

    [Fact]
    public void The_box_sounds_its_own_tone_and_shows_where_until_somebody_sets_out()
    {
        Call(5, Place);
        Assert.Equal((Pattern.CallOut, Pattern.Off, Pattern.Flash),
            (Buzzer, _scene.Loop.Outputs.PatternOf(OutputRole.Siren), _scene.Loop.Outputs.PatternOf(OutputRole.LampDuty)));
        Assert.Equal((Place, ZoneSet.None), (PanelView.CallOutPlace(State), State.Latched));
        Assert.NotEqual(ConditionBits.None, _scene.Loop.Panel.ConditionSummary & ConditionBits.CallOut);
        SceneSteps.Play(_scene, "+45s silence +1s");
        Assert.Equal(Pattern.CallOut, Buzzer);
        SceneSteps.Play(_scene, "answer +1s");
        Assert.Equal((Pattern.Off, "", ConditionBits.None),
            (Buzzer, PanelView.CallOutPlace(State), _scene.Loop.Panel.ConditionSummary & ConditionBits.CallOut));
        Assert.Equal(
            ["call-out-asked a=3 300 s", "command-done 0", "call-out-answered 46 s [16]"],
            Told("command-done", "call-out-asked", "call-out-answered", "call-out-missed", "call-out-ended"));
    }

    [Fact]
    public void Nobody_answers_in_time_and_the_county_is_told()
    {
        Call(2, Place);
        SceneSteps.Play(_scene, "+118s");
        Assert.Equal(Pattern.CallOut, Buzzer);
        SceneSteps.Play(_scene, "+3s");
        Assert.Equal((Pattern.Off, false), (Buzzer, PartOf.CallOut(State).Asked));
        Assert.Equal(["call-out-missed 120 s general"], Told("call-out-missed", "call-out-answered"));
    }

    [Fact]
    public void The_county_takes_it_back_or_calls_to_another_place()
    {
        Call(5, Place);
        Call(5, "上溪村");
        Assert.Equal("上溪村", PanelView.CallOutPlace(State));
        Call(0, "");
        Assert.Equal((Pattern.Off, ""), (Buzzer, PanelView.CallOutPlace(State)));
        Call(0, "");
        Assert.Equal(["a=3 b=2", "a=3 b=1"], Told("call-out-ended").Select(one => string.Join(' ', one.Split(' ')[1..3])));
        Assert.Equal("command-done 1", Told("command-done")[^1]);
    }

    [Fact]
    public void A_command_that_is_sent_again_rings_nobody_a_second_time_also_over_a_restart()
    {
        Call(5, Place);
        SceneSteps.Play(_scene, "answer +1s");
        _number--;
        Call(5, Place);
        Assert.Equal((false, Pattern.Off), (PartOf.CallOut(State).Asked, Buzzer));
        SceneSteps.Play(_scene, "reboot +2s");
        _number--;
        Call(5, Place);
        Assert.Equal((false, Pattern.Off), (PartOf.CallOut(State).Asked, Buzzer));
        Assert.Single(Told("call-out-asked"));
        Assert.Equal(2, Told("command-refused").Length);
    }

    [Fact]
    public void It_goes_on_over_a_restart_and_is_still_missed()
    {
        Call(10, new string('塘', ContractLimits.PlaceBytesMax / 3));
        SceneSteps.Play(_scene, "+90s reboot +1s");
        Assert.Equal((new string('塘', ContractLimits.PlaceBytesMax / 3), Pattern.CallOut), (PanelView.CallOutPlace(State), Buzzer));
        Assert.InRange(PanelView.CallOutLeftS(State, _scene.NowMs), 300, 510);
        SceneSteps.Play(_scene, "+9m");
        Assert.Equal((Pattern.Off, false), (Buzzer, PartOf.CallOut(State).Asked));
        Assert.Single(Told("call-out-missed"));
        SceneSteps.Play(_scene, "reboot +1s");
        Assert.False(PartOf.CallOut(State).Asked);
    }

    [Fact]
    public void A_fire_here_sounds_as_fire_and_who_answers_it_does_not_set_out()
    {
        Call(10, Place);
        SceneSteps.Play(_scene, "on2 +1s");
        Assert.Equal(Pattern.Fire, _scene.Loop.Outputs.PatternOf(OutputRole.Siren));
        SceneSteps.Play(_scene, "answer +1s");
        Assert.Equal((false, true), (State.Unacknowledged, PartOf.CallOut(State).Asked));
        SceneSteps.Play(_scene, "answer +1s");
        Assert.False(PartOf.CallOut(State).Asked);
    }

    [Fact]
    public void A_station_whose_settings_say_so_stays_quiet()
    {
        _scene.Change("smoke 1 | callout take=no");
        Call(5, Place);
        Assert.Equal((Pattern.Off, false), (Buzzer, PartOf.CallOut(State).Asked));
        Assert.Equal($"command-done {(int)CommandOutcome.NotAllowed}", Told("command-done")[^1]);
    }

    [Theory]
    [InlineData("E5 89 8D 20 31", "前 1")]
    [InlineData("41 0A 42 0D 43 09 44", "A B C D")]
    [InlineData("1B 5B 33 31 6D 78", "[31mx")]
    [InlineData("41 00 42 7F", "A B")]
    [InlineData("E5 89", "??")]
    [InlineData("FF 41 C0 80", "?A??")]
    [InlineData("41 E2 80 AE 42 E2 81 A7 43", "A   B   C")]
    [InlineData("C2 9B 41 EF BB BF", "A")]
    [InlineData("F0 9F 94 A5", "\U0001F525")]
    public void A_place_is_shown_clean_whatever_came(string bytes, string shown)
    {
        Call(5, Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal)));
        Assert.Equal(shown, PanelView.CallOutPlace(State));
        SceneSteps.Play(_scene, "reboot +1s");
        Assert.Equal(shown, PanelView.CallOutPlace(State));
    }

    [Theory]
    [InlineData("")]
    [InlineData("20 09")]
    [InlineData("E2 80 8B")]
    public void Without_a_place_nobody_is_called(string bytes)
    {
        Call(5, Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal)));
        Assert.False(PartOf.CallOut(State).Asked);
        Assert.Equal($"command-done {(int)CommandOutcome.OutOfRange}", Told("command-done")[^1]);
    }

    private void Call(int minutes, string place) => Call(minutes, Encoding.UTF8.GetBytes(place));

    private void Call(int minutes, byte[] place)
    {
        _scene.Pass(2_000, everyTick: true);
        _scene.County.Text = place;
        _scene.County.Ask(++_number, CommandCode.CallOut, minutes, 0, 0);
        _scene.Pass(400, everyTick: true);
    }

    /// <summary>Events of some codes, in words; the lane of each is that of its number.</summary>
    private string[] Told(params string[] codes)
    {
        SceneSteps.Play(_scene, "+1s");
        byte[] bytes = new byte[EventRecord.Size];
        List<string> told = [];
        LaneLog log = _scene.Loop.Log.At(Lane.Routine);
        for (uint after = 0; after < log.Durable; after++)
        {
            EventRecord r = new();
            if (_scene.Loop.Log.Read(Lane.Routine, after, 1, bytes, 0) != 1 || r.Decode(bytes, 0, bytes.Length) != DecodeResult.Ok
                || !codes.Contains(EventKinds.Code(r.Kind), StringComparer.Ordinal))
            {
                continue;
            }

            bool command = r.Kind is EventKind.CommandDone or EventKind.CommandRefused;
            string details = command ? "" : (r.A != 0 ? $" a={r.A}" : "") + (r.B != 0 ? $" b={r.B}" : "");
            string value = $" {r.Value}" + (r.Unit == Unit.Second ? " s" : "");
            string grade = r.Severity == Severity.None ? "" : " " + Severities.Code(r.Severity);
            told.Add(EventKinds.Code(r.Kind) + details + value + grade + (r.Flags == EventFlags.None ? "" : $" [{(int)r.Flags}]"));
        }

        return [.. told];
    }
}
