// Owns: the proof that what a person at the county asks on the command line is done at the box and answered by events.
// Must never: ask in another way than a person does.

using System.Text.Json;
using Gateway.Contract;

namespace Gateway.Tests.EndToEnd;

/// <summary>The programs as users run them: `county run`, `county command …` beside it, and gateway-pc.</summary>
public sealed class CommandTests
{
    private const string OnDuty = """
        wait until online within 300s
        expect event duty-check-asked within 5min
        expect buzzer duty
        answer
        expect event duty-check-answered within 60s
        expect event drill-began within 5min
        expect condition drill
        expect event hot-work-began within 5min
        expect condition hot-work
        expect condition disabled
        wait until county holds within 300s
        quit

        """;

    [Fact]
    public void Duty_check_drill_and_permit_asked_on_the_command_line_are_done_at_the_box_and_answered()
    {
        using var stage = new Stage();
        using ChildProgram county = stage.StartCounty();
        using ChildProgram gateway = stage.StartGateway(OnDuty);
        gateway.Await("通信 在线 online", 600_000);
        Ask(stage, "duty-check", "--minutes", "5");
        gateway.Await("查岗应答", 600_000);
        Ask(stage, "drill", "--zones", "all", "--minutes", "10");
        Ask(stage, "hot-work", "--zones", "2,3", "--minutes", "30");
        Assert.True(gateway.Finish(600_000) == 0, string.Join('\n', gateway.Lines.Concat(county.Lines)));

        EventKind[] kinds =
            [EventKind.DutyCheckAsked, EventKind.DutyCheckAnswered, EventKind.DrillBegan, EventKind.HotWorkBegan];
        Assert.All(kinds, kind => Assert.Equal(1, stage.Count($"SELECT COUNT(*) FROM events WHERE kind = {(int)kind}")));
        Assert.Equal(3, stage.Count($"SELECT COUNT(*) FROM events WHERE kind = {(int)EventKind.CommandDone} AND value = 0"));
        Assert.Equal(0, stage.Count($"SELECT COUNT(*) FROM events WHERE kind = {(int)EventKind.CommandRefused}"));

        using ChildProgram list = ChildProgram.County("commands", "--json", "--db", stage.Database);
        Assert.Equal(0, list.Finish(600_000));
        using JsonDocument commands = JsonDocument.Parse(list.Said);
        Assert.Equal(
            ["drill done", "duty-check done", "hot-work done"],
            commands.RootElement.EnumerateArray().Select(c => $"{c.GetProperty("command")} {c.GetProperty("state")}").Order());
    }

    private static void Ask(Stage stage, params string[] what)
    {
        using ChildProgram command = ChildProgram.County(["command", "--station", $"{Stage.Station}", "--db", stage.Database, .. what]);
        Assert.True(command.Finish(600_000) == 0, command.Said);
    }
}
