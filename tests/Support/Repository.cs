// Owns: where the repository is, for tests that read its files.
// Must never: look outside it.

namespace Gateway.Tests.Support;

/// <summary>Paths inside the repository that the tests were built from.</summary>
public static class Repository
{
    /// <summary>The folder that has Gateway.sln.</summary>
    public static string Root { get; } = Find();

    /// <summary>A path below <see cref="Root"/>.</summary>
    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string Find()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder, "Gateway.sln")))
        {
            folder = System.IO.Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException($"no Gateway.sln above {AppContext.BaseDirectory}");
    }
}
