// Owns: file lists, the map of who may refer to whom, and the solution.
// Must never: know what is inside a source; the device rules and source rules do.

using System.Text.RegularExpressions;
using System.Xml.Linq;
using Gateway.Tests.Tidy.Device;

namespace Gateway.Tests.Tidy.Projects;

/// <summary>Each rule reads a project file and names what disagrees.</summary>
internal static class ProjectRules
{
    private const string DeviceProjectType = "{11A8DD76-328B-46DF-9F39-F559912D0360}";

    // From the root folder of a part to the folders of the parts that it may refer to. Tests and tools may refer to anything;
    // nothing but they themselves refers to them.
    private static readonly Dictionary<string, string[]> s_map = new(StringComparer.Ordinal)
    {
        ["shared/Contract"] = [],
        ["shared/Mqtt"] = [],
        ["shared/Gb26875"] = [],
        ["firmware/Core"] = ["shared/Contract"],
        ["firmware/Link"] = ["shared/Contract", "firmware/Core"],
        ["firmware/Start"] = ["shared/Contract", "firmware/Core"],
        ["firmware/Pc"] = ["shared/Contract", "shared/Mqtt", "firmware/Core", "firmware/Link", "firmware/Start"],
        ["firmware/Technician"] = ["shared/Contract", "firmware/Core", "firmware/Start"],
        ["firmware/DeviceCheck"] = [],
        ["county"] = ["shared/Contract", "shared/Mqtt", "shared/Gb26875", "county"],
    };

    /// <summary>A list names each C# file of its folder once, in order, and nothing else.</summary>
    public static IEnumerable<Finding> FileList(string path, XDocument list, IEnumerable<string> folder)
    {
        string[] listed = [.. ProjectFiles.Values(list, "Compile").Select(one => ProjectFiles.Resolve(path, one))];
        string[] present = [.. folder];
        IEnumerable<Finding> missing = present.Except(listed, StringComparer.Ordinal).Select(file =>
            new Finding(path, $"does not list {file}"));
        IEnumerable<Finding> gone = listed.Except(present, StringComparer.Ordinal).Select(file =>
            new Finding(path, $"lists {file}, which is not there"));
        IEnumerable<Finding> twice = listed.GroupBy(file => file, StringComparer.Ordinal).Where(group => group.Count() > 1)
            .Select(group => new Finding(path, $"lists {group.Key} twice"));
        return [.. missing, .. gone, .. twice];
    }

    public static IEnumerable<Finding> ReferenceMap(string path, XDocument project)
    {
        string? part = s_map.Keys.FirstOrDefault(folder => path.StartsWith(folder + "/", StringComparison.Ordinal));
        if (path.StartsWith("tests/", StringComparison.Ordinal) || path.StartsWith("tools/", StringComparison.Ordinal))
        {
            return [];
        }

        if (part == null)
        {
            return [new Finding(path, "belongs to no part of the map in ProjectRules")];
        }

        string may = s_map[part].Length == 0 ? "nothing" : string.Join(", ", s_map[part]);
        return from reference in ProjectFiles.Values(project, "ProjectReference").Select(one => ProjectFiles.Resolve(path, one))
            where !s_map[part].Any(allowed => reference.StartsWith(allowed + "/", StringComparison.Ordinal))
            select new Finding(path, $"refers to {reference}; {part} may refer to {may}");
    }

    /// <summary>Compiled by default: every .csproj. Known but not built, since its tools are elsewhere: every .nfproj.</summary>
    public static IEnumerable<Finding> Solution(string solution, IEnumerable<string> projects)
    {
        foreach (string path in projects)
        {
            Match entry = Regex.Match(solution,
                $@"Project\(""(?<type>[^""]+)""\) = ""[^""]*"", ""{Regex.Escape(path.Replace('/', '\\'))}"", ""(?<id>[^""]+)""",
                RegexOptions.ExplicitCapture, TimeSpan.FromMinutes(1));
            bool isDevice = path.EndsWith(".nfproj", StringComparison.Ordinal);
            string id = entry.Groups["id"].Value;
            bool isActive = entry.Success && solution.Contains(id + ".Debug|Any CPU.ActiveCfg", StringComparison.Ordinal);
            bool isBuilt = entry.Success && solution.Contains(id + ".Debug|Any CPU.Build.0", StringComparison.Ordinal);
            if (!isActive || isBuilt == isDevice || (isDevice && entry.Groups["type"].Value != DeviceProjectType))
            {
                yield return new Finding(path, isDevice
                    ? "must stand in Gateway.sln with ActiveCfg and without Build.0" : "is not built by Gateway.sln");
            }
        }
    }
}
