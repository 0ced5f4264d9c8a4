// Owns: what every board's file must keep to, the line "board" of a settings text, and what counts stand for.
// Must never: know one board better than another, but for the numbers that its data sheet gives.

using System.Text;
using Gateway.Core;
using Gateway.Esp32;
using Gateway.Start;

namespace Gateway.Tests.Hardware;

public sealed class BoardTests : IDisposable
{
    private const string Head = """
        station id=1 county=c township=t village=v name=x
        uplink host=10.0.0.1

        """;

    private readonly TempDrive _drive = new();

    public static TheoryData<string> Names => [.. BoardList.All().Select(board => board.Shape.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_place_is_used_once_and_belongs_to_a_part_that_can_do_it(string name)
    {
        Board board = Named(name);
        List<int> places = [.. board.Inputs, .. board.Outputs];
        if (board.Watchdog >= 0)
        {
            places.Add(board.Watchdog);
        }

        Assert.Equal(places.Count, places.Distinct().Count());
        Assert.All(board.Inputs, place => Assert.True(Reads(board, place), $"{name}: input at {place}"));
        Assert.All(board.Outputs, place => Assert.True(Drives(board, place), $"{name}: output at {place}"));
        Assert.Equal(board.Lines.Length, board.Lines.Distinct().Count());
        Assert.All(board.Lines, line => Assert.True(Place.Part(line) < 0 ? line is >= 0 and <= 9
            : board.PartKinds[Place.Part(line)] == PartKind.Ads1115 && Place.Bit(line) < 4));
        if (board.LineFull is null)
        {
            Assert.True(board.Reference is >= 0 and <= 9 || board.Lines.All(line => Place.Part(line) >= 0));
            Assert.All(board.Lines.Where(line => Place.Part(line) >= 0),
                line => Assert.Equal(Place.Part(line), Place.Part(board.PartReference)));
            Assert.DoesNotContain(board.PartReference, board.Lines);
            Assert.DoesNotContain(board.Reference, board.Lines);
        }
        else
        {
            Assert.Equal(board.Lines.Length, board.LineFull.Length);
        }

        Assert.True(board.Parts == 0 || (board.Data >= 0 && board.Clock >= 0 && board.PartAddresses.Distinct().Count() == board.Parts));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_board_fits_the_bounds_of_the_gateway_and_sounds_a_siren(string name)
    {
        BoardShape shape = Named(name).Shape;
        Assert.InRange(shape.AnalogInputs + shape.DigitalInputs, 1, Limits.InputsMax);
        Assert.InRange(shape.Outputs, 1, Limits.OutputsMax);
        Assert.True(shape.OutputOf[(int)OutputRole.Siren] >= 0 && shape.OutputOf[(int)OutputRole.LampFire] >= 0);
        Assert.InRange(Encoding.UTF8.GetByteCount(name), 1, EspLimits.BoardNameBytesMax - 1);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_pin_keeps_to_the_rules_of_its_chip(string name) => Assert.Empty(BoardRules.Wrong(Named(name)));

    [Theory]
    [InlineData(CarrierS3.Name, "output", 0, 45, "carrier-s3: output 1 is GPIO45, which is read at reset")]
    [InlineData(CarrierS3.Name, "output", 0, 33, "carrier-s3: output 1 is GPIO33, which octal PSRAM has")]
    [InlineData(CarrierS3.Name, "output", 0, 27, "carrier-s3: output 1 is GPIO27, which the flash has")]
    [InlineData(CarrierS3.Name, "input", 0, 19, "carrier-s3: input d1 is GPIO19, which USB has")]
    [InlineData(CarrierS3.Name, "input", 0, 44, "carrier-s3: input d1 is GPIO44, on which the runtime talks without a USB host")]
    [InlineData(CarrierS3.Name, "input", 0, 23, "carrier-s3: input d1 is GPIO23, which this chip does not have")]
    [InlineData(CarrierS3.Name, "input", 0, 11, "carrier-s3: input d1 is GPIO11, which output 1 has already")]
    [InlineData(CarrierS3.Name, "line", 0, 2, "carrier-s3: line a1 is GPIO3, which is read at reset")]
    [InlineData(CarrierS3.Name, "line", 0, 10, "carrier-s3: line a1 is channel 10: the converter that works beside the radio has 0 to 9")]
    [InlineData(CarrierS3.Name, "input", 0, 2, "carrier-s3: line a2 is GPIO2, which input d1 has already")]
    [InlineData(OlimexPoeWrover.Name, "output", 0, 16, "esp32-poe-wrover: output 1 is GPIO16, which PSRAM has")]
    [InlineData(OlimexPoeWrover.Name, "output", 0, 12, "esp32-poe-wrover: output 1 is GPIO12, which the wired network has")]
    [InlineData(OlimexPoeWrover.Name, "output", 0, 25, "esp32-poe-wrover: output 1 is GPIO25, which the wired network has")]
    [InlineData(OlimexPoeWrover.Name, "output", 0, 36, "esp32-poe-wrover: output 1 is GPIO36, which can only be read")]
    [InlineData(OlimexPoeWrover.Name, "output", 0, 15, "esp32-poe-wrover: output 1 is GPIO15, which is read at reset")]
    [InlineData(OlimexPoeWrover.Name, "output", 0, 13, "esp32-poe-wrover: data of the bus is GPIO13, which output 1 has already")]
    [InlineData(OlimexPoeWrover.Name, "input", 0, 1, "esp32-poe-wrover: input d1 is GPIO1, on which the runtime talks")]
    [InlineData(OlimexPoeWrover.Name, "input", 0, 8, "esp32-poe-wrover: input d1 is GPIO8, which the flash has")]
    [InlineData(OlimexPoeWrover.Name, "input", 0, 28, "esp32-poe-wrover: input d1 is GPIO28, which this chip does not have")]
    [InlineData(OlimexPoeWrover.Name, "input", 0, 271,
        "esp32-poe-wrover: input d1 is GPB7 of the MCP23017 at 0x20, which may only be an output")]
    [InlineData(CarrierS3.Name, "input", 4, 263, "carrier-s3: input d5 is GPA7 of the MCP23017 at 0x20, which may only be an output")]
    [InlineData(OlimexPoeWrover.Name, "line", 0, 6, "esp32-poe-wrover: service is GPIO34, which line a1 has already")]
    [InlineData(OlimexPoeWrover.Name, "line", 0, 8,
        "esp32-poe-wrover: line a1 is channel 8: the converter that works beside the radio has 0 to 7")]
    public void A_wrong_pin_is_told_in_a_sentence(string name, string what, int index, int pin, string told)
    {
        Board board = Named(name);
        (what switch { "output" => board.Outputs, "input" => board.Inputs, _ => board.Lines })[index] = pin;
        Assert.Equal([told], BoardRules.Wrong(board));
    }

    [Fact]
    public void Two_parts_at_one_address_and_a_clock_that_is_none_are_told()
    {
        Board board = CarrierS3.Make();
        board.PartAddresses[1] = board.PartAddresses[0];
        board.TimePart = 1;
        Assert.Equal(
            ["carrier-s3: parts 1 and 2 are both at 0x20", "carrier-s3: part 2 keeps no time"], BoardRules.Wrong(board));
    }

    [Fact]
    public void Boards_of_a_chip_have_one_size_of_drive_and_a_text_for_the_ESP32_names_its_board()
    {
        Assert.Single(BoardList.Of(ChipFamily.Esp32S3).Select(board => board.FlashBytes).Distinct());
        Assert.Single(BoardList.Of(ChipFamily.Esp32).Select(board => board.FlashBytes).Distinct());
        BoardShape none = BoardList.ShapeUnnamed(BoardList.Of(ChipFamily.Esp32));
        SettingsErrors errors = new();
        Assert.Null(Parse(Head + "zone 1 kind=valve wiring=no input=d1 name=x\n", errors, none));
        Assert.NotNull(Parse(Head + "board esp32-poe-wrover\nzone 1 kind=valve wiring=no input=d1 name=x\n", errors, none));
        Assert.Same(CarrierS3.Name, BoardList.ShapeUnnamed(BoardList.Of(ChipFamily.Esp32S3)).Name);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_text_names_its_board_and_gets_its_inputs_and_outputs(string name)
    {
        Core.Settings settings = Parse($"{Head}board {name}\nzone 1 kind=valve wiring=no input=d6 name=x\n")!;
        Assert.Equal(name, settings.BoardName);
        Assert.Equal(Named(name).Shape.OutputOf, settings.OutputOf);
        Assert.Equal(Named(name).Shape.AnalogInputs + 5, settings.ZoneInput[0]);
    }

    [Fact]
    public void A_text_without_a_board_is_for_the_carrier() =>
        Assert.Equal(CarrierS3.Name, Parse(Head + "zone 1 kind=callpoint wiring=line input=a1 name=x\n")!.BoardName);

    [Theory]
    [InlineData("board kc868-a16v2", "f:3:7: 第3行第7列：写成 kc868-a16v2，应为 kc868-a16v3")]
    [InlineData("board", "f:3")]
    [InlineData("zone 1 kind=valve wiring=no input=d1 name=x\nboard kc868-a6v3",
        "f:4:1: 第4行第1列：board 写在输入输出之后，应为 写在 zone、output、button 各行之前")]
    [InlineData("board kc868-a6v3\nboard kc868-a6v3", "f:4:1: 第4行第1列：board 写了两次")]
    [InlineData("board kc868-a6v3\nzone 1 kind=callpoint wiring=line input=a3 name=x",
        "f:4:23: 第4行第23列：写成 wiring=line，应为 current（kc868-a6v3 板的 a3）")]
    [InlineData("board kc868-a6v3\nzone 1 kind=valve wiring=no input=d7 name=x", "f:4:29: 第4行第29列：写成 input=d7，应为 开关输入 d1..d6")]
    [InlineData("board kc868-a6v3\noutput buzzer pin=7", "f:4:15: 第4行第15列：写成 pin=7，应为 1..6")]
    public void What_is_wrong_with_a_board_is_told_with_its_place(string text, string told)
    {
        SettingsErrors errors = new();
        Assert.Null(Parse(Head + text + "\n", errors));
        string first = errors.Text(0, "f");
        Assert.StartsWith(told, first, StringComparison.Ordinal);
    }

    [Fact]
    public void A_board_of_another_chip_is_not_known_to_an_application()
    {
        BoardShape shape = CarrierS3.Make().Shape;
        BoardList.Relate(BoardList.Of(ChipFamily.Esp32S3), shape);
        Assert.Null(shape.Named(OlimexPoeWrover.Name));
        Assert.NotNull(shape.Named(Kc868A16V3.Name));
    }

    [Theory]
    [InlineData(4.0, 1212)]
    [InlineData(20.0, 6060)]
    [InlineData(20.5, 6212)]
    public void Current_over_150_ohm_reads_as_over_100(double milliampere, int raw)
    {
        int count = (int)Math.Round(milliampere * 150 / 3100 * 4095);
        Assert.InRange(LineScale.OfCount(2 * count, 2, CountScale.Current150), raw - 8, raw + 8);
    }

    [Fact]
    public void Beyond_the_converters_end_a_reading_is_out_of_range()
    {
        // 21 mA over 150 Ω is 3.15 V: the converter stands at its end, and a value there would be read as a good 20.7 mA.
        Assert.Equal(Limits.RawMax, LineScale.OfCount(2 * 4095, 2, CountScale.Current150));
        Assert.Equal(Limits.RawMax, LineScale.OfCount(2 * 4090, 2, CountScale.Voltage));
        Assert.True(LineScale.OfCount(2 * 4084, 2, CountScale.Current150) < AnalogScale.CurrentGreatest);
    }

    [Theory]
    [InlineData(2180, 2180, 5000)]
    [InlineData(1106, 2180, 2536)]
    [InlineData(4359, 2180, 9997)]
    public void A_line_beside_its_reference_is_a_share_of_the_supply(int count, int reference, int raw) =>
        Assert.InRange(LineScale.OfReference(count, reference, 5000), raw - 2, raw + 2);

    [Fact]
    public void The_drive_keeps_the_boards_name()
    {
        BoardNote note = new(_drive.Root);
        Board[] boards = BoardList.All();
        Assert.Null(note.Read(boards));
        Board board = BoardList.Named(boards, Kc868A16V3.Name);
        Assert.True(note.Write(board, boards));
        Assert.Equal(Kc868A16V3.Name, note.Read(boards).Shape.Name);
        File.WriteAllText(_drive.Full("board.txt"), "carrier-x\n");
        Assert.Null(note.Read(boards));
        File.WriteAllText(_drive.Full("board.txt"), new string('x', 100));
        Assert.Null(note.Read(boards));

        // A board that the next start would not know, a drive that takes bytes without keeping them, and one that takes none.
        Assert.False(note.Write(board, []));
        File.Delete(_drive.Full("board.txt"));
        File.CreateSymbolicLink(_drive.Full("board.txt"), "/dev/null");
        Assert.False(EspFiles.Write(_drive.Full("board.txt"), [1, 2]));
        Assert.False(note.Write(board, boards));
        File.Delete(_drive.Full("board.txt"));
        Directory.CreateDirectory(_drive.Full("board.txt"));
        Assert.False(note.Write(board, boards));
    }

    [Fact]
    public void TLS_on_a_board_without_a_watchdog_needs_a_word_in_the_settings()
    {
        File.WriteAllText(_drive.Full("ca.pem"), "-----BEGIN CERTIFICATE-----\n");
        TechnicianNotes notes = new();
        TlsFiles tls = TlsFiles.Load(_drive.Root, notes)!;
        const string zone = "zone 1 kind=valve wiring=no input=d1 name=x\n";
        Core.Settings bare = Parse(Head + "board kc868-a6v3\n" + zone)!;
        Core.Settings known = Parse(Head.Replace("10.0.0.1", "10.0.0.1 tlsWithoutWatchdog=yes", StringComparison.Ordinal)
            + "board kc868-a6v3\n" + zone)!;
        Assert.True(tls.MayUse(CarrierS3.Make(), bare, notes));
        Assert.True(tls.MayUse(Kc868A6V3.Make(), known, notes));
        Assert.Equal(0, notes.Count);
        Assert.False(tls.MayUse(Kc868A6V3.Make(), bare, notes));
        Assert.Equal(1, notes.Count);
    }

    public void Dispose() => _drive.Dispose();

    private static Board Named(string name) => BoardList.Named(BoardList.All(), name);

    private static Core.Settings? Parse(string text) => Parse(text, new SettingsErrors());

    private static Core.Settings? Parse(string text, SettingsErrors errors, BoardShape? from = null)
    {
        BoardShape shape = from ?? BoardList.ShapeUnnamed(BoardList.All());
        byte[] bytes = Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n"));
        return SettingsParser.Parse(bytes, bytes.Length, shape, errors);
    }

    private static bool Reads(Board board, int place) => Place.Part(place) < 0 || board.PartKinds[Place.Part(place)] switch
    {
        PartKind.Pcf8574 => Place.Bit(place) < 8,
        PartKind.Mcp23017 => Place.Bit(place) is >= 8 and < 15,
        _ => false,
    };

    private static bool Drives(Board board, int place) => Place.Part(place) < 0 || board.PartKinds[Place.Part(place)] switch
    {
        PartKind.Pcf8574 or PartKind.Mcp23017 => Place.Bit(place) < 8,
        _ => false,
    };
}
