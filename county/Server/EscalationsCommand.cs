// Owns: `county escalations`.
// Must never: change anything.

using System.CommandLine;
using System.Text.Json;
using Gateway.County.Sql;

namespace Gateway.County.Server;

internal static class EscalationsCommand
{
    public static Command Create()
    {
        Option<bool> all = new("--all") { Description = "Also those that were answered." };
        Option<bool> json = CommonOptions.Json();
        Option<string> db = CommonOptions.Db();
        Command command = new(
            "escalations", "Fires and gas alarms that nobody has answered, and how far they went up. 火警、可燃气体报警逐级升级。") { all, json, db };
        command.SetAction(parsed =>
        {
            using SqlStore store = SqlStore.Open(parsed.GetRequiredValue(db), create: false);
            IReadOnlyList<Escalation> escalations = store.Escalations(openOnly: !parsed.GetValue(all));
            IReadOnlyList<Doubt> doubts = store.Doubts();
            bool Doubtful(Escalation e) => doubts.Any(d => d.Covers(e.Alarm.Station, e.StartedMs));
            if (parsed.GetValue(json))
            {
                JsonArray.Write(escalations, (writer, e) => Write(writer, e, Doubtful(e)));
                return ExitCodes.Done;
            }

            ReportTable table = new("报警时间", "站点", "部位", "处置", "更新时间");
            foreach (Escalation e in escalations)
            {
                long changedMs = e.EndedMs == 0 ? e.LevelMs : e.EndedMs;
                table.Add(
                    TimeText.Local(e.StartedMs), $"{e.Alarm.Station}", string.Join('、', Zones(e)) + "号",
                    Words(e) + (Doubtful(e) ? " [存疑]" : ""),
                    TimeText.Local(changedMs));
            }

            table.Show();
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>How far it went, and how it ended.</summary>
    public static string Words(Escalation e)
    {
        string level = e.Level switch
        {
            EscalationLevel.Village => "待村应答",
            EscalationLevel.Township => "已升至乡镇",
            _ => "已升至县",
        };
        string what = e.Cause == EscalationCause.HiddenFire ? "报警记录未到 " : "";
        return what + level + e.End switch
        {
            EscalationEnd.Answered => " 已应答",
            EscalationEnd.Silenced => " 仅消音，仍待应答/到场",
            EscalationEnd.Reset => " 已复位",
            EscalationEnd.Arrived => " 记录已到",
            EscalationEnd.Joined => " 已并入",
            _ => "",
        };
    }

    /// <summary>The zone with which it began, and the others in it.</summary>
    public static IEnumerable<int> Zones(Escalation e) =>
        new[] { e.Zone }.Concat(ZoneSet.Numbers(e.Zones).Where(zone => zone != e.Zone));

    private static void Write(Utf8JsonWriter json, Escalation e, bool doubtful)
    {
        json.WriteStartObject();
        json.WriteNumber("station", e.Alarm.Station);
        json.WriteNumber("epoch", e.Alarm.Epoch);
        json.WriteNumber("sequence", e.Alarm.Sequence);
        json.WriteNumber("zone", e.Zone);
        json.WriteStartArray("zones");
        foreach (int zone in Zones(e))
        {
            json.WriteNumberValue(zone);
        }

        json.WriteEndArray();
        json.WriteString("cause", e.Cause == EscalationCause.HiddenFire ? "hidden-fire" : "fire");
        json.WriteBoolean("doubtful", doubtful);
        json.WriteString("startedAt", TimeText.Utc(e.StartedMs));
        json.WriteString("level", CaseNames.Of(e.Level));
        json.WriteString("levelAt", TimeText.Utc(e.LevelMs));
        json.WriteString("end", e.End switch
        {
            EscalationEnd.Answered => "answered",
            EscalationEnd.Silenced => "silenced",
            EscalationEnd.Reset => "reset",
            EscalationEnd.Arrived => "arrived",
            EscalationEnd.Joined => "joined",
            _ => "open",
        });
        if (e.EndedMs == 0)
        {
            json.WriteNull("endedAt");
        }
        else
        {
            json.WriteString("endedAt", TimeText.Utc(e.EndedMs));
        }

        json.WriteEndObject();
    }
}
