// Owns: `gateway deploy`: settings, key, certificates and network onto the drive of a board that runs.
// Must never: call files written that the tool did not say OK of, or leave a list of secrets behind.

using System.Text;
using System.Text.Json;
using Gateway.Start;
using Gateway.Technician.Make;
using Gateway.Technician.Serial;

namespace Gateway.Technician.Flash;

internal sealed record DeployWords(string Folder, string Kit, string? Port, bool Yes, bool DryRun);

internal static class DeployCommand
{
    private const string Drive = "I:\\";
    private const string SettingsOnDrive = Drive + "settings.txt";
    private const string KeyOnDrive = Drive + "station.key";

    public static int Run(Desk desk, DeployWords words)
    {
        Tongue tongue = desk.Tongue;
        string conf = Path.Combine(words.Folder, StationFiles.Settings);
        StationText text = StationText.Read(tongue, conf);
        if (text.Settings is null)
        {
            return CheckCommand.Refused(desk, text);
        }

        List<(string Source, string Target)> files = Files(tongue, words.Folder);
        Kit kit = Kit.Open(tongue, words.Kit);
        kit.NeedTool(desk);
        string port = words.DryRun ? words.Port ?? "PORT" : new Hands(desk, words.Yes).Reset(PortsCommand.Only(desk, words.Port));
        var nanoff = new Nanoff(desk, kit.Program, words.DryRun);
        Send(desk, nanoff, port, files, words.DryRun);
        string network = Path.Combine(words.Folder, StationFiles.Network);
        if (File.Exists(network))
        {
            nanoff.Run(new Step("写无线网络\nwriting the network",
                ["--serialport", port, "--networkdeployment", Path.GetFullPath(network), "-v", "n"]));
        }

        if (words.DryRun)
        {
            desk.Out.WriteLine(tongue.Of("这是试查，什么也没有写。", "A dry run: nothing was written."));
            return ExitCodes.Good;
        }

        desk.Out.WriteLine(tongue.Of(
            "写好了。接着：①取下 J1 跳线，拔掉USB线，断电再上电 ②看灯：电源灯常亮；90 秒后故障灯亮是还没连上县平台 ③笔记本上的密钥用完删除：",
            "Done. Next: 1. Open jumper J1, take the cable out, power off and on. 2. Look at the lamps: power steady; a fault after 90 s "
                + "means no way to the county yet. 3. Delete the keys on this machine: ")
            + tongue.List(files.Where(f => f.Target != SettingsOnDrive).Select(f => f.Source)));
        return ExitCodes.Good;
    }

    private static List<(string Source, string Target)> Files(Tongue tongue, string folder)
    {
        string In(string name) => Path.Combine(folder, name);
        byte[] key = SmallFile.Read(tongue, In(StationFiles.Key), StartLimits.KeyFileBytesMax);
        List<string> notes = [];
        if (KeyText.Parse(In(StationFiles.Key), key, key.Length, new Notes(tongue, notes)) is null)
        {
            throw new TroubleException(string.Join(Environment.NewLine, notes)) { ExitCode = ExitCodes.Found };
        }

        string[] certificates = [TlsNames.Ca, TlsNames.Client, TlsNames.ClientKey];
        bool[] there = [.. certificates.Select(c => File.Exists(In(c)))];
        if (TlsNames.Missing(there[0], there[1], there[2]) is { } missing)
        {
            string allowed = TlsNames.Allowed(missing);
            throw Trouble.At(tongue, In(missing), TlsNames.NoSuchFile,
                $"补上{tongue.Of(allowed)}，或移走其余证书\nAdd {tongue.Of(allowed)}, or move the other certificates away");
        }

        List<(string, string)> files = [(In(StationFiles.Settings), SettingsOnDrive), (In(StationFiles.Key), KeyOnDrive)];
        files.AddRange(certificates.Where((_, i) => there[i]).Select(c => (In(c), Drive + c)));
        return files;
    }

    /// <summary>The tool gives exit code 0 also where files failed: what counts is its OK behind each.</summary>
    private static void Send(Desk desk, Nanoff nanoff, string port, List<(string Source, string Target)> files, bool dryRun)
    {
        Tongue tongue = desk.Tongue;
        DirectoryInfo own = Directory.CreateTempSubdirectory("gateway-deploy-");
        try
        {
            List<(string Source, string Target)> left = files;
            for (int tries = 0; tries < TechnicianLimits.FileTriesMax && left.Count > 0; tries++)
            {
                string list = Path.Combine(own.FullName, "deploy.json");
                File.WriteAllBytes(list, ListOf(left));
                string said = nanoff.Run(new Step($"写 {left.Count} 个文件到 {Drive}\nwriting {left.Count} files to {Drive}",
                    ["--serialport", port, "--filedeployment", list, "-v", "n"]));
                left = dryRun ? [] : [.. left.Where(f => !said.Split('\n').Any(l => IsOk(l, f.Target)))];
            }

            if (left.Count > 0)
            {
                string names = string.Join(' ', left.Select(f => f.Target));
                throw Trouble.At(tongue, names,
                    "板子没有收下，虽然写板工具说做完了\nnot taken by the board, though the tool says it is done",
                    "带着USB线按一下 RESET，等五秒，把同一条命令再做一次"
                        + "\nTap RESET with the cable in, wait five seconds, and do the same command again",
                    exitCode: ExitCodes.HalfDone);
            }
        }
        catch (Exception e) when (WholeFolder.IsOfTheDisk(e))
        {
            throw WholeFolder.Unwritten(tongue, own.FullName, e);
        }
        finally
        {
            own.Delete(recursive: true);
        }
    }

    private static bool IsOk(string line, string target) =>
        line.Contains($" to {target}...", StringComparison.Ordinal) && line.TrimEnd().EndsWith("OK", StringComparison.Ordinal);

    // No port in it: that would be taken in the place of the one on the command line.
    private static byte[] ListOf(IEnumerable<(string Source, string Target)> files) => JsonSerializer.SerializeToUtf8Bytes(
        new { Files = files.Select(f => new { DestinationFilePath = f.Target, SourceFilePath = Path.GetFullPath(f.Source) }) },
        StationFiles.ToolJson);

    private sealed class Notes(Tongue tongue, List<string> lines) : PlaceNotes
    {
        public override void Add(string line) => lines.Add(tongue.Chinese ? Tongue.Halves(line).Chinese : line);
    }
}
