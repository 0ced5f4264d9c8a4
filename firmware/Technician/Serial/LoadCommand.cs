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
        byte[] bytes = SmallFile.Read(tongue, StationFiles.SettingsOf(path), Limits.SettingsBytesMax);
        using BoxConsole box = BoxConsole.Open(desk, port);

        // An empty box has no PIN, and nothing to guard.
        if (!box.Ask("status").Any(line => line.Contains(tongue.Of("没有配置", "no settings"), StringComparison.Ordinal)))
        {
            box.Unlock(desk, pinFile);
        }

        bool good = false;
        try
        {
            _ = box.Ask($"settings load {bytes.Length} {Crc32.Of(bytes, 0, bytes.Length):X8}", line =>
            {
                if (line == "READY")
                {
                    box.SendText(bytes);
                    return;
                }

                desk.Out.WriteLine(line);
                good |= line.Contains(tongue.Of("已存入", "stored"), StringComparison.Ordinal)
                    || line.Contains(tongue.Of("相同", "the same text"), StringComparison.Ordinal);
            });
        }
        catch (TroubleException) when (good)
        {
            // The box started with it before it showed its prompt.
        }

        return good ? ExitCodes.Good : ExitCodes.Found;
    }
}
