// Owns: reading a row by the names of its columns.
// Must never: ask the driver for a name: the places are worked out once, from the columns that the statement lists.

using System.Collections.Frozen;
using System.Data.Common;
using Gateway.Contract;

namespace Gateway.County.Sql;

/// <summary>The places of the columns that a statement lists.</summary>
internal sealed class Columns(string list)
{
    private readonly FrozenDictionary<string, int> _places =
        list.Split(", ").Select((name, place) => KeyValuePair.Create(name, place)).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The list as the statement has it.</summary>
    public string List { get; } = list;

    public int Place(string name) => _places[name];
}

/// <summary>The row at which a reader stands.</summary>
internal readonly struct NamedRow(DbDataReader row, Columns columns)
{
    public long Int64(string name) => row.GetInt64(columns.Place(name));

    public int Int32(string name) => row.GetInt32(columns.Place(name));

    /// <summary>A 32-bit unsigned number, which lies in a BIGINT.</summary>
    public uint UInt32(string name) => (uint)row.GetInt64(columns.Place(name));

    public bool Flag(string name) => row.GetInt32(columns.Place(name)) != 0;

    public string Text(string name) => row.GetString(columns.Place(name));

    public byte[] Bytes(string name) => (byte[])row.GetValue(columns.Place(name));

    public byte[]? BytesOrNull(string name) => row.IsDBNull(columns.Place(name)) ? null : Bytes(name);

    public EventKey Event() => new(UInt32("station"), UInt32("epoch"), (Lane)Int32("lane"), UInt32("sequence"));
}
