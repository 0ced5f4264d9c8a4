// Owns: reading the files of vectors in shared/Contract/vectors.
// Must never: know what a field means.

using System.Text.Json;
using Gateway.Tests.Support;

namespace Gateway.Tests.Wire;

/// <summary>A field of a case: its label and its bytes.</summary>
public sealed record VectorField(string Name, byte[] Bytes);

/// <summary>One case. What a case has besides these is in <see cref="Json"/>.</summary>
public sealed class VectorCase
{
    internal VectorCase(VectorFile file, JsonElement json)
    {
        File = file;
        Json = json;
        Id = json.GetProperty("id").GetInt32();
        Comment = json.GetProperty("comment").GetString()!;
        Flags = [.. json.GetProperty("flags").EnumerateArray().Select(flag => flag.GetString()!)];
        Valid = json.GetProperty("result").GetString() == "valid";
        Reason = json.TryGetProperty("reason", out JsonElement reason) ? reason.GetString()! : "ok";
        Fields = json.TryGetProperty("fields", out JsonElement fields)
            ? [.. fields.EnumerateArray().Select(FieldOf)]
            : [];
        Bytes = [.. Fields.SelectMany(field => field.Bytes)];
    }

    public VectorFile File { get; }

    public JsonElement Json { get; }

    public int Id { get; }

    public string Comment { get; }

    public IReadOnlyList<string> Flags { get; }

    public bool Valid { get; }

    /// <summary>"ok", or the name of the refusal.</summary>
    public string Reason { get; }

    public IReadOnlyList<VectorField> Fields { get; }

    /// <summary>The bytes of all fields, one after the other.</summary>
    public byte[] Bytes { get; }

    public bool Has(string name) => Json.TryGetProperty(name, out _);

    public bool Flagged(string flag) => Flags.Contains(flag, StringComparer.Ordinal);

    /// <summary>A text of the case; a long one is stored as a list of its parts.</summary>
    public string Text(string name)
    {
        JsonElement value = Json.GetProperty(name);
        bool parts = value.ValueKind == JsonValueKind.Array;
        return parts ? string.Concat(value.EnumerateArray().Select(part => part.GetString())) : value.GetString()!;
    }

    public byte[] Hex(string name) => Convert.FromHexString(Text(name));

    public JsonElement Expected => Json.GetProperty("expected");

    public long Number(string name) => Expected.GetProperty(name).GetInt64();

    public override string ToString() => $"{File.Name} {Id}: {Comment}";

    private static VectorField FieldOf(JsonElement json) =>
        new(json.GetProperty("field").GetString()!, Convert.FromHexString(json.GetProperty("hex").GetString()!));
}

/// <summary>A file of vectors.</summary>
public sealed class VectorFile
{
    public const string Folder = "shared/Contract/vectors";

    public static readonly IReadOnlyList<string> Names =
    [
        "record", "head", "hello", "welcome", "held", "refuse", "command", "batch", "heartbeat", "names", "ask", "offline", "topics",
        "crc32", "hmac", "session", "versions",
    ];

    private VectorFile(string name, JsonElement json)
    {
        Name = name;
        Schema = json.GetProperty("schema").GetString()!;
        NumberOfTests = json.GetProperty("numberOfTests").GetInt32();
        Notes = json.GetProperty("notes").EnumerateObject()
            .ToDictionary(note => note.Name, note => note.Value.GetString()!, StringComparer.Ordinal);
        Key = json.TryGetProperty("key", out JsonElement key) ? Convert.FromHexString(key.GetString()!) : [];
        Cases = [.. json.GetProperty("tests").EnumerateArray().Select(one => new VectorCase(this, one))];
    }

    public string Name { get; }

    public string Schema { get; }

    public int NumberOfTests { get; }

    /// <summary>Flag to the reason why cases with it exist.</summary>
    public IReadOnlyDictionary<string, string> Notes { get; }

    /// <summary>The station's key, or nothing.</summary>
    public byte[] Key { get; }

    public IReadOnlyList<VectorCase> Cases { get; }

    public static VectorFile Load(string name)
    {
        string path = Repository.Path([.. Folder.Split('/'), name + ".json"]);
        return new VectorFile(name, JsonDocument.Parse(File.ReadAllText(path)).RootElement);
    }

    public static IReadOnlyList<VectorFile> LoadAll() => [.. Names.Select(Load)];
}
