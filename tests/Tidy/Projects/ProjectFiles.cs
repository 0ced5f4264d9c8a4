// Owns: reading project files: file lists, references and packages, in either of MSBuild's dialects.
// Must never: judge them; ProjectTests does.

using System.Xml.Linq;

namespace Gateway.Tests.Tidy.Projects;

/// <summary>Small questions about .csproj, .nfproj, .projitems and packages.config.</summary>
internal static class ProjectFiles
{
    // Folders below a part that the device never compiles: what stands in for the device on .NET.
    private static readonly string[] s_besideTheDevice = ["shared/Contract/DotNet/", "tests/Device/Host/"];

    /// <summary>Compiles all text of the device, part by part.</summary>
    public const string DeviceCheck = "firmware/DeviceCheck/DeviceCheck.csproj";

    public static bool IsBesideTheDevice(string path) => s_besideTheDevice.Any(folder => path.StartsWith(folder, StringComparison.Ordinal));

    public static XDocument Load(string path) => XDocument.Parse(Repo.Text(path));

    /// <summary>The values of an attribute of every element with this name, whatever the dialect's namespace.</summary>
    public static IEnumerable<string> Values(XDocument project, string element, string attribute = "Include") =>
        from one in project.Descendants() where one.Name.LocalName == element && one.Attribute(attribute) != null
            select one.Attribute(attribute)!.Value;

    /// <summary>The words of an attribute, which may stand on several lines.</summary>
    public static string[] Words(XElement element, string attribute) =>
        (element.Attribute(attribute)?.Value ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Paths from the root that a project file names, written from its own folder.</summary>
    public static string Resolve(string project, string written)
    {
        string folder = Path.GetDirectoryName(project)!;
        string path = written.Replace("$(MSBuildThisFileDirectory)", "", StringComparison.Ordinal).Replace('\\', '/');
        return Path.GetRelativePath(Repo.Root, Path.GetFullPath(Path.Combine(Repo.Root, folder, path))).Replace('\\', '/');
    }

    /// <summary>The C# files that a .projitems ought to list: all of its folder, but none that the device never compiles.</summary>
    public static IEnumerable<string> SourcesBelow(string projitems)
    {
        string folder = Path.GetDirectoryName(projitems)!.Replace('\\', '/');
        return Repo.FilesUnder(folder, ".cs").Where(path => !IsBesideTheDevice(path));
    }
}
