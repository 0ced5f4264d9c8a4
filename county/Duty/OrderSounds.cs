// Owns: what an order brings to sound, and where, as it is asked before it is sent.
// Must never: promise silence where a station's own rules may sound.

using Gateway.Contract;

namespace Gateway.County.Duty;

internal static class OrderSounds
{
    /// <summary>What is asked before; null where nothing sounds and nothing is kept from sounding.</summary>
    public static (string Zh, string En)? Of(CommandRequest asked, StationRegistration at)
    {
        string zh = $"{at.Name}（{at.Station}，{at.Township}/{at.Village}）";
        string en = $"{at.Name} ({at.Station})";
        return asked.Code switch
        {
            (int)CommandCode.DutyCheck => (
                $"{zh}值班室的蜂鸣器将响查岗声（每2秒两短声），直到有人按应答键，最长{asked.A}分钟。该站规则未另设时警报器不响。",
                $"The buzzer in the duty room of {en} sounds until somebody answers, {asked.A} min at most."),
            (int)CommandCode.CallOut when asked.A > 0 => (
                $"{zh}值班室的蜂鸣器将响增援声（每3秒三声），直到有人按应答键表示出动，最长{asked.A}分钟。警报器不响。",
                $"The buzzer in the duty room of {en} calls until somebody answers to set out, {asked.A} min at most."),
            (int)CommandCode.Drill when asked.A == 0 => (
                $"{zh}演练结束：仍在报警的探测器将立即按真火警鸣响警报器。", $"The drill of {en} ends: what still signals sounds as a fire at once."),
            (int)CommandCode.Drill => (
                $"{zh}的{(asked.B == 0 ? "全部部位" : Catalogue.Chinese.Places((uint)asked.B))}在{asked.A}分钟内报警时，现场警报器将响演练声"
                + "（响1秒停2秒）、光警报器亮；结束前1分钟蜂鸣器提示。其他部位仍按真火警鸣响。",
                $"What signals at {en} within {asked.A} min in these zones sounds the siren there as a drill; other zones stay real."),
            (int)CommandCode.HotWork when asked.B == 0 => (
                $"{zh}动火结束：部位恢复报警，值班室蜂鸣器按该站设置响末次巡查声。", $"Hot work at {en} ends; the buzzer asks for the last look."),
            (int)CommandCode.HotWork => (
                $"{zh}的{Catalogue.Chinese.Places((uint)asked.A)}{asked.B}分钟内不报火警、警报器不响；到时值班室蜂鸣器响末次巡查声。",
                $"These zones of {en} tell of no fire for {asked.B} min; then the buzzer asks for the last look."),
            (int)CommandCode.Disable when asked.B == 0 => (
                $"{zh}的{asked.A}号解除屏蔽：若仍在报警，现场警报器将立即鸣响。",
                $"Zone {asked.A} of {en} is no longer disabled: if it still signals, the siren sounds at once."),
            (int)CommandCode.Disable => (
                $"{zh}的{asked.A}号{asked.B}分钟内不报火警、警报器不响；到时若仍在报警，现场警报器将立即鸣响。",
                $"Zone {asked.A} of {en} tells of no fire for {asked.B} min; what still signals then sounds at once."),
            (int)CommandCode.Test when asked.B == 0 => (
                $"{zh}的{asked.A}号部位结束测试：若仍在报警，现场警报器将立即鸣响。",
                $"The test of zone {asked.A} of {en} ends: if it still signals, the siren sounds at once."),
            (int)CommandCode.Test => (
                $"{zh}的{asked.A}号部位{asked.B}分钟内报警只记为测试，不报火警、警报器不响；到时若仍在报警，现场警报器将立即鸣响。",
                $"What zone {asked.A} of {en} signals within {asked.B} min is a test and no fire; what still signals then sounds at once."),
            (int)CommandCode.SelfTest => (
                $"{zh}的蜂鸣器短响、指示灯全亮5秒。该站规则未另设时警报器不响。", $"The buzzer and all lamps of {en} show themselves for 5 s."),
            (int)CommandCode.Silence => ($"{zh}的现场警报器将停；报警仍在，不复位。", $"The sounders of {en} stop; the alarm goes on."),
            _ => null,
        };
    }
}
