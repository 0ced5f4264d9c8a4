// Owns: `gateway check`: what is wrong with a settings text, each with its line and a mark under the place.
// Must never: judge a setting; the device's parser does.

using System.Text;
using Gateway.Advice;
using Gateway.Core;

namespace Gateway.Technician;

internal static class CheckCommand
{
    // What stands for bytes that are no UTF-8.
    private const char NoCharacter = '\uFFFD';

    public static int Run(Desk desk, string path)
    {
        StationText text = StationText.Read(desk.Tongue, path);
        if (text.Settings is not { } settings)
        {
            return Refused(desk, text);
        }

        string zones = desk.Tongue.Count(settings.ZoneCount, "个部位", "zone", "zones");
        desk.Out.WriteLine(desk.Tongue.Of(
            $"{text.Path}：通过，{zones}，校验码 {settings.TextCrc:X8}", $"{text.Path}: good, {zones}, checksum {settings.TextCrc:X8}"));
        foreach (string warning in Warnings(desk.Tongue, text))
        {
            desk.Out.WriteLine(desk.Tongue.Of("提醒：", "Note: ") + warning);
        }

        return ExitCodes.Good;
    }

    /// <summary>What a good text should make a technician think twice about.</summary>
    public static IEnumerable<string> Warnings(Tongue tongue, StationText text) =>
        text.Settings is null ? [] : SettingsAdvice.For(text.Settings).Select(tongue.Of);

    /// <summary>Tells every error; gives the exit code.</summary>
    public static int Refused(Desk desk, StationText text)
    {
        Tongue tongue = desk.Tongue;
        SettingsErrors errors = text.Errors;
        for (int i = 0; i < errors.Count; i++)
        {
            desk.Out.WriteLine(Sentence(tongue, text, i));
            if (errors.Line(i) > 0 && errors.Line(i) <= text.Lines.Count)
            {
                Show(desk.Out, text.Lines[errors.Line(i) - 1], errors.Column(i));
            }
        }

        if (errors.Total > errors.Count)
        {
            int more = errors.Total - errors.Count;
            desk.Out.WriteLine(tongue.Of($"另有 {more} 处未列出。", $"{more} more are not listed."));
        }

        string count = tongue.Count(errors.Total, "处有误", "mistake", "mistakes");
        desk.Out.WriteLine(tongue.Of(
            $"{text.Path}：未通过，{count}。改正后再检查一次；网关不会采用这份配置。",
            $"{text.Path}: refused, {count}. Mend the text and check it again; a gateway would not take it."));
        return ExitCodes.Found;
    }

    private static string Sentence(Tongue tongue, StationText text, int i)
    {
        (string chinese, string english) = text.Sentence(i);
        return $"{text.Path}:{text.Errors.Line(i)}:{text.Errors.Column(i)}: {tongue.Of(chinese, english)}";
    }

    private static void Show(TextWriter output, string line, int column)
    {
        string plain = string.Concat(line.TrimEnd('\r').Select(c => char.IsControl(c) || SettingsWords.IsBlank(c)
            || c == NoCharacter ? '·' : c));
        int at = Math.Max(column - 1, 0);
        int from = at > TechnicianLimits.ShownBeforeChars ? at - TechnicianLimits.ShownBeforeChars : 0;
        string shown = plain.Substring(from, Math.Min(plain.Length - from, TechnicianLimits.LineShownChars));
        output.WriteLine("    " + shown);
        if (column > 0)
        {
            // Chinese characters are two columns wide on a terminal.
            int columns = shown.Take(at - from).Sum(c => c > 0x2E80 ? 2 : 1);
            output.WriteLine(new StringBuilder("    ").Append(' ', columns).Append('^'));
        }
    }
}
