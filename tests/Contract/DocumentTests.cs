// Owns: that CONTRACT.md, the vectors and the code say the same.
// Must never: hold a number of its own: it compares what the three say.

using System.Globalization;
using System.Reflection;
using System.Text;
using Gateway.Contract;
using Gateway.Tests.Support;

namespace Gateway.Tests.Wire;

public class DocumentTests
{
    private const int NotOnTheWire = byte.MaxValue;

    public static TheoryData<string, string> Layouts => new()
    {
        { "Record", "record" }, { "Head", "head" }, { "Hello", "hello" }, { "Welcome", "welcome" }, { "Held", "held" },
        { "Refuse", "refuse" }, { "Command", "command" }, { "Batch", "batch" }, { "Heartbeat", "heartbeat" },
        { "Names", "names" }, { "Ask", "ask" },
    };

    [Theory]
    [MemberData(nameof(Layouts))]
    public void A_table_of_bytes_is_what_the_vectors_are_split_into(string heading, string file)
    {
        List<(int Offset, int Size, string Field, string Type)> rows = RowsOf(heading);
        foreach (VectorCase one in VectorFile.Load(file).Cases.Where(one => one.Valid && !one.Flagged("Length")))
        {
            List<(int Offset, int Size, string Field)> split = [];
            int at = 0;
            foreach (VectorField field in one.Fields)
            {
                bool ofHead = field.Name.StartsWith("head.", StringComparison.Ordinal);
                bool other = field.Name == "signature" || field.Name.StartsWith("record[", StringComparison.Ordinal)
                    || field.Name.StartsWith("text[", StringComparison.Ordinal)
                    || field.Name.StartsWith("place[", StringComparison.Ordinal);
                if (ofHead == (heading == "Head") && !other)
                {
                    split.Add((at, field.Bytes.Length, heading == "Head" ? field.Name["head.".Length..] : field.Name));
                }

                at += field.Bytes.Length;
            }

            Assert.Equal(rows.Select(row => (row.Offset, row.Size, row.Field)), split);
        }
    }

    [Fact]
    public void Every_table_of_bytes_is_compared() =>
        Assert.Equal(Sorted(MarkdownTable.Layouts), Sorted(Layouts.Select(row => row.Data.Item1)));

    [Theory]
    [MemberData(nameof(Layouts))]
    public void A_table_of_bytes_has_no_hole_and_ends_where_the_code_ends(string heading, string file)
    {
        int at = file is "record" or "head" ? 0 : MessageHeader.Size;
        foreach ((int offset, int size, string field, string type) in RowsOf(heading))
        {
            Assert.True(offset == at, $"{heading}.{field} is at {offset}, and should be at {at}");
            int ofType = type switch { "u8" => 1, "u16" => 2, "u32" or "i32" => 4, "u48" => 6, _ => size };
            Assert.True(size == ofType, $"{heading}.{field} has {size} bytes and type {type}");
            at += size;
        }

        int end = file switch
        {
            "record" => EventRecord.Size,
            "head" => MessageHeader.Size,
            "hello" => MessageHeader.Size + Hello.Size,
            "welcome" => MessageHeader.Size + Welcome.Size,
            "held" => MessageHeader.Size + HeldThrough.Size,
            "refuse" => MessageHeader.Size + Refuse.Size,
            "heartbeat" => MessageHeader.Size + Heartbeat.Size,
            "command" => Command.TextAt,
            "names" => NamesPart.PlacesAt,
            "ask" => MessageHeader.Size + AskNames.Size,
            _ => Batch.RecordsAt,
        };
        Assert.Equal(end, at);
    }

    /// <summary>
    /// Goal: a label of a vector is the field that the code reads there. Method: change the bytes of one field, see which value changes.
    /// </summary>
    [Theory]
    [MemberData(nameof(Layouts))]
    public void Changing_a_field_of_the_table_changes_that_value_and_no_other(string heading, string file)
    {
        VectorFile vectors = VectorFile.Load(file);
        VectorCase one = vectors.Cases.First(c => c.Valid && c.Flagged(file == "batch" ? "Gap" : "Distinct"));
        bool isHead = file == "head";
        IReadOnlyDictionary<string, object> before = Codec.Read(file, one.Bytes, vectors.Key).Values;
        int compared = 0;
        foreach ((int offset, _, string field, string type) in RowsOf(heading))
        {
            // Some fields have one value only, or hang together with what follows; their refusals are vectors.
            if (type is "zero" or "bytes" || field is "magic" or "version" or "type" or "crc" or "count" or "lane" or "textBytes")
            {
                continue;
            }

            byte[] changed = [.. one.Bytes];
            bool narrow = field is "utcQuality" or "severity" or "stationCode";
            changed[offset] = (byte)(!narrow ? changed[offset] ^ 1 : changed[offset] == 1 ? 2 : 1);
            Repair(file, changed, vectors.Key);
            Reading after = Codec.Read(file, changed, vectors.Key);
            Assert.True(after.Reason == "ok", $"{heading}.{field}: {after.Reason}");
            string label = isHead ? "head." + field : field;
            string[] others = [.. before.Keys.Where(key => !Same(before[key], after.Values[key]))];
            Assert.Equal(file == "record" ? [label, "crc"] : [label], others);
            compared++;
        }

        Assert.True(compared > 0 || file == "batch", heading);
    }

    [Fact]
    public void The_kinds_are_those_of_the_code()
    {
        MarkdownTable table = MarkdownTable.Under("Kinds", "kind");
        Assert.Equal(Constants(typeof(EventKind)).Select(c => c.Value).Order(), table.Rows.Select(row => (long)Int(row["kind"])).Order());
        foreach (IReadOnlyDictionary<string, string> row in table.Rows)
        {
            EventKind kind = (EventKind)Int(row["kind"]);
            Assert.Equal((row["code"], row["中文"]), (EventKinds.Code(kind), Catalogue.Chinese.Name(kind)));
            Assert.Equal(row["lane"] == "any" ? Lane.None : Lanes.Parse(row["lane"]), EventKinds.LaneOf(kind));
            Assert.All(new[] { "value", "a", "b", "c" }, column => Assert.NotEmpty(row[column]));
        }
    }

    [Fact]
    public void The_severity_of_a_kind_is_that_of_the_code()
    {
        Dictionary<string, string> said = MarkdownTable.Under("Severity of a kind", "severity").Rows
            .SelectMany(row => row["kinds"].Split(", ").Select(code => (Code: code, Severity: row["severity"])))
            .ToDictionary(one => one.Code, one => one.Severity, StringComparer.Ordinal);
        EventKind[] kinds = [.. Constants(typeof(EventKind)).Select(c => (EventKind)c.Value)];
        Assert.Empty(said.Keys.Except(kinds.Select(EventKinds.Code), StringComparer.Ordinal));
        Assert.All(kinds, kind => Assert.Equal(
            said.GetValueOrDefault(EventKinds.Code(kind), "none"), Severities.Code(EventKinds.SeverityOf(kind))));
    }

    [Fact]
    public void The_zone_kinds_and_severities_are_those_of_the_code()
    {
        Assert.Equal(
            Constants(typeof(ZoneKind)).Select(c => (ZoneKinds.Code((ZoneKind)c.Value), Catalogue.Chinese.Name((ZoneKind)c.Value))),
            MarkdownTable.Under("Zone kinds", "number").Rows.Select(row => (row["code"], row["中文"])));
        Assert.Equal(
            Constants(typeof(Severity)).Select(c => (Severities.Code((Severity)c.Value), Catalogue.Chinese.Grade((Severity)c.Value))),
            MarkdownTable.Under("Severity", "number").Rows.Select(row => (row["code"], row["中文"])));
        Assert.Equal(
            Enumerable.Range(0, Units.Last + 1).Select(unit => Units.Text((Unit)unit)),
            MarkdownTable.Under("Units", "number").Rows.Select(row => row["text"]));
    }

    public static TheoryData<string, string, string> Names => new()
    {
        { "UTC quality", "number", nameof(UtcQuality) }, { "Flags", "bit", nameof(EventFlags) }, { "Units", "number", nameof(Unit) },
        { "Origin", "number", nameof(Origin) }, { "Cause of a fault", "number", nameof(FaultCause) },
        { "Box fault", "number", nameof(BoxFault) },
        { "Reason of a start", "number", nameof(StartReason) }, { "Conditions", "bit", nameof(ConditionBits) },
        { "Parts of a self-test", "bit", nameof(SelfTestPart) }, { "Commands", "code", nameof(CommandCode) },
        { "Results of a command", "number", nameof(CommandOutcome) }, { "Abilities", "bit", nameof(HelloAbility) },
        { "Sorts of a place", "number", nameof(PlaceSort) }, { "Wirings", "number", nameof(PlaceWiring) },
        { "Uses of an output", "number", nameof(OutputUse) },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void The_numbers_of_a_small_space_are_those_of_the_code(string heading, string column, string type)
    {
        Type space = typeof(EventRecord).Assembly.GetType("Gateway.Contract." + type, throwOnError: true)!;

        // That no bit is set is no row of a table of bits, and no place is none of the sorts.
        bool bits = space.IsDefined(typeof(FlagsAttribute), inherit: false) || space == typeof(PlaceSort);
        Assert.Equal(
            Constants(space).Where(c => !bits || c.Value != 0).Select(c => (c.Name, c.Value)),
            MarkdownTable.Under(heading, column).Rows.Select(row => (row["name"], (long)Int(row[column]))));
    }

    [Fact]
    public void The_words_of_commands_and_their_results_are_those_of_the_code()
    {
        Assert.All(
            MarkdownTable.Under("Commands", "code").Rows,
            row => Assert.Equal(row["word"], CommandCodes.Name((CommandCode)Int(row["code"]))));
        Assert.All(
            MarkdownTable.Under("Results of a command", "number").Rows,
            row => Assert.Equal(row["word"], CommandOutcomes.Name(Int(row["number"]))));
    }

    [Fact]
    public void The_words_of_outputs_are_those_of_the_catalogue() => Assert.All(
        MarkdownTable.Under("Uses of an output", "number").Rows,
        row => Assert.Equal(row["中文"], Catalogue.Chinese.Use((OutputUse)Int(row["number"]))));

    [Fact]
    public void The_message_types_are_those_of_the_code()
    {
        MarkdownTable table = MarkdownTable.Under("Types", "type");
        IEnumerable<long> types = Constants(typeof(MessageType)).Select(c => c.Value);
        Assert.Equal(types.Order(), table.Rows.Select(row => (long)Convert.ToInt32(row["type"], 16)).Order());
        foreach (IReadOnlyDictionary<string, string> row in table.Rows)
        {
            int type = Convert.ToInt32(row["type"], 16);
            bool down = row["way"] == "down";
            Assert.Equal(down, (type & MessageTypes.DownBit) != 0);
            Assert.True(MessageTypes.Known((MessageType)type, down));
            Assert.False(MessageTypes.Known((MessageType)type, !down));
            IEnumerable<int> lanes = Enumerable.Range(0, row["name"] == "batch" ? Lanes.Count : 1);
            string leaf = string.Join(", ", lanes.Select(lane => Topics.LeafOf((MessageType)type, (Lane)lane)));
            Assert.Equal(row["leaf"], leaf);
            Assert.Contains(row["body"], BodyOf(row["name"]));
        }
    }

    [Fact]
    public void The_refusals_are_those_of_the_code()
    {
        MarkdownTable table = MarkdownTable.Under("Refusals", "number");
        Assert.Equal(
            Enumerable.Range(0, DecodeResults.Count).Select(i => (i, DecodeResults.Name(i))),
            table.Rows.Select(row => (Int(row["number"]), row["name"])));
        Assert.Equal("unknown-" + DecodeResults.Count, DecodeResults.Name(DecodeResults.Count));
        Assert.Equal("unknown--1", DecodeResults.Name(-1));
    }

    [Fact]
    public void Every_refusal_of_every_decoder_has_a_vector()
    {
        foreach (IReadOnlyDictionary<string, string> row in MarkdownTable.Under("What each decoder refuses", "decoder").Rows)
        {
            IEnumerable<string> refused = VectorFile.Load(row["decoder"]).Cases.Where(one => !one.Valid).Select(one => one.Reason);
            Assert.Equal(Sorted(row["refusals"].Split(", ")), Sorted(refused.Distinct(StringComparer.Ordinal)));
        }
    }

    [Fact]
    public void Of_two_faults_the_first_of_the_page_is_told_and_each_neighbour_pair_that_can_be_has_a_vector()
    {
        foreach (IReadOnlyDictionary<string, string> row in MarkdownTable.Under("What each decoder refuses", "decoder").Rows)
        {
            string[] order = row["refusals"].Split(", ");
            VectorFile file = VectorFile.Load(row["decoder"]);
            foreach (VectorCase one in file.Cases.Where(one => one.Flagged("Both")))
            {
                string[] faults = [.. one.Json.GetProperty("faults").EnumerateArray().Select(f => f.GetString()!)];
                Assert.Equal(faults.OrderBy(fault => Array.IndexOf(order, fault)), faults);
                Assert.Equal(faults[0], one.Reason);
            }

            bool several = row["decoder"] is not ("offline" or "topics" or "versions");
            Assert.Equal(several, file.Cases.Any(one => one.Flagged("Both")));
        }
    }

    [Fact]
    public void The_limits_are_those_of_the_code()
    {
        Dictionary<string, string> limits = MarkdownTable.Under("12 Limits", "what").Rows
            .ToDictionary(row => row["what"], row => row["limit"], StringComparer.Ordinal);
        Assert.Equal($"{ContractLimits.BatchRecordsMax}", limits["records in a batch"]);
        Assert.Equal($"{ContractLimits.MessageBytesMax} bytes", limits["message up"]);
        Assert.Equal($"{ContractLimits.DownBytesMax} bytes", limits["message down"]);
        Assert.Equal($"{ContractLimits.CommandBytesMax} bytes", limits["body of a command"]);
        Assert.Equal($"{ContractLimits.TopicLevelMax} characters", limits["level of a topic"]);
        Assert.Equal($"{ContractLimits.FirmwareBytes} bytes", limits["firmware text"]);
        Assert.Equal($"{Mac.KeyBytes} bytes", limits["key"]);
        Assert.Equal($"{Mac.SignatureBytes} bytes", limits["signature"]);
        Assert.Equal($"{ContractLimits.PlaceBytesMax} bytes", limits["name of a place"]);
        Assert.Equal($"{ContractLimits.NamePartsMax}", limits["parts of a table of names"]);
        Assert.Equal($"{ContractLimits.SequenceMax}", limits["sequence"]);
        Assert.Equal($"{ContractLimits.SequenceJump}", limits["jump after damage"]);
    }

    [Fact]
    public void The_check_values_are_those_of_the_code()
    {
        IReadOnlyList<IReadOnlyDictionary<string, string>> rows = MarkdownTable.Under("14 Checksum and signature", "what").Rows;
        byte[] digits = Encoding.ASCII.GetBytes("123456789");
        Assert.Equal(rows[0]["check value"], Crc32.Of(digits, 0, digits.Length).ToString("x8"));
        Assert.Equal(rows[1]["check value"], Crc32.Of(digits, 0, 0).ToString("x8"));
        byte[] text = Encoding.ASCII.GetBytes("what do ya want for nothing?");
        byte[] signature = new byte[Mac.SignatureBytes];
        new DotNetMac([.. Enumerable.Range(0, 32).Select(i => (byte)i)]).Sign(text, text.Length, signature, 0);
        Assert.Equal(rows[2]["check value"], Convert.ToHexString(signature).ToLowerInvariant());
    }

    [Fact]
    public void The_topics_are_those_of_the_code()
    {
        string page = File.ReadAllText(Repository.Path("shared", "Contract", "CONTRACT.md"));
        Topics topics = new("COUNTY", "TOWNSHIP", "VILLAGE", 7);
        Assert.Contains(topics.Down.Replace("/7/", "/STATION/", StringComparison.Ordinal), page, StringComparison.Ordinal);
        Assert.Contains(topics.Up(Lane.Fire).Replace("/7/up/fire", "/STATION/up/LEAF", StringComparison.Ordinal), page,
            StringComparison.Ordinal);
        string leaves = string.Join(", ", topics.Hello, topics.Up(Lane.Fire), topics.Up(Lane.Condition), topics.Up(Lane.Routine),
            topics.Heartbeat, topics.Offline, topics.Names);
        leaves = leaves.Replace("fgw/1/COUNTY/TOWNSHIP/VILLAGE/7/up/", "", StringComparison.Ordinal);
        Assert.Contains("LEAF: " + leaves, page, StringComparison.Ordinal);
        Assert.Equal("fgw/1/+/+/+/+/up/#", Topics.AllUp);
    }

    [Fact]
    public void Every_link_of_the_page_leads_to_a_heading_or_a_file()
    {
        string page = File.ReadAllText(Repository.Path("shared", "Contract", "CONTRACT.md"));
        string[] anchors = [.. page.Split('\n').Where(l => l.StartsWith('#')).Select(l => Anchor(l.TrimStart('#').Trim()))];
        foreach (string to in page.Split("](").Skip(1).Select(rest => rest[..rest.IndexOf(')', StringComparison.Ordinal)]))
        {
            Assert.True(to.StartsWith('#') ? anchors.Contains(to[1..], StringComparer.Ordinal)
                : Path.Exists(Repository.Path("shared", "Contract", to)), $"CONTRACT.md links to {to}");
        }
    }

    private static string Anchor(string heading) =>
        string.Concat(heading.ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-').Select(c => c == ' ' ? '-' : c));

    private static List<(int Offset, int Size, string Field, string Type)> RowsOf(string heading) =>
        [.. MarkdownTable.Under(heading, "offset").Rows.Where(row => int.TryParse(row["size"], CultureInfo.InvariantCulture, out _))
            .Select(row => (Int(row["offset"]), Int(row["size"]), row["field"], row["type"]))];

    private static string[] BodyOf(string name) => name switch
    {
        "hello" => [$"{Hello.Size}"],
        "batch" => [$"{Batch.HeadSize} + {EventRecord.Size} × count"],
        "heartbeat" => [$"{Heartbeat.Size}"],
        "offline" => [$"{Offline.MessageBytes - MessageHeader.Size - Mac.SignatureBytes}"],
        "welcome" => [$"{Welcome.Size}"],
        "held" => [$"{HeldThrough.Size}"],
        "refuse" => [$"{Refuse.Size}"],
        "names" => [$"{NamesPart.HeadSize} + places"],
        "ask" => [$"{AskNames.Size}"],
        _ => [$"{Command.HeadSize} + text"],
    };

    /// <summary>Makes checksum and signature fit again after a change.</summary>
    private static void Repair(string file, byte[] bytes, byte[] key)
    {
        if (file == "record")
        {
            Bytes.PutU32(bytes, EventRecord.Size - 4, Crc32.Of(bytes, 0, EventRecord.Size - 4));
        }
        else
        {
            MessageHeader.Seal(new DotNetMac(key), bytes, bytes.Length - Mac.SignatureBytes);
        }
    }

    private static bool Same(object a, object b) => a is long[] x ? x.SequenceEqual((long[])b) : Equals(a, b);

    /// <summary>Public constants but for "Last", which is a bound, and what stands for no value, in the order of their values.</summary>
    private static List<(string Name, long Value)> Constants(Type type) =>
        [.. type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral && f.Name != "Last")
            .Select(f => (f.Name, Convert.ToInt64(f.GetRawConstantValue(), CultureInfo.InvariantCulture))).Where(c =>
                c.Item2 != NotOnTheWire)
            .OrderBy(c => c.Item2)];

    private static IEnumerable<string> Sorted(IEnumerable<string> texts) => texts.Order(StringComparer.Ordinal);

    private static int Int(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
