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
        CommandCode.DutyCheck => $"查岗 限{c.A}分",
        CommandCode.Drill => c.A == 0 ? "结束演练" : $"演练 {(c.B == 0 ? "全部部位" : Places(c.B))} {c.A}分",
        CommandCode.HotWork => c.B == 0 ? "结束动火" : $"动火 {Places(c.A)} {c.B}分",
        CommandCode.Shield => c.B == 0 ? $"解除屏蔽 {c.A}号" : $"屏蔽 {c.A}号 {c.B}分",
        CommandCode.Test => c.B == 0 ? $"结束测试 {c.A}号" : $"测试 {c.A}号 {c.B}分",
        CommandCode.ReadLog => $"读记录 {Catalogue.Chinese.Name((Lane)c.A)} {(uint)c.B}–{(uint)c.C}",
        CommandCode.CallOut => c.A == 0 ? "取消增援" : $"增援 {Place(c)} 限{c.A}分",
        CommandCode.SettingsPiece => $"下发配置 {c.A}+{c.Text.Length}/{c.B}字节",
        CommandCode.SettingsCommit => $"启用配置 校验码 {(uint)c.C:x8}（{c.B}字节）",
        CommandCode.Clock or CommandCode.SelfTest or CommandCode.Silence => Catalogue.Chinese.CommandName(c.Code),
        _ => English(c),
    };

    /// <summary>Such as "drill zones 1,3 30 min".</summary>
    public static string English(StationCommand c) => English(new CommandRequest(c.Station, c.Code, c.A, c.B, c.C) { Text = c.Text });

    public static string English(CommandRequest c)
    {
        string arguments = c.Code switch
        {
            CommandCode.DutyCheck => $"{c.A} min",
            CommandCode.Drill => c.A == 0 ? "0 min" : $"zones {(c.B == 0 ? OrderForm.All : EventText.Zones((uint)c.B))} {c.A} min",
            CommandCode.HotWork => c.B == 0 ? "0 min" : $"zones {EventText.Zones((uint)c.A)} {c.B} min",
            CommandCode.Shield or CommandCode.Test => $"zone {c.A} {c.B} min",
            CommandCode.ReadLog => $"{Lanes.Name((Lane)c.A)}#{(uint)c.B}-{(uint)c.C}",
            CommandCode.SettingsPiece => $"{c.A}+{c.Text.Length} of {c.B} bytes",
            CommandCode.SettingsCommit => $"{c.B} bytes, checksum {(uint)c.C:x8}",
            CommandCode.CallOut => c.A == 0 ? "0 min" : $"{Place(c)} {c.A} min",
            CommandCode.Clock or CommandCode.SelfTest or CommandCode.Silence => "",
            _ => $"a={c.A} b={c.B} c={c.C}",
        };
        return $"{CommandCode.Name(c.Code)} {arguments}".TrimEnd();
    }

    private static string Place(CommandRequest c) => PlainText.Clean(Encoding.UTF8.GetString(c.Text.Span));

    private static string Places(int bits) => Catalogue.Chinese.Places((uint)bits);
}
