// Owns: the folder in which one gateway keeps its state, and that only one process uses it.
// Must never: delete a file that the gateway did not make.

using Gateway.Start;

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
            OwnFile.MakeFolder(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string found = $"建不出（{e.Message}）\n{e.Message}";
            string allowed = "可建可写的文件夹\na folder that can be made and written to";
            throw new IOException(PlaceNotes.Text($"--state: {folder}", 0, found, allowed), e);
        }

        string path = Path.Combine(folder, "lock");
        try
        {
            _lock = OwnFile.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (File.Exists(path))
        {
            string found = "已被另一个网关进程占用\nin use by another gateway-pc";
            throw new IOException(PlaceNotes.Text($"--state: {folder}", 0, found, "另一个文件夹\na folder of its own"), e);
        }

        if (reset)
        {
            PcFlash.Reset(folder);
        }
    }

    public void Dispose() => _lock.Dispose();
}
