// Owns: where the repository is and which of its files are ours, for the tests that read sources.
// Must never: look into what a build or a package restore left behind.

using Gateway.Tests.Support;

namespace Gateway.Tests.Tidy;

/// <summary>The working copy that holds this test.</summary>
internal static class Repo
{
    private static readonly string[] s_notOurs = [".git", ".vs", ".idea", ".vscode", "bin", "obj", "packages", "TestResults", "run"];

    public static string Root => Repository.Root;

    /// <summary>Every file of the repository, as a path from its root with slashes, in a fixed order.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. Walk(Root).Order(StringComparer.Ordinal)];

    public static string Full(string path) => Path.Combine(Root, path);

    public static string Text(string path) => File.ReadAllText(Full(path));

    public static IEnumerable<string> FilesWith(params string[] endings) =>
        Files.Where(file => endings.Any(ending => file.EndsWith(ending, StringComparison.Ordinal)));

    public static IEnumerable<string> FilesUnder(string folder, params string[] endings) =>
        FilesWith(endings).Where(file => file.StartsWith(folder + "/", StringComparison.Ordinal));

    private static IEnumerable<string> Walk(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder))
        {
            // A further working copy of the same repository has a file in the place of the folder.
            if (Path.GetFileName(file) != ".git")
            {
                yield return Path.GetRelativePath(Root, file).Replace('\\', '/');
            }
        }

        foreach (string child in Directory.EnumerateDirectories(folder))
        {
            if (!s_notOurs.Contains(Path.GetFileName(child)))
            {
                foreach (string file in Walk(child))
                {
                    yield return file;
                }
            }
        }
    }
}
