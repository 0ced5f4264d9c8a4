// Owns: `county gaps`, `county stations`, `county refused`, `county conflicts`.
// Must never: change anything.

using System.CommandLine;
using System.Text.Json;
using Gateway.Contract;
using Gateway.County.Sql;

namespace Gateway.County.Server;

internal static class ReportCommands
{
    public static Command Gaps()
    {
        Option<uint?> station = CommonOptions.Station("Only this station.");
        Option<bool> all = new("--all") { Description = "Also gaps that a loss record reports, and sequences that may still come." };
        Option<string> db = CommonOptions.Db();
        Command command = new("gaps", "Lists missing sequences that no loss record reports. 序号缺口。") { station, all, db };
        command.SetAction(parsed =>
        {
            using SqlStore store = SqlStore.Open(parsed.GetRequiredValue(db), create: false);
            StationCommands.TellUnknown(store, parsed.GetValue(station));
            ReportTable table = new("站点", "存储代号", "分类", "起始号", "结束号", "条数", "发现时间", "处理");
            foreach (GapReport report in store.Gaps(parsed.GetValue(station)))
            {
                Gap gap = report.Gap;
                if (parsed.GetValue(all) || (report.Past && gap.OwnedBy == 0))
                {
                    table.Add(
                        $"{gap.Lane.Station}", $"{gap.Lane.Epoch}", Catalogue.Chinese.Name(gap.Lane.Lane), $"{gap.First}", $"{gap.Last}",
                        (gap.Merged ? "≤" : "") + gap.Count, TimeText.Local(gap.SeenMs), State(report));
                }
            }

            table.Show();
            return ExitCodes.Done;
        });
        return command;
    }

    public static Command Stations()
    {
        Option<bool> json = new("--json") { Description = "As JSON, with all figures of each box." };
        Option<string> db = CommonOptions.Db();
        Command command = new("stations", "Shows which stations are there and what their last sign of life said. 站点状态。") { json, db };
        command.SetAction(parsed =>
        {
            using SqlStore store = SqlStore.Open(parsed.GetRequiredValue(db), create: false);
            List<StationLine> lines = Lines(store);
            if (parsed.GetValue(json))
            {
                JsonArray.Write(lines, Write);
            }
            else
            {
                Show(lines);
            }

            Restored(store).ForEach(Console.Error.WriteLine);
            if (!store.HasReceiver())
            {
                Console.Error.WriteLine("接收端未运行，以上为其结束时的状态 no `county run` receives: this is how it was when it ended");
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static List<StationLine> Lines(SqlStore store)
    {
        Dictionary<uint, long> unsigned = store.Refusals()
            .Where(c => c.Reason == DecodeResult.WrongSignature).ToDictionary(c => c.Station, c => c.LastMs);
        Dictionary<uint, StationState> states = store.States().ToDictionary(s => s.Station);
        ILookup<uint, (LaneKey Key, LaneState State)> lanes = store.Lanes(null).ToLookup(l => l.Key.Station);
        IReadOnlyDictionary<uint, BoxReport> boxes = BoxReport.From(store.Events(BoxReport.Query(DateTimeOffset.UtcNow)));
        List<StationLine> all = [];
        foreach (StationRegistration r in store.Stations())
        {
            StationState? s = states.GetValueOrDefault(r.Station);
            uint[] held = new uint[Lanes.Count];
            foreach ((LaneKey key, LaneState state) in lanes[r.Station].Where(l => l.Key.Epoch == s?.Epoch))
            {
                held[(int)key.Lane] = state.Held;
            }

            bool refused = unsigned.TryGetValue(r.Station, out long lastMs) && (s is null || lastMs > s.LastSeenMs);
            all.Add(new StationLine(r, s, held, refused, boxes.GetValueOrDefault(r.Station))
            {
                Places = s?.Conditions.HasFlag(ConditionBits.Fire) == true ? store.PlacesOf(s) : null,
            });
        }

        return all;
    }

    private static void Show(List<StationLine> lines)
    {
        ReportTable table = new(
            "站点", "名称", "乡镇", "通信", "最近", "存储", "现状(心跳时刻)", "站点码", "未存 火警", "未存 状态", "未存 日志", "网关运行",
            $"{CountyLimits.BoxDays}日调试", "版本");
        foreach (StationLine line in lines)
        {
            (StationRegistration r, StationState? s, uint[] held, bool refused, BoxReport? box) = line;
            if (s is null)
            {
                table.Add($"{r.Station}", r.Name, r.TownshipShown, "从未上线", "", "", refused ? "签名不符" : "", "", "", "", "", "", "", "");
                continue;
            }

            string presence = !s.Online ? "离线" : s.Silent ? "失联" : "在线";
            table.Add(
                $"{r.Station}", r.Name, r.TownshipShown, presence, TimeText.Local(s.LastSeenMs), Store(s),
                (s.Conditions == ConditionBits.None ? "正常" : AlarmText.Conditions(s, line.Places))
                    + (s.HiddenMs == 0 ? "" : " 报警记录未到") + (refused ? " 签名不符" : ""),
                Catalogue.Chinese.Colour(s.StationCode),
                Missing(s, held, 0), Missing(s, held, 1), Missing(s, held, 2), BoxText.Short(box), BoxText.Tested(box), s.Firmware);
        }

        table.Show();
    }

    private static void Write(Utf8JsonWriter json, StationLine line)
    {
        (StationRegistration r, StationState? s, uint[] held, bool refused, BoxReport? box) = line;
        json.WriteStartObject();
        json.WriteNumber("station", r.Station);
        json.WriteString("name", r.Name);
        json.WriteString("county", r.County);
        json.WriteString("township", r.Township);
        json.WriteString("townshipName", r.TownshipName);
        json.WriteString("village", r.Village);
        json.WriteString("presence", s is null ? "never" : !s.Online ? "offline" : s.Silent ? "silent" : "online");
        json.WriteString("lastSeen", s is null ? null : TimeText.Utc(s.LastSeenMs));
        json.WriteNumber("conditions", (int)(s?.Conditions ?? ConditionBits.None));
        json.WriteNumber("stationCode", s?.StationCode ?? 0);
        json.WriteBoolean("hiddenFire", s is { HiddenMs: not 0 });
        json.WriteBoolean("unsigned", refused);
        json.WriteStartObject("lanes");
        for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
        {
            json.WriteStartObject(Lanes.Name(lane));
            json.WriteNumber("held", held[(int)lane]);
            json.WriteNumber("last", s?.Last[(int)lane] ?? 0);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        BoxText.Write(json, box);
        BoxText.WriteTested(json, box);
        json.WriteString("firmware", s?.Firmware ?? "");
        json.WriteEndObject();
    }

    /// <summary>What an older copy in the place of the database brought back, as lines.</summary>
    public static List<string> Restored(SqlStore store)
    {
        IReadOnlyList<RestoredKey> keys = store.RestoredKeys();
        List<string> lines =
        [
            .. keys.Take(ServerLimits.RestoredLinesMax).Select(key => $"{key.Station}: " + (key.CameBack
                ? $"旧库恢复，{TimeText.Local(key.AtMs)} 作废的密钥又有效 a key that had ended is good again: county station rotate --stolen, or remove"
                : $"旧库恢复，{TimeText.Local(key.AtMs)} 发出的密钥不在库中 a key that was given out is missing, its box is refused: "
                    + "county station rotate --stolen, or add")),
        ];
        if (keys.Count > ServerLimits.RestoredLinesMax)
        {
            lines.Add($"… 共 {keys.Count} 个 keys in all");
        }

        if (store.RestoredKeysProblem() is { } problem)
        {
            lines.Add(problem);
        }

        return lines;
    }

    public static Command Refused()
    {
        Option<string> db = CommonOptions.Db();
        Command command = new("refused", "Counts refused messages by reason and claimed station; 0 = a stranger. 拒收报文统计。") { db };
        command.SetAction(parsed =>
        {
            using SqlStore store = SqlStore.Open(parsed.GetRequiredValue(db), create: false);
            ReportTable table = new("站点", "原因", "次数", "首次", "最近", "报文主题");
            foreach (RefusalCount c in store.Refusals())
            {
                table.Add(
                    $"{c.Station}", Catalogue.Chinese.Refusal((int)c.Reason), $"{c.Count}",
                    TimeText.Local(c.FirstMs), TimeText.Local(c.LastMs), c.Sample);
            }

            table.Show();
            return ExitCodes.Done;
        });
        return command;
    }

    public static Command Conflicts()
    {
        Option<string> db = CommonOptions.Db();
        Command command = new("conflicts",
            "Lists records that came again with other bytes, and stations whose number two boxes have. 记录冲突与同号。") { db };
        command.SetAction(parsed =>
        {
            using SqlStore store = SqlStore.Open(parsed.GetRequiredValue(db), create: false);
            ReportTable table = new("站点", "存储代号", "分类", "序号", "首次", "最近", "次数", "内容");
            IReadOnlyList<Doubt> doubts = store.Doubts();
            foreach (Conflict c in store.Conflicts())
            {
                bool Doubtful(long receivedMs) => doubts.Any(d => d.Covers(c.Key.Station, receivedMs));
                string marks = (Doubtful(c.FirstMs) ? " [存疑]" : "") + (Doubtful(c.StoredMs) ? " [留存者存疑]" : "");
                table.Add(
                    $"{c.Key.Station}", $"{c.Key.Epoch}", Catalogue.Chinese.Name(c.Key.Lane), $"{c.Key.Sequence}",
                    TimeText.Local(c.FirstMs), TimeText.Local(c.LastMs), $"{c.Times}", Convert.ToHexStringLower(c.Raw) + marks);
            }

            foreach (StationState s in store.States().Where(s => s.TwinsMs != 0))
            {
                table.Add($"{s.Station}", $"{s.Epoch}", "", "", "", TimeText.Local(s.TwinsMs), "", $"两台设备同号，另一存储 {s.EpochBefore}");
            }

            table.Show();
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>What is to be known of the station's store: two boxes in turn, or a new one, with when that was last seen.</summary>
    private static string Store(StationState s)
    {
        if (s.TwinsMs != 0)
        {
            return $"两台同号 {TimeText.Local(s.TwinsMs)}";
        }

        string often = s.EpochsInHour > 1 ? $"，自 {TimeText.Local(s.EpochHourMs)} 起一小时内 {s.EpochsInHour} 次" : "";
        return s.RenewedMs == 0 ? "" : $"换新 {TimeText.Local(s.RenewedMs)}{often}";
    }

    private static string State(GapReport report)
    {
        if (report.Gap.OwnedBy != 0)
        {
            return $"已由丢失记录{report.Gap.OwnedBy}说明";
        }

        return report.Past ? "原因不明" : "待补报";
    }

    /// <summary>Events that the station is known to have and that are not stored here. A heartbeat may be older than what is.</summary>
    private static string Missing(StationState s, uint[] held, int lane) => $"{Math.Max(0L, (long)s.Last[lane] - held[lane])}";

    private sealed record StationLine(StationRegistration Station, StationState? State, uint[] Held, bool Unsigned, BoxReport? Box)
    {
        /// <summary>The names of its places, where it tells of an alarm.</summary>
        public StationPlaces? Places { get; init; }
    }
}
