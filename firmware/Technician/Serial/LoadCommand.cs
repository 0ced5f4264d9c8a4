// Owns: `gateway load`: a station's settings over the console, tried by the box and taken back by itself unless they prove good.
// Must never: judge a text; the box does, by its own board.

using Gateway.Contract;
using Gateway.Core;
using Gateway.Technician.Make;

namespace Gateway.Technician.Serial;

internal static class LoadCommand
{
    /// <param name="path">A settings text, or the station's folder.</param>
    public static int Run(Desk desk, string path, string? pinFile, string? port)
    {
        Tongue tongue = desk.Tongue;
        string file = StationFiles.SettingsOf(path);
        byte[] bytes = SmallFile.Read(tongue, file, Limits.SettingsBytesMax);
        if (bytes.Length > Limits.SettingsBytesMax)
        {
            string most = $"{Limits.SettingsBytesMax}";
            throw Trouble.At(tongue, file, $"配置太长，最多 {most} 字节\ntoo long; at most {most} bytes",
                "删去注释和空行，gateway check 检查\nTake out comments and empty lines, and look at it with gateway check",
                exitCode: ExitCodes.Found);
        }

        if (bytes.Length == 0)
        {
            throw Trouble.At(tongue, file, "配置是空的\nthe text is empty",
                "请核对是不是这个文件；gateway new 可以另做一份\nLook whether it is this file; gateway new makes one",
                exitCode: ExitCodes.Found);
        }

        using BoxConsole box = BoxConsole.Open(desk, port);

        string sum = $"{Crc32.Of(bytes, 0, bytes.Length):X8}";
        IReadOnlyList<string> status = box.Ask("status");
        if (status.FirstOrDefault(line => line.Contains(sum, StringComparison.Ordinal)) is { } own)
        {
            desk.Out.WriteLine(own);
            desk.Out.WriteLine(tongue.Of("与箱子现用的配置相同，没有再装", "the same text is in force already; nothing was loaded"));
            return ExitCodes.Good;
        }

        // An empty box has no PIN, and nothing to guard.
        if (!status.Any(line => line.Contains(tongue.Of("没有配置", "no settings"), StringComparison.Ordinal)))
        {
            box.Unlock(desk, pinFile);
        }

        bool good = false, sent = false;
        string maybe = tongue.Of("配置可能已收下：用 gateway console status 看是不是试运行；不是就再装一次。",
            " The box may have taken the text: look with gateway console status whether it is on trial, and load it again if not.");
        try
        {
            _ = box.Ask($"settings load {bytes.Length} {sum}", line =>
            {
                if (line == "READY")
                {
                    sent = true;
                    desk.WhenStopped = tongue.Of("中断了。", "Stopped.") + maybe;
                    box.SendText(bytes);
                    return;
                }

                desk.Out.WriteLine(line);
                good |= line.Contains(tongue.Of("已存入", "stored"), StringComparison.Ordinal);
            });
        }
        catch (TroubleException) when (good)
        {
            // The box started with it before it showed its prompt.
        }
        catch (TroubleException e) when (sent)
        {
            throw new TroubleException(e.Message + maybe, e)
            {
                ExitCode = e.ExitCode,
            };
        }

        return good ? ExitCodes.Good : ExitCodes.Found;
    }
}
