// Owns: properties of encoding and decoding over generated values.
// Must never: repeat a vector; what is here holds for all values.

using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Contract;

namespace Gateway.Tests.Wire;

public class RoundTripTests
{
    private static readonly Gen<byte> s_byte = Gen.Choose(0, 255).Select(n => (byte)n);
    private static readonly Gen<uint> s_u32 = Gen.Choose(int.MinValue, int.MaxValue).Select(n => (uint)n);
    private static readonly Gen<uint> s_name = s_u32.Select(n => n == 0 ? 1 : n);
    private static readonly Gen<int> s_i32 = Gen.Choose(int.MinValue, int.MaxValue);
    private static readonly Gen<long> s_u48 = s_u32.SelectMany(low => Gen.Choose(0, 0xffff).Select(high => ((long)high << 32) | low));

    private static readonly Gen<EventRecord> s_record =
        from names in s_name.ArrayOf(4)
        from times in s_u48.ArrayOf(2)
        from small in Gen.Choose(0, 255).ArrayOf(5)
        from details in s_i32.ArrayOf(4)
        from kind in Gen.Choose(1, 0xffff)
        from flags in Gen.Choose(0, 0xffff)
        from lane in Gen.Choose(0, Lanes.Count - 1)
        from quality in Gen.Choose(0, ContractLimits.UtcQualityMax)
        from severity in Gen.Choose(0, Severities.Last)
        select new EventRecord
        {
            Station = names[0], Epoch = names[1], Sequence = names[2] > ContractLimits.SequenceMax ? 1 : names[2], Boot = names[3],
            UptimeMs = times[0], UtcMs = times[1],
            Zone = small[0], ZoneKind = (ZoneKind)small[1], OtherZone = small[2], Rule = small[3], Unit = (Unit)small[4],
                Value = details[0],
                A = details[1], B = details[2], C = details[3], Kind = (EventKind)kind, Flags = (EventFlags)flags, LaneNumber = (Lane)lane,
            UtcQuality = (UtcQuality)quality, Severity = (Severity)severity,
        };

    [Fact]
    public void A_record_comes_back_as_it_was_written_and_touches_only_its_64_bytes()
    {
        Check(s_record, written =>
        {
            byte[] buffer = new byte[80];
            written.Encode(buffer, 7);
            EventRecord read = new();
            byte[] bytes = buffer[7..71];
            return read.Decode(buffer, 7, 71) == DecodeResult.Ok && Same(read, written, bytes)
                && EventRecord.SequenceOf(buffer, 7) == written.Sequence && Bytes.Zero(buffer, 0, 7) && Bytes.Zero(buffer, 71, 9);
        });
    }

    [Fact]
    public void A_record_with_any_one_bit_turned_is_refused()
    {
        Check(
            from record in s_record from bit in Gen.Choose(0, EventRecord.Size * 8 - 1) select (record, bit),
            pair =>
            {
                byte[] bytes = new byte[EventRecord.Size];
                pair.record.Encode(bytes, 0);
                bytes[pair.bit / 8] ^= (byte)(1 << (pair.bit % 8));
                return new EventRecord().Decode(bytes, 0, bytes.Length) is DecodeResult.WrongCrc or DecodeResult.WrongVersion;
            });
    }

    [Fact]
    public void Clearing_a_record_leaves_nothing_of_the_event_before()
    {
        Check(s_record, record =>
        {
            record.Clear();
            return Same(record, new EventRecord(), new byte[EventRecord.Size]);
        });
    }

    [Fact]
    public void A_head_comes_back_as_it_was_written()
    {
        Gen<MessageHeader> heads =
            from names in s_name.ArrayOf(5)
            from times in s_u48.ArrayOf(2)
            from life in Gen.Choose(0, 0xffff)
            from quality in Gen.Choose(0, ContractLimits.UtcQualityMax)
            from type in Gen.Elements(
                MessageType.Hello, MessageType.Batch, MessageType.Heartbeat, MessageType.Offline,
                MessageType.Welcome, MessageType.Held, MessageType.Refuse, MessageType.Command)
            select new MessageHeader
            {
                Version = 1, Type = type, Station = names[0], Epoch = names[1], Boot = names[2], Session = names[3],
                Counter = MessageTypes.Uncounted(type) ? 0 : names[4],
                UtcMs = times[0], UptimeMs = times[1], LifeS = life, UtcQuality = (UtcQuality)quality,
            };
        Check(heads, written =>
        {
            byte[] buffer = new byte[MessageHeader.Size + Mac.SignatureBytes];
            written.Encode(buffer);
            MessageHeader read = new();
            bool down = ((int)written.Type & MessageTypes.DownBit) != 0;
            return (down ? read.DecodeDown(buffer, buffer.Length) : read.DecodeUp(buffer, buffer.Length)) == DecodeResult.Ok
                && (down ? read.DecodeUp(buffer, buffer.Length) : read.DecodeDown(buffer, buffer.Length)) == DecodeResult.WrongType
                && Values(read) == Values(written);
        });
    }

    [Fact]
    public void An_answer_names_the_session_of_its_question()
    {
        Check(s_name.ArrayOf(5), n =>
        {
            MessageHeader up = new() { Version = 1, Type = MessageType.Batch, Station = n[0], Epoch = n[1], Boot = n[2], Session = n[3] };
            (up.LifeS, up.UptimeMs) = (5, 9);
            MessageHeader down = new() { LifeS = 8, UptimeMs = 8 };
            down.AnswerTo(up, MessageType.Held, n[4], 1000);
            return SessionRule.Down(down, n[0], n[1], n[2], n[3], n[4] - 1, 0) == DecodeResult.Ok
                && SessionRule.Down(down, n[0], n[1], n[2], n[3], n[4], 0) == DecodeResult.Replayed
                && SessionRule.Down(down, n[0], n[1] ^ 1, n[2], n[3], n[4] - 1, 0) == DecodeResult.WrongSession
                && (down.LifeS, down.UptimeMs, down.Version, down.UtcMs, down.UtcQuality) == (0, 0, 1, 1000, UtcQuality.Synchronised);
        });
        MessageHeader blind = new();
        blind.AnswerTo(new MessageHeader(), MessageType.Held, 1, 0);
        Assert.Equal(UtcQuality.Unknown, blind.UtcQuality);
    }

    [Fact]
    public void Numbers_of_any_width_come_back_and_48_bits_are_clamped()
    {
        Check(s_u48, n =>
        {
            byte[] b = new byte[8];
            Bytes.PutU48(b, 1, n);
            Bytes.PutU48(b, 1, n);
            return Bytes.U48(b, 1) == n && b[0] == 0 && b[7] == 0;
        });
        Check(s_u32, n =>
        {
            byte[] b = new byte[6];
            Bytes.PutU32(b, 1, n);
            return Bytes.U32(b, 1) == n && Bytes.I32(b, 1) == (int)n && b[0] == 0 && b[5] == 0;
        });
        byte[] clamped = new byte[6];
        foreach (long written in new[] { -1, long.MinValue, Bytes.U48Max, Bytes.U48Max + 1, long.MaxValue })
        {
            Bytes.PutU48(clamped, 0, written);
            Assert.Equal(Math.Clamp(written, 0, Bytes.U48Max), Bytes.U48(clamped, 0));
        }
    }

    [Fact]
    public void Text_of_any_kind_is_cut_cleaned_and_read_back()
    {
        Check(ArbMap.Default.GeneratorFor<string>().Where(s => s is not null), text =>
        {
            byte[] field = new byte[ContractLimits.FirmwareBytes + 2];
            Text.Put(field, 1, ContractLimits.FirmwareBytes, text);
            string cleaned = new([.. text.Take(ContractLimits.FirmwareBytes).Select(c => c is >= ' ' and <= '~' ? c : '?')]);
            return Text.Printable(field, 1, ContractLimits.FirmwareBytes) == cleaned && field[0] == 0 && field[^1] == 0;
        });
    }

    [Fact]
    public void A_will_comes_back_from_its_text_and_any_changed_character_is_noticed()
    {
        Check(
            from bytes in s_byte.ArrayOf(Offline.MessageBytes) from at in Gen.Choose(0, Offline.TextBytes - 1) select (bytes, at),
            pair =>
            {
                byte[] text = System.Text.Encoding.ASCII.GetBytes(Offline.ToText(pair.bytes));
                byte[] back = new byte[Offline.MessageBytes];
                bool same = Offline.FromText(text, text.Length, back) == DecodeResult.Ok && back.SequenceEqual(pair.bytes);
                text[pair.at] ^= 3;
                return same && (Offline.FromText(text, text.Length, back) != DecodeResult.Ok || !back.SequenceEqual(pair.bytes));
            });
    }

    [Fact]
    public void Versions_are_agreed_the_same_way_from_both_sides()
    {
        Gen<int> version = Gen.Choose(1, 12);
        Check(version.ArrayOf(4), v =>
        {
            (int aMin, int aMax) = (Math.Min(v[0], v[1]), Math.Max(v[0], v[1]));
            (int bMin, int bMax) = (Math.Min(v[2], v[3]), Math.Max(v[2], v[3]));
            int wanted = Enumerable.Range(aMin, aMax - aMin + 1).Intersect(Enumerable.Range(bMin, bMax - bMin + 1)).DefaultIfEmpty(0).Max();
            return Hello.Agree(aMin, aMax, bMin, bMax) == wanted && Hello.Agree(bMin, bMax, aMin, aMax) == wanted;
        });
    }

    [Fact]
    public void The_managed_signature_is_that_of_NET_for_any_key_and_length()
    {
        Check(
            from key in s_byte.ArrayOf(Mac.KeyBytes) from length in Gen.Choose(0, 300) from message in s_byte.ArrayOf(length)
                select (key, message),
            pair =>
            {
                byte[] a = new byte[Mac.SignatureBytes];
                byte[] b = new byte[Mac.SignatureBytes];
                new DotNetMac(pair.key).Sign(pair.message, pair.message.Length, a, 0);
                Device.ManagedMac managed = new(pair.key);
                managed.Sign(pair.message, pair.message.Length, b, 0);
                byte[] hash = new byte[Mac.SignatureBytes];
                managed.Hash(pair.message, pair.message.Length, hash);
                return a.SequenceEqual(b) && Mac.Same(a, 0, b, 0) && hash.SequenceEqual(SHA256.HashData(pair.message));
            });
    }

    private static void Check<T>(Gen<T> values, Func<T, bool> holds) =>
        Prop.ForAll(Arb.From(values), holds).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true));

    private static string Values(MessageHeader h) => string.Join(
        ' ', h.Version, (int)h.Type, h.Station, h.Epoch, h.Boot, h.Session, h.Counter, h.UtcMs, h.UptimeMs, h.LifeS, (int)h.UtcQuality);

    private static bool Same(EventRecord a, EventRecord b, byte[] bytes)
    {
        IReadOnlyDictionary<string, object> x = Codec.ValuesOf(a, bytes);
        IReadOnlyDictionary<string, object> y = Codec.ValuesOf(b, bytes);
        return x.All(pair => Equals(pair.Value, y[pair.Key]));
    }
}
