// Owns: that the library and the vectors agree, in both directions, case by case.
// Must never: leave out a case.

using System.Text.Json;
using Gateway.Contract;

namespace Gateway.Tests.Wire;

public class VectorTests
{
    private static readonly Dictionary<string, VectorFile> s_files =
        VectorFile.LoadAll().ToDictionary(file => file.Name, StringComparer.Ordinal);

    private static readonly string[] s_decoders =
        ["record", "head", "hello", "welcome", "held", "refuse", "command", "batch", "heartbeat", "names", "ask", "offline"];

    public static TheoryData<string, int, string> Cases(params string[] names)
    {
        TheoryData<string, int, string> data = [];
        foreach (VectorCase one in names.SelectMany(name => s_files[name].Cases))
        {
            data.Add(one.File.Name, one.Id, one.Comment);
        }

        return data;
    }

    public static TheoryData<string, int, string> Decoded => Cases(s_decoders);

    public static TheoryData<string, int, string> Encoded
    {
        get
        {
            TheoryData<string, int, string> data = [];
            foreach (VectorCase one in s_decoders.SelectMany(name => s_files[name].Cases)
                .Where(one => one.Valid && !one.Flagged("DecodeOnly") && !one.Flagged("Length")))
            {
                data.Add(one.File.Name, one.Id, one.Comment);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Decoded))]
    public void Decoding_gives_these_values_or_this_reason(string file, int id, string comment)
    {
        VectorCase one = Case(file, id, comment);
        Reading reading = Codec.Read(file, Codec.InputOf(one), one.File.Key, one.Has("direction") && one.Text("direction") == "down");
        Assert.Equal(one.Reason, reading.Reason);
        if (one.Valid)
        {
            Assert.Equal(
                one.Expected.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal),
                reading.Values.Keys.Order(StringComparer.Ordinal));
            foreach (JsonProperty expected in one.Expected.EnumerateObject())
            {
                Assert.Equal(Plain(expected.Value), reading.Values[expected.Name]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Encoded))]
    public void Encoding_gives_exactly_these_bytes(string file, int id, string comment)
    {
        VectorCase one = Case(file, id, comment);
        byte[] written = Codec.Write(one);
        Assert.Equal(Convert.ToHexString(one.Bytes), Convert.ToHexString(written));
        if (file == "offline")
        {
            Assert.Equal(one.Text("text"), Offline.ToText(written));
        }
    }

    [Theory]
    [MemberData(nameof(Encoded))]
    public void Each_field_is_its_expected_value_in_little_endian_bytes(string file, int id, string comment)
    {
        VectorCase one = Case(file, id, comment);
        foreach (VectorField field in one.Fields.Where(f => f.Name != "signature"
            && !f.Name.StartsWith("record[", StringComparison.Ordinal) && !f.Name.StartsWith("text[", StringComparison.Ordinal)
            && !f.Name.StartsWith("place[", StringComparison.Ordinal)))
        {
            if (field.Name is "reserved" or "head.reserved")
            {
                Assert.All(field.Bytes, b => Assert.Equal(0, b));
            }
            else if (field.Name != "firmware")
            {
                long value = one.Number(field.Name);
                Assert.Equal(field.Bytes, Enumerable.Range(0, field.Bytes.Length).Select(i => (byte)(value >> (8 * i))));
            }
        }
    }

    public static TheoryData<string, int, string> Topics => Cases("topics");

    [Theory]
    [MemberData(nameof(Topics))]
    public void A_topic_is_read_into_its_levels_and_written_back(string file, int id, string comment)
    {
        VectorCase one = Case(file, id, comment);
        string topic = one.Text("topic");
        string[] levels = new string[4];
        DecodeResult result = Contract.Topics.ParseUp(topic, levels, out uint station);
        Assert.Equal(one.Reason, DecodeResults.Name((int)result));
        if (one.Valid)
        {
            string[] names = ["county", "township", "village", "leaf"];
            Assert.Equal(names.Select(name => one.Expected.GetProperty(name).GetString()), levels);
            Assert.Equal(one.Number("station"), station);
            Topics written = new(levels[0], levels[1], levels[2], station);
            Assert.Equal(topic, written.Down[..^"down".Length] + "up/" + levels[3]);
            string[] all = [written.Up(Lane.Fire), written.Up(Lane.Condition), written.Up(Lane.Routine), written.Hello, written.Heartbeat,
                written.Offline];
            Assert.All(all, other => Assert.Equal(DecodeResult.Ok, Contract.Topics.ParseUp(other, levels, out _)));
        }
    }

    public static TheoryData<string, int, string> Sums => Cases("crc32");

    [Theory]
    [MemberData(nameof(Sums))]
    public void The_checksum_is_that_of_the_other_program(string file, int id, string comment)
    {
        VectorCase one = Case(file, id, comment);
        byte[] message = one.Hex("message");
        Assert.Equal(one.Text("crc"), Crc32.Of(message, 0, message.Length).ToString("x8"));
        byte[] inside = [.. new byte[] { 1, 2, 3 }, .. message, 4, 5];
        Assert.Equal(one.Text("crc"), Crc32.Of(inside, 3, message.Length).ToString("x8"));
    }

    public static TheoryData<string, int, string> Macs => Cases("hmac");

    [Theory]
    [MemberData(nameof(Macs))]
    public void The_signature_is_that_of_the_other_program(string file, int id, string comment)
    {
        VectorCase one = Case(file, id, comment);
        byte[] message = one.Hex("message");
        foreach (Mac mac in new Mac[] { new DotNetMac(one.Hex("key")), new Device.ManagedMac(one.Hex("key")) })
        {
            byte[] signature = new byte[40];
            mac.Sign([.. message, 99], message.Length, signature, 5);
            Assert.Equal(one.Text("mac"), Convert.ToHexString(signature, 5, Mac.SignatureBytes).ToLowerInvariant());
            Assert.All(signature[..5].Concat(signature[37..]), b => Assert.Equal(0, b));
        }
    }

    public static TheoryData<string, int, string> Sessions => Cases("session");

    [Theory]
    [MemberData(nameof(Sessions))]
    public void A_message_belongs_to_the_session_or_is_refused(string file, int id, string comment)
    {
        VectorCase one = Case(file, id, comment);
        JsonElement m = one.Json.GetProperty("message");
        JsonElement k = one.Json.GetProperty("known");
        MessageHeader head = new()
        {
            Type = (MessageType)Or(m, "type", (long)MessageType.Hello),
            Station = (uint)Or(m, "station", 0),
            Epoch = (uint)Or(m, "epoch", 0),
            Boot = (uint)Or(m, "boot", 0),
            Session = (uint)Or(m, "session", 0),
            Counter = (uint)Or(m, "counter", 0),
            UtcMs = Or(m, "utcMs", 0),
            UtcQuality = (UtcQuality)Or(m, "utcQuality", 0),
            LifeS = (int)Or(m, "lifeS", 0),
        };
        uint boot = (uint)Or(k, "boot", 0);
        uint session = (uint)Or(k, "session", 0);
        uint counter = (uint)Or(k, "counter", 0);
        uint epoch = (uint)Or(k, "epoch", 0);
        DecodeResult result = one.Text("rule") switch
        {
            "hello" => SessionRule.Hello(head, boot, session, counter),
            "up" => SessionRule.Up(head, epoch, boot, session, counter),
            _ => SessionRule.Down(head, (uint)Or(k, "station", 0), epoch, boot, session, counter, Or(k, "nowUtcMs", 0)),
        };
        Assert.Equal(one.Reason, DecodeResults.Name((int)result));
    }

    public static TheoryData<string, int, string> Versions => Cases("versions");

    [Theory]
    [MemberData(nameof(Versions))]
    public void The_newest_common_version_is_agreed(string file, int id, string comment)
    {
        VectorCase one = Case(file, id, comment);
        int[] g = [.. one.Json.GetProperty("gateway").EnumerateArray().Select(n => n.GetInt32())];
        int[] c = [.. one.Json.GetProperty("county").EnumerateArray().Select(n => n.GetInt32())];
        int agreed = one.Json.GetProperty("agreed").GetInt32();
        Assert.Equal(agreed, Hello.Agree(g[0], g[1], c[0], c[1]));
        Assert.Equal(agreed, Hello.Agree(c[0], c[1], g[0], g[1]));
        Assert.Equal(one.Valid, agreed != 0);
    }

    [Fact]
    public void Each_file_says_how_many_cases_it_has_and_why_they_exist()
    {
        Assert.Equal(
            VectorFile.Names.Order(StringComparer.Ordinal),
            Directory.GetFiles(Support.Repository.Path(VectorFile.Folder.Split('/')), "*.json")
                .Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal));
        string[] reasons = [.. Enumerable.Range(0, DecodeResults.Count).Select(DecodeResults.Name)];
        foreach (VectorFile file in s_files.Values)
        {
            Assert.Equal("gateway-contract-vectors-1", file.Schema);
            Assert.Equal(file.NumberOfTests, file.Cases.Count);
            Assert.Equal(Enumerable.Range(1, file.Cases.Count), file.Cases.Select(one => one.Id));
            Assert.Equal(
                file.Notes.Keys.Order(StringComparer.Ordinal),
                file.Cases.SelectMany(one => one.Flags).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
            Assert.All(file.Cases, one => Assert.Contains(one.Reason, reasons));
            Assert.All(file.Cases, one => Assert.Equal(one.Valid, one.Reason == "ok"));
        }
    }

    private static VectorCase Case(string file, int id, string comment)
    {
        VectorCase one = s_files[file].Cases[id - 1];
        Assert.Equal((id, comment), (one.Id, one.Comment));
        return one;
    }

    private static object Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetInt64(),
        JsonValueKind.Array => value.EnumerateArray().Select(n => n.GetInt64()).ToArray(),
        _ => value.GetString()!,
    };

    private static long Or(JsonElement json, string name, long otherwise) =>
        json.TryGetProperty(name, out JsonElement value) ? value.GetInt64() : otherwise;
}
