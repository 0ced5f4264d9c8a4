// Owns: the folder in which one gateway keeps its state, and that only one process uses it.
// Must never: delete a file that the gateway did not make.

namespace Gateway.Pc.Flash;

/// <summary>A lock on the folder for as long as the process lives; a killed process leaves none.</summary>
public sealed class StateFolder : IDisposable
{
    private readonly FileStream _lock;

    /// <exception cref="IOException">The folder can't be made, or another gateway uses it.</exception>
    public StateFolder(string folder, bool reset)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"--state: {folder}: {e.Message} 允许 allowed: a folder that can be made and written to", e);
        }

        string path = Path.Combine(folder, "lock");
        try
        {
            _lock = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new IOException($"{folder}: 被另一个网关占用 in use by another gateway-pc; 允许 allowed: a folder of its own", e);
        }

        if (reset)
        {
            PcFlash.Reset(folder);
        }
    }

    public void Dispose() => _lock.Dispose();
}
