// Owns: that GB26875.md says what the code does, table by table.
// Must never: accept a row on one side only.

using System.Globalization;
using Gateway.Gb26875;
using Gateway.Tests.Support;

namespace Gateway.Tests.Frames;

public class PageTests
{
    private static readonly string[] s_page = File.ReadAllLines(Repository.Path("shared", "Gb26875", "GB26875.md"));

    [Fact]
    public void Offsets_of_the_frame()
    {
        string[] code =
        [
            "0 start", $"{FrameLayout.Sequence} sequence",
            $"{FrameLayout.MainVersion} main version", $"{FrameLayout.UserVersion} user version",
            $"{FrameLayout.Time} time", $"{FrameLayout.Source} source", $"{FrameLayout.Destination} destination",
            $"{FrameLayout.UnitLength} length L", $"{FrameLayout.Command} command", $"{FrameLayout.Unit} unit",
            $"{FrameLayout.Unit} + L sum", $"{FrameLayout.Unit + 1} + L end",
        ];
        Assert.Equal(code, Table("## 1 Frame").Select(row => row[0] + " " + row[2]));
        Assert.Contains(s_page, line => line.StartsWith(
            $"A frame has {FrameLayout.OverheadBytes} .. {FrameLayout.FrameBytesMax} bytes.", StringComparison.Ordinal));
    }

    [Fact]
    public void Commands() =>
        Assert.Equal(
            Enum.GetValues<FrameCommand>().Select(one => $"{(int)one} {one} {FrameNames.Command(one)}"),
            Table("## 3 Commands").Select(row => row[0] + " " + row[1] + " " + row[2]));

    [Fact]
    public void Types_with_their_fields_and_sizes() =>
        Assert.Equal(
            UnitLayout.Types.Select(type =>
            {
                UnitFields fields = UnitLayout.Fields(type);
                string bytes = UnitLayout.Bytes(fields).ToString(CultureInfo.InvariantCulture);
                bool counted = (fields & UnitFields.CountedText) != UnitFields.None;
                bytes += counted ? " + length" : "";
                return $"{(int)type} | {FrameNames.Type(type)} | {UnitLayout.ObjectsMax(type)} | {Words(fields)} | {bytes}";
            }),
            Table("## 4 Unit").Select(row => string.Join(" | ", row)));

    [Fact]
    public void Types_named_in_code_are_those_with_a_layout() =>
        Assert.Equal(Enum.GetValues<UnitType>().Where(one => one != UnitType.None), UnitLayout.Types);

    [Fact]
    public void Bits()
    {
        IReadOnlyList<string>[] columns =
            [BitNames.System, BitNames.Component, BitNames.Box, BitNames.SystemOperation, BitNames.BoxOperation];
        Assert.Equal(
            Enumerable.Range(0, 16).Select(bit => bit + " | " + string.Join(
                " | ", columns.Select(column => bit < column.Count && column[bit].Length > 0 ? column[bit] : "-"))),
            Table("## 5 Bits").Select(row => string.Join(" | ", row)));
        NamedBits<SystemBits>(BitNames.System);
        NamedBits<ComponentBits>(BitNames.Component);
        NamedBits<BoxBits>(BitNames.Box);
        NamedBits<OperationBits>(BitNames.BoxOperation);
    }

    [Fact]
    public void Codes()
    {
        Assert.Equal(SystemTypes.All.Select(one => $"{one.Key} {one.Value}"), Table("### 6.1").Select(row => row[0] + " " + row[1]));
        Assert.Equal(ComponentTypes.All.Select(one => $"{one.Key} {one.Value}"), Table("### 6.2").Select(row => row[0] + " " + row[1]));
        Assert.Equal(
            AnalogTypes.All.Select(one => $"{one.Code} {one.Name} {one.Unit} {one.Decimals}"),
            Table("### 6.3").Select(row => string.Join(" ", row)));
        Assert.All(AnalogTypes.All, one => Assert.Same(one, AnalogTypes.Find(one.Code)));
    }

    [Fact]
    public void Profiles() =>
        Assert.Equal(
            Enum.GetValues<PeerFlags>().Where(one => one != PeerFlags.None).Select(one => $"`{one}`"),
            Table("## 9 Profiles").Select(row => row[0]));

    [Fact]
    public void The_example_is_the_vector_and_says_what_the_reader_reads()
    {
        List<string[]> rows = Table("## 10 An example");
        byte[] bytes = Convert.FromHexString(string.Concat(rows.Select(row => row[1])).Replace(" ", ""));
        Assert.Equal(VectorCase.Of("A11").Bytes, bytes);
        int at = 0;
        foreach (string[] row in rows)
        {
            Assert.Equal($"{at}", row[0]);
            at += row[1].Split(' ').Length;
        }

        FrameReader reader = new();
        reader.Add(bytes);
        Assert.Equal(ReadOutcome.Frame, reader.Read(out Frame frame));
        UnitReader unit = new(frame.Unit);
        Assert.True(unit.Next(out UnitObject one));
        string[] says =
        [
            $"{frame.Sequence}", $"{frame.MainVersion}", $"{frame.UserVersion}", $"{frame.Time}", $"{frame.Source}", $"{frame.Destination}",
            $"{frame.Unit.Length}", $"{(int)frame.Command} {frame.Command}", $"{(int)unit.Type}", $"{unit.Count}", $"{one.Minutes}",
        ];
        Assert.Equal(says, rows.Skip(1).Take(says.Length).Select(row => row[3]));
    }

    [Fact]
    public void Heartbeats_and_limits_have_their_numbers()
    {
        string page = string.Join(' ', s_page);
        Assert.Contains($"user type {Heartbeats.UserType};", page, StringComparison.Ordinal);
        Assert.Contains(
            $"a unit of the single byte {Heartbeats.OneByte:X2}, answered by a unit of {Heartbeats.OneByteAnswer:X2} ", page,
            StringComparison.Ordinal);
        Assert.Contains($"L above {FrameLayout.UnitBytesMax}:", page, StringComparison.Ordinal);
        Assert.Contains($"u16, 0 .. {FrameLayout.UnitBytesMax} ", page, StringComparison.Ordinal);
        foreach (string call in (string[])[nameof(FrameReader.DropFalseStart), nameof(FrameReader.DropStalled)])
        {
            Assert.Contains($"`{call}`", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Reasons_are_explained()
    {
        foreach (string reason in Enum.GetNames<ReadOutcome>().Concat(Enum.GetNames<UnitFault>())
            .Except(["NeedMore", "Frame", "None", "BadVersion", "Empty", "TooShort"], StringComparer.Ordinal))
        {
            Assert.Contains(s_page, line => line.Contains($"`{reason}`", StringComparison.Ordinal));
        }
    }

    private static void NamedBits<T>(IReadOnlyList<string> names)
        where T : struct, Enum
    {
        int named = Enum.GetValues<T>().Count(one => Convert.ToInt32(one, CultureInfo.InvariantCulture) != 0);
        Assert.Equal(named, names.Count(name => name.Length > 0));
    }

    private static string Words(UnitFields fields)
    {
        (UnitFields Field, string Words)[] all =
        [
            (UnitFields.System, "system u8, address u8"), (UnitFields.ComponentType, "component u8"),
            (UnitFields.ComponentAddress, "address 4"), (UnitFields.Status, "status u16"), (UnitFields.ByteStatus, "status u8"),
            (UnitFields.Analog, "analog type u8, value i16"), (UnitFields.Operation, "operation u8, operator u8"),
            (UnitFields.Version, "major u8, minor u8"), (UnitFields.Wanted, "wanted u8"), (UnitFields.Reserved, "reserved u8"),
            (UnitFields.Minutes, "minutes u8"), (UnitFields.FixedText, "text 31"), (UnitFields.CountedText, "length u8, text"),
            (UnitFields.Time, "time 6"),
        ];
        return string.Join(", ", all.Where(one => (fields & one.Field) != UnitFields.None).Select(one => one.Words));
    }

    /// <summary>The rows of the first table below a heading, without its own heads.</summary>
    private static List<string[]> Table(string heading)
    {
        int from = Array.FindIndex(s_page, line => line.StartsWith(heading, StringComparison.Ordinal));
        Assert.True(from >= 0, heading);
        return
        [
            .. s_page.Skip(from).SkipWhile(line => !line.StartsWith('|')).TakeWhile(line => line.StartsWith('|')).Skip(2)
                .Select(line => line.Trim('|', ' ').Split('|').Select(cell => cell.Trim()).ToArray()),
        ];
    }
}
