// Owns: what the outputs of a board do from a restart to the first tick.
// Must never: set an output but through a board that starts.

using System.Device.Gpio;
using System.Text;
using Gateway.Contract;
using Gateway.Core;
using Gateway.Esp32;
using Gateway.Start;

namespace Gateway.Tests.Hardware;

public sealed class StartLevelsTests : IDisposable
{
    private const string Head = """
        station id=1 county=c township=t village=v name=x
        uplink host=10.0.0.1

        """;

    private const string Zones = """
        zone 1 kind=smoke wiring=no unsupervised=yes input=d1 name=x
        zone 2 kind=valve wiring=no input=d2 name=y
        button silence input=d3
        button reset input=d4

        """;

    private const int Siren = 11;
    private const int Strobe = 12;
    private const int Relay1 = 13;
    private const int Relay2 = 14;
    private const int Smoke = 15;
    private const int Valve = 16;
    private const int Silence = 17;
    private const int ResetKey = 18;

    private readonly TempDrive _drive = new();
    private readonly SimBus _bus = new();
    private string _text = Head + Zones;
    private Board _board = CarrierS3.Make();
    private EspBoard? _esp;
    private MainLoop? _loop;
    private long _nowMs;

    public StartLevelsTests() => ChipPins.Reset();

    [Fact]
    public void A_siren_that_sounded_sounds_as_soon_as_its_pin_is_opened()
    {
        Run();
        Hold(Smoke);
        Assert.True(ChipPins.IsHigh(Siren));

        // The chip restarts and keeps its pins; nothing ticks yet.
        ChipPins.Story.Clear();
        Open();
        Assert.True(ChipPins.IsHigh(Siren), "the siren is silent until the log is read");
        Assert.True(ChipPins.IsHigh(Strobe) && ChipPins.IsHigh(Relay1) && ChipPins.IsHigh(Relay2));
        int opened = ChipPins.Story.IndexOf($"{Siren}=0");
        Assert.Equal($"{Siren}=1", ChipPins.Story[opened + 1]);

        // And the first ticks change nothing of it.
        ChipPins.Story.Clear();
        Begin();
        Tick(50);
        Assert.DoesNotContain($"{Siren}=0", ChipPins.Story);
        Assert.True(StartLevels.FireIn(Peek()));
    }

    [Fact]
    public void A_silenced_siren_stays_silent_and_the_strobe_goes_on()
    {
        Run();
        Hold(Smoke);
        Press(Silence);
        Open();
        Assert.False(ChipPins.IsHigh(Siren));
        Assert.True(ChipPins.IsHigh(Strobe));
    }

    [Fact]
    public void After_a_reset_nothing_comes_back()
    {
        Run();
        Hold(Smoke);
        ChipPins.Set(Smoke, true);
        Tick(100);
        Press(ResetKey);
        Assert.False(ChipPins.IsHigh(Siren));
        Open();
        Assert.False(ChipPins.IsHigh(Siren) || ChipPins.IsHigh(Strobe) || ChipPins.IsHigh(Relay1));
        Assert.False(StartLevels.FireIn(Peek()));
    }

    [Fact]
    public void A_drill_is_not_taken_up_as_a_fire()
    {
        Run();
        Assert.Equal(CommandOutcome.Done, _loop!.Panel.Commands.Run(CommandCode.Drill, 10, 1, _nowMs));
        Hold(Smoke);

        // A restart in the middle of a drill's sign.
        for (int i = 0; i < 200 && !ChipPins.IsHigh(Siren); i++)
        {
            Tick(1);
        }

        Assert.True(ChipPins.IsHigh(Siren));
        Open();
        Assert.False(ChipPins.IsHigh(Siren));
        Assert.False(StartLevels.FireIn(Peek()));
    }

    [Fact]
    public void An_output_that_a_rule_holds_goes_on()
    {
        _text = Head + Zones.Replace("button silence", "rule 1 if active:z2 then relay1:hold\nbutton silence", StringComparison.Ordinal);
        Run();
        Hold(Valve);
        Assert.True(ChipPins.IsHigh(Relay1));
        Open();
        Assert.True(ChipPins.IsHigh(Relay1));
        Assert.False(ChipPins.IsHigh(Siren));
    }

    [Fact]
    public void An_output_that_rests_at_high_rests_so_through_a_restart()
    {
        _text = Head + Zones + "output relay1 pin=3 active=low\n";
        Run();
        Tick(50);
        Assert.True(ChipPins.IsHigh(Relay1));
        Open();
        Assert.True(ChipPins.IsHigh(Relay1));
    }

    [Fact]
    public void Another_board_begins_with_everything_off()
    {
        Run();
        Hold(Smoke);
        Assert.NotEqual(0, Levels(CarrierS3.Name));
        Assert.Equal(0, Levels(Kc868A6V3.Name));
    }

    [Fact]
    public void A_journal_that_is_not_whole_gives_no_levels()
    {
        Run();
        Hold(Smoke);
        string file = Directory.GetFiles(_drive.Full("j"), "*.seg").Single();
        using (FileStream journal = new(file, FileMode.Append))
        {
            journal.WriteByte(7);
        }

        Assert.Equal(0, Levels(CarrierS3.Name));
    }

    [Fact]
    public void Looking_at_the_journal_changes_no_file()
    {
        Run();
        Hold(Smoke);
        string[] before = Files();
        Peek();
        Assert.Equal(before, Files());
    }

    [Fact]
    public void An_expander_after_a_power_cut_begins_with_what_was_on()
    {
        _board = Kc868A6V3.Make();
        SimPcf8574 outputs = _bus.Add(0x24, new SimPcf8574());
        SimPcf8574 inputs = _bus.Add(0x22, new SimPcf8574());
        _text = Head + "board kc868-a6v3\nzone 1 kind=smoke wiring=no unsupervised=yes input=d1 name=x\n";
        Run();
        Tick(50);
        inputs.Outside = 0xFE;
        Tick(50);
        Assert.Equal(0, outputs.Latch & 1);
        outputs.Reset();
        outputs.Story.Clear();
        Open();
        _esp!.ReadInputs(new int[Limits.InputsMax]);
        _esp.ReadInputs(new int[Limits.InputsMax]);
        Assert.Equal(0, Convert.ToInt32(outputs.Story[0], 16) & 1);
    }

    [Fact]
    public void A_level_that_was_kept_under_another_text_is_not_used()
    {
        _text = Head + Zones.Replace("button silence", "rule 1 if active:z2 then relay1:hold\nbutton silence", StringComparison.Ordinal);
        Run();
        Hold(Valve);
        Assert.True(ChipPins.IsHigh(Relay1));
        string other = _text + "output siren pin=3\noutput relay1 pin=1\n";

        // A text that is still arriving, or was refused, is none.
        Store(other, wanted: false);
        Assert.NotEqual(0, Levels(CarrierS3.Name));

        // One that is wanted makes the siren's output of what was a relay's: it must not sound until the log says so.
        Store(other, wanted: true);
        ChipPins.Story.Clear();
        Open();
        Assert.DoesNotContain($"{Relay1}=1", ChipPins.Story);
        _text = other;
        Begin();
        Tick(50);
        Assert.DoesNotContain($"{Relay1}=1", ChipPins.Story);
        Assert.True(ChipPins.IsHigh(Siren), "the relay that the rule holds");

        // A trial that has used its starts up is given up by the next, and so are its levels.
        SettingsStore store = new(_drive.Flash());
        int newest = store.Number(store.Find() - 1);
        Assert.NotEqual(0, Levels(CarrierS3.Name));
        for (int start = 0; start < Limits.SettingsStartsMax; start++)
        {
            Assert.True(store.Mark(newest, (SettingsMark)((int)SettingsMark.Start + start)));
        }

        Assert.Equal(0, Levels(CarrierS3.Name));
    }

    [Fact]
    public void Levels_of_another_text_that_came_by_the_drive_end_once_it_is_read()
    {
        Run();
        Hold(Smoke);
        Assert.True(ChipPins.IsHigh(Siren));
        Open();
        Assert.True(StartLevels.Fit(Peek(), Crc()));
        _text += "# another text\n";
        Assert.False(StartLevels.Fit(Peek(), Crc()));
        _esp!.AllOff();
        Assert.False(ChipPins.IsHigh(Siren) || ChipPins.IsHigh(Strobe) || ChipPins.IsHigh(Relay1));
    }

    [Fact]
    public void A_cut_between_the_levels_and_their_text_uses_neither()
    {
        Run();
        Hold(Smoke);
        string other = _text + "# another text\n";
        Store(other, wanted: true);
        _text = other;
        Open();
        Begin();
        string file = _drive.Full(Path.Combine("j", Path.GetFileName(Directory.GetFiles(_drive.Full("j"), "*.seg").Single())));
        long whole = new FileInfo(file).Length;
        Tick(50);
        byte[] after = File.ReadAllBytes(Directory.GetFiles(_drive.Full("j"), "*.seg").Single());
        Assert.True(after.Length > whole);
        for (long cut = whole; cut < after.Length; cut += Limits.JournalEntryBytes)
        {
            File.WriteAllBytes(file, after[..(int)cut]);
            bool fits = StartLevels.Fit(Peek(), Crc());
            Assert.True(fits || Levels(CarrierS3.Name) == 0);
            Assert.True(!fits || (Levels(CarrierS3.Name) & 1) == 1, $"the siren is off after a cut at {cut}");
        }
    }

    [Fact]
    public void A_kept_level_of_an_output_that_the_settings_no_longer_name_ends_with_the_start()
    {
        _text = Head + Zones.Replace("button silence", "rule 1 if active:z2 then relay2:hold\nbutton silence", StringComparison.Ordinal);
        Run();
        Hold(Valve);
        Assert.True(ChipPins.IsHigh(Relay2));
        Open();
        Assert.True(ChipPins.IsHigh(Relay2));
        _text = Head + Zones + "output siren pin=1\noutput lamp-fire pin=6\n";
        Begin();
        Tick(5);
        Assert.False(ChipPins.IsHigh(Relay2), "an output of nobody stays on");
    }

    [Fact]
    public void A_box_whose_settings_are_lost_shows_it_on_lamps_of_parts_and_ends_what_they_kept()
    {
        _board = Kc868A6V3.Make();
        SimPcf8574 outputs = _bus.Add(0x24, new SimPcf8574());
        _bus.Add(0x22, new SimPcf8574());
        outputs.Take([0xFE]);
        outputs.Story.Clear();
        Open();
        Begin(null);
        Tick(400);
        Assert.Equal(1, outputs.Latch & 1);
        Assert.Contains(outputs.Story, written => (Convert.ToInt32(written, 16) & 0x20) == 0);
        Assert.Contains(outputs.Story, written => (Convert.ToInt32(written, 16) & 0x20) != 0);
    }

    public void Dispose() => _drive.Dispose();

    /// <summary>As the device's program does first: the board, with what the journal says.</summary>
    private void Open() => _esp = new EspBoard(_board, _bus, Levels(_board.Shape.Name));

    private int Levels(string board) => StartLevels.Of(Peek(), board, _drive.Flash());

    private Journal Peek()
    {
        Journal journal = new(_drive.Flash());
        journal.Peek();
        return journal;
    }

    private uint Crc()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(_text);
        return Crc32.Of(bytes, 0, bytes.Length);
    }

    /// <summary>As the county's push or the technician's file leaves it.</summary>
    private void Store(string text, bool wanted)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        SettingsStore store = new(_drive.Flash());
        store.Find();
        int keep = store.Keepsake(new byte[Limits.SettingsBytesMax]);
        int number = store.Begin(bytes.Length, Crc32.Of(bytes, 0, bytes.Length), keep);
        Assert.True(number > 0 && store.Add(number, bytes, 0, bytes.Length));
        Assert.True(!wanted || store.Mark(number, SettingsMark.TechnicianWants));
    }

    private void Run()
    {
        Store(_text, wanted: true);
        Open();
        Begin();
        Tick(50);
    }

    private void Begin()
    {
        Board[] boards = BoardList.All();
        BoardShape shape = BoardList.Named(boards, BoardList.Unnamed).Shape;
        BoardList.Relate(boards, shape);
        byte[] bytes = Encoding.UTF8.GetBytes(_text.ReplaceLineEndings("\n"));
        SettingsErrors errors = new();
        Core.Settings? settings = SettingsParser.Parse(bytes, bytes.Length, shape, errors);
        Assert.True(settings is not null, settings is null ? errors.Text(0, "f") : "");
        Begin(settings);
    }

    private void Begin(Core.Settings? settings)
    {
        _nowMs = 0;
        Ports ports = new()
        {
            Board = _esp,
            Shape = _board.Shape,
            Flash = _drive.Flash(),
            Link = new ClosedLink(),
            Key = new EspMac(new byte[Mac.KeyBytes]),
            Firmware = "test",
        };
        _loop = new MainLoop(ports, settings, 7, 0);
        _esp!.Use(_loop.Settings);
    }

    private void Tick(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _nowMs += Limits.TickMs;
            _loop!.Tick(_nowMs);
        }
    }

    private void Hold(int pin)
    {
        ChipPins.Set(pin, false);
        Tick(100);
    }

    private void Press(int pin)
    {
        Hold(pin);
        ChipPins.Set(pin, true);
        Tick(50);
    }

    private string[] Files() =>
        [.. Directory.GetFiles(_drive.Root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => file + new FileInfo(file).Length)];
}
