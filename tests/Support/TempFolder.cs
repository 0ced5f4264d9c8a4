// Owns: a folder of a test.
// Must never: be shared by two tests.

using System.Text;

namespace Gateway.Tests.Support;

/// <summary>A folder of its own, gone with Dispose.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = MemoryFolder.Create("gateway-");

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        string path = System.IO.Path.Combine(Path, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
