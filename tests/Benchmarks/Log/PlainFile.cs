// Owns: the least that a durable append can cost: open, write, flush to the disk, close.
// Must never: know what the bytes are, or be read back.

namespace Gateway.Tests.Benchmarks.Log;

/// <summary>One file, opened and closed as often as the log closes files, with as many bytes in all.</summary>
internal sealed class PlainFile(string path)
{
    public void Append(int closes, long bytes)
    {
        byte[] data = new byte[(bytes / closes) + 1];
        for (int i = 0; i < closes; i++)
        {
            // The bytes that a whole division leaves over go with the first ones.
            int count = (int)(bytes / closes) + (i < bytes % closes ? 1 : 0);
            using FileStream file = new(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
            file.Write(data, 0, count);
            file.Flush(flushToDisk: true);
        }
    }
}
