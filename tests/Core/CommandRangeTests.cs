// Owns: that a gateway takes the arguments of commands that CONTRACT.md says, and answers others as it says.
// Must never: hold a range or an answer of its own: the page's table is what the gateway is held to.

using System.Globalization;
using System.Text;
using Gateway.Contract;
using Gateway.Core;
using Gateway.Tests.Device;
using Gateway.Tests.Support;

namespace Gateway.Tests.PanelProperties;

public sealed class CommandRangeTests
{
    private const int Whole = 2_000;

    private static IEnumerable<IReadOnlyDictionary<string, string>> Rows =>
        MarkdownTable.Under("Arguments of commands", "command").Rows;

    public static TheoryData<string, string> Ranges
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach (IReadOnlyDictionary<string, string> row in Rows.Where(row => row["range"].Split(' ')[0].Contains("..")))
            {
                data.Add(row["command"], row["argument"]);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Ranges))]
    public void An_argument_is_taken_within_its_range_and_answered_as_the_page_says_outside_of_it(string command, string argument)
    {
        IReadOnlyDictionary<string, string> row = Rows.Single(r => r["command"] == command && r["argument"] == argument);
        string[] ends = row["range"].Split(' ')[0].TrimEnd(',').Split("..");
        long first = long.Parse(ends[0], CultureInfo.InvariantCulture);
        long last = long.Parse(ends[1], CultureInfo.InvariantCulture);

        // A small flash takes less of a text; what it takes is in the tests of settings from the county.
        long within = row["range"].Contains("small", StringComparison.Ordinal) ? Whole : last;
        string[] taken = [Result(command, argument, first), Result(command, argument, within)];
        Assert.All(taken, result => Assert.DoesNotContain(result, (string[])["out-of-range", "unknown-zone", "refused too-long"]));
        string outside = row["outside"].Split(' ')[0];
        Assert.Equal(outside, Result(command, argument, first - 1));
        if (last < uint.MaxValue)
        {
            // A piece beyond its bound does not fit a message down.
            string above = (command, argument) == ("settings-piece", "text") ? "refused too-long" : outside;
            Assert.Equal(above, Result(command, argument, last + 1));
        }
    }

    [Theory]
    [InlineData("drill", 20, 1 << 5, "unknown-zone")]
    [InlineData("drill", 20, 0, "done")]
    [InlineData("drill", -1, 1 << 5, "unknown-zone")]
    [InlineData("drill", 0, 1 << 5, "nothing-to-do")]
    [InlineData("hot-work", 0, 20, "unknown-zone")]
    [InlineData("hot-work", 1 << 5, 20, "unknown-zone")]
    [InlineData("hot-work", 1 << 1, 20, "not-allowed")]
    [InlineData("hot-work", 1 << 5, 0, "nothing-to-do")]
    [InlineData("shield", 6, 99_999, "unknown-zone")]
    [InlineData("shield", 1, 0, "nothing-to-do")]
    [InlineData("test", 1, 0, "nothing-to-do")]
    [InlineData("clock", 0, 0, "out-of-range")]
    [InlineData("silence", 0, 0, "not-allowed")]
    public void Zones_are_looked_at_before_minutes_and_minutes_0_end_what_runs(string command, int a, int b, string result) =>
        Assert.Equal(result, Asked(command, a, b, 0));

    [Theory]
    [InlineData(2, 1, "out-of-range")]
    [InlineData(100_000, 100_001, "nothing-to-do")]
    public void A_log_is_read_from_a_first_to_a_last_number(uint first, uint last, string result) =>
        Assert.Equal(result, Asked("read-log", (int)Lane.Routine, (int)first, (int)last));

    [Theory]
    [InlineData("shield", 2, 5, "fire-is-latched")]
    [InlineData("test", 2, 5, "fire-is-latched")]
    [InlineData("hot-work", 2, 5, "fire-is-latched")]
    [InlineData("drill", 5, 0, "fire-is-latched")]
    [InlineData("shield", 1, 5, "done")]
    public void What_would_hide_a_fire_is_refused_while_it_burns(string command, int a, int b, string result) =>
        Assert.Equal(result, Asked(command, a, b, 0, "smoke 1 | smoke 2", "on2"));

    [Theory]
    [InlineData(-1, Whole, 5, "out-of-range")]
    [InlineData(Whole, Whole, 1, "out-of-range")]
    [InlineData(Whole - 1, Whole, 2, "out-of-range")]
    [InlineData(0, Whole, 5, "done")]
    [InlineData(5, Whole, 5, "incomplete")]
    public void A_piece_lies_within_its_text_and_joins_what_is_there(int offset, int whole, int count, string result) =>
        Assert.Equal(result, Piece(offset, whole, count));

    /// <summary>The result with all arguments good but this one.</summary>
    private static string Result(string command, string argument, long value) => (command, argument) switch
    {
        ("duty-check", _) => Asked(command, (int)value, 0, 0),
        ("drill", _) => Asked(command, (int)value, 0, 0),
        ("hot-work", _) => Asked(command, 1, (int)value, 0),
        ("shield" or "test", "zone") => Asked(command, (int)value, 5, 0, "smoke 1 | smoke 32"),
        ("shield" or "test", _) => Asked(command, 1, (int)value, 0),
        ("read-log", "lane") => Asked(command, (int)value, 1, 1),
        ("read-log", _) => Asked(command, (int)Lane.Routine, (int)(uint)value, -1),
        ("call-out", "text") => Asked(command, 5, 0, 0, text: new string('x', (int)value)),
        ("call-out", _) => Asked(command, (int)value, 0, 0, text: "x"),
        ("settings-piece", "text") => Piece(0, Whole, (int)value),
        _ => Piece(0, (int)value, 1),
    };

    private static string Asked(
        string command, int a, int b, int c, string settings = "smoke 1 | callpoint 2", string before = "", string text = "")
    {
        Scene scene = new(settings);
        scene.Pass(2_000, true);
        if (before.Length > 0)
        {
            SceneSteps.Play(scene, before);
        }

        CommandCode code = (CommandCode)Enumerable.Range(1, 99).First(n => CommandCodes.Name((CommandCode)n) == command);
        scene.County.Text = Encoding.UTF8.GetBytes(text);
        scene.County.Ask(7, code, a, b, c);
        scene.Pass(400, true);
        return Answer(scene.Loop);
    }

    private static string Piece(int offset, int whole, int count)
    {
        TrialScene scene = new(new Gateway.Tests.Device.MemoryFlash());
        scene.Start(TrialScene.Text("good", "1"));
        scene.Pass(2_000);
        scene.Ask(CommandCode.SettingsPiece, offset, whole, 77, new byte[count]);
        return Answer(scene.Loop);
    }

    /// <summary>What the newest answer in the routine lane says of the command.</summary>
    private static string Answer(MainLoop loop)
    {
        byte[] bytes = new byte[EventRecord.Size];
        EventRecord record = new();
        string answer = "none";
        LaneLog log = loop.Log.At(Lane.Routine);
        for (uint after = 0; after < log.Durable; after++)
        {
            if (loop.Log.Read(Lane.Routine, after, 1, bytes, 0) != 1 || record.Decode(bytes, 0, bytes.Length) != DecodeResult.Ok)
            {
                continue;
            }

            answer = record.Kind == EventKind.CommandDone ? CommandOutcomes.Name(record.Value)
                : record.Kind == EventKind.CommandRefused ? "refused " + DecodeResults.Name(record.Value) : answer;
        }

        return answer;
    }
}
