// Owns: the rules of Core's flash port, held by the device's adapter on a real file system.
// Must never: claim anything of littlefs itself.

using Gateway.Contract;
using Gateway.Core;
using Gateway.Esp32;
using Gateway.Start;
using Gateway.Tests.Support;

namespace Gateway.Tests.Hardware;

public sealed class EspFlashTests : IDisposable
{
    private readonly TempDrive _drive = new();
    private readonly EspFlash _flash;

    public EspFlashTests() => _flash = _drive.Flash();

    [Fact]
    public void What_is_appended_is_read_back_from_any_place()
    {
        Assert.True(_flash.Append(FlashArea.Journal, 7, [9, 1, 2, 3, 9], 1, 3));
        Assert.True(_flash.Append(FlashArea.Journal, 7, [4, 5], 0, 2));
        Assert.Equal(5, _flash.Length(FlashArea.Journal, 7));
        byte[] into = new byte[6];
        Assert.Equal(4, _flash.Read(FlashArea.Journal, 7, 1, into, 2, 4));
        Assert.Equal([0, 0, 2, 3, 4, 5], into);
        Assert.Equal(0, _flash.Read(FlashArea.Journal, 7, 5, into, 0, 4));
    }

    [Fact]
    public void Files_are_named_by_area_and_number()
    {
        Assert.True(_flash.Append((FlashArea)Lane.Fire, 0x1A, [1], 0, 1));
        Assert.True(File.Exists(_drive.Full(Path.Combine("f", "0000001a.seg"))));
    }

    [Fact]
    public void Every_number_of_32_bits_comes_back_from_the_list()
    {
        int[] numbers = [1, 0x7FFFFFFF, unchecked((int)0xFFFFFFFE), unchecked((int)0x80000000)];
        foreach (int number in numbers)
        {
            Assert.True(_flash.Append((FlashArea)Lane.Routine, number, [1], 0, 1));
        }

        int[] found = new int[4];
        Assert.Equal(4, _flash.List((FlashArea)Lane.Routine, found));
        Assert.Equal(numbers.Order(), found.Order());
    }

    [Fact]
    public void A_list_counts_also_what_does_not_fit()
    {
        for (int number = 1; number <= 5; number++)
        {
            Assert.True(_flash.Append((FlashArea)Lane.Condition, number, [1], 0, 1));
        }

        Assert.Equal(5, _flash.List((FlashArea)Lane.Condition, new int[2]));
    }

    [Theory]
    [InlineData("0000001a.tmp")]
    [InlineData("0000001g.seg")]
    [InlineData("1a.seg")]
    [InlineData("notes.txt")]
    public void Foreign_files_are_not_listed(string name)
    {
        File.WriteAllText(_drive.Full(Path.Combine("k", name)), "x");
        Assert.Equal(0, _flash.List(FlashArea.Kept, new int[4]));
    }

    [Fact]
    public void An_absent_file_has_no_length_and_no_bytes_and_is_deleted_already()
    {
        Assert.Equal(-1, _flash.Length(FlashArea.Settings, 3));
        Assert.Equal(-1, _flash.Read(FlashArea.Settings, 3, 0, new byte[4], 0, 4));
        Assert.True(_flash.Delete(FlashArea.Settings, 3));
    }

    [Fact]
    public void A_deleted_file_is_gone()
    {
        Assert.True(_flash.Append(FlashArea.Settings, 3, [1, 2], 0, 2));
        Assert.True(_flash.Delete(FlashArea.Settings, 3));
        Assert.Equal(-1, _flash.Length(FlashArea.Settings, 3));
        Assert.Equal(0, _flash.List(FlashArea.Settings, new int[1]));
    }

    [Fact]
    public void Without_its_folder_every_call_fails_and_none_throws()
    {
        EspFlash flash = new(_drive.Full("absent") + Path.DirectorySeparatorChar, CarrierS3.FlashBytes);
        Assert.False(flash.Append((FlashArea)Lane.Fire, 1, [1], 0, 1));
        Assert.Equal(-1, flash.Length((FlashArea)Lane.Fire, 1));
        Assert.Equal(-1, flash.Read((FlashArea)Lane.Fire, 1, 0, new byte[1], 0, 1));
        Assert.Equal(-1, flash.List((FlashArea)Lane.Fire, new int[1]));
    }

    [Fact]
    public void A_folder_that_reads_empty_by_an_error_is_no_empty_folder()
    {
        Assert.Equal(0, _flash.List(FlashArea.Journal, new int[1]));
        Assert.Equal(-1, EspFlash.Listed([], new int[1]));
    }

    [Fact]
    public void A_listing_that_stops_early_is_an_error_wherever_it_stops()
    {
        for (int number = 1; number <= 5; number++)
        {
            Assert.True(_flash.Append((FlashArea)Lane.Fire, number * 0x1FFFFFFF, [1], 0, 1));
        }

        // As littlefs lists them.
        string[] files = [.. Directory.GetFiles(_drive.Full("f")).Order(StringComparer.Ordinal)];
        Assert.Equal(5, EspFlash.Listed(files, new int[5]));
        Assert.All(Enumerable.Range(0, files.Length), stop => Assert.Equal(-1, EspFlash.Listed(files[..stop], new int[5])));
    }

    [Fact]
    public void A_store_of_an_older_firmware_gets_what_it_lacks_and_keeps_what_it_has()
    {
        EventLog before = Open(out _);
        EventRecord record = new() { Kind = EventKind.FireAlarm, Zone = 1 };
        before.Add(record, 1000);
        before.Commit(1000);
        foreach (string last in Directory.GetFiles(_drive.Root, "zz.end", SearchOption.AllDirectories))
        {
            File.Delete(last);
        }

        File.Delete(_drive.Full("folders.ok"));
        Assert.Equal(-1, _flash.List((FlashArea)Lane.Fire, new int[1]));
        Assert.True(_flash.MakeFolders());
        EventLog after = Open(out bool isNew);
        Assert.False(isNew);
        Assert.Equal(before.Epoch, after.Epoch);
        Assert.Equal(1u, after.At(Lane.Fire).Durable);
    }

    [Fact]
    public void A_store_whose_folders_cannot_be_read_begins_no_new_life()
    {
        EventLog before = Open(out _);
        before.Add(new EventRecord { Kind = EventKind.FireAlarm, Zone = 1 }, 1000);
        before.Commit(1000);
        foreach (string last in Directory.GetFiles(_drive.Root, "zz.end", SearchOption.AllDirectories))
        {
            File.Delete(last);
        }

        string[] files = Directory.GetFiles(_drive.Root, "*.seg", SearchOption.AllDirectories);
        EventLog after = Open(out bool isNew);
        Assert.False(isNew);
        Assert.True(after.InMemory);
        Assert.Equal(files.Order(), Directory.GetFiles(_drive.Root, "*.seg", SearchOption.AllDirectories).Order());
    }

    [Fact]
    public void What_was_made_once_is_never_made_again_where_it_is_not_seen()
    {
        Assert.True(_flash.MakeFolders());
        File.Delete(_drive.Full(Path.Combine("f", "zz.end")));
        Directory.Delete(_drive.Full("k"), recursive: true);
        Assert.False(_flash.MakeFolders());
        Assert.False(File.Exists(_drive.Full(Path.Combine("f", "zz.end"))) || Directory.Exists(_drive.Full("k")));
        Assert.Equal(-1, _flash.List((FlashArea)Lane.Fire, new int[1]));
        Assert.Equal(0, _flash.List(FlashArea.Journal, new int[1]));
    }

    [Fact]
    public void A_store_of_an_older_firmware_whose_journal_reads_empty_gets_nothing()
    {
        EventLog before = Open(out _);
        before.Add(new EventRecord { Kind = EventKind.FireAlarm, Zone = 1 }, 1000);
        before.Commit(1000);
        foreach (string last in Directory.GetFiles(_drive.Root, "zz.end", SearchOption.AllDirectories))
        {
            File.Delete(last);
        }

        // As the runtime gives a folder that it can't read.
        File.Delete(_drive.Full("folders.ok"));
        Directory.Move(_drive.Full("j"), _drive.Full("hidden"));
        Directory.CreateDirectory(_drive.Full("j"));
        Assert.False(_flash.MakeFolders());
        Assert.Empty(Directory.GetFiles(_drive.Root, "zz.end", SearchOption.AllDirectories));
        EventLog after = Open(out bool isNew);
        Assert.True(after.InMemory && !isNew);

        Directory.Delete(_drive.Full("j"));
        Directory.Move(_drive.Full("hidden"), _drive.Full("j"));
        Assert.True(_flash.MakeFolders());
        Assert.Equal(before.Epoch, Open(out _).Epoch);
    }

    [Fact]
    public void A_first_start_that_was_cut_off_amid_the_folders_is_gone_on_with()
    {
        using TempDrive drive = new();
        EspFlash flash = drive.Flash();
        File.Delete(drive.Full("folders.ok"));
        for (int area = Limits.FlashAreas - 1; area >= 0; area--)
        {
            string folder = drive.Full("fcrjsk"[area].ToString());
            File.Delete(Path.Combine(folder, "zz.end"));
            Assert.True(flash.MakeFolders());
            Assert.Equal(0, flash.List((FlashArea)area, new int[1]));
            File.Delete(drive.Full("folders.ok"));
            Directory.Delete(folder, recursive: true);
            Assert.True(flash.MakeFolders());
            File.Delete(drive.Full("folders.ok"));
        }
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_told()
    {
        File.WriteAllText(_drive.Full("plain"), "x");
        EspFlash flash = new(_drive.Full("plain") + Path.DirectorySeparatorChar, CarrierS3.FlashBytes);
        Assert.False(flash.MakeFolders());
    }

    [Fact]
    public void The_log_of_one_run_is_found_by_the_next()
    {
        EventLog first = Open(out bool isNew);
        Assert.True(isNew);
        EventRecord record = new() { Kind = EventKind.FireAlarm, Zone = 1 };
        first.Add(record, 1000);
        first.Commit(1000);
        Assert.Equal(1u, first.At(Lane.Fire).Durable);

        EventLog second = Open(out isNew);
        Assert.False(isNew);
        Assert.Equal(first.Epoch, second.Epoch);
        Assert.Equal(first.Boot + 1, second.Boot);
        Assert.Equal(1u, second.At(Lane.Fire).Durable);
    }

    public void Dispose() => _drive.Dispose();

    private EventLog Open(out bool isNew)
    {
        Journal journal = new(_flash);
        journal.Recover();
        EventLog log = new(_flash, journal, LogPlan.For(_flash.CapacityBytes()), new WallClock(), station: 1);
        log.Recover(newEpoch: 12345, new FireTail(0, 0, silenced: false, acknowledged: false), 0);
        isNew = log.StoreIsNew;
        return log;
    }
}
