// Owns: the proof that every story of firmware/Pc/stories ends as its file says, in the county's database.
// Must never: know what should come out; the story's file is the only source of the expectation.

using System.Text.Json;
using Gateway.County.Server;
using Gateway.Stories;

namespace Gateway.Tests.EndToEnd;

/// <summary>Each story has a broker, a database and a station of its own.</summary>
public sealed class StoryTests(ITestOutputHelper output)
{
    private const string Settings = "village.txt";

    /// <summary>What a station on a new flash tells of its start.</summary>
    private const string Start = "held routine store-new\nheld routine started\nheld routine clock-set\nheld routine settings-loaded";
    private static readonly string Folder = Repository.Path("firmware", "Pc", "stories");

    public static TheoryData<string> Stories() =>
        [.. Directory.GetFiles(Folder, "*.txt").Select(file => Path.GetFileName(file)).Where(file => file != Settings).Order()];

    [Theory]
    [MemberData(nameof(Stories))]
    public void Story_ends_as_its_file_says(string name)
    {
        using var stage = new Stage();
        string file = Path.Combine(Folder, name);
        (StoryOutcome outcome, string said) = Play(stage, file);
        output.WriteLine(said);
        Assert.True(outcome == StoryOutcome.Held, said);

        // The player's own comparison is not the only witness: the county's program lists the same events in the same words.
        Assert.Equal(Expected(file), Listed(stage));
    }

    [Theory]
    [InlineData("held routine started", "there is more")]
    [InlineData("held routine store-new\nheld routine clock-set\nheld routine started", "before it the county holds")]
    [InlineData(Start + "\nheld fire fire-alarm zone 1", "nothing more there")]
    [InlineData("held routine store-new\nheld routine started low\nheld routine clock-set", "the next is routine started")]
    [InlineData("held routine store-new\nheld routine started\nheld routine clock-set b=0", "the next is routine clock-set")]
    [InlineData("press 1\nwait 2min\nheld fire fire-alarm zone 1 larger first-alarm name=别处", "larger first-alarm a=1 name=值班室报警按钮")]
    [InlineData("county drill 10min answered not-allowed", "county drill 10min answered not-allowed: done")]
    [InlineData("expect code red", "the code is green")]
    [InlineData("expect condition fire", "the conditions are patrol")]
    [InlineData("county hot-work 2 5min\nexpect no condition hot-work", "the conditions are disabled, hot-work")]
    public void What_does_not_hold_is_told_with_what_was_found(string lines, string found)
    {
        using var stage = new Stage();
        string story = stage.PathOf("story.txt");
        File.Copy(Path.Combine(Folder, Settings), stage.PathOf(Settings));
        File.WriteAllText(story, $"settings {Settings}\nclock 2026-11-22 01:00\nwait until online\nwait 1s\n{lines}\n");
        (StoryOutcome outcome, string said) = Play(stage, story);
        Assert.True(outcome == StoryOutcome.NotHeld, said);
        Assert.Contains('✗', said);
        Assert.Contains(found, said);
    }

    [Fact]
    public void Wrong_line_is_refused_before_anything_is_played()
    {
        using var stage = new Stage();
        string story = stage.PathOf("story.txt");
        File.Copy(Path.Combine(Folder, Settings), stage.PathOf(Settings));
        File.WriteAllText(story, $"settings {Settings}\npress 1\ncounty dance\n");
        (StoryOutcome outcome, string said) = Play(stage, story);
        Assert.Equal(StoryOutcome.WrongInput, outcome);
        Assert.Contains($"{story}:3: 第3行：写成 county dance，应为 下列之一 / found: county dance; allowed: county duty-check TIME", said);
        Assert.Equal(0, stage.Count("SELECT COUNT(*) FROM events"));
    }

    [Theory]
    [InlineData("settings /dev/zero\npress 1")]
    [InlineData("device settings /dev/zero")]
    public void Settings_that_have_no_end_are_refused(string lines)
    {
        using var stage = new Stage();
        string story = stage.PathOf("story.txt");
        File.WriteAllText(story, lines + "\n");
        (StoryOutcome outcome, string said) = Play(stage, story);
        Assert.Equal(StoryOutcome.WrongInput, outcome);
        Assert.Contains("16384", said);
    }

    private static (StoryOutcome Outcome, string Said) Play(Stage stage, string file)
    {
        var said = new StringWriter();
        var play = new StoryPlay(Of(stage), said) { Plain = true };
        return (play.Play(file, stage.SettingsFile), said.ToString());
    }

    private static StoryStage Of(Stage stage) => new()
    {
        Link = () => new MqttLink(BrokerUser.County.At(stage.Broker.Port)),
        Database = stage.Database,
        StationFile = stage.StationFile,
        KeyFile = stage.KeyFile,
        Folder = stage.PathOf("gateway"),
    };

    /// <summary>The story's held lines: by lane, without the details that not every line gives, words in one order.</summary>
    private static IEnumerable<string> Expected(string file)
    {
        string[] held = [.. File.ReadLines(file).Where(line => line.StartsWith("held ", StringComparison.Ordinal))];
        Assert.NotEmpty(held);
        return ByLane(held.Select(line => line.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..]));
    }

    private static IEnumerable<string> Listed(Stage stage)
    {
        using ChildProgram list = ChildProgram.County("events", "--json", "--station", $"{Stage.Station}", "--db", stage.Database);
        Assert.Equal(0, list.Finish(600_000));
        using JsonDocument events = JsonDocument.Parse(list.Said);
        return ByLane(events.RootElement.EnumerateArray().OrderBy(e => e.GetProperty("sequence").GetInt64()).Select(WordsOf));
    }

    private static string[] WordsOf(JsonElement e)
    {
        int Number(string name) => e.GetProperty(name).GetInt32();
        List<string> words = [e.GetProperty("lane").GetString()!, e.GetProperty("kind").GetString()!];
        words.AddRange(Number("zone") == 0 ? [] : ["zone", $"{Number("zone")}"]);
        words.AddRange(Number("otherZone") == 0 ? [] : ["with", $"{Number("otherZone")}"]);
        words.AddRange(Number("rule") == 0 ? [] : ["rule", $"{Number("rule")}"]);
        words.AddRange(e.GetProperty("severity").GetString() == "none" ? [] : [e.GetProperty("severity").GetString()!]);
        words.AddRange(e.GetProperty("flags").EnumerateArray().Select(flag => flag.GetString()!));
        return [.. words];
    }

    private static IEnumerable<string> ByLane(IEnumerable<string[]> events) =>
        [.. events.Select(words => words.Where(word => !word.Contains('=')).ToArray())
            .GroupBy(words => words[0]).OrderBy(lane => lane.Key, StringComparer.Ordinal)
            .SelectMany(lane => lane.Select(words => string.Join(' ', [.. words[..2], .. words[2..].Order(StringComparer.Ordinal)])))];
}
