// Owns: which lines of a story are understood, and what is said about the others.
// Must never: need a county.

using System.Text;
using Gateway.Pc.Script;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Pc.Tests;

public sealed class StoryParserTests
{
    [Fact]
    public void Every_line_of_a_story_is_understood()
    {
        const string text = """
            # 故事 a story
            settings village.txt
            clock 2026-11-22 21:50
            county duty-check 10min
            county drill 2h
            county drill 1,2 10min answered fire-is-latched
            county drill end answered nothing-to-do
            county hot-work 2,3 60min
            county hot-work end
            county shield 2 30min
            county shield 200 end answered unknown-zone
            county test 2 1h
            county clock
            county self-test
            county silence answered not-allowed
            county read-log fire 1 7 answered refused
            held fire fire-alarm zone 1 with 2 larger first-alarm drill
            held condition rule-fired zone 2 rule 1 major a=2 b=0 c=-1
            held condition clock-missed value=60 general
            held routine loss value=3
            """;
        IReadOnlyList<ScriptStep>? steps = Parse(text, story: true, out List<string> errors);
        Assert.Empty(errors);
        Assert.NotNull(steps);

        // The two lines of the head are no steps, and behind the last held line nothing else may be held.
        Assert.Equal(18, steps.Count);
        Assert.IsType<NothingElseHeldStep>(steps[^1]);
    }

    [Theory]
    [InlineData("county", "county", "duty-check TIME, drill [ZONES] TIME, drill end")]
    [InlineData("county dance", "county dance", "duty-check TIME, drill [ZONES] TIME, drill end")]
    [InlineData("county drill 33 10min", "drill '33'", "zone numbers 1..32 with commas")]
    [InlineData("county drill", "''", "whole minutes such as 10min or 2h, at most 1440 min, or end")]
    [InlineData("county drill 90s", "'90s'", "whole minutes")]
    [InlineData("county drill 25h", "'25h'", "at most 1440 min")]
    [InlineData("county duty-check end", "'end'", "whole minutes such as 10min or 2h, at most 1440 min")]
    [InlineData("county hot-work 2;3 60min", "hot-work '2;3'", "zone numbers 1..32 with commas")]
    [InlineData("county hot-work 33 60min", "hot-work '33'", "zone numbers 1..32 with commas")]
    [InlineData("county shield all 60min", "'all'", "a zone's number, 1..255")]
    [InlineData("county read-log smoke 1 2", "lane 'smoke'", "fire, condition, routine")]
    [InlineData("county read-log fire 5 2", "'2'", "a sequence, 5..")]
    [InlineData("county self-test now", "'now' after the command", "nothing more")]
    [InlineData("county silence answered maybe", "answered 'maybe'", "done, nothing-to-do, zone-still-active")]
    [InlineData("held", "held", "fire, condition, routine")]
    [InlineData("held fire fault zone 1", "held fire fault zone 1", "a kind of the lane fire: fire-alarm, pre-alarm")]
    [InlineData("held fire fire-alarm zone 9", "zone '9'", "zone 1, 2, 3, 4, 5, 6")]
    [InlineData("held fire fire-alarm grave", "'grave'", "severities low, general, larger, major; flags drill, test, first-alarm")]
    [InlineData("held fire fire-alarm d=1", "'d=1'", "[a=N] [b=N] [c=N]")]
    [InlineData("held fire fire-alarm a=x", "'a=x'", "[a=N] [b=N] [c=N]")]
    [InlineData("held fire linkage rule 0", "'0'", "a rule's number, 1..255")]
    [InlineData("held fire fire-alarm name=仓库", "'name=仓库'", "[c=N] [name=NAME]")]
    [InlineData("device settings", "device settings", "the name of a settings file beside the story")]
    [InlineData("device settings gone.conf", "device settings gone.conf", "the name of a settings file beside the story")]
    [InlineData("clock 2026-11-22 09:00", "clock 2026-11-22 09:00", "only above the first command")]
    [InlineData("settings other.txt", "settings other.txt", "only above the first command")]
    public void Wrong_line_is_refused_with_its_place_and_what_is_allowed(string line, string found, string allowed)
    {
        Assert.Null(Parse("wait 1s\n" + line + "\nquit", story: true, out List<string> errors));
        string error = Assert.Single(errors);
        Assert.StartsWith("story.txt:2: 第2行：", error);
        Assert.Contains(found, error);
        Assert.Contains(allowed, error);
    }

    [Theory]
    [InlineData("settings village.txt")]
    [InlineData("clock 2026-11-22 21:50")]
    [InlineData("county drill 10min\ncounty dance")]
    [InlineData("device settings other.conf")]
    [InlineData("held fire fire-alarm zone 1\nheld nothing")]
    public void Without_a_county_a_story_is_refused_with_how_it_is_played(string lines)
    {
        Assert.Null(Parse(lines + "\nwait 1s", story: false, out List<string> errors));
        Assert.Contains("./run.sh --script story.txt", Assert.Single(errors));
        Assert.StartsWith("story.txt:1: ", errors[0]);
    }

    [Fact]
    public void Head_names_settings_beside_the_story_and_its_beginning()
    {
        using var folder = new TempFolder();
        string settings = folder.Write("village.txt", "");
        string story = folder.Write("story.txt", "# 故事\n\nclock 2026-11-22 21:50  # night\nsettings village.txt\nwait 1s\nclock soon\n");
        var errors = new List<string>();
        StoryHead? head = StoryHead.Read(story, File.ReadAllBytes(story), errors);
        Assert.Empty(errors);
        Assert.Equal(new StoryHead(settings, new DateTime(2026, 11, 22, 21, 50, 0, DateTimeKind.Unspecified)), head);
    }

    [Theory]
    [InlineData("settings gone.txt", "found: settings gone.txt", "a file beside the story")]
    [InlineData("settings", "found: settings", "a file beside the story")]
    [InlineData("clock 21:50", "found: clock 21:50", "clock YYYY-MM-DD HH:MM")]
    [InlineData("clock 1999-01-01 00:00", "found: clock 1999-01-01 00:00", "from 2024 to 2100")]
    [InlineData("clock 2026-11-22 21:50\nclock 2026-11-22 21:51", "found: clock 2026-11-22 21:51", "once")]
    public void Wrong_head_is_refused_with_its_place_and_what_is_allowed(string text, string found, string allowed)
    {
        var errors = new List<string>();
        Assert.Null(StoryHead.Read("story.txt", Encoding.UTF8.GetBytes(text), errors));
        string error = Assert.Single(errors);
        Assert.StartsWith($"story.txt:{text.Split('\n').Length}: 第{text.Split('\n').Length}行：写成 ", error);
        Assert.Contains(found, error);
        Assert.Contains(allowed, error);
    }

    /// <summary>Behind other settings a line may name their zones, and of what the county holds those of before, too.</summary>
    [Fact]
    public void Other_settings_bring_their_zones_and_keys()
    {
        using var folder = new TempFolder();
        string text = File.ReadAllText(Repository.Path("firmware", "Pc", "demo", "settings.txt"));
        folder.Write("other.conf", text.Replace("zone 3 ", "zone 9 ", StringComparison.Ordinal));
        folder.Write("wrong.conf", text.Replace("zone 3 ", "zone 0 ", StringComparison.Ordinal));
        string story = folder.Write("story.txt", "");
        IReadOnlyList<ScriptStep>? Told(string lines, out List<string> errors)
        {
            errors = [];
            return ScriptParser.Parse(story, Encoding.UTF8.GetBytes(lines), Rig.DemoSettings(), errors, Read);
        }

        Assert.Null(Told("press 9\ndevice settings other.conf\npress 9", out List<string> early));
        Assert.Contains(":1: 第1行：写成 zone '9'", Assert.Single(early));
        Assert.NotNull(Told("device settings other.conf\npress 9\nheld fire fire-alarm zone 3 name=厨房感温", out List<string> none));
        Assert.Empty(none);

        // What is wrong in it is told with its own place.
        Assert.Null(Told("device settings wrong.conf", out List<string> wrong));
        Assert.Contains("wrong.conf:7:6: 第7行", wrong[0]);
    }

    private static StorySettings? Read(string path, ICollection<string> errors) =>
        SettingsFile.Check(path, errors) is { } good ? new StorySettings(path, good) : null;

    private static IReadOnlyList<ScriptStep>? Parse(string text, bool story, out List<string> errors)
    {
        errors = [];
        Func<string, ICollection<string>, StorySettings?>? read = story ? Read : null;
        return ScriptParser.Parse("story.txt", Encoding.UTF8.GetBytes(text), Rig.DemoSettings(), errors, read);
    }
}
