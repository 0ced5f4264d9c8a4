// Owns: that NOTICE names every package whose work is in what is handed out.
// Must never: look a package up anywhere but in what was built and in the lists of packages.

using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Gateway.Tests.EndToEnd;

public sealed partial class NoticeTests
{
    private static readonly string[] s_shipped = ["county", "shared", "firmware/Pc", "firmware/Technician"];

    [Fact]
    public void Every_package_that_is_handed_out_is_named()
    {
        HashSet<string> words = [.. Word().Matches(File.ReadAllText(Repository.Path("NOTICE"))).Select(word => word.Value)];
        string[] starts = [.. words.Where(word => word.EndsWith('*')).Select(word => word.TrimEnd('*'))];
        string[] packages = [.. InPrograms().Concat(InProjects()).Concat(InFirmware()).Distinct(StringComparer.Ordinal)];
        Assert.True(packages.Length > 25, string.Join(' ', packages));
        Assert.DoesNotContain(
            packages, name => !words.Contains(name) && !starts.Any(start => name.StartsWith(start, StringComparison.Ordinal)));
    }

    /// <summary>What the programs bring along, also what their packages asked for.</summary>
    private static IEnumerable<string> InPrograms()
    {
        foreach (string program in (string[])
            [ChildProgram.Built("county/Server", "county"), ChildProgram.Built("firmware/Pc", "gateway-pc")])
        {
            using JsonDocument list = JsonDocument.Parse(File.ReadAllText(program + ".deps.json"));
            foreach (JsonProperty library in list.RootElement.GetProperty("libraries").EnumerateObject())
            {
                if (library.Value.GetProperty("type").GetString() == "package")
                {
                    yield return library.Name.Split('/')[0];
                }
            }
        }
    }

    private static IEnumerable<string> InProjects() => s_shipped
        .SelectMany(folder => Directory.GetFiles(Repository.Path(folder), "*.csproj", SearchOption.AllDirectories))
        .SelectMany(project => XDocument.Load(project).Descendants("PackageReference"))
        .Select(reference => reference.Attribute("Include")!.Value);

    private static IEnumerable<string> InFirmware() => Directory
        .GetFiles(Repository.Path("firmware"), "packages.config", SearchOption.AllDirectories)
        .SelectMany(list => XDocument.Load(list).Descendants("package"))
        .Select(package => package.Attribute("id")!.Value);

    [GeneratedRegex(@"[A-Za-z][A-Za-z0-9._\-]*[A-Za-z0-9*]", RegexOptions.None, 60_000)]
    private static partial Regex Word();
}
