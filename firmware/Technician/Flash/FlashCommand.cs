// Owns: `gateway flash`: runtime and application onto a board from the offline kit, with what is on its drive saved first and put back.
// Must never: write to a board of which no whole copy was made, unless somebody said that it is empty.

using System.Text;
using System.Text.RegularExpressions;
using Gateway.Start;
using Gateway.Technician.Make;
using Gateway.Technician.Serial;

namespace Gateway.Technician.Flash;

/// <param name="Station">The folder, or its settings.</param>
/// <param name="Empty">The board holds nothing to keep: all of it is erased.</param>
/// <param name="PutBack">A copy whose drive goes back onto the board, and nothing else; null = none.</param>
/// <param name="Yes">Nobody is asked.</param>
internal sealed record FlashWords(string Station, string Kit, string? Port, bool Empty, string? PutBack, bool Yes, bool DryRun);

internal sealed partial class FlashCommand
{
    private const string CopyName = "flash.bin";
    private const string DriveName = "drive.bin";

    // What a drive that was ever used begins with: littlefs in either of its first two blocks.
    private const int DriveHeadBytes = 8192;
    private static readonly byte[] s_littlefs = "littlefs"u8.ToArray();

    private readonly Desk _desk;
    private readonly FlashWords _words;
    private readonly Tongue _tongue;
    private readonly Hands _hands;
    private readonly Board _board;
    private readonly Chip _chip;
    private readonly Kit _kit;
    private readonly Nanoff _nanoff;

    private FlashCommand(Desk desk, FlashWords words, Board board)
    {
        _desk = desk;
        _words = words;
        _tongue = desk.Tongue;
        _hands = new Hands(desk, words.Yes);
        _board = board;
        _chip = Chip.Of(board);
        _kit = Kit.Open(_tongue, words.Kit);
        _nanoff = new Nanoff(desk, _kit.Program, words.DryRun);
    }

    public static int Run(Desk desk, FlashWords words)
    {
        Tongue tongue = desk.Tongue;
        string conf = StationFiles.SettingsOf(words.Station);
        StationText text = StationText.Read(tongue, conf);
        if (text.Settings is null)
        {
            return CheckCommand.Refused(desk, text);
        }

        Board board = BoardList.Named(BoardList.All(), text.Settings.BoardName);
        return new FlashCommand(desk, words, board).Run(Path.GetDirectoryName(Path.GetFullPath(conf))!);
    }

    private int Run(string folder)
    {
        _kit.Need(_desk, _chip);
        string port = _words.DryRun ? _words.Port ?? "PORT" : PortsCommand.Only(_desk, _words.Port);
        if (_words.Empty && !_words.Yes && !_words.DryRun && !Sure())
        {
            return ExitCodes.Unusable;
        }

        if (!_words.DryRun)
        {
            port = _hands.Boot(port);
        }

        LookAt(port);
        string? copy = _words.PutBack ?? (_words.Empty ? null : Copy(port, folder));
        string? drive = copy is null ? null : Cut(copy);
        Write(port, copy, drive);
        if (copy is not null)
        {
            _desk.Out.WriteLine(drive is null
                ? _tongue.Of("板上原来没有记录，不用放回。", "The board had no log: there is nothing to put back.")
                : _tongue.Of($"备份在 {copy}；网关运行正常后删除，其中有密钥。",
                    $"The copy is {copy}; delete it when the gateway runs: it holds the key."));
        }

        _desk.Out.WriteLine(_words.DryRun
            ? _tongue.Of("这是试查，什么也没有写。", "A dry run: nothing was written.")
            : _tongue.Of("写好了。接着：gateway deploy。", "Done. Next: gateway deploy."));
        return ExitCodes.Good;
    }

    private bool Sure()
    {
        if (!_desk.Asks)
        {
            throw Trouble.At(_tongue, "--empty", "会清除板上的记录和密钥，这里又没有人可以问\nerases log and key of the board, and nobody can be asked here",
                "确实要清除，请加 --yes\nAdd --yes if they are to be erased");
        }

        return new Questions(_desk).Yes("板上的记录、配置、密钥全部清除，不留备份，确实吗？\nLog, settings and key of the board are erased without a copy. Sure?");
    }

    /// <summary>That the board is the one that the settings name, before anything is written.</summary>
    private void LookAt(string port)
    {
        string said = _nanoff.Run(new Step("看一看板子\nlooking at the board",
            ["--platform", "esp32", "--serialport", port, "--devicedetails", "--checkpsram", "-v", "n"]));
        if (_words.DryRun)
        {
            return;
        }

        string type = ChipType().Match(said).Value;
        if (type != _chip.Type)
        {
            throw WrongBoard($"芯片是 {(type.Length == 0 ? "认不出的" : type)}，而 {_board.Shape.Name} 是 {_chip.Type}"
                + $"\nthe chip is {(type.Length == 0 ? "unknown" : type)}, but {_board.Shape.Name} has {_chip.Type}");
        }

        if (said.Contains("PSRAM: not available", StringComparison.Ordinal))
        {
            throw WrongBoard("板上没有 PSRAM，内存不够\nthe board has no PSRAM, and too little memory");
        }
    }

    /// <summary>All of the flash, as a file: the tool keeps the drive itself, but goes on when that failed.</summary>
    private string Copy(string port, string folder)
    {
        string backup = Path.Combine(folder, $"backup-{DateTime.UtcNow:yyyyMMdd-HHmmss}"), copy = Path.Combine(backup, CopyName);
        if (!_words.DryRun)
        {
            OwnFolder(backup);
        }

        _nanoff.Run(new Step("备份整块闪存（记录、配置、密钥都在里面），约两分钟\ncopying the whole flash with log, settings and key: some two minutes",
            ["--platform", "esp32", "--serialport", port, "--backuppath", backup, "--backupfile", CopyName, "--devicedetails", "-v", "m"]));
        if (_words.DryRun)
        {
            return copy;
        }

        long bytes = File.Exists(copy) ? new FileInfo(copy).Length : 0;
        if (bytes != Chip.Drive(_board).Flash)
        {
            throw Trouble.At(_tongue, copy,
                $"备份有 {bytes} 字节，不是 {_board.Shape.Name} 的闪存大小；板子没有动\na copy of {bytes} bytes, which is not the flash of "
                    + $"{_board.Shape.Name}; the board was not touched",
                "再做一次；还是这样，看板子和配置里的 board 是不是一样\nDo it again; if it stays so, compare the board with the board line",
                exitCode: ExitCodes.NoAnswer);
        }

        return copy;
    }

    /// <summary>All that is written to the board.</summary>
    /// <param name="drive">Of the copy; null = there is none to put back.</param>
    private void Write(string port, string? copy, string? drive)
    {
        try
        {
            if (_words.PutBack is null)
            {
                WriteProgram(port);
            }

            if (drive is not null)
            {
                PutBack(port, drive);
            }
        }
        catch (TroubleException e) when (drive is not null)
        {
            // A copy that is made after this may hold no drive any more.
            throw new TroubleException(e.Message + Environment.NewLine + _tongue.Of(
                $"记录和密钥在 {copy}，没有丢。放回：gateway flash {_words.Station} --kit {_words.Kit} --put-back {copy}",
                $"Log and key are safe in {copy}. To put them back: "
                    + $"gateway flash {_words.Station} --kit {_words.Kit} --put-back {copy}"), e)
            {
                ExitCode = ExitCodes.HalfDone,
            };
        }
    }

    private void WriteProgram(string port)
    {
        string[] erase = _words.Empty ? ["--masserase"] : [];

        // At a higher verbosity the tool moves the cursor, which a program that reads it does not have.
        _nanoff.Run(new Step($"写固件 {_kit.List.Runtime} 和应用\nwriting runtime {_kit.List.Runtime} and application",
        [
            "--update", "--target", _chip.Target, "--serialport", port, "--fwversion", _kit.List.Runtime, .. erase,
            "--deploy", "--image", _kit.Application(_chip), "--fromarchive", "--archivepath", _kit.ArchiveFolder, "-v", "m",
        ], Writes: true));
    }

    private void PutBack(string port, string drive) => _nanoff.Run(new Step("把记录、配置、密钥放回去\nputting log, settings and key back",
        ["--target", _chip.Target, "--serialport", port, "--deploy", "--image", drive,
            "--address", $"0x{Chip.Drive(_board).At:X}", "-v", "m"], Writes: true));

    /// <summary>Writes the drive's part of a copy beside it, before the board is touched; null where there never was a drive.</summary>
    private string? Cut(string copy)
    {
        string drive = Path.Combine(Path.GetDirectoryName(copy) ?? "", DriveName);
        if (_words.DryRun)
        {
            return drive;
        }

        (int flashBytes, int at, int bytes) = Chip.Drive(_board);
        try
        {
            using FileStream flash = File.OpenRead(copy);
            if (flash.Length != flashBytes)
            {
                throw WrongBoard($"{copy} 不是 {_board.Shape.Name} 的备份\n{copy} is no copy of a {_board.Shape.Name}");
            }

            byte[] part = new byte[bytes];
            flash.Seek(at, SeekOrigin.Begin);
            flash.ReadExactly(part);
            if (part.AsSpan(0, DriveHeadBytes).IndexOf(s_littlefs) < 0)
            {
                return null;
            }

            WholeFolder.WriteOne(_tongue, drive, part, secret: true);
            return drive;
        }
        catch (Exception e) when (WholeFolder.IsOfTheDisk(e))
        {
            throw Trouble.At(_tongue, copy, $"读不出（{e.Message.TrimEnd('.')}）\nunreadable ({e.Message.TrimEnd('.')})",
                "换一份备份\nTake another copy", e);
        }
    }

    private void OwnFolder(string path)
    {
        try
        {
            WholeFolder.MakeFolder(path);
        }
        catch (Exception e) when (WholeFolder.IsOfTheDisk(e))
        {
            throw WholeFolder.Unwritten(_tongue, path, e);
        }
    }

    private TroubleException WrongBoard(string what) => Trouble.At(_tongue, _board.Shape.Name, what,
        "什么也没有写；换对的板子，或改配置里的 board 行\nNothing was written; take the right board, or mend the board line",
        exitCode: ExitCodes.NoAnswer);

    // The first line about the board begins with it.
    [GeneratedRegex(@"(?<=^|\n)ESP32(-[A-Z]\d+)?(?=[\s(])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ChipType();
}
