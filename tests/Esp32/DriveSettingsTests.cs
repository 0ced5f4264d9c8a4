// Owns: the way of settings.txt into the store, and what the technician is told.
// Must never: know the grammar of settings beyond one right and one wrong text.

using System.Text;
using Gateway.Core;
using Gateway.Esp32;
using Gateway.Start;

namespace Gateway.Tests.Hardware;

public sealed class DriveSettingsTests : IDisposable
{
    private const string Good =
        "station id=1 county=c township=t village=v name=一\nuplink host=h\n" +
        "zone 1 kind=callpoint wiring=line input=a1 name=n\n";
    private const string Other =
        "station id=2 county=c township=t village=v name=二\nuplink host=h\n" +
        "zone 1 kind=callpoint wiring=line input=a8 name=n\n";
    private const string Wrong =
        "station id=3 county=c township=t village=v name=三\nuplink host=h\n" +
        "zone 1 kind=callpoint wiring=line input=a12 name=n\n";

    private readonly TempDrive _drive = new();

    [Fact]
    public void A_good_text_becomes_the_settings_and_is_taken_away()
    {
        Put(Good);
        Assert.Equal(1u, Load()!.Station);
        Assert.False(File.Exists(Wish));
        Assert.Equal(1u, Load()!.Station);
        Assert.Equal("", Errors());
    }

    [Fact]
    public void A_wrong_text_stays_changes_nothing_and_is_explained()
    {
        Put(Good);
        Load();
        Put(Wrong);
        Assert.Equal(1u, Load()!.Station);
        Assert.True(File.Exists(Wish));
        Assert.Contains("settings.txt:3:", Errors(), StringComparison.Ordinal);
        Assert.Contains("a1..a11", Errors(), StringComparison.Ordinal);

        Put(Other);
        Assert.Equal(2u, Load()!.Station);
        Assert.Equal("", Errors());
    }

    [Fact]
    public void Without_any_good_text_there_are_no_settings_and_that_is_said()
    {
        Assert.Null(Load());
        Assert.Contains("no good settings", Errors(), StringComparison.Ordinal);
        Put(Wrong);
        Assert.Null(Load());
    }

    /// <summary>A start needs the most memory while it reads this file: with a buffer for the longest text that was 16 KiB more.</summary>
    [Fact]
    public void A_text_is_read_into_a_buffer_of_its_own_size()
    {
        Put(Good);
        Load();
        Put(Wrong);
        Load();

        // The parser reads the stored text too: the file's costs the same again, and its buffer.
        long before = GC.GetAllocatedBytesForCurrentThread();
        Load();
        long both = GC.GetAllocatedBytesForCurrentThread() - before;
        SettingsTrial trial = new(_drive.Flash(), CarrierS3.Make().Shape);
        before = GC.GetAllocatedBytesForCurrentThread();
        trial.Choose(new SettingsErrors());
        long stored = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.InRange(both - (2 * stored), long.MinValue, Limits.SettingsBytesMax / 2);
    }

    [Fact]
    public void An_old_text_that_is_put_there_again_is_a_new_wish()
    {
        foreach (string text in (string[])[Good, Other, Good])
        {
            Put(text);
            Assert.Equal(text == Good ? 1u : 2u, Load()!.Station);
        }

        Assert.Equal(1u, Load()!.Station);
    }

    [Fact]
    public void A_power_cut_before_the_file_is_gone_takes_it_in_once_only()
    {
        Put(Good);
        Load();
        int files = Directory.GetFiles(_drive.Full("s")).Length;
        Put(Good);
        Assert.Equal(1u, Load()!.Station);
        Assert.Equal(files, Directory.GetFiles(_drive.Full("s")).Length);
        Assert.False(File.Exists(Wish));
    }

    [Fact]
    public void A_text_beyond_the_bound_is_refused_with_its_size()
    {
        File.WriteAllBytes(Wish, new byte[Limits.SettingsBytesMax + 1]);
        Assert.Null(Load());
        Assert.Contains($"{Limits.SettingsBytesMax + 1} bytes", Errors(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_store_falls_back_to_the_text_before()
    {
        Put(Good);
        Load();
        Put(Other);
        Load();
        string newest = Directory.GetFiles(_drive.Full("s"), "00*").Max(StringComparer.Ordinal)!;
        byte[] bytes = File.ReadAllBytes(newest);
        bytes[^2] ^= 1;
        File.WriteAllBytes(newest, bytes);
        Assert.Equal(1u, Load()!.Station);
        Assert.Contains("damaged", Errors(), StringComparison.Ordinal);
    }

    [Fact]
    public void When_the_store_refuses_a_good_text_is_used_from_its_own_file()
    {
        // A file in place of the folder: nothing can be appended.
        EspFlash flash = new(_drive.Full("none") + Path.DirectorySeparatorChar, CarrierS3.FlashBytes);
        Put(Good);
        TechnicianNotes notes = new();
        Assert.Equal(1u, DriveSettings.Load(_drive.Root, new SettingsTrial(flash, CarrierS3.Make().Shape), notes)!.Station);
        Assert.True(File.Exists(Wish));
        Assert.Equal(1, notes.Count);
    }

    public void Dispose() => _drive.Dispose();

    private string Wish => _drive.Full("settings.txt");

    private void Put(string text) => File.WriteAllText(Wish, text, new UTF8Encoding(false));

    private string Errors() => File.Exists(_drive.Full("settings.err")) ? File.ReadAllText(_drive.Full("settings.err")) : "";

    private Core.Settings? Load()
    {
        TechnicianNotes notes = new();
        Core.Settings? settings = DriveSettings.Load(_drive.Root, new SettingsTrial(_drive.Flash(), CarrierS3.Make().Shape), notes);
        notes.Save(_drive.Root);
        return settings;
    }
}
