// Owns: the labelled frames, read from the library's folder.
// Must never: leave out a case.

using System.Text.Json;
using Gateway.Gb26875;
using Gateway.Tests.Support;

namespace Gateway.Tests.Frames;

internal sealed record VectorCase(string Id, string Comment, bool IsFrame, byte[] Bytes, string Result, JsonElement Head, JsonElement Unit)
{
    public static IReadOnlyList<VectorCase> All { get; } = Load();

    public static VectorCase Of(string id) => All.Single(one => one.Id == id);

    public static TheoryData<string> Ids(Func<VectorCase, bool> which) => [.. All.Where(which).Select(one => one.Id)];

    /// <summary>What a good frame or a unit says, as the vector file writes it.</summary>
    public static string Describe(ReadOnlySpan<byte> unit)
    {
        UnitReader reader = new(unit);
        List<string> objects = [];
        UnitFields fields = UnitLayout.Fields(reader.Type);
        while (reader.Next(out UnitObject one))
        {
            List<string> parts = [];
            Add(fields, UnitFields.System, parts, $"\"systemType\": {one.SystemType}", $"\"systemAddress\": {one.SystemAddress}");
            Add(fields, UnitFields.ComponentType, parts, $"\"componentType\": {one.ComponentType}");
            Add(fields, UnitFields.ComponentAddress, parts, $"\"componentAddress\": {one.ComponentAddress}");
            Add(fields, UnitFields.Status | UnitFields.ByteStatus, parts, $"\"status\": {one.Status}");
            Add(fields, UnitFields.Analog, parts, $"\"analogType\": {one.AnalogType}", $"\"value\": {one.Value}");
            Add(fields, UnitFields.Operation, parts, $"\"operation\": {one.Operation}", $"\"operator\": {one.Operator}");
            Add(fields, UnitFields.Version, parts, $"\"major\": {one.Major}", $"\"minor\": {one.Minor}");
            Add(fields, UnitFields.Wanted, parts, $"\"wanted\": {one.Wanted}");
            Add(fields, UnitFields.Reserved, parts, $"\"reserved\": {one.Reserved}");
            Add(fields, UnitFields.Minutes, parts, $"\"minutes\": {one.Minutes}");
            Add(fields, UnitFields.FixedText | UnitFields.CountedText, parts, $"\"text\": \"{FrameText.Read(one.Text)}\"");
            Add(fields, UnitFields.Time, parts, $"\"time\": \"{one.Time}\"");
            objects.Add("{" + string.Join(", ", parts) + "}");
        }

        Assert.Equal(UnitFault.None, reader.Fault);
        return $"{{\"type\": {(int)reader.Type}, \"objects\": [{string.Join(", ", objects)}]}}";
    }

    private static void Add(UnitFields fields, UnitFields which, List<string> parts, params ReadOnlySpan<string> texts)
    {
        if ((fields & which) != UnitFields.None)
        {
            parts.AddRange(texts);
        }
    }

    private static List<VectorCase> Load()
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllText(Repository.Path("shared", "Gb26875", "vectors", "frames.json")));
        return
        [
            .. file.RootElement.GetProperty("cases").EnumerateArray().Select(one => new VectorCase(
                one.GetProperty("id").GetString()!,
                one.GetProperty("comment").GetString()!,
                one.GetProperty("kind").GetString() == "frame",
                Convert.FromHexString(one.GetProperty("hex").GetString()!.Replace(" ", "")),
                one.GetProperty("result").GetString()!,
                one.TryGetProperty("head", out JsonElement head) ? head.Clone() : default,
                one.TryGetProperty("unit", out JsonElement unit) ? unit.Clone() : default)),
        ];
    }
}
