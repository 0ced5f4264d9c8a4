// Owns: rows in PostgreSQL's binary form of COPY: a head, then each value with its length, numbers with the high byte first.
// Must never: wait for a server; it makes bytes.

using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using NpgsqlTypes;

namespace Gateway.County.Sql;

/// <summary>Made by hand: the library's writer costs more for each of an event's values than the server does for its row.</summary>
internal static class CopyText
{
    // "PGCOPY", a line feed, 0xFF, a line end, 0; then flags and the length of a further head: none.
    private static readonly byte[] s_head =
        [0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0x00, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <param name="types">A type a column; numbers are long in the rows, whatever their column takes.</param>
    /// <param name="rows">Values in the order of the columns.</param>
    public static ReadOnlySpan<byte> Of(NpgsqlDbType[] types, IEnumerable<object[]> rows)
    {
        ArrayBufferWriter<byte> bytes = new();
        bytes.Write(s_head);
        foreach (object[] row in rows)
        {
            Short(bytes, (short)types.Length);
            for (int column = 0; column < types.Length; column++)
            {
                Add(bytes, types[column], row[column]);
            }
        }

        // Instead of a row's number of values: the end.
        Short(bytes, -1);
        return bytes.WrittenSpan;
    }

    private static void Add(ArrayBufferWriter<byte> bytes, NpgsqlDbType type, object value)
    {
        switch (type)
        {
            case NpgsqlDbType.Bigint:
                Int(bytes, sizeof(long));
                BinaryPrimitives.WriteInt64BigEndian(bytes.GetSpan(sizeof(long)), (long)value);
                bytes.Advance(sizeof(long));
                break;
            case NpgsqlDbType.Integer:
                Int(bytes, sizeof(int));
                Int(bytes, (int)(long)value);
                break;
            case NpgsqlDbType.Text:
                string text = (string)value;
                Int(bytes, Encoding.UTF8.GetByteCount(text));
                Encoding.UTF8.GetBytes(text, bytes);
                break;
            default:
                byte[] raw = (byte[])value;
                Int(bytes, raw.Length);
                bytes.Write(raw);
                break;
        }
    }

    private static void Int(ArrayBufferWriter<byte> bytes, int number)
    {
        BinaryPrimitives.WriteInt32BigEndian(bytes.GetSpan(sizeof(int)), number);
        bytes.Advance(sizeof(int));
    }

    private static void Short(ArrayBufferWriter<byte> bytes, short number)
    {
        BinaryPrimitives.WriteInt16BigEndian(bytes.GetSpan(sizeof(short)), number);
        bytes.Advance(sizeof(short));
    }
}
