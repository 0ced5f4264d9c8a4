// Owns: rows written as CSV files, read back from the disk, and compared with what was written.
// Must never: change a cell, or leave half an export under the name that was asked for.

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Gateway.County.Sql;

namespace Gateway.County.Server;

/// <summary>One folder with a file a table, each with the names of its columns; bytes are in hexadecimal.</summary>
internal sealed class PruneExport : IDisposable
{
    private readonly string _folder;
    private readonly Dictionary<string, CsvFile> _files = new(StringComparer.Ordinal);

    /// <param name="folder">Made here, readable to its owner alone, as FOLDER.part until it is whole.</param>
    public PruneExport(string folder)
    {
        _folder = folder;
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(Part);
            }
            else
            {
                Directory.CreateDirectory(Part, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
        catch (Exception e) when (SecretFiles.Refused(e))
        {
            throw new CommandException(
                $"--export: '{Part}' cannot be made ({e.Message}); allowed: a folder that this user may write", e)
            {
                ExitCode = ExitCodes.Failed,
            };
        }
    }

    private string Part => _folder + ".part";

    /// <summary>Rows a table, in the order of their first rows.</summary>
    public IReadOnlyDictionary<string, long> Counts => _files.ToDictionary(f => f.Key, f => f.Value.Count, StringComparer.Ordinal);

    /// <summary>Writes all rows, and tells each when it is written.</summary>
    public void Add(OldTable table, Action<IReadOnlyList<object>>? written = null)
    {
        foreach (IReadOnlyList<object> row in table.Rows)
        {
            if (!_files.TryGetValue(table.Table, out CsvFile? file))
            {
                file = new CsvFile(Path.Combine(Part, table.Table + ".csv"), table.Columns.Split(", "));
                _files.Add(table.Table, file);
            }

            file.Add([.. row.Select(Cell)]);
            written?.Invoke(row);
        }
    }

    /// <summary>Flushes, reads all files back, and gives them their name.</summary>
    public void Finish()
    {
        StringBuilder sums = new();
        foreach ((string table, CsvFile file) in _files)
        {
            file.Finish();
            string path = Path.Combine(Part, table + ".csv");
            if (CsvFile.Read(path) is var read && (read.Count, read.Sum) != (file.Count, file.Sum))
            {
                throw new CommandException(
                    $"--export: '{path}' is read back otherwise than it was written ({read.Count} rows of {file.Count}); "
                    + "nothing was removed; "
                    + "allowed: a disk that keeps what it is given")
                {
                    ExitCode = ExitCodes.Failed,
                };
            }

            using FileStream whole = File.OpenRead(path);
            sums.Append(CultureInfo.InvariantCulture, $"{Convert.ToHexStringLower(SHA256.HashData(whole))}  {table}.csv\n");
        }

        SecretFiles.Write("--export", Path.Combine(Part, "SHA256SUMS"), sums.ToString());
        Directory.Move(Part, _folder);
    }

    public void Dispose()
    {
        foreach (CsvFile file in _files.Values)
        {
            file.Dispose();
        }

        if (Directory.Exists(Part))
        {
            Directory.Delete(Part, recursive: true);
        }
    }

    private static string Cell(object value) => value switch
    {
        DBNull => "",
        byte[] bytes => Convert.ToHexStringLower(bytes),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => (string)value,
    };
}
