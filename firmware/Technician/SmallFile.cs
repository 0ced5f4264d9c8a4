// Owns: reading a technician's file without believing its size.
// Must never: change a file.

using System.Text;

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

    /// <summary>A small file in UTF-8, without the mark that editors of Windows put before it.</summary>
    /// <exception cref="TroubleException">It can't be read, or is larger.</exception>
    public static string Text(Tongue tongue, string path, int bytesMax)
    {
        byte[] bytes = Read(tongue, path, bytesMax);
        return bytes.Length <= bytesMax ? Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF') : throw Trouble.At(
            tongue, path, $"超过 {bytesMax} 字节\nlarger than {bytesMax} bytes", "请核对是不是这个文件\nLook whether it is this file");
    }
}
