// Owns: how lists are written as JSON.
// Must never: gather a long list before it writes it.

using System.Text.Encodings.Web;
using System.Text.Json;
using Gateway.Streams;

namespace Gateway.County.Server;

internal static class JsonArray
{
    /// <summary>An array on standard output, written as it is read.</summary>
    public static void Write<T>(IEnumerable<T> rows, Action<Utf8JsonWriter, T> write)
    {
        JsonWriterOptions options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using Stream output = StandardStreams.Output();
        using (Utf8JsonWriter json = new(output, options))
        {
            json.WriteStartArray();
            foreach (T row in rows)
            {
                write(json, row);
                json.Flush();
            }

            json.WriteEndArray();
        }

        output.WriteByte((byte)'\n');
    }
}
