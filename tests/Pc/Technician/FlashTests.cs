// Owns: flashing and deploying with the stand-in: order of the commands, the tool's traps, and that no log or key is lost.
// Must never: prove anything of the real tool; see Nanoff/nanoff.

using System.Runtime.Versioning;
using Gateway.Start;
using Gateway.Technician.Flash;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Technician.Tests;

[SupportedOSPlatform("linux")]
public sealed class FlashTests
{
    private const string Suppress = "--suppressnanoffversioncheck";

    [Fact]
    public void Board_with_a_log_gets_runtime_and_application_and_keeps_its_drive()
    {
        using var rig = new FlashRig();
        Told told = rig.Do("flash");
        Assert.Equal((0, ""), (told.Code, told.Errors));
        Assert.Equal(("application of Esp32S3", "events and key"), (rig.Flash(0x1B0000, 22), rig.DriveText));
        string kit = rig.In("kit"), copy = Assert.Single(rig.Copies), backup = Path.GetDirectoryName(copy)!;
        string[] commands = rig.Log.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^4..];
        Assert.Equal(
        [
            $"--platform esp32 --serialport {rig.Port} --devicedetails --checkpsram -v n {Suppress}",
            $"--platform esp32 --serialport {rig.Port} --backuppath {backup} --backupfile flash.bin --devicedetails -v m {Suppress}",
            $"--update --target ESP32_S3_OCTAL --serialport {rig.Port} --fwversion 1.17.0.600 --deploy --image "
                + $"{kit}/app/Gateway.Esp32S3.bin --fromarchive --archivepath {kit}/archive -v m {Suppress}",
            $"--target ESP32_S3_OCTAL --serialport {rig.Port} --deploy --image {backup}/drive.bin --address 0x490000 -v m {Suppress}",
        ], commands);

        // Each was shown before it ran.
        Assert.All(commands, c => Assert.Contains("$ nanoff " + c, told.Said, StringComparison.Ordinal));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(backup));
    }

    [Fact]
    public void Drive_that_the_tool_lost_without_a_word_is_put_back()
    {
        using var rig = new FlashRig();
        rig.Fault("drive-lost");
        Assert.Equal(0, rig.Do("flash").Code);
        Assert.Equal("events and key", rig.DriveText);
    }

    [Fact]
    public void Log_and_key_of_a_write_that_failed_are_kept_and_put_back_by_the_command_that_is_told()
    {
        using var rig = new FlashRig();
        rig.Fault("write-fails");
        Told failed = rig.Do("flash");
        Assert.Equal(ExitCodes.HalfDone, failed.Code);
        Assert.NotEqual("events and key", rig.DriveText);
        string copy = Assert.Single(rig.Copies);
        Assert.Contains($"--put-back {copy}", failed.Errors, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(copy)!, "drive.bin")));
        rig.Fault();
        Told told = rig.Do("flash", "--put-back", copy);
        Assert.Equal((0, "events and key"), (told.Code, rig.DriveText));
        Assert.DoesNotContain("--update", rig.Log.Split('\n')[^2], StringComparison.Ordinal);
    }

    [Fact]
    public void Copy_that_is_short_keeps_the_board_untouched()
    {
        using var rig = new FlashRig();
        rig.Fault("short-copy");
        Told told = rig.Do("flash");
        Assert.Equal(ExitCodes.NoAnswer, told.Code);
        Assert.Contains("1000000 字节", told.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("--fwversion 1.17.0.600 --deploy", rig.Log, StringComparison.Ordinal);
    }

    [Fact]
    public void New_board_is_erased_only_when_somebody_says_so()
    {
        using var rig = new FlashRig();
        Told asked = Told.At([rig.Port], "flash", rig.In("st"), "--kit", rig.In("kit"), "--empty", "--lang", "zh");
        Assert.Equal(2, asked.Code);
        Assert.Contains("请加 --yes", asked.Errors, StringComparison.Ordinal);
        Assert.Equal("events and key", rig.DriveText);
        Assert.Equal(0, rig.Do("flash", "--empty").Code);
        Assert.Contains("--masserase", rig.Log, StringComparison.Ordinal);
        Assert.Empty(rig.Copies);
        Assert.Equal("application of Esp32S3", rig.Flash(0x1B0000, 22));

        // A board that was new has no drive yet.
        Told again = rig.Do("flash");
        Assert.Equal(0, again.Code);
        Assert.Contains("不用放回", again.Said, StringComparison.Ordinal);
    }

    [Fact]
    public void Dry_run_shows_every_command_and_gives_none()
    {
        using var rig = new FlashRig();
        string before = rig.Log;
        foreach (string command in (string[])["flash", "deploy"])
        {
            Told told = rig.Do(command, "--dry-run");
            Assert.Equal((0, ""), (told.Code, told.Errors));
            Assert.Contains("$ nanoff --", told.Said, StringComparison.Ordinal);
        }

        Assert.Equal((before, 0), (rig.Log, rig.Copies.Length));
    }

    [Fact]
    public void Settings_key_and_network_come_onto_the_drive_and_the_list_has_no_port()
    {
        using var rig = new FlashRig();
        Told told = rig.Do("deploy");
        Assert.Equal((0, ""), (told.Code, told.Errors));
        Assert.Equal(["network", "settings.txt", "station.key"], rig.OnDrive);
        Assert.Equal(File.ReadAllText(rig.In("st/station.key")), File.ReadAllText(Path.Combine(rig.Board, "drive", "station.key")));
        Assert.DoesNotContain(File.ReadAllLines(rig.In("st/station.key"))[0][4..], told.Said, StringComparison.Ordinal);
        Assert.Contains(rig.In("st/station.key"), told.Said, StringComparison.Ordinal);
        string[] lists = Directory.GetDirectories(Path.GetTempPath(), "gateway-deploy-*");
        Assert.DoesNotContain(lists, d => rig.Log.Contains(d, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("fails station.key")]
    [InlineData("throws station.key")]
    public void File_that_failed_under_exit_code_zero_is_noticed(string fault)
    {
        using var rig = new FlashRig();
        rig.Fault(fault);
        Told told = rig.Do("deploy");
        Assert.Equal(ExitCodes.HalfDone, told.Code);
        Assert.Contains(@"I:\station.key：板子没有收下", told.Errors, StringComparison.Ordinal);
        Assert.Equal(["settings.txt"], rig.OnDrive);
    }

    [Fact]
    public void File_that_failed_once_is_sent_again_alone()
    {
        using var rig = new FlashRig();
        rig.Fault("fails once station.key");
        Told told = rig.Do("deploy");
        Assert.Equal(0, told.Code);
        Assert.Contains("写 1 个文件", told.Said, StringComparison.Ordinal);
        Assert.Equal(["network", "settings.txt", "station.key"], rig.OnDrive);
    }

    [Fact]
    public void Port_that_has_another_name_after_the_reset_is_found()
    {
        using var rig = new FlashRig();
        using var folder = new TempFolder();
        string before = folder.Write("ttyACM7", "");

        // Between two looks at the ports the board comes back under another name.
        Told told = Told.With(tongue => new RenamedPort(tongue, before, rig.Port),
            "deploy", rig.In("st"), "--kit", rig.In("kit"), "--yes", "--lang", "zh");
        Assert.Equal((0, ""), (told.Code, told.Errors));
        Assert.Contains($"串口变成了 {rig.Port}", told.Said, StringComparison.Ordinal);
    }

    [Fact]
    public void Kit_is_gathered_whole_with_checksums_and_says_in_the_field_what_it_lacks()
    {
        using var rig = new FlashRig();
        Assert.Equal((0, ""), (rig.Kit.Code, rig.Kit.Errors));
        Assert.Contains("--updatearchive --platform esp32 --target ESP32_OLIMEX_WROVER --fwversion 1.17.0.600", rig.Kit.Said,
            StringComparison.Ordinal);
        Assert.True(File.Exists(rig.In("kit/pages/hardware/INSTALL.md")));
        Assert.Equal(0, Check().Code);
        File.AppendAllText(rig.In("kit/app/Gateway.Esp32S3.bin"), "x");
        File.Delete(rig.In("kit/archive/ESP32_OLIMEX_WROVER-1.17.0.600.zip"));
        Told told = Check();
        Assert.Equal(ExitCodes.Kit, told.Code);
        foreach (string part in (string[])["app/Gateway.Esp32S3.bin：损坏或被改过", "archive/ESP32_OLIMEX_WROVER-1.17.0.600.zip：缺少",
            "没有 ESP32_OLIMEX_WROVER 1.17.0.600 的固件"])
        {
            Assert.Contains(part, told.Said, StringComparison.Ordinal);
        }

        Told Check() => Told.Of("kit", rig.In("kit"), "--check", "--lang", "zh");
    }

    [Fact]
    public void Each_board_has_a_chip_and_the_flash_that_its_drive_lies_in()
    {
        foreach (Board board in BoardList.All())
        {
            Assert.Contains(Chip.Of(board).Target, File.ReadAllText(Repository.Path("hardware", "boards", board.Shape.Name == CarrierS3.Name
                ? "esp32-s3-n16r8.md" : board.Shape.Name + ".md")), StringComparison.Ordinal);
            Assert.Equal(board.FlashBytes == CarrierS3.FlashBytes ? 16 << 20 : 4 << 20, Chip.Drive(board).Flash);
        }
    }
}
