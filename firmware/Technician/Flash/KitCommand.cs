// Owns: `gateway kit`: gathering for the field where there is internet, and saying in the field what is missing.
// Must never: leave a kit that looks whole and is not.

using System.Diagnostics;
using System.Reflection;
using Gateway.Technician.Make;

namespace Gateway.Technician.Flash;

/// <param name="Folder">The kit.</param>
/// <param name="Runtime">The one version of the runtime for all stations of a county.</param>
/// <param name="Application">Where the applications and their lists of versions are.</param>
/// <param name="Tool">A folder with the flashing tool; null = it is fetched.</param>
internal sealed record KitWords(string Folder, string Runtime, string Application, string? Tool);

internal static class KitCommand
{
    private const string Pages = "pages";

    public static int Check(Desk desk, string folder)
    {
        Tongue tongue = desk.Tongue;
        Kit kit = Kit.Open(tongue, folder);
        string[] wrong = [.. kit.Lacks(tongue), .. kit.Damage(desk)];
        foreach (string one in wrong)
        {
            desk.Out.WriteLine(one);
        }

        if (wrong.Length > 0)
        {
            throw Kit.Wrong(tongue, folder, $"有 {wrong.Length} 处不对\n{wrong.Length} wrong");
        }

        desk.Out.WriteLine(tongue.Of($"{folder}：齐全，{kit.List.Files.Length} 个文件，固件 {kit.List.Runtime}。",
            $"{folder}: whole, {kit.List.Files.Length} files, runtime {kit.List.Runtime}."));
        return ExitCodes.Good;
    }

    public static int Make(Desk desk, KitWords words)
    {
        Tongue tongue = desk.Tongue;
        WholeFolder.Make(tongue, words.Folder, part =>
        {
            foreach ((string from, string to) in Copies(tongue, words))
            {
                string target = Path.Combine(part, to);
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(from, target);
            }

            WritePages(Path.Combine(part, Pages));
            if (words.Tool is null)
            {
                Fetch(desk, Path.Combine(part, Kit.Tool));
            }

            var nanoff = new Nanoff(desk, Kit.ProgramIn(part), dryRun: false);
            foreach (Chip chip in Chip.All)
            {
                nanoff.Run(new Step($"取固件 {chip.Target} {words.Runtime}\nfetching {chip.Target} {words.Runtime}",
                [
                    "--updatearchive", "--platform", "esp32", "--target", chip.Target, "--fwversion", words.Runtime,
                    "--archivepath", Path.Combine(part, Kit.Archive), "-v", "m",
                ]));
            }

            File.WriteAllBytes(Path.Combine(part, Kit.ListName), Kit.ListOf(words.Runtime, part));
            Kit.Refuse(tongue, words.Folder, Kit.Open(tongue, part).Lacks(tongue));
        });
        return Check(desk, words.Folder);
    }

    private static List<(string From, string To)> Copies(Tongue tongue, KitWords words)
    {
        List<(string, string)> copies = [];
        foreach (Chip chip in Chip.All)
        {
            // As they were handed out, or as a build leaves them.
            string? image = Found(words.Application, chip.Application, Path.Combine(chip.Project, "bin", "Release", chip.Application));
            string? packages = Found(words.Application, chip.Packages, Path.Combine(chip.Project, "packages.config"));
            if (image is null || packages is null)
            {
                string name = image is null ? chip.Application : chip.Packages;
                throw Kit.Wrong(tongue, words.Application, $"没有 {name}\n{name} is not there");
            }

            if (Kit.LineProblem(tongue, packages, words.Runtime) is { } problem)
            {
                throw Kit.Wrong(tongue, "--runtime", $"{problem}\n{problem}");
            }

            copies.Add((image, Path.Combine(Kit.Applications, chip.Application)));
            copies.Add((packages, Path.Combine(Kit.Applications, chip.Packages)));
        }

        if (words.Tool is { } tool)
        {
            if (!Directory.Exists(tool))
            {
                throw Kit.Wrong(tongue, tool, "没有这个文件夹\nno such folder");
            }

            copies.AddRange(Directory.EnumerateFiles(tool, "*", SearchOption.AllDirectories)
                .Select(f => (f, Path.Combine(Kit.Tool, Path.GetRelativePath(tool, f)))));
        }

        // The command itself, where it is one file and no part of a build.
        if (Environment.ProcessPath is { } self && Path.GetFileNameWithoutExtension(self) == "gateway")
        {
            copies.Add((self, Path.GetFileName(self)));
        }

        return copies;
    }

    private static string? Found(string folder, params string[] names) =>
        names.Select(n => Path.Combine(folder, n)).FirstOrDefault(File.Exists);

    private static void WritePages(string folder)
    {
        Assembly self = typeof(KitCommand).Assembly;
        foreach (string name in self.GetManifestResourceNames().Where(n => n.EndsWith(".md", StringComparison.Ordinal)))
        {
            using Stream page = self.GetManifestResourceStream(name)!;
            string path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using FileStream file = File.Create(path);
            page.CopyTo(file);
        }
    }

    private static void Fetch(Desk desk, string folder)
    {
        string[] arguments = ["tool", "install", "nanoff", "--tool-path", folder];
        desk.Out.WriteLine(desk.Tongue.Of("取写板工具", "fetching the flashing tool"));
        desk.Out.WriteLine("$ dotnet " + string.Join(' ', arguments));
        int code;
        try
        {
            using Process process = Process.Start("dotnet", arguments);
            process.WaitForExit();
            code = process.ExitCode;
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            code = -1;
        }

        if (code != 0)
        {
            throw Kit.Wrong(desk.Tongue, "dotnet", "取不到 nanoff：要有网络和 .NET SDK，或用 --tool 写明装有它的文件夹"
                + "\nnanoff can't be had: it takes internet and the .NET SDK, or --tool with a folder that has it");
        }
    }
}
