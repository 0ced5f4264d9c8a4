// Owns: what the demonstration says of every command line that is wrong.
// Must never: start a demonstration.

using Gateway.Demo;

namespace Gateway.Tests.EndToEnd;

public sealed class DemoOptionTests : IDisposable
{
    private const string Story = "firmware/Pc/stories/press.txt";
    private readonly string _folder = Directory.CreateTempSubdirectory("选项 options-").FullName;

    [Theory]
    [InlineData("'' is no option; allowed: --once, --script FILE, --lang zh|en, --help, or nothing", "")]
    [InlineData("' ' is no option; allowed: ", " ")]
    [InlineData("'--onec' is no option; --once?; allowed: ", "--onec")]
    [InlineData("'--ONCE' is no option; --once?; allowed: ", "--ONCE")]
    [InlineData("'-once' is no option; --once?; allowed: ", "-once")]
    [InlineData("'--scrpt' is no option; --script?; allowed: ", "--scrpt", "x")]
    [InlineData("'--script=x.txt' is no option; --script?; allowed: ", "--script=x.txt")]
    [InlineData("--lang: nothing behind it; allowed: zh or en", "--lang")]
    [InlineData("--lang: nothing behind it; allowed: zh or en", "--once", "--lang")]
    [InlineData("--lang: 'EN'; allowed: zh or en", "--lang", "EN")]
    [InlineData("--lang: '--once'; allowed: zh or en", "--lang", "--once")]
    [InlineData("--lang: '\uFFFD'; allowed: zh or en", "--lang", "\0")]
    [InlineData("--lang twice; allowed: once", "--lang", "en", "--lang", "zh")]
    [InlineData("'--lang=en' is no option; --lang?; allowed: ", "--lang=en")]
    [InlineData("'x' after --once; allowed: nothing more", "--lang", "en", "--once", "x")]
    [InlineData("'--broker' is no option; allowed: ", "--broker", "127.0.0.1:1")]
    [InlineData("'一次' is no option; allowed: ", "一次")]
    [InlineData("'\uFFFD[31m--once' is no option; --once?; allowed: ", "\u001b[31m--once")]
    [InlineData("'x' after --once; allowed: nothing more", "--once", "x")]
    [InlineData("'--once' after --once; allowed: nothing more", "--once", "--once")]
    [InlineData("'--once' after --help; allowed: nothing more", "--help", "--once")]
    [InlineData("--script: no FILE; allowed: a story that can be read, such as " + Story, "--script")]
    [InlineData("--script: '' is not there; allowed: a story that can be read, such as " + Story, "--script", "")]
    [InlineData("none.txt' is not there; allowed: ", "--script", "FOLDER/none.txt")]
    [InlineData("story.txt/below' is not there; allowed: ", "--script", "FOLDER/story.txt/below")]
    [InlineData("' is a folder; allowed: ", "--script", "FOLDER")]
    [InlineData("'\uFFFD' is not there; allowed: ", "--script", "\0")]
    [InlineData("SPEED ''; allowed: 1..99999 seconds", "--script", "FOLDER/story.txt", "")]
    [InlineData("SPEED '0'; allowed: 1..99999 seconds", "--script", "FOLDER/story.txt", "0")]
    [InlineData("SPEED '-1'; allowed: 1..99999 seconds", "--script", "FOLDER/story.txt", "-1")]
    [InlineData("SPEED '1.5'; allowed: 1..99999 seconds", "--script", "FOLDER/story.txt", "1.5")]
    [InlineData("SPEED '1e3'; allowed: 1..99999 seconds", "--script", "FOLDER/story.txt", "1e3")]
    [InlineData("SPEED '100000'; allowed: 1..99999 seconds", "--script", "FOLDER/story.txt", "100000")]
    [InlineData("SPEED '99999999999999999999'; allowed: ", "--script", "FOLDER/story.txt", "99999999999999999999")]
    [InlineData("SPEED '六十'; allowed: ", "--script", "FOLDER/story.txt", "六十")]
    [InlineData("SPEED '６０'; allowed: ", "--script", "FOLDER/story.txt", "６０")]
    [InlineData("'x' after --script FILE SPEED; allowed: nothing more", "--script", "FOLDER/story.txt", "60", "x")]
    public void Wrong_line_is_refused_with_place_value_and_what_is_allowed(string says, params string[] args)
    {
        File.WriteAllText(Path.Combine(_folder, "story.txt"), "wait 1s\n");
        (DemoOptions? options, string refusal) = DemoOptions.Read(InFolder(args), terminal: true);
        Assert.Null(options);
        Assert.Contains(says, refusal, StringComparison.Ordinal);
        Assert.DoesNotContain(refusal, char.IsControl);
    }

    [Fact]
    public void Word_of_any_length_is_shown_in_part()
    {
        (_, string refusal) = DemoOptions.Read([new string('长', 100_000)], terminal: true);
        Assert.InRange(refusal.Length, 80, 200);
    }

    [Fact]
    public void Good_lines_are_understood()
    {
        string story = Path.Combine(_folder, "故事 一.txt");
        File.WriteAllText(story, "wait 1s\n");
        Assert.Equal(new DemoOptions(DemoWork.Live), DemoOptions.Read([], terminal: true).Options);
        Assert.Equal(new DemoOptions(DemoWork.Once), DemoOptions.Read(["--once"], terminal: false).Options);
        Assert.Equal(new DemoOptions(DemoWork.Help), DemoOptions.Read(["-h"], terminal: false).Options);
        Assert.Equal(new DemoOptions(DemoWork.Story, story), DemoOptions.Read(["--script", story], terminal: false).Options);
        Assert.Equal(new DemoOptions(DemoWork.Story, story, 60), DemoOptions.Read(["--script", story, "60"], terminal: false).Options);
        Assert.Equal(new DemoOptions(DemoWork.Live, English: true), DemoOptions.Read(["--lang", "en"], terminal: true).Options);
        Assert.Equal(new DemoOptions(DemoWork.Live), DemoOptions.Read(["--lang", "zh"], terminal: true).Options);
        Assert.Equal(new DemoOptions(DemoWork.Once, English: true), DemoOptions.Read(["--once", "--lang", "en"], terminal: false).Options);
        Assert.Equal(
            new DemoOptions(DemoWork.Story, story, 60, English: true),
            DemoOptions.Read(["--lang", "en", "--script", story, "60"], terminal: false).Options);
        Assert.Contains("no terminal; allowed without one: ", DemoOptions.Read([], terminal: false).Refusal, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string[] InFolder(string[] args) => [.. args.Select(word => word.Replace("FOLDER", _folder, StringComparison.Ordinal))];
}
