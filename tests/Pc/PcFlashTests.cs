// Owns: what the files of the PC keep of the flash's promises.
// Must never: look at more than one process could: durability against a power cut is the disk's.

using System.Runtime.Versioning;
using Gateway.Contract;
using Gateway.Core;
using Gateway.Pc.Flash;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Pc.Tests;

public sealed class PcFlashTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Appended_bytes_are_there_for_the_next_process()
    {
        var flash = new PcFlash(_folder.Path);
        Assert.True(flash.Append(FlashArea.Journal, 5, [1, 2, 3, 4], 1, 2));
        Assert.True(flash.Append(FlashArea.Journal, 5, [9], 0, 1));

        var next = new PcFlash(_folder.Path);
        var bytes = new byte[8];
        Assert.Equal(3, next.Length(FlashArea.Journal, 5));
        Assert.Equal(3, next.Read(FlashArea.Journal, 5, 0, bytes, 2, 6));
        Assert.Equal([0, 0, 2, 3, 9, 0, 0, 0], bytes);
    }

    [Fact]
    public void Read_gives_what_is_left_behind_its_place()
    {
        var flash = new PcFlash(_folder.Path);
        flash.Append(FlashArea.Kept, 1, [1, 2, 3], 0, 3);
        var bytes = new byte[4];
        Assert.Equal(1, flash.Read(FlashArea.Kept, 1, 2, bytes, 0, 4));
        Assert.Equal(0, flash.Read(FlashArea.Kept, 1, 3, bytes, 0, 4));
        Assert.Equal(-1, flash.Read(FlashArea.Kept, 2, 0, bytes, 0, 4));
    }

    [Fact]
    public void Areas_do_not_mix_and_numbers_have_32_bits()
    {
        var flash = new PcFlash(_folder.Path);
        flash.Append((FlashArea)Lane.Fire, 1, [1], 0, 1);
        flash.Append((FlashArea)1, unchecked((int)0xFFFFFFFE), [1], 0, 1);
        flash.Append((FlashArea)1, 1, [1], 0, 1);
        var numbers = new int[1];
        Assert.Equal(1, flash.List((FlashArea)Lane.Fire, numbers));
        Assert.Equal(2, flash.List((FlashArea)1, numbers));
        Assert.Equal(0, flash.List((FlashArea)2, numbers));
        Assert.Equal(1, flash.Length((FlashArea)1, -2));
    }

    [Fact]
    public void Deleting_what_never_was_is_good()
    {
        var flash = new PcFlash(_folder.Path);
        flash.Append((FlashArea)3, 1, [1], 0, 1);
        Assert.True(flash.Delete((FlashArea)3, 1));
        Assert.True(flash.Delete((FlashArea)3, 1));
        Assert.Equal(-1, flash.Length((FlashArea)3, 1));
    }

    [Fact]
    public void Files_of_others_are_neither_listed_nor_reset()
    {
        var flash = new PcFlash(_folder.Path);
        flash.Append((FlashArea)Lane.Fire, 1, [1], 0, 1);
        string note = _folder.Write("note.txt", "mine");
        string odd = _folder.Write("fire/README", "mine");
        Assert.Equal(1, flash.List((FlashArea)Lane.Fire, new int[4]));
        PcFlash.Reset(_folder.Path);
        Assert.True(File.Exists(note));
        Assert.False(File.Exists(odd));
    }

    [Fact]
    public void Append_that_the_disk_refuses_says_so()
    {
        var flash = new PcFlash(_folder.Path);

        // A folder where the file should be refuses root too.
        Directory.CreateDirectory(Path.Combine(_folder.Path, "fire", "0000000001.bin"));
        Assert.False(flash.Append((FlashArea)Lane.Fire, 1, [1], 0, 1));
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public void State_is_its_owner_s_alone()
    {
        string path = Path.Combine(_folder.Path, "state");
        using StateFolder state = new(path, reset: false);
        PcFlash flash = new(path) { SettingsTaken = 7 };
        Assert.True(flash.Append((FlashArea)Lane.Fire, 1, [1], 0, 1));
        Assert.Equal(7u, flash.SettingsTaken);
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.All(Directory.GetFiles(path, "*", SearchOption.AllDirectories), file => Assert.Equal(Owner, File.GetUnixFileMode(file)));
        Assert.All(
            Directory.GetDirectories(path, "*", SearchOption.AllDirectories).Append(path),
            folder => Assert.Equal(Owner | UnixFileMode.UserExecute, File.GetUnixFileMode(folder)));
    }

    [Fact]
    public void One_folder_serves_one_gateway()
    {
        string path = Path.Combine(_folder.Path, "state");
        using (new StateFolder(path, reset: false))
        {
            IOException e = Assert.Throws<IOException>(() => new StateFolder(path, reset: false));
            Assert.Contains("in use by another gateway-pc", e.Message);
        }

        new StateFolder(path, reset: true).Dispose();
    }

    [Fact]
    public void Log_cut_inside_a_record_keeps_the_records_before_and_reports_the_loss()
    {
        using var rig = new Rig(settings: null, county: false);
        rig.Play("press 1\nexpect event fire-alarm zone 1\nrelease 1\nexpect event fire-restored zone 1");
        string file = Directory.GetFiles(Path.Combine(rig.Folder, "fire")).Single();
        using (FileStream cut = File.OpenWrite(file))
        {
            cut.SetLength(cut.Length - 10);
        }

        rig.Restart();
        Assert.NotEqual(ZoneSet.None, rig.Station.Loop.Panel.Latched);
        Contract.EventRecord kept = rig.Station.Tail.Traces.Single(t => t.Record.LaneNumber == Contract.Lane.Fire).Record;
        Assert.Equal(Contract.EventKind.FireAlarm, kept.Kind);
        rig.Play("expect event loss");
    }
}
