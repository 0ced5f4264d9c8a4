// Owns: the rules over project files, each shown a planted sample that it must refuse.
// Must never: build a project.

using System.Text.RegularExpressions;
using System.Xml.Linq;
using Mono.Cecil;
using Gateway.Tests.Tidy.Device;

namespace Gateway.Tests.Tidy.Projects;

public sealed class ProjectTests
{
    // The parts that are compiled for the device, and the list of files of each.
    private static readonly (string Assembly, string List)[] s_parts =
    [
        ("Gateway.Contract", "shared/Contract/Contract.projitems"),
        ("Gateway.Store", "firmware/Core/Store.projitems"), ("Gateway.Core", "firmware/Core/Core.projitems"),
        ("Gateway.Console", "firmware/Core/Console.projitems"),
        ("Gateway.Link", "firmware/Link/Link.projitems"), ("Gateway.Start", "firmware/Start/Start.projitems"),
        ("Gateway.Esp32", "firmware/Esp32/Esp32.projitems"),
        ("Gateway.Esp32S3", "firmware/Esp32S3/Esp32S3.projitems"),
        ("Gateway.Esp32Classic", "firmware/Esp32Classic/Esp32Classic.projitems"),
        ("NFUnitTest", "tests/Device/Device.projitems"),
    ];

    [Fact]
    public void Every_file_list_names_each_source_of_its_folder_once()
    {
        const string Path = "firmware/Core/Core.projitems";
        XDocument list = XDocument.Parse(
            """
            <Project>
              <ItemGroup>
                <Compile Include="$(MSBuildThisFileDirectory)A.cs" />
                <Compile Include="$(MSBuildThisFileDirectory)Log\B.cs" />
              </ItemGroup>
            </Project>
            """);
        Assert.Empty(ProjectRules.FileList(Path, list, ["firmware/Core/A.cs", "firmware/Core/Log/B.cs"]));
        Assert.NotEmpty(ProjectRules.FileList(Path, list, ["firmware/Core/A.cs", "firmware/Core/Log/B.cs", "firmware/Core/C.cs"]));
        Assert.NotEmpty(ProjectRules.FileList(Path, list, ["firmware/Core/A.cs"]));
        list.Root!.Add(XElement.Parse("""<Compile Include="A.cs" />"""));
        Assert.NotEmpty(ProjectRules.FileList(Path, list, ["firmware/Core/A.cs", "firmware/Core/Log/B.cs"]));

        Assert.Equal(s_parts.Select(part => part.List).Order(StringComparer.Ordinal), Repo.FilesWith(".projitems"));

        // Core's folder is two assemblies on the device: their lists together are one.
        DeviceRule.AssertNothing(Repo.FilesWith(".projitems").GroupBy(path => System.IO.Path.GetDirectoryName(path), StringComparer.Ordinal)
            .SelectMany(lists => ProjectRules.FileList(lists.First(),
                new XDocument(new XElement("Project", lists.Select(path => ProjectFiles.Load(path).Root!.Elements()))),
                ProjectFiles.SourcesBelow(lists.First()))));
    }

    // Each is restored, built and looked after by itself: a room is a project, and a further one has to be worth that. The last to come
    // were the hand-over of cases and the duty page, since no room of the county may know another, the example for integrators, which may
    // know none of ours, the tests of the page in a browser, whose driver of a hundred megabytes no other test should carry, and the load
    // of thousands of stations, which is put on a machine where a province is tried, without any test beside it.
    [Fact]
    public void The_projects_are_few() => Assert.InRange(Repo.FilesWith(".csproj").Count(), 1, 38);

    [Fact]
    public void The_device_check_compiles_every_part_and_none_is_optional()
    {
        XElement[] parts = [.. CheckedParts()];
        Assert.Equal(s_parts, parts.Select(part => (part.Attribute("Include")!.Value,
            ProjectFiles.Resolve(ProjectFiles.DeviceCheck, part.Attribute("List")!.Value))));
        Assert.DoesNotContain(parts.SelectMany(part => part.AncestorsAndSelf()), one => one.Attribute("Condition") != null);
    }

    // Contract knows nothing, Core the contract, Link and Start both; what they may use of each other is what they are given here.
    [Fact]
    public void The_device_check_shows_a_part_only_the_parts_below_it()
    {
        Assert.Equal(
            ["", "Gateway.Contract", "Gateway.Contract Gateway.Store", "Gateway.Contract Gateway.Store Gateway.Core",
                "Gateway.Contract Gateway.Store Gateway.Core", "Gateway.Contract Gateway.Store Gateway.Core",
                "Gateway.Contract Gateway.Store Gateway.Core Gateway.Console Gateway.Link Gateway.Start",
                "Gateway.Contract Gateway.Store Gateway.Core Gateway.Console Gateway.Link Gateway.Start Gateway.Esp32",
                "Gateway.Contract Gateway.Store Gateway.Core Gateway.Console Gateway.Link Gateway.Start Gateway.Esp32",
                "Gateway.Contract Gateway.Store Gateway.Core Gateway.Link"],
            CheckedParts().Select(part => string.Join(' ', ProjectFiles.Words(part, "Parts"))));
    }

    [Fact]
    public void The_signatures_are_compiled_of_every_folder_that_has_some()
    {
        XDocument project = ProjectFiles.Load(ProjectFiles.DeviceCheck);
        Assert.Equal(DeviceAssemblies.Signatures, ProjectFiles.Values(project, "Signatures").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_device_check_takes_mscorlib_from_the_package_that_the_device_has()
    {
        DevicePackage known = DevicePackage.All.Single(one => one.Assembly == "mscorlib");
        XElement restored = ProjectFiles.Load("Directory.Packages.props").Descendants("PackageVersion")
            .Single(one => one.Attribute("Include")!.Value == known.Package);
        Assert.Equal(known.Version, restored.Attribute("Version")!.Value);
        using ModuleDefinition real = DeviceAssemblies.Read("mscorlib");
        Assert.Equal(known.Version, real.Assembly.Name.Version.ToString(3));
    }

    [Fact]
    public void A_part_refers_only_to_the_parts_below_it()
    {
        static XDocument Referring(string to) =>
            XDocument.Parse($"""<Project><ItemGroup><ProjectReference Include="{to}" /></ItemGroup></Project>""");
        Assert.Empty(ProjectRules.ReferenceMap("firmware/Core/Core.csproj", Referring("../../shared/Contract/Contract.csproj")));
        Assert.Empty(ProjectRules.ReferenceMap("county/Server/Server.csproj", Referring("../Library/County.csproj")));
        Assert.NotEmpty(ProjectRules.ReferenceMap("firmware/Core/Core.csproj", Referring("../Link/Link.csproj")));
        Assert.NotEmpty(ProjectRules.ReferenceMap("county/Library/County.csproj", Referring("../../firmware/Core/Core.csproj")));
        Assert.NotEmpty(ProjectRules.ReferenceMap("shared/Contract/Contract.csproj", Referring("../Mqtt/Mqtt.csproj")));
        Assert.NotEmpty(ProjectRules.ReferenceMap("firmware/Pc/Pc.csproj", Referring("../../tests/Support/Support.csproj")));
        Assert.NotEmpty(ProjectRules.ReferenceMap("firmware/Pc/Pc.csproj", Referring("../../tools/StoryPlayer/StoryPlayer.csproj")));
        Assert.NotEmpty(ProjectRules.ReferenceMap("firmware/New/New.csproj", Referring("../Core/Core.csproj")));

        DeviceRule.AssertNothing(Repo.FilesWith(".csproj").SelectMany(path => ProjectRules.ReferenceMap(path, ProjectFiles.Load(path))));
    }

    [Fact]
    public void The_solution_builds_every_project_and_knows_the_devices_own()
    {
        const string Entry = """
            Project("{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}") = "A", "a\A.csproj", "{1}"
            {1}.Debug|Any CPU.ActiveCfg

            """;
        const string Device = """
            Project("{11A8DD76-328B-46DF-9F39-F559912D0360}") = "N", "n\N.nfproj", "{2}"
            {2}.Debug|Any CPU.ActiveCfg

            """;
        Assert.Empty(ProjectRules.Solution(Entry + "{1}.Debug|Any CPU.Build.0\n" + Device, ["a/A.csproj", "n/N.nfproj"]));
        Assert.NotEmpty(ProjectRules.Solution(Entry, ["a/A.csproj"]));
        Assert.NotEmpty(ProjectRules.Solution("", ["a/A.csproj"]));
        Assert.NotEmpty(ProjectRules.Solution("", ["n/N.nfproj"]));
        Assert.NotEmpty(ProjectRules.Solution(Device + "{2}.Debug|Any CPU.Build.0\n", ["n/N.nfproj"]));

        DeviceRule.AssertNothing(ProjectRules.Solution(Repo.Text("Gateway.sln"), Repo.FilesWith(".csproj", ".nfproj")));
    }

    [Fact]
    public void The_devices_packages_have_the_versions_that_go_together()
    {
        static XDocument One(string id, string version) =>
            XDocument.Parse($"""<packages><package id="{id}" version="{version}" /></packages>""");
        Assert.Empty(PackageRules.Versions("a", One("nanoFramework.M2Mqtt", "5.1.220")));
        Assert.NotEmpty(PackageRules.Versions("a", One("nanoFramework.M2Mqtt", "5.1.215")));
        Assert.NotEmpty(PackageRules.Versions("a", One("nanoFramework.Unknown", "1.0.0")));

        DeviceRule.AssertNothing(Repo.FilesWith("packages.config")
            .SelectMany(path => PackageRules.Versions(path, ProjectFiles.Load(path))));
    }

    [Fact]
    public void A_device_project_references_what_its_packages_hold_and_all_that_they_need()
    {
        static XDocument Project(string assembly, string folder) => XDocument.Parse(
            $"""
            <Project>
              <Reference Include="{assembly}, Version=1.0">
                <HintPath>..\packages\{folder}\lib\{assembly}.dll</HintPath>
              </Reference>
            </Project>
            """);
        XDocument packages = XDocument.Parse("""<packages><package id="nanoFramework.System.Threading" version="1.1.52" /></packages>""");
        XDocument right = Project("System.Threading", "nanoFramework.System.Threading.1.1.52");
        Assert.Empty(PackageRules.References("a", right, packages, _ => []));
        Assert.NotEmpty(PackageRules.References("a", right, packages, _ => ["mscorlib"]));
        Assert.NotEmpty(PackageRules.References("a", right, new XDocument(new XElement("packages")), _ => []));
        Assert.NotEmpty(PackageRules.References("a", new XDocument(new XElement("Project")), packages, _ => []));
        XDocument older = Project("System.Threading", "nanoFramework.System.Threading.1.1.51");
        Assert.NotEmpty(PackageRules.References("a", older, packages, _ => []));

        foreach (string path in Repo.FilesWith(".nfproj"))
        {
            string folder = Path.GetDirectoryName(path)!.Replace('\\', '/');
            DeviceRule.AssertNothing(PackageRules.References(path, ProjectFiles.Load(path),
                ProjectFiles.Load(folder + "/packages.config"), PackageRules.NeedsOf));
        }
    }

    [Fact]
    public void A_device_project_may_use_the_libraries_and_parts_that_the_device_check_gives_its_part()
    {
        XElement check = XElement.Parse("""<Part Include="A" Libraries="System.Net" />""");
        XDocument same = XDocument.Parse(
            """<Project><Reference Include="mscorlib, Version=1.17.11.0" /><Reference Include="System.Net" /></Project>""");
        XDocument more = new(same);
        more.Root!.Add(XElement.Parse("""<Reference Include="System.Threading" />"""));
        Assert.Empty(PackageRules.Libraries("a", same, check));
        Assert.NotEmpty(PackageRules.Libraries("a", more, check));
        Assert.NotEmpty(PackageRules.Libraries("a", new XDocument(new XElement("Project")), check));
        check = XElement.Parse("""<Part Include="A" Parts="B C" />""");
        XDocument parts = XDocument.Parse(
            """<Project><ProjectReference Include="..\B\B.nfproj" /><ProjectReference Include="..\C.nfproj" /></Project>""");
        Assert.Empty(PackageRules.Parts("a", parts, check));
        parts.Root!.LastNode!.Remove();
        Assert.NotEmpty(PackageRules.Parts("a", parts, check));

        foreach (string path in Repo.FilesWith(".nfproj"))
        {
            XDocument project = ProjectFiles.Load(path);
            string assembly = project.Descendants().Single(one => one.Name.LocalName == "AssemblyName").Value;
            XElement part = Assert.Single(CheckedParts(), one => one.Attribute("Include")!.Value == assembly);
            DeviceRule.AssertNothing(PackageRules.Libraries(path, project, part));
            DeviceRule.AssertNothing(PackageRules.Parts(path, project, part));
        }
    }

    [Fact]
    public void A_device_project_compiles_file_lists_and_files_that_exist()
    {
        foreach (string path in Repo.FilesWith(".nfproj"))
        {
            XDocument project = ProjectFiles.Load(path);
            IEnumerable<string> imports = ProjectFiles.Values(project, "Import", "Project");
            string[] lists = [.. imports.Where(one => one.EndsWith(".projitems", StringComparison.Ordinal))];
            string[] kinds = ["Compile", "None", "Content", "ProjectReference"];
            Assert.NotEmpty(lists);
            Assert.Contains(ProjectFiles.Values(project, "None"), one => one == "packages.config");
            Assert.All(
                kinds.SelectMany(kind => ProjectFiles.Values(project, kind)).Concat(lists),
                one => Assert.True(File.Exists(Repo.Full(ProjectFiles.Resolve(path, one))), $"{path} names {one}, which is not there"));
        }
    }

    // The board's adapters carry inputs and outputs; they know no zone and no rule.
    [Fact]
    public void The_board_adapters_name_nothing_of_zones_rules_and_village_work() =>
        NameNothing("firmware/Esp32", "Zones", "Rules", "Village");

    // The PC shows what class an input has; it too decides nothing.
    [Fact]
    public void The_PC_names_nothing_of_rules_and_village_work() => NameNothing("firmware/Pc", "Rules", "Village");

    private static IEnumerable<XElement> CheckedParts() => ProjectFiles.Load(ProjectFiles.DeviceCheck).Descendants("Part");

    private static void NameNothing(string folder, params string[] ruling)
    {
        IEnumerable<string> sources = ruling.SelectMany(one => Repo.FilesUnder("firmware/Core/" + one, ".cs"));
        string[] names = [.. sources.SelectMany(path => Declared(Repo.Text(path)))];
        Assert.Contains("RuleEngine", names);
        Assert.NotEmpty(Named(names, "class Adapter { RuleEngine engine; }"));
        Assert.Empty(Named(names, "class Adapter { MainLoop loop; }"));
        Assert.Empty(Named(names, "bool drill = (summary & ConditionBits.Drill) != 0 || code == CommandCode.Drill;"));
        Assert.NotEmpty(Named(names, "bool drill = state.Drill.On;"));
        IEnumerable<Finding> found = from path in Repo.FilesUnder(folder, ".cs") from name in Named(names, Repo.Text(path))
            select new Finding(path, name);
        DeviceRule.AssertNothing(found);
    }

    private static IEnumerable<string> Declared(string text) =>
        Regex.Matches(text, @"\bclass (?<name>[A-Z]\w+)", RegexOptions.ExplicitCapture, TimeSpan.FromMinutes(1))
            .Select(one => one.Groups["name"].Value);

    // The contract's conditions, commands and flags have the same words; a screen shows them and a script asks for them.
    private static IEnumerable<string> Named(IEnumerable<string> names, string text)
    {
        const string Contract = @"(?<!\b(ConditionBits|CommandCode|EventFlags)\.)";
        return names.Where(name =>
            Regex.IsMatch(text, $@"{Contract}\b{name}\b", RegexOptions.ExplicitCapture, TimeSpan.FromMinutes(1)));
    }
}
