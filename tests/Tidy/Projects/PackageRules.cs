// Owns: whether the device's own project files (.nfproj) agree with their file lists, their packages.config and the one table of versions.
// Must never: restore a package; where they can be had is another machine.

using System.Xml.Linq;
using Gateway.Tests.Tidy.Device;

namespace Gateway.Tests.Tidy.Projects;

/// <summary>A package of the table in firmware/DeviceCheck/packages.csv.</summary>
internal sealed record DevicePackage(string Assembly, string Package, string Version)
{
    public static IReadOnlyList<DevicePackage> All { get; } =
        [.. Repo.Text("firmware/DeviceCheck/packages.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(line => line.Split(',')).Select(cells => new DevicePackage(cells[0], cells[1], cells[2]))];
}

/// <summary>The device's package format resolves nothing by itself: what is not written down is missing on the board.</summary>
internal static class PackageRules
{
    public static IEnumerable<Finding> Versions(string path, XDocument packages) =>
        from package in packages.Descendants("package")
        let id = package.Attribute("id")!.Value let version = package.Attribute("version")!.Value
        let known = DevicePackage.All.FirstOrDefault(one => one.Package == id)
        where known?.Version != version
        select new Finding(path, known == null ? $"{id} is not in packages.csv" : $"{id} {version}, but packages.csv has {known.Version}");

    /// <summary>References and packages of one project, both ways, and the libraries that the referenced ones need.</summary>
    public static IEnumerable<Finding> References(string path, XDocument project, XDocument packages, Func<string, string[]> needs)
    {
        HashSet<string> listed =
            [.. packages.Descendants("package").Select(one => $"{one.Attribute("id")!.Value}.{one.Attribute("version")!.Value}")];
        Dictionary<string, string> references = project.Descendants().Where(one => one.Name.LocalName == "Reference").ToDictionary(
            one => one.Attribute("Include")!.Value.Split(',')[0],
            one => one.Elements().Where(inner => inner.Name.LocalName == "HintPath").Select(inner => inner.Value).FirstOrDefault(""),
            StringComparer.Ordinal);
        HashSet<string> used = [];
        foreach ((string assembly, string hint) in references)
        {
            string[] parts = hint.Split('\\');
            string folder = parts.Length > 3 ? parts[^3] : "";
            used.Add(folder);
            DevicePackage? known = DevicePackage.All.FirstOrDefault(one => one.Assembly == assembly);
            if (known == null || folder != $"{known.Package}.{known.Version}" || Path.GetFileNameWithoutExtension(parts[^1]) != assembly)
            {
                yield return new Finding(path, $"{assembly} is looked for in \"{hint}\", which packages.csv does not bear out");
            }

            if (!listed.Contains(folder))
            {
                yield return new Finding(path, $"{assembly} needs {folder}, which packages.config does not list");
            }

            foreach (string need in needs(assembly).Where(need => !references.ContainsKey(need)))
            {
                yield return new Finding(path, $"{assembly} needs {need}, which is not referenced");
            }
        }

        foreach (string unused in listed.Except(used, StringComparer.Ordinal))
        {
            yield return new Finding(path, $"packages.config lists {unused}, which no reference uses");
        }
    }

    /// <summary>The device's project and the device check give one part the same libraries; the launcher of tests is no library.</summary>
    public static IEnumerable<Finding> Libraries(string path, XDocument project, XElement part)
    {
        string[] real = [.. ProjectFiles.Values(project, "Reference").Select(one => one.Split(',')[0])
            .Where(one => one != "nanoFramework.UnitTestLauncher")];
        string[] given = ["mscorlib", .. ProjectFiles.Words(part, "Libraries")];
        IEnumerable<string> more = real.Except(given, StringComparer.Ordinal).Select(one => $"uses {one}, the device check does not");
        IEnumerable<string> fewer = given.Except(real, StringComparer.Ordinal).Select(one => $"lacks {one}, which the device check gives");
        return more.Concat(fewer).Select(what => new Finding(path, what));
    }

    /// <summary>The device's project refers to the parts that the device check gives it, in their order.</summary>
    public static IEnumerable<Finding> Parts(string path, XDocument project, XElement part)
    {
        string real = string.Join(' ', ProjectFiles.Values(project, "ProjectReference")
            .Select(one => Path.GetFileNameWithoutExtension(one.Replace('\\', '/'))));
        string given = string.Join(' ', ProjectFiles.Words(part, "Parts"));
        return real == given ? [] : [new Finding(path, $"refers to the parts \"{real}\", the device check gives \"{given}\"")];
    }

    /// <summary>What a library of the device refers to itself, as the device check compiles its signatures.</summary>
    public static string[] NeedsOf(string assembly)
    {
        XElement? library = ProjectFiles.Load(ProjectFiles.DeviceCheck).Descendants("Signatures")
            .SingleOrDefault(one => one.Attribute("Include")!.Value == assembly);
        return library == null ? [] : ["mscorlib", .. ProjectFiles.Words(library, "Needs")];
    }
}
