// Owns: the proof that every story of firmware/Pc/stories ends as its file says, in the county's database.
// Must never: know what should come out; the story's file is the only source of the expectation.

using System.Text.Json;
using Gateway.Pc.Script;
using Gateway.Stories;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

/// <summary>Each story has a broker, a database and a station of its own.</summary>
public sealed class StoryTests(ITestOutputHelper output)
{
    private static readonly string Folder = Repository.Path("firmware", "Pc", "stories");

    public static TheoryData<string> Stories() =>
        [.. Directory.GetFiles(Folder, "*.txt").Select(file => Path.GetFileName(file)).Where(file => file != "village.txt").Order()];

    [Theory]
    [MemberData(nameof(Stories))]
    public void Story_ends_as_its_file_says(string name)
    {
        using var stage = new Stage();
        var said = new StringWriter();
        var play = new StoryPlay(Of(stage), said) { Plain = true };
        StoryOutcome outcome = play.Play(Path.Combine(Folder, name), settings: "");
        output.WriteLine(said.ToString());
        Assert.True(outcome == StoryOutcome.Held, said.ToString());
    }

    private static StoryStage Of(Stage stage) => new()
    {
        Broker = $"127.0.0.1:{stage.Broker.Port}",
        User = BrokerUser.County.Name,
        Password = BrokerUser.County.Password,
        Database = stage.Database,
        StationFile = stage.StationFile,
        KeyFile = stage.KeyFile,
        Folder = stage.PathOf("gateway"),
    };
}
