// Owns: what is asked of a station, in words for people.
// Must never: hide what it does not know: an unknown code shows as its number.

using System.Text;
using Gateway.Contract;

namespace Gateway.County;

internal static class OrderText
{
    /// <summary>Such as "演练 1、3号 30分".</summary>
    public static string Chinese(StationCommand c) => Chinese(new CommandRequest(c.Station, c.Code, c.A, c.B, c.C) { Text = c.Text });

    public static string Chinese(CommandRequest c) => c.Code switch
    {
        (int)CommandCode.DutyCheck => $"查岗 限{c.A}分",
        (int)CommandCode.Drill => c.A == 0 ? "结束演练" : $"演练 {(c.B == 0 ? "全部部位" : Places(c.B))} {c.A}分",
        (int)CommandCode.HotWork => c.B == 0 ? "结束动火" : $"动火 {Places(c.A)} {c.B}分",
        (int)CommandCode.Disable => c.B == 0 ? $"解除屏蔽 {c.A}号" : $"屏蔽 {c.A}号 {c.B}分",
        (int)CommandCode.Test => c.B == 0 ? $"结束测试 {c.A}号" : $"测试 {c.A}号 {c.B}分",
        (int)CommandCode.ReadLog => $"读记录 {Catalogue.Chinese.Name((Lane)c.A)} {(uint)c.B}–{(uint)c.C}",
        (int)CommandCode.CallOut => c.A == 0 ? "取消增援" : $"增援 {Place(c)} 限{c.A}分",
        (int)CommandCode.SettingsPiece => $"下发配置 {c.A}+{c.Text.Length}/{c.B}字节",
        (int)CommandCode.SettingsCommit => $"启用配置 校验码 {(uint)c.C:x8}（{c.B}字节）",
        (int)CommandCode.Clock or (int)CommandCode.SelfTest or (int)CommandCode.Silence => Catalogue.Chinese.CommandName(c.Code),
        _ => English(c),
    };

    /// <summary>Such as "drill zones 1,3 30 min".</summary>
    public static string English(StationCommand c) => English(new CommandRequest(c.Station, c.Code, c.A, c.B, c.C) { Text = c.Text });

    public static string English(CommandRequest c)
    {
        string arguments = c.Code switch
        {
            (int)CommandCode.DutyCheck => $"{c.A} min",
            (int)CommandCode.Drill => c.A == 0 ? "0 min" : $"zones {(c.B == 0 ? OrderForm.All : EventText.Zones((uint)c.B))} {c.A} min",
            (int)CommandCode.HotWork => c.B == 0 ? "0 min" : $"zones {EventText.Zones((uint)c.A)} {c.B} min",
            (int)CommandCode.Disable or (int)CommandCode.Test => $"zone {c.A} {c.B} min",
            (int)CommandCode.ReadLog => $"{Lanes.Name((Lane)c.A)}#{(uint)c.B}-{(uint)c.C}",
            (int)CommandCode.SettingsPiece => $"{c.A}+{c.Text.Length} of {c.B} bytes",
            (int)CommandCode.SettingsCommit => $"{c.B} bytes, checksum {(uint)c.C:x8}",
            (int)CommandCode.CallOut => c.A == 0 ? "0 min" : $"{Place(c)} {c.A} min",
            (int)CommandCode.Clock or (int)CommandCode.SelfTest or (int)CommandCode.Silence => "",
            _ => $"a={c.A} b={c.B} c={c.C}",
        };
        return $"{CommandCodes.Name((CommandCode)c.Code)} {arguments}".TrimEnd();
    }

    private static string Place(CommandRequest c) => PlainText.Clean(Encoding.UTF8.GetString(c.Text.Span));

    private static string Places(int bits) => Catalogue.Chinese.Places((uint)bits);
}
