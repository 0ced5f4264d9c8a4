// Owns: `county peer add, list, parts, remove, unregistered, read, answers`: other makers' boxes.
// Must never: speak to a box; `county run` does.

using System.CommandLine;
using System.Security.Cryptography;
using Gateway.County.Gb26875;
using Gateway.County.Sql;
using Gateway.Gb26875;

namespace Gateway.County.Server;

internal static class PeerCommands
{
    public static Command Create() => new("peer", "Other makers' boxes, which speak GB/T 26875.3. 其他厂家的用户信息传输装置。")
    {
        Add(), List(), Parts(), Remove(), Unregistered(), Read(), Answers(),
    };

    private static Command Add()
    {
        Option<uint> id = CommonOptions.StationId();
        Option<string> address = CommonOptions.Required(
            "--address", "ADDRESS", $"The box's source address in its frames: {ProfileText.AddressAllowed}.");
        Option<string> county = CommonOptions.Required("--county", "CODE", "Code of the county.");
        Option<string> township = CommonOptions.Required("--township", "CODE", "Code of the township.");
        Option<string> village = CommonOptions.Required("--village", "CODE", "Code of the village.");
        Option<string> name = CommonOptions.Required("--name", "NAME", "What people call it.");
        Option<string> from = CommonOptions.Required(
            "--from", "SOURCES", $"From where it may speak, since its address can be forged: {PeerRegistration.SourcesAllowed}.");
        Option<string> profile = new("--profile")
        {
            Description = $"Its ways: {ProfileText.Allowed}.",
            HelpName = "FLAGS",
            DefaultValueFactory = _ => "none",
        };
        Option<string> db = CommonOptions.Db();
        Command command = new("add", "Registers a box; its events are listed under its number, like a station's. 登记。")
        {
            id, address, county, township, village, name, from, profile, db,
        };
        command.SetAction(parsed =>
        {
            if (!ProfileText.TryAddress(parsed.GetRequiredValue(address), out PeerAddress number))
            {
                throw new CommandException($"--address: '{parsed.GetValue(address)}'; allowed: {ProfileText.AddressAllowed}");
            }

            if (!ProfileText.TryParse(parsed.GetRequiredValue(profile), out PeerFlags flags))
            {
                throw new CommandException($"--profile: '{parsed.GetValue(profile)}'; allowed: {ProfileText.Allowed}");
            }

            PeerRegistration peer = new()
            {
                Station = parsed.GetRequiredValue(id),
                Address = (long)number.Number,
                County = parsed.GetRequiredValue(county),
                Township = parsed.GetRequiredValue(township),
                Village = parsed.GetRequiredValue(village),
                Name = parsed.GetRequiredValue(name),
                Profile = (int)flags,
                Sources = parsed.GetRequiredValue(from),
                Epoch = (uint)RandomNumberGenerator.GetInt32(1, int.MaxValue),
                AddedMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
            };
            if (peer.Problem() is { } problem)
            {
                throw new CommandException("--" + problem);
            }

            using SqlStore store = SqlStore.Open(parsed.GetRequiredValue(db));
            if (!store.AddPeer(peer))
            {
                PeerRegistration? same = store.Peers().FirstOrDefault(one => one.Address == peer.Address && one.MeetsSources(peer.Sources));
                throw new CommandException(
                    same is null || same.Station == peer.Station
                    ? $"--id: {peer.Station} is taken; allowed: a number that no station and no box has"
                    : $"--address: {number} is of {same}, from {same.Sources}; allowed: an address that no box has which may speak from "
                        + "the same place")
                {
                    ExitCode = ExitCodes.NoSuchStation,
                };
            }

            Console.WriteLine($"peer {peer.Station} {peer.Name}: {number} registered in {SqlStore.Shown(parsed.GetRequiredValue(db))}");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command List()
    {
        Option<string> db = CommonOptions.Db();
        Command command = new("list", "Lists the boxes, and when each was last heard. 列表。") { db };
        command.SetAction(parsed =>
        {
            using SqlStore store = SqlStore.Open(parsed.GetRequiredValue(db), create: false);
            Dictionary<uint, StationState> states = store.States().ToDictionary(state => state.Station);
            ReportTable table = new("编号", "名称", "地址", "县", "乡镇", "村", "来源", "特性", "状态", "最近收到");
            foreach (PeerRegistration peer in store.Peers())
            {
                StationState? state = states.GetValueOrDefault(peer.Station);
                table.Add(
                    $"{peer.Station}", peer.Name, $"{new PeerAddress((ulong)peer.Address)}", peer.County, peer.Township, peer.Village,
                    peer.Sources, ProfileText.Of((PeerFlags)peer.Profile),
                    state switch
                    {
                        null => "从未收到",
                        { TwinsMs: > 0 } => "两台同址",
                        { Silent: true } => "失联",
                        _ => "在线",
                    },
                    state is null ? "" : TimeText.Local(state.LastSeenMs));
            }

            table.Show();
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Parts()
    {
        Option<uint> id = CommonOptions.StationId();
        Option<string> db = CommonOptions.Db();
        Command command = new(
            "parts",
            """
            Lists what a box has told of: its parts with their state, and the newest measured values. 部件和测量值。
            A time with ? is that of receipt.
            """)
        {
            id, db,
        };
        command.SetAction(parsed =>
        {
            using SqlStore store = SqlStore.Open(parsed.GetRequiredValue(db), create: false);
            uint station = Box(store, parsed.GetRequiredValue(id));
            ILookup<PeerPartKey, PeerValue> values = store.Values(station).ToLookup(value => value.Key);
            ReportTable table = new("系统", "部件", "地址", "区", "说明", "状态", "测量值", "最近收到");
            foreach (PeerComponent part in store.Parts(station))
            {
                table.Add(
                    PartText.System(part), PartText.Kind(part), part.Key.What == PeerPart.Component ? $"{part.Key.Component}" : "",
                    part.Zone == 0 ? "" : $"{part.Zone}", ScreenText.Plain(part.Text), PartText.State(part),
                    string.Join("；", values[part.Key].Select(value => $"{PartText.Value(value)} {Time(value)}")),
                    TimeText.Local(part.SeenMs));
            }

            table.Show();
            return ExitCodes.Done;
        });
        return command;
    }

    private static string Time(PeerValue value) =>
        value.ToldMs > 0 ? TimeText.Local(value.ToldMs) : TimeText.Local(value.SeenMs) + "?";

    private static Command Remove()
    {
        Option<uint> id = CommonOptions.StationId();
        Option<string> db = CommonOptions.Db();
        Command command = new("remove", "Takes a box away; what it sent stays. 注销。") { id, db };
        command.SetAction(parsed =>
        {
            using SqlStore store = SqlStore.Open(parsed.GetRequiredValue(db), create: false);
            return store.RemovePeer(parsed.GetRequiredValue(id)) ? ExitCodes.Done : throw NoSuchBox(parsed.GetRequiredValue(id));
        });
        return command;
    }

    private static Command Unregistered()
    {
        Option<string> db = CommonOptions.Db();
        Command command = new(
            "unregistered",
            """
            Lists who sends frames and is not registered, or comes from elsewhere than registered, with the newest frame. 未登记来源。
            `county gb26875 decode` says what the frame means. Nothing of it is stored as an event.
            """)
        {
            db,
        };
        command.SetAction(parsed =>
        {
            using SqlStore store = SqlStore.Open(parsed.GetRequiredValue(db), create: false);
            ReportTable table = new("地址", "来自", "原因", "帧数", "首次", "最近", "最近一帧");
            foreach (PeerStranger one in store.Strangers())
            {
                table.Add(
                    $"{new PeerAddress((ulong)one.Address)}", one.Source,
                    one.Reason == StrangerReason.Unregistered ? "未登记" : "来源或编码不符",
                    $"{one.Count}", TimeText.Local(one.FirstMs), TimeText.Local(one.LastMs), Convert.ToHexString(one.Sample));
            }

            table.Show();
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Read()
    {
        Option<uint> id = CommonOptions.StationId();
        Option<int> type = new("--type")
        {
            Description = $"What to read: {Types()}.",
            HelpName = "NUMBER",
            Required = true,
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (int.TryParse(text, out int number) && PeerRequest.Readable.Contains((UnitType)number))
                {
                    return number;
                }

                result.AddError($"--type: '{text}'; allowed: {Types()}");
                return 0;
            },
        };
        Option<int> system = CommonOptions.Number("--system", "Type of the fire system.", 0, byte.MaxValue, 0);
        Option<int> systemAddress = CommonOptions.Number("--system-address", "Its address.", 0, byte.MaxValue, 0);
        Option<int> records = CommonOptions.Number("--records", "How many records.", 0, ServerLimits.PeerRecordsMax, 0);
        Option<uint> component = new("--component")
        {
            Description = "Address of the component as a number.",
            HelpName = "NUMBER",
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (uint.TryParse(text, out uint number))
                {
                    return number;
                }

                result.AddError($"--component: '{text}'; allowed: 0..4294967295");
                return 0;
            },
        };
        Option<int> life = CommonOptions.Number(
            "--life", "Seconds for which the request is good.", 1, ushort.MaxValue, CountyLimits.CommandLifeS);
        Option<string> db = CommonOptions.Db();
        Command command = new("read", "Asks a box for something; `county peer answers` has what came. 读取。")
        {
            id, type, system, systemAddress, records, component, life, db,
        };
        command.SetAction(parsed =>
        {
            int asked = parsed.GetRequiredValue(type);
            using SqlStore store = SqlStore.Open(parsed.GetRequiredValue(db), create: false);
            uint station = Box(store, parsed.GetRequiredValue(id));
            int of = parsed.GetValue(system) | (parsed.GetValue(systemAddress) << 8) | (parsed.GetValue(records) << 16);
            CommandRequest request = new(station, PeerRequest.ReadCode, asked, of, (int)parsed.GetValue(component))
            {
                LifeS = parsed.GetValue(life),
            };
            StationCommand queued = CountyDesk.Queue(store, request, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
            Console.WriteLine($"{queued.Number}");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Answers()
    {
        Option<uint> id = CommonOptions.StationId();
        Option<string> db = CommonOptions.Db();
        Command command = new("answers", "Lists what a box answered to `county peer read`. 读取结果。") { id, db };
        command.SetAction(parsed =>
        {
            using SqlStore store = SqlStore.Open(parsed.GetRequiredValue(db), create: false);
            uint station = Box(store, parsed.GetRequiredValue(id));
            ReportTable table = new("命令", "收到", "内容");
            foreach ((uint number, long receivedMs, byte[] unit) in store.PeerAnswers(station))
            {
                table.Add($"{number}", TimeText.Local(receivedMs), FrameReport.OfUnit(unit));
            }

            table.Show();
            return ExitCodes.Done;
        });
        return command;
    }

    private static string Types() => string.Join(", ", PeerRequest.Readable.Select(type => $"{(int)type} {FrameNames.Type(type)}"));

    /// <summary>The number, if a box has it.</summary>
    private static uint Box(SqlStore store, uint station) =>
        store.Peers().Any(peer => peer.Station == station) ? station : throw NoSuchBox(station);

    private static CommandException NoSuchBox(uint id) => new($"--id: {id} is no box; allowed: a number of `county peer list`")
    {
        ExitCode = ExitCodes.NoSuchStation,
    };
}
