// Owns: reading and writing a vector's bytes with the library, field by field under the names of CONTRACT.md.
// Must never: decide what is right; it only carries values between the library and the names.

using System.Text;
using System.Text.Json;
using Gateway.Contract;

namespace Gateway.Tests.Wire;

/// <summary>What a decoder made of some bytes.</summary>
public sealed record Reading(DecodeResult Result, IReadOnlyDictionary<string, object> Values)
{
    public string Reason => DecodeResults.Name((int)Result);
}

/// <summary>The library's decoders and encoders by the names of the files of vectors.</summary>
public static class Codec
{
    /// <summary>The messages with a body, and the head alone.</summary>
    public static bool IsUp(string decoder) => decoder is "hello" or "batch" or "heartbeat" or "names" or "offline";

    /// <summary>Reads in the order that CONTRACT.md demands: head, signature, body.</summary>
    public static Reading Read(string decoder, byte[] bytes, byte[] key, bool down = false)
    {
        if (decoder == "record")
        {
            EventRecord record = new();
            DecodeResult result = record.Decode(bytes, 0, bytes.Length);
            return new Reading(result, result == DecodeResult.Ok ? ValuesOf(record, bytes) : Nothing);
        }

        byte[] message = bytes;
        if (decoder == "offline")
        {
            message = new byte[Offline.MessageBytes];
            DecodeResult text = Offline.FromText(bytes, bytes.Length, message);
            if (text != DecodeResult.Ok)
            {
                return new Reading(text, Nothing);
            }
        }

        MessageHeader head = new();
        bool up = decoder == "head" ? !down : IsUp(decoder);
        DecodeResult headResult = up ? head.DecodeUp(message, message.Length) : head.DecodeDown(message, message.Length);
        if (headResult != DecodeResult.Ok)
        {
            return new Reading(headResult, Nothing);
        }

        if (!MessageHeader.Verify(new DotNetMac(key), message, message.Length, new byte[Mac.SignatureBytes]))
        {
            return new Reading(DecodeResult.WrongSignature, Nothing);
        }

        Dictionary<string, object> values = ValuesOf(head, message);
        DecodeResult bodyResult = Body(decoder, message, message.Length, head, values);
        return new Reading(bodyResult, bodyResult == DecodeResult.Ok ? values : Nothing);
    }

    /// <summary>The body's decoder alone, as a fuzzer or a careless caller would use it.</summary>
    public static DecodeResult Body(string decoder, byte[] message, int count, MessageHeader head, IDictionary<string, object> values)
    {
        uint[] held = new uint[Lanes.Count];
        switch (decoder)
        {
            case "head" or "offline":
                return DecodeResult.Ok;
            case "hello":
                Hello hello = new();
                return Put(hello.Decode(message, count), () => Add(values, hello));
            case "welcome":
                return Put(Welcome.Decode(message, count, held), () =>
                {
                    values["version"] = (long)message[MessageHeader.Size];
                    AddLanes(values, "held", held);
                });
            case "held":
                return Put(HeldThrough.Decode(message, count, held), () => AddLanes(values, "held", held));
            case "refuse":
                Refuse refuse = new();
                return Put(refuse.Decode(message, count), () => Add(values, refuse));
            case "command":
                Command command = new();
                return Put(command.Decode(message, count), () => Add(values, command, message));
            case "heartbeat":
                Heartbeat beat = new();
                return Put(beat.Decode(message, count), () => Add(values, beat));
            case "names":
                NamesPart part = new();
                return Put(part.Decode(message, count), () => Add(values, part, message, count));
            case "ask":
                DecodeResult asked = AskNames.Decode(message, count, out uint crc);
                return Put(asked, () => values["settingsCrc"] = (long)crc);
            case "batch":
                EventRecord record = new();
                return Put(Batch.Check(message, count, head, record), () =>
                {
                    values["lane"] = (long)Batch.LaneOf(message);
                    values["count"] = (long)Batch.CountOf(message);
                    values["after"] = (long)Batch.AfterOf(message);
                    values["sequences"] = Enumerable.Range(0, Batch.CountOf(message))
                        .Select(i => (long)EventRecord.SequenceOf(message, Batch.RecordsAt + i * EventRecord.Size)).ToArray();
                });
            default:
                throw new ArgumentOutOfRangeException(nameof(decoder), decoder, "no such decoder");
        }
    }

    /// <summary>Writes the bytes of a valid case from its expected values; a batch takes its records from the case.</summary>
    public static byte[] Write(VectorCase one)
    {
        JsonElement e = one.Expected;
        if (one.File.Name == "record")
        {
            byte[] record = new byte[EventRecord.Size];
            RecordOf(e).Encode(record, 0);
            return record;
        }

        byte[] buffer = new byte[ContractLimits.MessageBytesMax];
        HeadOf(e).Encode(buffer);
        int count = one.File.Name switch
        {
            "head" or "offline" => MessageHeader.Size,
            "hello" => HelloOf(e).Encode(buffer),
            "welcome" => Welcome.Encode(buffer, (int)N(e, "version"), PerLane(e, "held")),
            "held" => HeldThrough.Encode(buffer, PerLane(e, "held")),
            "refuse" => new Refuse
            {
                Reason = (DecodeResult)N(e, "reason"),
                VersionMin = (int)N(e, "versionMin"),
                VersionMax = (int)N(e, "versionMax"),
                BootAtLeast = (uint)N(e, "bootAtLeast"),
            }.Encode(buffer),
            "command" => WriteCommand(one, buffer),
            "heartbeat" => HeartbeatOf(e).Encode(buffer),
            "names" => WriteNames(one, buffer),
            "ask" => AskNames.Encode(buffer, (uint)N(e, "settingsCrc")),
            "batch" => WriteBatch(one, buffer),
            _ => throw new ArgumentOutOfRangeException(nameof(one), one.File.Name, "no such encoder"),
        };
        return buffer[..MessageHeader.Seal(new DotNetMac(one.File.Key), buffer, count)];
    }

    /// <summary>Bytes that a case gives to its decoder: the text of a will or topic, else its fields.</summary>
    public static byte[] InputOf(VectorCase one) => one.File.Name switch
    {
        "offline" => Encoding.ASCII.GetBytes(one.Text("text")),
        "topics" => Encoding.UTF8.GetBytes(one.Text("topic")),
        _ => one.Bytes,
    };

    public static MessageHeader HeadOf(JsonElement e) => new()
    {
        Version = (int)N(e, "head.version"),
        Type = (MessageType)N(e, "head.type"),
        Station = (uint)N(e, "head.station"),
        Epoch = (uint)N(e, "head.epoch"),
        Boot = (uint)N(e, "head.boot"),
        Session = (uint)N(e, "head.session"),
        Counter = (uint)N(e, "head.counter"),
        UtcMs = N(e, "head.utcMs"),
        UptimeMs = N(e, "head.uptimeMs"),
        LifeS = (int)N(e, "head.lifeS"),
        UtcQuality = (UtcQuality)N(e, "head.utcQuality"),
    };

    public static EventRecord RecordOf(JsonElement e) => new()
    {
        LaneNumber = (Lane)N(e, "lane"),
        Kind = (EventKind)N(e, "kind"),
        Station = (uint)N(e, "station"),
        Epoch = (uint)N(e, "epoch"),
        Sequence = (uint)N(e, "sequence"),
        Boot = (uint)N(e, "boot"),
        UptimeMs = N(e, "uptimeMs"),
        UtcMs = N(e, "utcMs"),
        UtcQuality = (UtcQuality)N(e, "utcQuality"),
        Severity = (Severity)N(e, "severity"),
        Flags = (EventFlags)N(e, "flags"),
        Zone = (int)N(e, "zone"),
        ZoneKind = (ZoneKind)N(e, "zoneKind"),
        OtherZone = (int)N(e, "otherZone"),
        Rule = (int)N(e, "rule"),
        Value = (int)N(e, "value"),
        Unit = (Unit)N(e, "unit"),
        A = (int)N(e, "a"),
        B = (int)N(e, "b"),
        C = (int)N(e, "c"),
    };

    public static IReadOnlyDictionary<string, object> ValuesOf(EventRecord r, byte[] bytes) => Ordinal(new()
    {
        ["version"] = (long)bytes[0], ["lane"] = (long)r.LaneNumber, ["kind"] = (long)r.Kind, ["station"] = (long)r.Station,
        ["epoch"] = (long)r.Epoch, ["sequence"] = (long)r.Sequence, ["boot"] = (long)r.Boot, ["uptimeMs"] = r.UptimeMs, ["utcMs"] = r.UtcMs,
        ["utcQuality"] = (long)r.UtcQuality, ["severity"] = (long)r.Severity, ["flags"] = (long)r.Flags, ["zone"] = (long)r.Zone,
        ["zoneKind"] = (long)r.ZoneKind, ["otherZone"] = (long)r.OtherZone, ["rule"] = (long)r.Rule, ["value"] = (long)r.Value,
        ["unit"] = (long)r.Unit, ["a"] = (long)r.A, ["b"] = (long)r.B, ["c"] = (long)r.C,
        ["crc"] = (long)Crc32.Of(bytes, 0, EventRecord.Size - 4),
    });

    private static readonly IReadOnlyDictionary<string, object> Nothing = new Dictionary<string, object>(StringComparer.Ordinal);

    private static Dictionary<string, object> Ordinal(Dictionary<string, object> values) => new(values, StringComparer.Ordinal);

    private static Dictionary<string, object> ValuesOf(MessageHeader h, byte[] message) => new(StringComparer.Ordinal)
    {
        ["head.magic"] = (long)Bytes.U16(message, 0), ["head.version"] = (long)h.Version, ["head.type"] = (long)h.Type,
        ["head.station"] = (long)h.Station, ["head.epoch"] = (long)h.Epoch, ["head.boot"] = (long)h.Boot,
        ["head.session"] = (long)h.Session, ["head.counter"] = (long)h.Counter, ["head.utcMs"] = h.UtcMs, ["head.uptimeMs"] = h.UptimeMs,
        ["head.lifeS"] = (long)h.LifeS,
        ["head.utcQuality"] = (long)h.UtcQuality,
    };

    private static int WriteBatch(VectorCase one, byte[] buffer)
    {
        Batch.EncodeHead(buffer, (Lane)one.Number("lane"), (int)one.Number("count"), (uint)one.Number("after"));
        int at = Batch.RecordsAt;
        EventRecord record = new();
        byte[] source = one.Bytes;
        for (int i = 0; i < one.Number("count"); i++)
        {
            Assert.Equal(DecodeResult.Ok, record.Decode(source, at, source.Length));
            record.Encode(buffer, at);
            at += EventRecord.Size;
        }

        return at;
    }

    /// <summary>Each place is read, and written anew from what was read.</summary>
    private static int WriteNames(VectorCase one, byte[] buffer)
    {
        JsonElement e = one.Expected;
        NamesPart part = new()
        {
            SettingsCrc = (uint)N(e, "settingsCrc"), Part = (int)N(e, "part"), Last = N(e, "last") == 1, Count = (int)N(e, "count"),
        };
        part.EncodeHead(buffer);
        int at = NamesPart.PlacesAt;
        PlaceEntry place = new();
        byte[] source = one.Bytes;
        for (int i = 0; i < part.Count; i++)
        {
            Assert.Equal(DecodeResult.Ok, place.Decode(source, at, source.Length - Mac.SignatureBytes));
            int name = place.EncodeHead(buffer, at);
            source.AsSpan(name, place.NameBytes).CopyTo(buffer.AsSpan(name));
            at = name + place.NameBytes;
        }

        return at;
    }

    private static int WriteCommand(VectorCase one, byte[] buffer)
    {
        JsonElement e = one.Expected;
        Command command = new()
        {
            Number = (uint)N(e, "number"), Code = (CommandCode)N(e, "code"), TextBytes = (int)N(e, "textBytes"),
            A = (int)N(e, "a"), B = (int)N(e, "b"), C = (int)N(e, "c"),
        };
        one.Bytes.AsSpan(Command.TextAt, command.TextBytes).CopyTo(buffer.AsSpan(Command.TextAt));
        return command.Encode(buffer);
    }

    private static Hello HelloOf(JsonElement e)
    {
        Hello hello = new()
        {
            VersionMin = (int)N(e, "versionMin"),
            VersionMax = (int)N(e, "versionMax"),
            Abilities = (HelloAbility)N(e, "abilities"),
            Firmware = e.GetProperty("firmware").GetString()!,
        };
        for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
        {
            hello.Oldest[(int)lane] = (uint)N(e, Lanes.Name((Lane)lane) + ".oldest");
            hello.Last[(int)lane] = (uint)N(e, Lanes.Name((Lane)lane) + ".last");
            hello.Held[(int)lane] = (uint)N(e, Lanes.Name((Lane)lane) + ".held");
        }

        return hello;
    }

    private static Heartbeat HeartbeatOf(JsonElement e)
    {
        Heartbeat beat = new()
        {
            Conditions = (ConditionBits)N(e, "conditions"),
            StationCode = (int)N(e, "stationCode"),
            OpenCases = (int)N(e, "openCases"),
            ZonesFire = (uint)N(e, "zonesFire"),
            ZonesFault = (uint)N(e, "zonesFault"),
            ZonesDisabled = (uint)N(e, "zonesDisabled"),
            ZonesTest = (uint)N(e, "zonesTest"),
            ZonesSupervisory = (uint)N(e, "zonesSupervisory"),
            Connections = (uint)N(e, "connections"),
            Resends = (uint)N(e, "resends"),
            Refused = (uint)N(e, "refused"),
            SettingsCrc = (uint)N(e, "settingsCrc"),
        };
        PerLane(e, "last").CopyTo(beat.Last, 0);
        PerLane(e, "held").CopyTo(beat.Held, 0);
        return beat;
    }

    private static void Add(IDictionary<string, object> values, Hello hello)
    {
        values["versionMin"] = (long)hello.VersionMin;
        values["versionMax"] = (long)hello.VersionMax;
        values["abilities"] = (long)hello.Abilities;
        values["firmware"] = hello.Firmware;
        for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
        {
            values[Lanes.Name((Lane)lane) + ".oldest"] = (long)hello.Oldest[(int)lane];
            values[Lanes.Name((Lane)lane) + ".last"] = (long)hello.Last[(int)lane];
            values[Lanes.Name((Lane)lane) + ".held"] = (long)hello.Held[(int)lane];
        }
    }

    private static void Add(IDictionary<string, object> values, Refuse refuse)
    {
        values["reason"] = (long)refuse.Reason;
        values["versionMin"] = (long)refuse.VersionMin;
        values["versionMax"] = (long)refuse.VersionMax;
        values["bootAtLeast"] = (long)refuse.BootAtLeast;
    }

    private static void Add(IDictionary<string, object> values, Command command, byte[] message)
    {
        values["number"] = (long)command.Number;
        values["code"] = (long)command.Code;
        values["textBytes"] = (long)command.TextBytes;
        values["a"] = (long)command.A;
        values["b"] = (long)command.B;
        values["c"] = (long)command.C;
        values["textCrc"] = (long)Crc32.Of(message, Command.TextAt, command.TextBytes);
    }

    private static void Add(IDictionary<string, object> values, NamesPart part, byte[] message, int count)
    {
        values["settingsCrc"] = (long)part.SettingsCrc;
        values["part"] = (long)part.Part;
        values["last"] = part.Last ? 1L : 0L;
        values["count"] = (long)part.Count;
        values["placesCrc"] = (long)Crc32.Of(message, NamesPart.PlacesAt, count - Mac.SignatureBytes - NamesPart.PlacesAt);
    }

    private static void Add(IDictionary<string, object> values, Heartbeat beat)
    {
        values["conditions"] = (long)beat.Conditions;
        values["stationCode"] = (long)beat.StationCode;
        values["openCases"] = (long)beat.OpenCases;
        values["zonesFire"] = (long)beat.ZonesFire;
        values["zonesFault"] = (long)beat.ZonesFault;
        values["zonesDisabled"] = (long)beat.ZonesDisabled;
        values["zonesTest"] = (long)beat.ZonesTest;
        values["zonesSupervisory"] = (long)beat.ZonesSupervisory;
        values["connections"] = (long)beat.Connections;
        values["resends"] = (long)beat.Resends;
        values["refused"] = (long)beat.Refused;
        values["settingsCrc"] = (long)beat.SettingsCrc;
        AddLanes(values, "last", beat.Last);
        AddLanes(values, "held", beat.Held);
    }

    private static void AddLanes(IDictionary<string, object> values, string name, uint[] numbers)
    {
        for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
        {
            values[name + "." + Lanes.Name((Lane)lane)] = (long)numbers[(int)lane];
        }
    }

    private static DecodeResult Put(DecodeResult result, Action add)
    {
        if (result == DecodeResult.Ok)
        {
            add();
        }

        return result;
    }

    private static uint[] PerLane(JsonElement e, string name) =>
        [.. Enumerable.Range(0, Lanes.Count).Select(lane => (uint)N(e, name + "." + Lanes.Name((Lane)lane)))];

    private static long N(JsonElement e, string name) => e.GetProperty(name).GetInt64();
}
