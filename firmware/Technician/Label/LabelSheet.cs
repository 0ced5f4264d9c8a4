// Owns: the sheet for the door of a box: who it is, which wire goes where in which colour, and a code for a telephone's camera.
// Must never: hold a key, a password, or a broker's user.

using System.Net;
using System.Text;
using Gateway.Core;
using Gateway.Technician.Explain;
using QRCoder;

namespace Gateway.Technician.Label;

internal static class LabelSheet
{
    private const int PixelsPerModule = 4;

    private const string Style = """
        @page { size: A4; margin: 12mm }
        body { font-family: "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; font-size: 11pt; margin: 0 }
        h1 { font-size: 20pt; margin: 0 0 2mm 0 } h2 { font-size: 12pt; margin: 5mm 0 1mm 0 }
        .head { display: flex; justify-content: space-between } .head svg { width: 34mm; height: 34mm }
        table { border-collapse: collapse; width: 100% } td, th { border: 0.3mm solid #000; padding: 1mm 2mm; text-align: left }
        tr { break-inside: avoid } .red { border-left: 3mm solid #c00 } .blue { border-left: 3mm solid #00c }
        .line { display: inline-block; border-bottom: 0.3mm solid #000; min-width: 50mm }
        """;

    /// <summary>What the code says: enough to name the box to the county, and which settings it was given.</summary>
    public static string Code(Settings settings) =>
        $"站号 {settings.Station} {settings.Name} {settings.County}/{settings.Township}/{settings.Village} 配置 {settings.TextCrc:X8}";

    public static string Of(Tongue tongue, StationText text, Settings settings, string telephone)
    {
        StringBuilder page = new();
        string title = tongue.Of($"{settings.Station} 号站 {settings.Name}", $"Station {settings.Station} {settings.Name}");
        page.Append($"<!DOCTYPE html>\n<html lang=\"{tongue.Of("zh", "en")}\">\n");
        page.Append($"<head><meta charset=\"utf-8\"><title>{Safe(title)}</title>\n");
        page.Append($"<style>\n{Style}\n</style></head><body>\n<div class=\"head\"><div><h1>{Safe(title)}</h1>\n");
        page.Append($"<p>{Safe(tongue.Of("县", "county"))} {Safe(settings.County)} · {Safe(tongue.Of("乡镇", "township"))} ");
        page.Append($"{Safe(settings.Township)} · {Safe(tongue.Of("村", "village"))} {Safe(settings.Village)}<br>\n");
        page.Append($"{tongue.Of("主板", "board")} {Safe(settings.BoardName)} · ");
        page.Append($"{tongue.Of("配置校验码", "settings")} {settings.TextCrc:X8}<br>\n");
        page.Append(tongue.Of("火警拨 119　县平台值班电话 ", "Fire: 119. County's duty room: "));
        page.Append($"<span class=\"line\">{Safe(telephone)}</span></p></div>\n{Svg(Code(settings))}</div>\n");
        Table(page, tongue.Of("部位", "Zones"), Heads(tongue), Zones(tongue, text, settings));
        Table(page, tongue.Of("按键", "Keys"), [.. Heads(tongue)[1..3], tongue.Of("导线", "wires")], Keys(tongue, settings));
        Table(page, tongue.Of("输出", "Outputs"), [.. Heads(tongue)[1..3], tongue.Of("导线", "wires")], Outputs(tongue, settings));
        page.Append($"<h2>{tongue.Of("线色", "Colours")}</h2><table><tr><td class=\"red\">{tongue.Of("红：正极、信号", "red: plus, signal")}</td>");
        page.Append($"<td class=\"blue\">{tongue.Of("蓝：负极、公共端", "blue: minus, common")}</td>");
        page.Append($"<td>{tongue.Of("黄绿：接地", "yellow-green: earth")}</td></tr></table>\n");
        page.Append($"<p>{tongue.Of("电池装机日期", "Battery put in on")} <span class=\"line\"></span> ");
        page.Append($"{tongue.Of("安装人", "Fitted by")} <span class=\"line\"></span></p>\n</body></html>\n");
        return page.ToString();
    }

    private static string[] Heads(Tongue tongue) =>
    [
        tongue.Of("部位号", "zone"), tongue.Of("名称", "name"), tongue.Of("端子", "terminal"), tongue.Of("类型", "kind"),
        tongue.Of("接线", "wiring"),
    ];

    private static IEnumerable<string[]> Zones(Tongue tongue, StationText text, Settings settings)
    {
        var words = new ZoneWords(tongue, text, settings);
        for (int i = 0; i < settings.ZoneCount; i++)
        {
            yield return
            [
                $"{settings.ZoneNumber[i]}", settings.ZoneName[i], Terminals.Input(settings, settings.ZoneInput[i]),
                ZoneWords.Kind(tongue, settings.ZoneKind[i]), $"{Wires(tongue)} {words.Ends(i)}",
            ];
        }
    }

    private static IEnumerable<string[]> Keys(Tongue tongue, Settings settings) =>
        from key in Enumerable.Range(0, Buttons.Count)
        let input = (int)settings.ButtonInput[key]
        where input >= 0
        select new[] { StationWords.KeyName(tongue, key), Terminals.Input(settings, input), Wires(tongue) };

    private static IEnumerable<string[]> Outputs(Tongue tongue, Settings settings) =>
        from role in Enumerable.Range(0, OutputRoles.Count)
        where settings.OutputOf[role] >= 0
        select new[] { StationWords.Role(tongue, (OutputRole)role), Terminals.Output(tongue, settings, settings.OutputOf[role]),
            Wires(tongue) };

    private static string Wires(Tongue tongue) => tongue.Of("红＋ 蓝－", "red +, blue -");

    private static void Table(StringBuilder page, string title, string[] heads, IEnumerable<string[]> rows)
    {
        page.Append($"<h2>{Safe(title)}</h2>\n<table><tr>{string.Concat(heads.Select(h => $"<th>{Safe(h)}</th>"))}</tr>\n");
        foreach (string[] row in rows)
        {
            page.Append($"<tr>{string.Concat(row.Select(cell => $"<td>{Safe(cell)}</td>"))}</tr>\n");
        }

        page.Append("</table>\n");
    }

    private static string Safe(string text) => WebUtility.HtmlEncode(text);

    private static string Svg(string text)
    {
        using QRCodeData data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M, forceUtf8: true);
        using SvgQRCode code = new(data);
        return code.GetGraphic(PixelsPerModule);
    }
}
