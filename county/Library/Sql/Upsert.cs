// Owns: the text that adds a row or replaces the one with the same key.
// Must never: leave a column of the row as it was.

namespace Gateway.County.Sql;

/// <summary>An INSERT into a table, up to its rows and after them.</summary>
/// <param name="table">The table.</param>
/// <param name="columns">Its columns in the order of the values.</param>
/// <param name="keys">How many of the first columns are the key.</param>
internal sealed class Upsert(string table, string columns, int keys)
{
    private readonly string[] _columns = columns.Split(", ");

    public string Before { get; } = $"INSERT INTO {table} ({columns})";

    public string After
    {
        get
        {
            string key = string.Join(", ", _columns.Take(keys));
            return $"ON CONFLICT ({key}) DO UPDATE SET {string.Join(", ", _columns.Skip(keys).Select(c => $"{c} = excluded.{c}"))}";
        }
    }

    /// <summary>The statement for one row, with the parameters @p0, @p1 and so on.</summary>
    public string OfOne => $"{Before} VALUES ({SqlSchema.Parameters(_columns.Length)}) {After}";
}
