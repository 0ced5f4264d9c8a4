// Owns: a frame as JSON in the form of the library's vectors, written and read.
// Must never: send a frame; it makes bytes of what a person wrote.

using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Gateway.Gb26875;

namespace Gateway.County.Gb26875;

/// <summary>What is wrong with a JSON text of a frame: place, value and what is allowed.</summary>
internal sealed class FrameJsonException : Exception
{
    public FrameJsonException()
    {
    }

    public FrameJsonException(string message)
        : base(message)
    {
    }

    public FrameJsonException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

/// <summary>Frames to JSON and back: head and unit as in vectors/frames.json.</summary>
internal static class FrameJson
{
    private static readonly (UnitFields Field, string[] Names)[] s_names =
    [
        (UnitFields.System, ["systemType", "systemAddress"]), (UnitFields.ComponentType, ["componentType"]),
        (UnitFields.ComponentAddress, ["componentAddress"]), (UnitFields.Status | UnitFields.ByteStatus, ["status"]),
        (UnitFields.Analog, ["analogType", "value"]), (UnitFields.Operation, ["operation", "operator"]),
        (UnitFields.Version, ["major", "minor"]), (UnitFields.Wanted, ["wanted"]), (UnitFields.Reserved, ["reserved"]),
        (UnitFields.Minutes, ["minutes"]), (UnitFields.FixedText | UnitFields.CountedText, ["text"]), (UnitFields.Time, ["time"]),
    ];

    /// <summary>The unit can be read, or is a sign of life that has none.</summary>
    public static bool IsReadable(in Frame frame)
    {
        UnitReader reader = new(frame.Unit);
        while (reader.Next(out _))
        {
            continue;
        }

        return reader.Fault is UnitFault.None or UnitFault.Empty || Heartbeats.Is(frame, PeerFlags.OneByteHeartbeat);
    }

    /// <summary>One object with head and unit; a unit that fields would not bring back is digits.</summary>
    public static string Write(in Frame frame)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartObject("head");
            json.WriteNumber("sequence", frame.Sequence);
            json.WriteNumber("mainVersion", frame.MainVersion);
            json.WriteNumber("userVersion", frame.UserVersion);
            json.WriteString("time", frame.Time.ToString());
            json.WriteString("source", frame.Source.ToHex());
            json.WriteString("destination", frame.Destination.ToHex());
            json.WriteNumber("command", (int)frame.Command);
            json.WriteEndObject();
            if (IsOfFields(frame.Unit))
            {
                WriteUnit(json, frame.Unit);
            }
            else if (!frame.Unit.IsEmpty)
            {
                json.WriteString("unitHex", Convert.ToHexString(frame.Unit));
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>The bytes of a frame.</summary>
    /// <exception cref="FrameJsonException">The text is no such frame.</exception>
    public static byte[] Read(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                throw new FrameJsonException("json: no object; allowed: {\"head\": {…}, \"unit\": {…}}");
            }

            Only(root, "json", "head", "unit", "unitHex");
            FrameHead head = Head(root.TryGetProperty("head", out JsonElement of) ? of : default);
            byte[] unit = root.TryGetProperty("unit", out JsonElement body) ? Unit(body) : [];
            if (root.TryGetProperty("unitHex", out JsonElement digits))
            {
                unit = unit.Length == 0 ? Hex("unitHex", digits, FrameLayout.UnitBytesMax)
                    : throw new FrameJsonException("unit, unitHex: both; allowed: one of them");
            }

            byte[] frame = new byte[FrameLayout.OverheadBytes + unit.Length];
            FrameWriter.Write(frame, head, unit);
            return frame;
        }
        catch (InvalidOperationException e)
        {
            throw new FrameJsonException("json: half a surrogate in a text; allowed: whole characters", e);
        }
        catch (JsonException e)
        {
            throw new FrameJsonException($"json: byte {e.BytePositionInLine + 1}: no JSON; allowed: what `decode --json` prints", e);
        }
    }

    /// <summary>Every byte of the unit is in a field.</summary>
    private static bool IsOfFields(ReadOnlySpan<byte> unit)
    {
        UnitReader reader = new(unit);
        if (reader.Fault != UnitFault.None || reader.TooMany)
        {
            return false;
        }

        while (reader.Next(out _))
        {
            continue;
        }

        return reader.Fault == UnitFault.None;
    }

    private static void WriteUnit(Utf8JsonWriter json, ReadOnlySpan<byte> unit)
    {
        UnitReader reader = new(unit);
        UnitFields fields = UnitLayout.Fields(reader.Type);
        json.WriteStartObject("unit");
        json.WriteNumber("type", (int)reader.Type);
        json.WriteStartArray("objects");
        while (reader.Next(out UnitObject one))
        {
            json.WriteStartObject();
            foreach ((UnitFields field, string[] names) in s_names)
            {
                foreach (string name in (fields & field) == UnitFields.None ? [] : names)
                {
                    Put(json, name, fields, one);
                }
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Put(Utf8JsonWriter json, string name, UnitFields fields, in UnitObject one)
    {
        if (name == "text")
        {
            // Blanks at the end, bytes behind a NUL and bytes that are no text are in the digits alone.
            string text = FrameText.Read(one.Text);
            byte[] again = new byte[(fields & UnitFields.FixedText) != UnitFields.None ? UnitLayout.FixedTextBytes : byte.MaxValue];
            int written = FrameText.Write(text, again);
            json.WriteString(name, text);
            if (!one.Text.SequenceEqual(again.AsSpan(0, (fields & UnitFields.FixedText) != UnitFields.None ? again.Length : written)))
            {
                json.WriteString("textHex", Convert.ToHexString(one.Text));
            }
        }
        else if (name != "time")
        {
            json.WriteNumber(name, Number(name, one));
        }
        else if (!one.TimeMissing)
        {
            json.WriteString(name, one.Time.ToString());
        }
    }

    private static long Number(string name, in UnitObject one) => name switch
    {
        "systemType" => one.SystemType,
        "systemAddress" => one.SystemAddress,
        "componentType" => one.ComponentType,
        "componentAddress" => one.ComponentAddress,
        "status" => one.Status,
        "analogType" => one.AnalogType,
        "value" => one.Value,
        "operation" => one.Operation,
        "operator" => one.Operator,
        "major" => one.Major,
        "minor" => one.Minor,
        "wanted" => one.Wanted,
        "reserved" => one.Reserved,
        _ => one.Minutes,
    };

    private static FrameHead Head(JsonElement head)
    {
        if (head.ValueKind != JsonValueKind.Object)
        {
            throw new FrameJsonException("head: missing; allowed: sequence, mainVersion, userVersion, time, source, destination, command");
        }

        Only(head, "head", "sequence", "mainVersion", "userVersion", "time", "source", "destination", "command");
        return new FrameHead
        {
            Sequence = (ushort)Number(head, "sequence", 0, ushort.MaxValue, 0),
            MainVersion = (byte)Number(head, "mainVersion", 0, byte.MaxValue, FrameLayout.StandardVersion),
            UserVersion = (byte)Number(head, "userVersion", 0, byte.MaxValue, 0),
            Time = Time(head) ?? FrameTime.Of(DateTimeOffset.UtcNow),
            Source = Address(head, "source"),
            Destination = Address(head, "destination"),
            Command = (FrameCommand)Number(head, "command", 0, byte.MaxValue, null),
        };
    }

    private static byte[] Unit(JsonElement unit)
    {
        if (unit.ValueKind != JsonValueKind.Object)
        {
            throw new FrameJsonException("unit: no object; allowed: {\"type\": N, \"objects\": [{…}]}");
        }

        Only(unit, "unit", "type", "objects");
        UnitType type = (UnitType)Number(unit, "type", 0, byte.MaxValue, null);
        UnitFields fields = UnitLayout.Fields(type);
        if (fields == UnitFields.None)
        {
            throw new FrameJsonException($"type: {(int)type}; allowed: {string.Join(", ", UnitLayout.Types.Select(one => (int)one))}");
        }

        byte[] room = new byte[FrameLayout.UnitBytesMax];
        UnitWriter writer = new(room, type);
        JsonElement objects = unit.TryGetProperty("objects", out JsonElement list) && list.ValueKind == JsonValueKind.Array
            ? list : throw new FrameJsonException("objects: missing; allowed: an array");
        foreach (JsonElement one in objects.EnumerateArray())
        {
            if (!writer.TryAdd(Object(one, type, fields)))
            {
                throw new FrameJsonException($"objects: more than {UnitLayout.ObjectsMax(type)}, or more than {FrameLayout.UnitBytesMax} "
                    + $"bytes; allowed for type {(int)type}: {UnitLayout.ObjectsMax(type)} in {FrameLayout.UnitBytesMax} bytes");
            }
        }

        return writer.Written.ToArray();
    }

    private static UnitObject Object(JsonElement one, UnitType type, UnitFields fields)
    {
        if (one.ValueKind != JsonValueKind.Object)
        {
            throw new FrameJsonException("objects: something else than an object; allowed: {…}");
        }

        string[] names = [.. s_names.Where(row => (fields & row.Field) != UnitFields.None).SelectMany(row => row.Names)];
        names = names.Contains("text") ? [.. names, "textHex"] : names;
        Only(one, "object", names);
        ushort statusMax = (fields & UnitFields.ByteStatus) != UnitFields.None ? byte.MaxValue : ushort.MaxValue;
        FrameTime? time = Time(one);
        bool timed = (fields & UnitFields.Time) != UnitFields.None;
        return new UnitObject
        {
            SystemType = Byte(one, "systemType"),
            SystemAddress = Byte(one, "systemAddress"),
            ComponentType = Byte(one, "componentType"),
            ComponentAddress = (uint)Number(one, "componentAddress", 0, uint.MaxValue, 0),
            Status = (ushort)Number(one, "status", 0, statusMax, 0),
            AnalogType = Byte(one, "analogType"),
            Value = (short)Number(one, "value", short.MinValue, short.MaxValue, 0),
            Operation = Byte(one, "operation"),
            Operator = Byte(one, "operator"),
            Major = Byte(one, "major"),
            Minor = Byte(one, "minor"),
            Wanted = Byte(one, "wanted"),
            Reserved = Byte(one, "reserved"),
            Minutes = Byte(one, "minutes"),
            Text = Text(one, (fields & UnitFields.FixedText) != UnitFields.None ? UnitLayout.FixedTextBytes : byte.MaxValue),
            Time = time ?? (timed ? FrameTime.Of(DateTimeOffset.UtcNow) : default),
            TimeMissing = type == UnitType.BoxStatus && time is null,
        };
    }

    private static byte[] Text(JsonElement one, int most)
    {
        if (one.TryGetProperty("textHex", out JsonElement digits))
        {
            return Hex("textHex", digits, most);
        }

        if (!one.TryGetProperty("text", out JsonElement value))
        {
            return [];
        }

        string text = value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong("text", value, "a text");
        byte[] room = new byte[text.Length * sizeof(int)];
        int bytes = FrameText.Write(text, room);
        return bytes <= most ? room[..bytes] : throw Wrong("text", value, $"{most} bytes in GB 18030, and it has {bytes}");
    }

    private static byte[] Hex(string name, JsonElement value, int most)
    {
        string digits = value.ValueKind == JsonValueKind.String ? value.GetString()! : "?";
        return digits.Length <= 2 * most && digits.Length % 2 == 0 && digits.All(char.IsAsciiHexDigit) ? Convert.FromHexString(digits)
            : throw Wrong(name, value, $"pairs of hexadecimal digits, {most} at most");
    }

    private static FrameTime? Time(JsonElement of)
    {
        const string Form = "yyyy-MM-dd HH:mm:ss";
        if (!of.TryGetProperty("time", out JsonElement value))
        {
            return null;
        }

        // Also times that are none: a vendor's way is shown by them.
        string[] parts = value.ValueKind == JsonValueKind.String ? value.GetString()!.Split('-', ' ', ':') : [];
        int[] numbers = [.. parts.Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n : -1)];
        if (numbers.Length != FrameTime.Bytes || numbers[0] - 2000 is < 0 or > byte.MaxValue
            || numbers.Skip(1).Any(n => n is < 0 or > byte.MaxValue))
        {
            throw Wrong("time", value, $"{Form} in Beijing time, from the year 2000 on");
        }

        return FrameTime.Read(
            [(byte)numbers[5], (byte)numbers[4], (byte)numbers[3], (byte)numbers[2], (byte)numbers[1], (byte)(numbers[0] - 2000)]);
    }

    private static PeerAddress Address(JsonElement of, string name)
    {
        if (!of.TryGetProperty(name, out JsonElement value))
        {
            return default;
        }

        return value.ValueKind == JsonValueKind.String && PeerAddress.TryParseHex(value.GetString(), out PeerAddress address)
            ? address : throw Wrong(name, value, "twelve hexadecimal digits in the order of the wire, such as 790300000000");
    }

    private static byte Byte(JsonElement of, string name) => (byte)Number(of, name, 0, byte.MaxValue, 0);

    private static long Number(JsonElement of, string name, long least, long most, long? standard)
    {
        if (!of.TryGetProperty(name, out JsonElement value))
        {
            return standard ?? throw new FrameJsonException($"{name}: missing; allowed: {least}..{most}");
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) && number >= least && number <= most
            ? number : throw Wrong(name, value, $"{least}..{most}");
    }

    private static void Only(JsonElement of, string what, params string[] names)
    {
        HashSet<string> seen = [];
        foreach (JsonProperty property in of.EnumerateObject())
        {
            if (!names.Contains(property.Name))
            {
                throw new FrameJsonException($"{what}: '{property.Name}'; allowed: {string.Join(", ", names)}");
            }

            if (!seen.Add(property.Name))
            {
                throw new FrameJsonException($"{what}: '{property.Name}' a second time; allowed: each name once");
            }
        }
    }

    private static FrameJsonException Wrong(string name, JsonElement value, string allowed) =>
        new($"{name}: {PlainText.Cut(value.GetRawText(), PeerLimits.ValueCharsShown)}; allowed: {allowed}");
}
