// Owns: one CSV file of RFC 4180: written row by row, and read back.
// Must never: hold more than a row of it.

using System.Security.Cryptography;
using System.Text;

namespace Gateway.County.Server;

/// <summary>A file that is being written. Its sum is over the cells, so that it says what a reader finds.</summary>
internal sealed class CsvFile : IDisposable
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly FileStream _file;
    private readonly StreamWriter _writer;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public CsvFile(string path, string[] columns)
    {
        _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        _writer = new StreamWriter(_file, s_utf8);
        Write(columns);
        Append(_hash, columns);
    }

    /// <summary>Rows without the head.</summary>
    public long Count { get; private set; }

    /// <summary>Of all cells, once it is finished.</summary>
    public string Sum { get; private set; } = "";

    public void Add(string[] cells)
    {
        Count++;
        Write(cells);
        Append(_hash, cells);
    }

    public void Finish()
    {
        _writer.Flush();
        _file.Flush(flushToDisk: true);
        _writer.Dispose();
        Sum = Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    public void Dispose()
    {
        _writer.Dispose();
        _hash.Dispose();
    }

    /// <summary>Goes over a file; gives its rows without the head, and the sum of all cells.</summary>
    public static (long Count, string Sum) Read(string path)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using StreamReader reader = new(path, s_utf8);
        long rows = -1;
        List<string> cells = [];
        StringBuilder cell = new();
        bool quoted = false;
        int next;
        while ((next = reader.Read()) >= 0)
        {
            char c = (char)next;
            if (c == '"' && quoted && reader.Peek() == '"')
            {
                _ = reader.Read();
                cell.Append(c);
            }
            else if (c == '"')
            {
                quoted = !quoted;
            }
            else if (quoted || c is not (',' or '\n'))
            {
                cell.Append(c);
            }
            else
            {
                cells.Add(cell.ToString());
                cell.Clear();
                if (c == '\n')
                {
                    rows++;
                    Append(hash, cells);
                    cells.Clear();
                }
            }
        }

        return (rows, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private void Write(string[] cells)
    {
        for (int i = 0; i < cells.Length; i++)
        {
            _writer.Write(i == 0 ? "" : ",");
            _writer.Write(cells[i].AsSpan().ContainsAny('"', ',', '\n') || cells[i].Contains('\r', StringComparison.Ordinal)
                ? $"\"{cells[i].Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cells[i]);
        }

        _writer.Write('\n');
    }

    private static void Append(IncrementalHash hash, IReadOnlyList<string> cells)
    {
        hash.AppendData(BitConverter.GetBytes(cells.Count));
        foreach (string cell in cells)
        {
            byte[] bytes = s_utf8.GetBytes(cell);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }
    }
}
