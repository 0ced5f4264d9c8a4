// Owns: a stream of bytes in words for people: every field with its place, and what is wrong where.
// Must never: throw on input, or leave out a byte.

using Gateway.Gb26875;

namespace Gateway.County.Gb26875;

/// <summary>Gives one row a field, Chinese first: place, name, bytes, meaning.</summary>
internal sealed class FrameReport(Action<string, string, string, string> row)
{
    private static readonly (UnitFields Field, int Bytes, string Name)[] s_fields =
    [
        (UnitFields.System, 2, "系统 system"),
        (UnitFields.ComponentType, 1, "部件类型 component"),
        (UnitFields.ComponentAddress, 4, "部件地址 component address"),
        (UnitFields.Status, 2, "状态 status"),
        (UnitFields.ByteStatus, 1, "状态 status"),
        (UnitFields.Analog, 3, "模拟量 value"),
        (UnitFields.Operation, 2, "操作 operation"),
        (UnitFields.Version, 2, "版本 version"),
        (UnitFields.Wanted, 1, "查询记录数 records wanted"),
        (UnitFields.Reserved, 1, "预留 reserved"),
        (UnitFields.Minutes, 1, "应答时限 minutes to answer"),
        (UnitFields.FixedText, UnitLayout.FixedTextBytes, "说明 text"),
        (UnitFields.CountedText, 0, "说明 text"),
        (UnitFields.Time, FrameTime.Bytes, "时间 time"),
    ];

    private bool _good = true;

    /// <summary>True when all bytes belong to good frames whose units can be read.</summary>
    public bool Write(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        FrameReader reader = new();
        int taken = 0;
        long framed = 0, rubbish = 0;
        ReadOutcome outcome;
        bool goesOn;
        do
        {
            taken += reader.Add(bytes.AsSpan(taken));
            while ((outcome = reader.Read(out Frame frame)) != ReadOutcome.NeedMore)
            {
                int dropped = outcome is ReadOutcome.Frame ? 0 : 1;
                int at = (int)(framed + reader.RubbishBytes) - dropped;
                Skipped(bytes, (int)(framed + rubbish), at);
                rubbish = reader.RubbishBytes;
                if (outcome == ReadOutcome.Frame)
                {
                    framed += frame.Bytes.Length;
                    Frame(frame, at);
                }
                else
                {
                    Refused(outcome, bytes, at);
                }
            }

            goesOn = taken < bytes.Length;
            if (!goesOn)
            {
                Skipped(bytes, (int)(framed + rubbish), bytes.Length - reader.Waiting);
                if (reader.Waiting > 0)
                {
                    // A whole good frame may stand behind a start of which nothing more comes.
                    Rest(bytes, bytes.Length - reader.Waiting);
                    goesOn = reader.DropFalseStart();
                    rubbish = reader.RubbishBytes;
                }
            }
        }
        while (goesOn);
        if (bytes.Length == 0)
        {
            Wrong(0, "没有字节 no bytes; allowed: a frame begins with 40 40");
        }

        return _good;
    }

    /// <summary>What the objects of a unit say, in one line.</summary>
    public static string OfUnit(byte[] unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        UnitReader reader = new(unit);
        UnitFields fields = UnitLayout.Fields(reader.Type);
        List<string> words = [FrameNames.Type(reader.Type)];
        while (reader.Next(out UnitObject one))
        {
            foreach ((UnitFields field, _, string name) in s_fields)
            {
                if ((fields & field) != UnitFields.None && !(field == UnitFields.Time && one.TimeMissing))
                {
                    words.Add($"{name.Split(' ')[0]} {Meaning(reader.Type, field, one)}");
                }
            }
        }

        return string.Join("；", words) + (reader.Fault == UnitFault.None ? "" : $"；余 {Hex(reader.Rest)}");
    }

    private static string Hex(ReadOnlySpan<byte> bytes) =>
        Convert.ToHexString(bytes[..Math.Min(bytes.Length, PeerLimits.FieldBytesShown)]).Chunk(2).Aggregate("", (all, one) =>
            all + (all.Length == 0 ? "" : " ") + new string(one))
        + (bytes.Length > PeerLimits.FieldBytesShown ? " …" : "");

    /// <summary>Bits by name; a bit without name by its number.</summary>
    public static string Bits(int value, IReadOnlyList<string> names)
    {
        IEnumerable<string> set = Enumerable.Range(0, names.Count).Where(bit => (value & (1 << bit)) != 0)
            .Select(bit => names[bit].Length > 0 ? names[bit] : $"位{bit}（预留）");
        string words = string.Join(' ', set);
        return words.Length == 0 ? "无 none" : words;
    }

    private void Line(int at, string name, ReadOnlySpan<byte> bytes, string meaning) =>
        row($"@{at}", name, Hex(bytes), meaning);

    private void Wrong(int at, string what)
    {
        _good = false;
        row($"@{at}", "错误 wrong", "", what);
    }

    private void Skipped(byte[] bytes, int from, int end)
    {
        if (end > from)
        {
            Wrong(from, $"{end - from} 字节不属于任何帧 bytes belong to no frame: {Hex(bytes.AsSpan(from, end - from))}");
        }
    }

    private void Refused(ReadOutcome outcome, byte[] bytes, int at)
    {
        int length = bytes[at + FrameLayout.UnitLength] | (bytes[at + FrameLayout.UnitLength + 1] << 8);
        int end = at + FrameLayout.Unit + length;
        switch (outcome)
        {
            case ReadOutcome.TooLong:
                Wrong(at + FrameLayout.UnitLength, $"长度 length L {length}; allowed: 0..{FrameLayout.UnitBytesMax}");
                break;
            case ReadOutcome.BadTail:
                Wrong(end + 1, $"结束符 end {Hex(bytes.AsSpan(end + 1, 2))}; allowed: 23 23, where L {length} says");
                break;
            default:
                byte sum = FrameLayout.Sum(bytes.AsSpan(at + FrameLayout.Sequence, FrameLayout.Unit + length - FrameLayout.Sequence));
                Wrong(end, $"校验和 sum {Hex(bytes.AsSpan(end, 1))}; allowed: {sum:X2}, the sum of @{at + FrameLayout.Sequence}..@{end - 1}");
                break;
        }
    }

    private void Rest(byte[] bytes, int at)
    {
        ReadOnlySpan<byte> rest = bytes.AsSpan(at);
        if (rest.Length < FrameLayout.Unit)
        {
            Wrong(at, $"未完 cut after {rest.Length} bytes: {Hex(rest)}; allowed: {FrameLayout.OverheadBytes} bytes or more");
            return;
        }

        int length = rest[FrameLayout.UnitLength] | (rest[FrameLayout.UnitLength + 1] << 8);
        Wrong(at, $"未完 cut after {rest.Length} of {length + FrameLayout.OverheadBytes} bytes, as L {length} says: {Hex(rest)}");
    }

    private void Frame(in Frame frame, int at)
    {
        ReadOnlySpan<byte> bytes = frame.Bytes;
        row($"@{at}", "帧 frame", "", $"{bytes.Length} 字节 bytes");
        Line(at, "起始符 start", bytes[..2], "");
        Line(at + FrameLayout.Sequence, "业务流水号 sequence", bytes.Slice(FrameLayout.Sequence, 2), $"{frame.Sequence}");
        Line(
            at + FrameLayout.MainVersion, "版本 version", bytes.Slice(FrameLayout.MainVersion, 2),
            $"{frame.MainVersion}.{frame.UserVersion}"
            + (frame.MainVersion == FrameLayout.StandardVersion ? "" : "，标准为 the standard has 1"));
        Line(at + FrameLayout.Time, "时间标签 time of sending", bytes.Slice(FrameLayout.Time, FrameTime.Bytes), Time(frame.Time));
        Line(at + FrameLayout.Source, "源地址 source", bytes.Slice(FrameLayout.Source, PeerAddress.Bytes), $"{frame.Source}");
        Line(
            at + FrameLayout.Destination, "目的地址 destination", bytes.Slice(FrameLayout.Destination, PeerAddress.Bytes),
            $"{frame.Destination}");
        Line(at + FrameLayout.UnitLength, "长度 length L", bytes.Slice(FrameLayout.UnitLength, 2), $"{frame.Unit.Length}");
        Line(
            at + FrameLayout.Command, "命令 command", bytes.Slice(FrameLayout.Command, 1),
            $"{(int)frame.Command} {FrameNames.Command(frame.Command)} {frame.Command}");
        if (Heartbeats.Is(frame, PeerFlags.OneByteHeartbeat))
        {
            Line(at + FrameLayout.Unit, "心跳 heartbeat", frame.Unit, "只说明在线 only says that it lives");
        }
        else if (!frame.Unit.IsEmpty)
        {
            Unit(frame.Unit, at + FrameLayout.Unit);
        }

        Line(at + bytes.Length - 3, "校验和 sum", bytes.Slice(bytes.Length - 3, 1), "正确 right");
        Line(at + bytes.Length - 2, "结束符 end", bytes[^2..], "");
    }

    private void Unit(ReadOnlySpan<byte> unit, int at)
    {
        UnitReader reader = new(unit);
        Line(at, "类型 type", unit[..1], $"{(int)reader.Type} {FrameNames.Type(reader.Type)} {reader.Type}");
        if (unit.Length > 1)
        {
            string max = reader.TooMany ? $"，标准最多 the standard has at most {UnitLayout.ObjectsMax(reader.Type)}" : "";
            Line(at + 1, "对象数 objects", unit.Slice(1, 1), $"{reader.Count}{max}");
        }

        int from = UnitLayout.HeadBytes;
        for (int i = 1; reader.Next(out UnitObject one); i++)
        {
            int bytes = unit.Length - reader.Rest.Length - from;
            row($"@{at + from}", $"对象{i} object {i}", "", $"{bytes} 字节 bytes");
            Object(reader.Type, one, unit.Slice(from, bytes), at + from);
            from += bytes;
        }

        if (reader.Fault is not UnitFault.None)
        {
            int place = at + unit.Length - reader.Rest.Length;
            Wrong(place, reader.Fault switch
            {
                UnitFault.UnknownType => $"类型 type {(int)reader.Type}: 无标准格式 the standard gives no layout: {Hex(reader.Rest)}",
                UnitFault.Trailing => $"多出 {reader.Rest.Length} 字节 bytes behind the last object: {Hex(reader.Rest)}",
                UnitFault.TooShort => "只有一个字节 one byte; allowed: type, number of objects and objects",
                _ => $"对象未完 an object is cut: {reader.Rest.Length} bytes of {UnitLayout.Bytes(UnitLayout.Fields(reader.Type))} "
                    + $"or more: {Hex(reader.Rest)}",
            });
        }
    }

    private void Object(UnitType type, in UnitObject one, ReadOnlySpan<byte> bytes, int at)
    {
        UnitFields fields = UnitLayout.Fields(type);
        int from = 0;
        foreach ((UnitFields field, int size, string name) in s_fields)
        {
            if ((fields & field) == UnitFields.None)
            {
                continue;
            }

            if (field == UnitFields.Time && one.TimeMissing)
            {
                Line(at + from, name, default, "缺省 left out");
                continue;
            }

            int length = field == UnitFields.CountedText ? bytes.Length - from : size;
            Line(at + from, name, bytes.Slice(from, length), Meaning(type, field, one));
            from += length;
        }
    }

    private static string Meaning(UnitType type, UnitFields field, in UnitObject one) => field switch
    {
        UnitFields.System => $"{one.SystemType} {SystemTypes.Name(one.SystemType)}，地址 address {one.SystemAddress}",
        UnitFields.ComponentType => $"{one.ComponentType} {ComponentTypes.Name(one.ComponentType)}",
        UnitFields.ComponentAddress => $"{one.ComponentAddress}",
        UnitFields.Status => Bits(one.Status, type == UnitType.SystemStatus ? BitNames.System : BitNames.Component),
        UnitFields.ByteStatus => Bits(one.Status, BitNames.Box),
        UnitFields.Analog => AnalogTypes.Text(one.AnalogType, one.Value),
        UnitFields.Operation => Bits(one.Operation, type == UnitType.BoxOperation ? BitNames.BoxOperation : BitNames.SystemOperation)
            + $"，操作员 operator {one.Operator}" + (one.Operator == 0 ? " 未说明 not said" : ""),
        UnitFields.Version => $"{one.Major}.{one.Minor}",
        UnitFields.Wanted => $"{one.Wanted}",
        UnitFields.Reserved => $"{one.Reserved}",
        UnitFields.Minutes => $"{one.Minutes} 分钟 min",
        UnitFields.Time => Time(one.Time),
        _ => Plain(FrameText.Read(one.Text)),
    };

    private static string Time(FrameTime time) => time.IsEmpty ? "未填 empty"
        : time.TryGetMoment(out _) ? $"{time} 北京时间 Beijing time"
        : $"{time} 不是日期 no real date";

    /// <summary>Text from outside without what would steer a terminal or break a line.</summary>
    private static string Plain(string text) =>
        text.Length == 0 ? "空 empty" : string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
