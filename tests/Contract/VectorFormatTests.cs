// Owns: that the files of vectors can be read, and every value in them found, by what CONTRACT.md says of them and nothing else.
// Must never: use the library or the reader that the other tests share: it stands for a receiver in another language.

using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Gateway.Tests.Support;

namespace Gateway.Tests.Wire;

public partial class VectorFormatTests
{
    private const int SignatureBytes = 32;
    private const string HeadPrefix = "head.";

    private static readonly Dictionary<string, string> s_layouts = MarkdownTable.Layouts
        .ToDictionary(heading => heading.ToLowerInvariant(), StringComparer.Ordinal);

    private static readonly string[] s_withFields =
        ["record", "head", "hello", "welcome", "held", "refuse", "command", "batch", "heartbeat", "names", "ask", "offline"];

    public static TheoryData<string> Files =>
    [
        .. Directory.GetFiles(Repository.Path("shared", "Contract", "vectors"), "*.json").Select(f => Path.GetFileNameWithoutExtension(f)!),
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_key_is_where_the_page_says_and_of_its_kind(string file)
    {
        JsonElement root = Load(file);
        Assert.Equal("gateway-contract-vectors-1", root.GetProperty("schema").GetString());
        JsonElement[] cases = [.. root.GetProperty("tests").EnumerateArray()];
        Assert.Equal(cases.Length, root.GetProperty("numberOfTests").GetInt32());
        Assert.All(root.GetProperty("about").EnumerateArray(), line => Assert.Equal(JsonValueKind.String, line.ValueKind));
        string[] notes = [.. root.GetProperty("notes").EnumerateObject().Select(note => note.Name)];
        Assert.Equal(s_withFields.Contains(file) && file != "record", root.TryGetProperty("key", out _));
        int id = 0;
        foreach (JsonElement one in cases)
        {
            Assert.Equal(++id, one.GetProperty("id").GetInt32());
            Assert.Equal(JsonValueKind.String, one.GetProperty("comment").ValueKind);
            Assert.All(one.GetProperty("flags").EnumerateArray(), flag => Assert.Contains(flag.GetString(), notes));
            bool valid = one.GetProperty("result").GetString() == "valid";
            Assert.True(valid || one.GetProperty("result").GetString() == "invalid");
            Assert.Equal(!valid, one.TryGetProperty("reason", out JsonElement reason));
            if (one.TryGetProperty("faults", out JsonElement faults))
            {
                Assert.Equal(reason.GetString(), faults[0].GetString());
                Assert.True(faults.GetArrayLength() > 1);
            }

            // A will has its text always, and its fields where the text has the right length.
            bool fields = one.TryGetProperty("fields", out _);
            Assert.True(file == "offline" ? valid == fields || fields : s_withFields.Contains(file) == fields, $"{file} {id}: fields");
            Assert.Equal(valid && (s_withFields.Contains(file) || file == "topics"), one.TryGetProperty("expected", out _));
            Assert.Equal(file == "head", one.TryGetProperty("direction", out _));
            Assert.Equal(file == "offline", one.TryGetProperty("text", out _));
            Assert.Equal(file == "topics", one.TryGetProperty("topic", out _));
            Assert.Equal(file is "crc32" or "hmac" or "session", one.TryGetProperty("message", out _));
            Assert.Equal(file == "session", one.TryGetProperty("known", out _) && one.TryGetProperty("rule", out _));
            Assert.Equal(file == "crc32", one.TryGetProperty("crc", out _));
            Assert.Equal(file == "hmac", one.TryGetProperty("mac", out _) && one.TryGetProperty("key", out _));
            Assert.Equal(file == "versions", one.TryGetProperty("gateway", out _) && one.TryGetProperty("agreed", out _));
        }
    }

    /// <summary>
    /// Goal: what a receiver reads at the page's places is what the file expects. Method: the page's tables are the decoder.
    /// </summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void The_values_of_a_valid_case_lie_where_the_tables_of_the_page_say(string file)
    {
        if (!s_withFields.Contains(file))
        {
            return;
        }

        JsonElement root = Load(file);
        foreach (JsonElement one in root.GetProperty("tests").EnumerateArray().Where(c => c.GetProperty("result").GetString() == "valid"))
        {
            byte[] input = [.. one.GetProperty("fields").EnumerateArray().SelectMany(f => Hex(f.GetProperty("hex")))];
            if (file == "offline")
            {
                Assert.Equal(input, Convert.FromBase64String(Joined(one.GetProperty("text"))));
            }

            if (file != "record")
            {
                byte[] mac = HMACSHA256.HashData(Hex(root.GetProperty("key")), input.AsSpan(0, input.Length - SignatureBytes));
                Assert.Equal(input[^SignatureBytes..], mac);
            }

            Dictionary<string, string> read = Read(file, input);
            Dictionary<string, string> expected = one.GetProperty("expected").EnumerateObject()
                .ToDictionary(p => p.Name, p => p.Value.ValueKind == JsonValueKind.String ? p.Value.GetString()! : p.Value.GetRawText());
            Assert.Equal(expected.OrderBy(p => p.Key, StringComparer.Ordinal), read.OrderBy(p => p.Key, StringComparer.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_pieces_of_an_input_are_named_as_the_page_says(string file)
    {
        foreach (JsonElement one in Load(file).GetProperty("tests").EnumerateArray())
        {
            // What is cut off or too long has pieces that end elsewhere.
            if (!one.TryGetProperty("fields", out JsonElement fields) || one.GetProperty("result").GetString() != "valid")
            {
                continue;
            }

            int at = 0;
            foreach (JsonElement field in fields.EnumerateArray())
            {
                string name = field.GetProperty("field").GetString()!;
                int size = Hex(field.GetProperty("hex")).Length;
                Assert.True(IsThere(file, name, at, size), $"{file} {one.GetProperty("id")}: {name} at {at}, {size} bytes");
                at += size;
            }
        }
    }

    [GeneratedRegex(
        @"^(record\[(?<record>\d+)\]\+(?<at>\d+)|text\[(?<text>\d+)\]|place\[(?<place>\d+)\])$", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex PiecePattern();

    private static bool IsThere(string file, string name, int at, int size)
    {
        if (name == "signature")
        {
            return size == SignatureBytes;
        }

        Match piece = PiecePattern().Match(name);
        if (piece.Success && file == "names")
        {
            return at >= 48 + 5 * Int(piece.Groups["place"].Value) && size is >= 5 and <= 5 + 48;
        }

        if (piece.Success)
        {
            int from = file == "batch" ? 48 + 64 * Int(piece.Groups["record"].Value) + Int(piece.Groups["at"].Value)
                : 60 + 40 * Int(piece.Groups["text"].Value);
            return at == from && size > 0 && size <= (file == "batch" ? 64 : 40);
        }

        if (name == "filler")
        {
            return file == "head";
        }

        bool head = file != "record" && (name.StartsWith(HeadPrefix, StringComparison.Ordinal) || file == "head");
        string plain = name.StartsWith(HeadPrefix, StringComparison.Ordinal) ? name[HeadPrefix.Length..] : name;
        return MarkdownTable.Under(head ? "Head" : s_layouts[file], "offset").Rows
            .Any(row => row["field"] == plain && row["offset"] == $"{at}" && row["size"] == $"{size}");
    }

    private static Dictionary<string, string> Read(string file, byte[] input)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        if (file != "record")
        {
            Read("Head", HeadPrefix, input, values);
        }

        if (file is not ("head" or "offline"))
        {
            Read(s_layouts[file], "", input, values);
        }

        if (file == "batch")
        {
            int count = Int(values["count"]);
            IEnumerable<string> sequences = Enumerable.Range(0, count)
                .Select(i => Number(input.AsSpan(48 + 64 * i + 12, 4), signed: false).ToString(CultureInfo.InvariantCulture));
            values["sequences"] = $"[{string.Join(", ", sequences)}]";
        }

        if (file == "command")
        {
            values["textCrc"] = $"{Checksum(input.AsSpan(60, Int(values["textBytes"])))}";
        }

        if (file == "names")
        {
            values["placesCrc"] = $"{Checksum(input.AsSpan(48, input.Length - 48 - SignatureBytes))}";
        }

        return values;
    }

    private static void Read(string heading, string prefix, byte[] input, Dictionary<string, string> values)
    {
        foreach (IReadOnlyDictionary<string, string> row in MarkdownTable.Under(heading, "offset").Rows)
        {
            if (!int.TryParse(row["size"], CultureInfo.InvariantCulture, out int size) || row["type"] == "zero")
            {
                continue;
            }

            ReadOnlySpan<byte> bytes = input.AsSpan(Int(row["offset"]), size);
            values[prefix + row["field"]] = row["type"] == "text" ? Text(bytes)
                : Number(bytes, row["type"][0] == 'i').ToString(CultureInfo.InvariantCulture);
        }
    }

    private static string Text(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf((byte)0);
        StringBuilder text = new();
        foreach (byte b in end < 0 ? bytes : bytes[..end])
        {
            text.Append(b is >= 32 and <= 126 ? (char)b : '?');
        }

        return text.ToString();
    }

    private static long Number(ReadOnlySpan<byte> bytes, bool signed)
    {
        Span<byte> wide = stackalloc byte[8];
        bytes.CopyTo(wide);
        long value = BinaryPrimitives.ReadInt64LittleEndian(wide);
        return signed ? (int)value : value;
    }

    /// <summary>Section 14, bit by bit.</summary>
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0xFFFFFFFF;
        foreach (byte b in bytes)
        {
            sum ^= b;
            for (int bit = 0; bit < 8; bit++)
            {
                sum = (sum >> 1) ^ ((sum & 1) * 0xEDB88320);
            }
        }

        return ~sum;
    }

    private static JsonElement Load(string file) =>
        JsonDocument.Parse(File.ReadAllText(Repository.Path("shared", "Contract", "vectors", file + ".json"))).RootElement;

    private static string Joined(JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? string.Concat(value.EnumerateArray().Select(part => part.GetString())) : value.GetString()!;

    private static byte[] Hex(JsonElement value) => Convert.FromHexString(Joined(value));

    private static int Int(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
