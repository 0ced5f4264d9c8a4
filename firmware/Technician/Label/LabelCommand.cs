// Owns: `gateway label`: the sheet for the door of a box.
// Must never: open the key's file; a sheet hangs where everybody reads it.

using System.Text;
using Gateway.Technician.Explain;
using Gateway.Technician.Make;

namespace Gateway.Technician.Label;

internal static class LabelCommand
{
    /// <param name="telephone">Of the county's duty room; empty = a line to write on.</param>
    /// <param name="output">Null = beside the settings.</param>
    public static int Run(Desk desk, string path, string telephone, string? output)
    {
        Tongue tongue = desk.Tongue;
        string conf = StationFiles.SettingsOf(path);
        StationText text = StationText.Read(tongue, conf);
        if (text.Settings is null)
        {
            return CheckCommand.Refused(desk, text);
        }

        string file = output ?? Path.Combine(Path.GetDirectoryName(conf) ?? "", "label.html");
        if (!file.EndsWith(".html", StringComparison.OrdinalIgnoreCase))
        {
            throw Trouble.At(tongue, file, "标签是网页文件\nthe sheet is a page", "文件名以 .html 结尾\nLet the name end with .html");
        }

        byte[] sheet = Encoding.UTF8.GetBytes(LabelSheet.Of(tongue, text, text.Settings, telephone));
        WholeFolder.WriteOne(tongue, file, sheet);
        desk.Out.WriteLine(tongue.Of($"{file}：用浏览器打开，A4 打印，贴在箱门内。其中没有密钥。",
            $"{file}: open it in a browser, print it on A4, put it inside the door. No secret is in it."));
        return ExitCodes.Good;
    }
}
