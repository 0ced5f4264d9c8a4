// Owns: the offline kit: its list with checksums, and whether what a step needs is in it, whole and of the right version.
// Must never: fetch anything.

using System.Security.Cryptography;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace Gateway.Technician.Flash;

internal sealed record KitFile(string Path, long Bytes, string Sha256);

/// <param name="Runtime">The one version of the runtime's images that the kit is for.</param>
internal sealed record KitList(string Runtime, KitFile[] Files);

internal sealed class Kit
{
    public const string ListName = "kit.json";
    public const string Archive = "archive";
    public const string Applications = "app";
    public const string Tool = "nanoff";

    private const string Core = "nanoFramework.CoreLibrary";

    private static readonly JsonSerializerOptions s_json = new() { PropertyNameCaseInsensitive = true, WriteIndented = true };

    private Kit(string folder, KitList list)
    {
        Folder = folder;
        List = list;
    }

    public string Folder { get; }

    public KitList List { get; }

    /// <summary>The flashing tool in it.</summary>
    public string Program => ProgramIn(Folder);

    public string ArchiveFolder => Path.Combine(Folder, Archive);

    public string Application(Chip chip) => Path.Combine(Folder, Applications, chip.Application);

    public static string ProgramIn(string folder) => Path.Combine(folder, Tool, OperatingSystem.IsWindows() ? "nanoff.exe" : "nanoff");

    /// <exception cref="TroubleException">There is no kit.</exception>
    public static Kit Open(Tongue tongue, string folder)
    {
        string path = Path.Combine(folder, ListName);
        try
        {
            KitList? list = JsonSerializer.Deserialize<KitList>(File.ReadAllText(path), s_json);
            if (list is { Runtime: not null, Files: not null })
            {
                return new Kit(folder, list);
            }
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Trouble.At(tongue, folder, "没有离线包\nthere is no kit",
                "什么也没有写；用 --kit 写明离线包的文件夹，没有就在有网的电脑上用 gateway kit 做一份"
                    + "\nNothing was written; name its folder with --kit, or make one with gateway kit on a machine with internet",
                e, ExitCodes.Kit);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Wrong(tongue, path, $"不是离线包（{e.Message.TrimEnd('.')}）\nno kit ({e.Message.TrimEnd('.')})");
        }

        throw Wrong(tongue, path, "不是离线包\nno kit");
    }

    public static byte[] ListOf(string runtime, string folder) => JsonSerializer.SerializeToUtf8Bytes(
        new KitList(runtime, [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => new KitFile(
                Path.GetRelativePath(folder, file).Replace('\\', '/'), new FileInfo(file).Length, Sum(file)))]),
        s_json);

    /// <summary>What is not as the list says, a sentence each; nothing when all is.</summary>
    /// <param name="under">Only files below this folder, or this file; empty = all.</param>
    public IEnumerable<string> Damage(Desk desk, string under = "")
    {
        Tongue tongue = desk.Tongue;
        KitFile[] files = [.. List.Files.Where(f => under.Length == 0 || f.Path == under
            || f.Path.StartsWith(under + "/", StringComparison.Ordinal))];
        Progress progress = new(desk, tongue.Of("核对离线包", "kit's files compared"), files.Length);
        for (int i = 0; i < files.Length; i++)
        {
            string path = Path.Combine(Folder, files[i].Path);
            if (!File.Exists(path))
            {
                yield return tongue.Of($"{files[i].Path}：缺少", $"{files[i].Path}: missing");
            }
            else if (new FileInfo(path).Length != files[i].Bytes || Sum(path) != files[i].Sha256)
            {
                yield return tongue.Of($"{files[i].Path}：损坏或被改过", $"{files[i].Path}: damaged or changed");
            }

            progress.At(i + 1);
        }
    }

    /// <summary>What the kit lacks for any station, a sentence each.</summary>
    public string[] Lacks(Tongue tongue) => [.. Chip.All.SelectMany(chip => Lacks(tongue, chip)).Distinct(StringComparer.Ordinal)];

    private IEnumerable<string> Lacks(Tongue tongue, Chip chip)
    {
        if (!File.Exists(Program))
        {
            yield return NoProgram(tongue);
        }

        if (!File.Exists(Application(chip)))
        {
            yield return tongue.Of($"没有应用 {chip.Application}", $"the application {chip.Application} is not there");
        }

        if (!Directory.Exists(ArchiveFolder) || !Directory.EnumerateFiles(ArchiveFolder, "*.json").Any(info => IsPackage(info, chip)))
        {
            yield return tongue.Of($"没有 {chip.Target} {List.Runtime} 的固件", $"the runtime {List.Runtime} for {chip.Target} is not there");
        }

        string packages = Path.Combine(Folder, Applications, chip.Packages);
        if (!File.Exists(packages))
        {
            yield return tongue.Of($"没有应用的版本表 {chip.Packages}", $"the application's list of versions {chip.Packages} is not there");
        }
        else if (LineProblem(tongue, packages, List.Runtime) is { } problem)
        {
            yield return problem;
        }
    }

    /// <summary>Whether a runtime's version is of the line that an application was built for; null = it is.</summary>
    public static string? LineProblem(Tongue tongue, string packages, string runtime)
    {
        string? built;
        try
        {
            built = XDocument.Load(packages).Descendants("package").FirstOrDefault(p => p.Attribute("id")?.Value == Core)
                ?.Attribute("version")?.Value;
        }
        catch (Exception e) when (e is XmlException or IOException or UnauthorizedAccessException)
        {
            built = null;
        }

        return Line(built) is { } line && line == Line(runtime) ? null : tongue.Of(
            $"固件 {runtime} 与应用不是一套：应用的 {Core} 是 {built ?? "?"}，要同一 {Line(built) ?? "?"} 系列的固件",
            $"runtime {runtime} and application do not belong together: {Core} is {built ?? "?"}, which needs {Line(built) ?? "?"}");
    }

    /// <summary>Looks for all that flashing a chip takes.</summary>
    /// <exception cref="TroubleException">Something is missing, damaged, or of another version.</exception>
    public void Need(Desk desk, Chip chip) => Refuse(desk.Tongue, Folder,
        [.. Lacks(desk.Tongue, chip), .. Damage(desk, Tool), .. Damage(desk, Archive),
            .. Damage(desk, $"{Applications}/{chip.Application}"), .. Damage(desk, $"{Applications}/{chip.Packages}")]);

    /// <summary>Looks for the flashing tool alone.</summary>
    /// <exception cref="TroubleException">It is missing or damaged.</exception>
    public void NeedTool(Desk desk) => Refuse(desk.Tongue, Folder,
        File.Exists(Program) ? [.. Damage(desk, Tool)] : [NoProgram(desk.Tongue)]);

    /// <param name="wrong">Sentences; nothing when nothing is wrong.</param>
    /// <exception cref="TroubleException">With all of them.</exception>
    public static void Refuse(Tongue tongue, string place, string[] wrong)
    {
        if (wrong.Length > 0)
        {
            throw Wrong(tongue, place, $"{string.Join("；", wrong)}\n{string.Join("; ", wrong)}");
        }
    }

    public static TroubleException Wrong(Tongue tongue, string place, string what) => Trouble.At(tongue, place, what,
        "什么也没有写；在有网的电脑上用 gateway kit 重新做一份离线包"
            + "\nNothing was written; make a new kit with gateway kit on a machine with internet",
        exitCode: ExitCodes.Kit);

    private string NoProgram(Tongue tongue) => tongue.Of($"没有写板工具 {Program}", $"the flashing tool {Program} is not there");

    private bool IsPackage(string info, Chip chip)
    {
        try
        {
            Package? package = JsonSerializer.Deserialize<Package>(File.ReadAllText(info), s_json);
            return package?.Name == chip.Target && package.Version == List.Runtime
                && File.Exists(info[..^".json".Length]);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string? Line(string? version) => version?.Split('.') is [var major, var minor, ..] ? $"{major}.{minor}" : null;

    private static string Sum(string file)
    {
        using FileStream stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <summary>What the flashing tool writes beside a package of its archive.</summary>
    private sealed record Package(string? Name, string? Version);
}
