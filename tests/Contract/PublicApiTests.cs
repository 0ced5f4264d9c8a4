// Owns: that a change of the library's public face, or of what is generated from the vectors, is seen in a diff.
// Must never: write the files itself.

using Gateway.Contract;
using Gateway.Tests.Support;

namespace Gateway.Tests.Wire;

public class PublicApiTests
{
    private const string How = "run: dotnet run --project tools/Generate";

    [Fact]
    public void The_public_members_are_those_of_the_listing()
    {
        AssertSame(PublicApiText.File, PublicApiText.Of(typeof(EventRecord).Assembly));
    }

    [Fact]
    public void The_vectors_of_the_device_are_up_to_date()
    {
        AssertSame(DeviceVectorsText.File, DeviceVectorsText.Make(VectorFile.LoadAll()));
    }

    private static void AssertSame(string path, string wanted)
    {
        string[] found = File.ReadAllText(Repository.Path(path.Split('/'))).Split('\n');
        string[] now = wanted.Split('\n');
        int same = found.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        string at = $"{path} line {same + 1}: '{found.ElementAtOrDefault(same)}' should be '{now.ElementAtOrDefault(same)}'; {How}";
        Assert.True(found.Length == now.Length && same == now.Length, at);
    }
}
