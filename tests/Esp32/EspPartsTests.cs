// Owns: the small adapters: signature, restart note, closed link, and the version that the county is shown.
// Must never: start a thread.

using System.Text.RegularExpressions;
using Gateway.Contract;
using Gateway.Core;
using Gateway.Esp32;
using Gateway.Start;
using Gateway.Tests.Support;

namespace Gateway.Tests.Hardware;

public sealed class EspPartsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(200)]
    public void The_device_signs_as_the_server_does(int count)
    {
        byte[] key = [.. Enumerable.Range(1, Mac.KeyBytes).Select(i => (byte)i)];
        byte[] message = [.. Enumerable.Range(0, 200).Select(i => (byte)(i * 7))];
        EspMac device = new(key);
        byte[] ours = new byte[40];
        byte[] theirs = new byte[40];
        new DotNetMac(key).Sign(message, count, theirs, 5);

        // Twice, since the copy of a message is kept for the next one of its size.
        device.Sign([.. message.Reverse()], count, ours, 5);
        device.Sign(message, count, ours, 5);
        Assert.Equal(theirs, ours);
    }

    [Fact]
    public void The_key_is_copied_and_has_32_bytes()
    {
        byte[] key = new byte[Mac.KeyBytes];
        byte[] before = new byte[Mac.SignatureBytes];
        byte[] after = new byte[Mac.SignatureBytes];
        EspMac device = new(key);
        device.Sign([1, 2, 3], 3, before, 0);
        key[0] = 1;
        device.Sign([1, 2, 3], 3, after, 0);
        Assert.Equal(before, after);
        Assert.Throws<ArgumentException>(() => new EspMac(new byte[31]));
    }

    [Fact]
    public void Restarts_are_counted_until_a_good_run_and_the_reason_stays()
    {
        using TempDrive drive = new();
        Assert.Equal(0, new RestartNote(drive.Root).Count);
        new RestartNote(drive.Root).Write(StartReason.Fault, "alarm loop: first");
        new RestartNote(drive.Root).Write(StartReason.Fault, "alarm loop: 第二");
        RestartNote note = new(drive.Root);
        Assert.Equal(2, note.Count);
        Assert.Equal(StartReason.Fault, note.Ordered);
        note.Begun();
        Assert.Equal(StartReason.Unknown, new RestartNote(drive.Root).Ordered);
        note.Clear();
        Assert.Equal(0, new RestartNote(drive.Root).Count);
        Assert.Equal("count 0\nalarm loop: 第二\n", File.ReadAllText(drive.Full("restart.txt")));
    }

    [Fact]
    public void A_watchdog_that_was_seen_coming_is_known_to_the_next_start()
    {
        using TempDrive drive = new();
        RestartNote note = new(drive.Root);
        note.Foresee(null!);
        Assert.False(File.Exists(drive.Full("restart.txt")));
        note.Foresee("link");
        note = new(drive.Root);
        Assert.Equal(StartReason.Watchdog, note.Ordered);
        Assert.Equal(1, note.Count);
        Assert.Contains("no progress: link", File.ReadAllText(drive.Full("restart.txt")), StringComparison.Ordinal);
        note.Begun();
        Assert.Equal(StartReason.Unknown, new RestartNote(drive.Root).Ordered);
        Assert.Equal(1, new RestartNote(drive.Root).Count);

        // A thread that moves on in time takes it back, and a restart of our own is its own reason.
        note.Foresee("link");
        note.Foresee(null!);
        Assert.Equal(StartReason.Unknown, new RestartNote(drive.Root).Ordered);
        note.Foresee("link");
        note.Write(StartReason.Fault, "no progress: link");
        note.Foresee(null!);
        Assert.Equal(StartReason.Fault, new RestartNote(drive.Root).Ordered);
    }

    [Theory]
    [InlineData(StartReason.Unknown, false, true, false, StartReason.PowerOn)]
    [InlineData(StartReason.Unknown, false, true, true, StartReason.Fault)]
    [InlineData(StartReason.Unknown, true, true, false, StartReason.Watchdog)]
    [InlineData(StartReason.Unknown, true, false, false, StartReason.PowerOn)]
    [InlineData(StartReason.Asked, false, true, true, StartReason.Asked)]
    [InlineData(StartReason.Fault, true, false, true, StartReason.Fault)]
    [InlineData(StartReason.Fault, true, true, true, StartReason.Fault)]
    [InlineData(StartReason.Asked, true, true, true, StartReason.Asked)]
    [InlineData(StartReason.Watchdog, false, true, false, StartReason.Watchdog)]
    [InlineData(StartReason.Watchdog, false, false, false, StartReason.PowerOn)]
    public void A_start_says_why_it_is_as_far_as_a_chip_can_tell(
        StartReason ordered, bool froze, bool watchdog, bool clockRan, StartReason reason) =>
        Assert.Equal(reason, StartFacts.Reason(ordered, froze, watchdog, clockRan ? new DateTime(2026, 5, 1, 0, 0, 0, DateTimeKind.Utc)
            : DateTime.UnixEpoch));

    [Theory]
    [InlineData(0, false, false, 3000)]
    [InlineData(0, true, false, 0)]
    [InlineData(0, false, true, 0)]
    [InlineData(1, false, false, 0)]
    [InlineData(3, true, true, 0)]
    [InlineData(4, false, true, 3000)]
    [InlineData(4, true, false, 3000)]
    public void A_start_is_quiet_but_with_a_fire_or_behind_a_restart_and_always_where_it_restarts_for_ever(
        int restarts, bool stalled, bool fire, int quietMs) => Assert.Equal(quietMs, StartFacts.QuietMs(restarts, stalled, fire));

    [Theory]
    [InlineData("")]
    [InlineData("count")]
    [InlineData("nonsense")]
    [InlineData("count x\n")]
    public void A_damaged_restart_note_counts_as_none(string text)
    {
        using TempDrive drive = new();
        File.WriteAllText(drive.Full("restart.txt"), text);
        Assert.Equal(0, new RestartNote(drive.Root).Count);
    }

    [Fact]
    public void A_long_reason_keeps_the_note_within_its_bound()
    {
        using TempDrive drive = new();
        new RestartNote(drive.Root).Write(StartReason.Asked, new string('长', 5000));
        Assert.Equal(1, new RestartNote(drive.Root).Count);
        Assert.True(new FileInfo(drive.Full("restart.txt")).Length <= EspLimits.RestartNoteBytesMax);
    }

    [Fact]
    public void Notes_for_the_technician_are_bounded_and_spare_the_flash()
    {
        using TempDrive drive = new();
        TechnicianNotes notes = new();
        for (int i = 0; i < 100; i++)
        {
            notes.Add(new string('x', 1000));
        }

        Assert.Equal(EspLimits.NoteLinesMax, notes.Count);
        Assert.Equal(EspLimits.NoteCharsMax, notes.Line(0).Length);
        notes.Save(drive.Root);
        DateTime written = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(drive.Full("settings.err"), written);
        notes.Save(drive.Root);
        Assert.Equal(written, File.GetLastWriteTimeUtc(drive.Full("settings.err")));
        new TechnicianNotes().Save(drive.Root);
        Assert.False(File.Exists(drive.Full("settings.err")));
    }

    [Fact]
    public void A_link_without_a_key_never_opens_and_always_lets_go()
    {
        ClosedLink link = new();
        Assert.Equal(LinkState.Idle, link.State());
        link.Open(0, "will");
        Assert.Equal(LinkState.Failed, link.State());
        Assert.False(link.Send(LinkLeaf.Hello, [1], 1));
        Assert.Equal(0, link.Receive(new byte[10]));
        link.Close();
        Assert.Equal(LinkState.Idle, link.State());
    }

    [Theory]
    [InlineData("firmware/Esp32S3/Program.cs")]
    [InlineData("firmware/Esp32Classic/Program.cs")]
    public void The_firmware_tells_the_version_of_the_repository(string path)
    {
        string program = File.ReadAllText(Path.Combine(Repository.Root, path));
        string firmware = Found(program, "Firmware = \"(?<found>[^\"]*)\"");
        string props = File.ReadAllText(Path.Combine(Repository.Root, "Directory.Build.props"));
        string version = Found(props, "<Version>(?<found>[^<]*)</Version>");
        Assert.StartsWith(version + " ", firmware, StringComparison.Ordinal);
        Assert.InRange(firmware.Length, 1, ContractLimits.FirmwareBytes);
        Assert.All(firmware, c => Assert.InRange(c, ' ', '~'));
    }

    private static string Found(string text, string pattern) =>
        Regex.Match(text, pattern, RegexOptions.None, TimeSpan.FromMinutes(1)).Groups["found"].Value;
}
