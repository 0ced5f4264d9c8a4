// Owns: how a settings file comes into force, and what stays when it is wrong.
// Must never: test the parser itself; that is Core's.

using System.Text;
using Gateway.Contract;
using Gateway.Core;
using Gateway.Pc.Flash;
using Gateway.Pc.Run;
using Gateway.Start;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Pc.Tests;

public sealed class SettingsFileTests : IDisposable
{
    private const string Good =
        "station id=7 county=c township=t village=v name=n\nuplink host=h\nzone 1 kind=smoke wiring=no unsupervised=yes input=d1 name=z\n";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Good_file_is_stored_and_comes_back_without_the_file()
    {
        var flash = new PcFlash(_folder.Path);
        SettingsInForce taken = SettingsFile.TakeOver(_folder.Write("settings.txt", Good), flash);
        Assert.Empty(taken.Errors);
        SettingsInForce stored = SettingsFile.TakeOver(path: null, new PcFlash(_folder.Path));
        Assert.Equal(taken.Settings!.TextCrc, stored.Settings!.TextCrc);
    }

    [Fact]
    public void Same_file_is_not_written_again()
    {
        var flash = new PcFlash(_folder.Path);
        string path = _folder.Write("settings.txt", Good);
        SettingsFile.TakeOver(path, flash);
        SettingsFile.TakeOver(path, flash);
        Assert.Equal(1, new SettingsStore(flash).Find());
        SettingsFile.TakeOver(_folder.Write("settings.txt", Good + "# changed\n"), flash);
        Assert.Equal(2, new SettingsStore(flash).Find());
    }

    [Theory]
    [InlineData("station id=7 county=c township=t village=v name=n\nuplink host=h\nzone 1 kind=smok wiring=no input=d1 name=z\n",
        ":3:8: ", "callpoint")]
    [InlineData("", ":0:0: ", "station id=")]
    public void Wrong_file_leaves_the_last_good_settings_in_force(string wrong, string place, string allowed)
    {
        var flash = new PcFlash(_folder.Path);
        SettingsFile.TakeOver(_folder.Write("good.txt", Good), flash);
        string path = _folder.Write("wrong.txt", wrong);
        SettingsInForce inForce = SettingsFile.TakeOver(path, flash);
        Assert.Equal(7u, inForce.Settings!.Station);
        Assert.StartsWith(path + place, inForce.Errors[0]);
        Assert.Contains(allowed, inForce.Errors[0]);
    }

    [Fact]
    public void With_nothing_good_the_station_is_visibly_not_configured()
    {
        var flash = new PcFlash(_folder.Path);
        SettingsInForce inForce = SettingsFile.TakeOver(_folder.Write("wrong.txt", "dance\n"), flash);
        Assert.Null(inForce.Settings);
        var station = new Station(new StationParts
        {
            Settings = null,
            Flash = flash,
            Link = new ClosedLink(),
            Key = null,
            Clock = new MonotonicClock(new ManualTimer()),
            NewEpoch = 7,
        });
        station.Tick();
        Assert.Equal(Pattern.Blink, station.Loop.Outputs.PatternOf(OutputRole.LampFault));
        Assert.False(Snapshot.Of(station, []).Configured);
        Assert.Equal(0, flash.List((FlashArea)Lane.Fire, []));
    }

    [Fact]
    public void File_that_stays_where_it_is_does_not_undo_what_came_since()
    {
        var flash = new PcFlash(_folder.Path);
        string path = _folder.Write("settings.txt", Good);
        SettingsFile.TakeOver(path, flash);
        byte[] newer = Encoding.UTF8.GetBytes(Good + "# from the county\n");
        Assert.True(new SettingsTrial(flash, Board.VirtualBoard.Shape()).Take(newer, newer.Length));
        Assert.Equal(Crc32.Of(newer, 0, newer.Length), SettingsFile.TakeOver(path, flash).Settings!.TextCrc);
        SettingsInForce changed = SettingsFile.TakeOver(_folder.Write("settings.txt", Good + "# mine\n"), flash);
        Assert.NotEqual(Crc32.Of(newer, 0, newer.Length), changed.Settings!.TextCrc);

        // With nothing stored the file is a wish again.
        foreach (string file in Directory.GetFiles(Path.Combine(_folder.Path, "settings"), "*.bin"))
        {
            File.Delete(file);
        }

        Assert.Equal(changed.Settings.TextCrc, SettingsFile.TakeOver(path, flash).Settings!.TextCrc);
    }

    [Fact]
    public void Good_file_that_the_folder_refuses_is_used_all_the_same_and_that_is_said()
    {
        // A file in place of the folder: nothing can be appended.
        var flash = new PcFlash(_folder.Path);
        Directory.Delete(Path.Combine(_folder.Path, "settings"));
        _folder.Write("settings", "");
        SettingsInForce inForce = SettingsFile.TakeOver(_folder.Write("settings.txt", Good), flash);
        Assert.Equal(7u, inForce.Settings!.Station);
        Assert.Contains("the store did not take the settings", Assert.Single(inForce.Errors));
    }

    [Fact]
    public void What_is_exported_is_the_file_byte_for_byte()
    {
        var flash = new PcFlash(_folder.Path);
        Assert.Null(SettingsFile.Export(flash));
        string path = _folder.Write("settings.txt", "\uFEFF# 注释\r\n" + Good + "\r\n# end without a line feed");
        Assert.Empty(SettingsFile.TakeOver(path, flash).Errors);
        byte[] text = SettingsFile.Export(flash)!;
        Assert.Equal(File.ReadAllBytes(path), text);
        SettingsFile.TakeOver(_folder.Write("again.txt", ""), flash);
        File.WriteAllBytes(path, text);
        Assert.Empty(SettingsFile.TakeOver(path, flash).Errors);
        Assert.Equal(text, SettingsFile.Export(flash));
        Assert.Equal(1, new SettingsStore(flash).Find());
    }

    [Fact]
    public void Damaged_store_is_reported_lost()
    {
        var flash = new PcFlash(_folder.Path);
        SettingsFile.TakeOver(_folder.Write("settings.txt", Good), flash);
        string file = Directory.GetFiles(Path.Combine(_folder.Path, "settings"), "00000*").Single();
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..^5]);
        SettingsInForce inForce = SettingsFile.TakeOver(path: null, flash);
        Assert.Null(inForce.Settings);
        Assert.Equal(2, inForce.Errors.Count);
        Assert.Contains("damaged", inForce.Errors[0]);
        Assert.Contains("no good settings", inForce.Errors[1]);
    }
}
