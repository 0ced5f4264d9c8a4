// Owns: reading a technician's file without believing its size, and writing one whole or not at all.
// Must never: replace a file that nobody said may be replaced, or leave half of one.

namespace Gateway.Technician;

internal static class SmallFile
{
    /// <summary>At most <paramref name="bytesMax"/> + 1 bytes, so that the caller sees that there are too many.</summary>
    /// <exception cref="TroubleException">It can't be read.</exception>
    public static byte[] Read(Tongue tongue, string path, int bytesMax)
    {
        if (path.Length == 0)
        {
            throw Trouble.At(tongue, "''", "文件名是空的\nan empty file name", "请写文件名，如 station.conf\nWrite a file name, such as station.conf");
        }

        if (path[0] == '-' && !File.Exists(path))
        {
            throw Trouble.At(
                tongue, path, "不认识这个选项\nan unknown option", "gateway --help 列出命令，命令后加 --help 列出选项\nSee --help of the command");
        }

        if (Directory.Exists(path))
        {
            throw Trouble.At(
                tongue, path, "是文件夹，不是文件\na folder and no file",
                $"请写其中的文件，如 {Path.Combine(path, "station.conf")}\nName a file in it, such as {Path.Combine(path, "station.conf")}");
        }

        try
        {
            using FileStream file = File.OpenRead(path);
            byte[] bytes = new byte[bytesMax + 1];
            int count = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return bytes[..count];
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Trouble.At(
                tongue, path, "没有这个文件\nno such file",
                "请核对文件名和所在的文件夹\nLook at the file's name and at the folder that you are in", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw Trouble.At(
                tongue, path, "没有读取权限\nthis user may not read it",
                "请把文件复制到自己的文件夹再试\nCopy the file into a folder of your own and try again", e);
        }
        catch (Exception e) when (e is IOException or NotSupportedException or ArgumentException)
        {
            throw Trouble.At(
                tongue, path, $"读不出（{e.Message.TrimEnd('.')}）\nunreadable ({e.Message.TrimEnd('.')})",
                "请换一份文件，或换一个U盘再试\nTry another copy of the file, or another stick", e);
        }
    }

    /// <summary>Says why a file must not be written there; nothing when it may.</summary>
    /// <exception cref="TroubleException">It may not.</exception>
    public static void CheckFree(Tongue tongue, string path, bool replace)
    {
        if (path.Length == 0)
        {
            throw Trouble.At(tongue, "''", "文件名是空的\nan empty file name", "请写文件名，如 station.conf\nWrite a file name, such as station.conf");
        }

        if (Directory.Exists(path))
        {
            throw Trouble.At(tongue, path, "已有同名的文件夹\na folder of this name is there", "请换一个文件名\nUse another name");
        }

        if (!replace && File.Exists(path))
        {
            throw Trouble.At(
                tongue, path, "文件已经存在，没有改动\nis there already, and was not touched",
                "请换一个文件名；确实要替换，请加 --replace\nUse another name, or add --replace if it is to be replaced");
        }
    }

    /// <summary>Whole or not at all: what was there stays until the new text is on the disk.</summary>
    /// <param name="secret">Readable to its owner alone, where the system can do that.</param>
    /// <exception cref="TroubleException">It can't be written.</exception>
    public static void Write(Tongue tongue, string path, byte[] bytes, bool replace, bool secret = false)
    {
        CheckFree(tongue, path, replace);
        string part = path + ".part";
        try
        {
            FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write };
            if (secret && !OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using (FileStream file = new(part, options))
            {
                file.Write(bytes);
                file.Flush(flushToDisk: true);
            }

            File.Move(part, path, replace);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            TryDelete(part);
            throw Unwritten(tongue, path, e);
        }
    }

    /// <summary>What is said of a file or folder that could not be written.</summary>
    public static TroubleException Unwritten(Tongue tongue, string path, Exception e) => Trouble.At(
        tongue, path, $"没有写成（{e.Message.TrimEnd('.')}），没有留下半截文件\nnot written ({e.Message.TrimEnd('.')}); nothing half-done is left",
        "请看磁盘还有没有空间、自己能不能在这个文件夹里写，再试一次"
            + "\nLook whether the disk has room and you may write in this folder, and try again", e);

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            // The sentence that follows says that the folder is in trouble.
        }
    }
}
