// Owns: the verb `command`: what a person may ask of a station, as words and numbers.
// Must never: reach the broker; it writes into the table from which `county run` sends.

using System.CommandLine;
using System.CommandLine.Parsing;
using Gateway.Contract;
using Gateway.County.Sql;

namespace Gateway.County.Server;

internal static class StationCommands
{
    private static readonly string[] s_lanes = [.. Enumerable.Range(0, Lanes.Count).Select(lane => Lanes.Name((Lane)lane))];

    public static Command Create()
    {
        Option<uint?> station = CommonOptions.Station("The station that is asked.");
        station.Required = true;
        station.Recursive = true;
        Option<int> life = CommonOptions.Number(
            "--life", "Seconds for which the command is good.", 1, ushort.MaxValue, CountyLimits.CommandLifeS);
        life.Recursive = true;
        Option<string> db = CommonOptions.Db();
        db.Recursive = true;
        Asking ask = new(station, life, db);
        return new Command(
            "command",
            """
            Asks something of a station. `county run` sends it when the station is online, until an event of the station answers it.
            The number that is printed is the command's name in `county commands`. 下发命令。
            """)
        {
            station, life, db,
            Minutes(ask, CommandCode.DutyCheck, "Who is on duty? The answer key has to be pressed within the minutes. 查岗。",
                CountyLimits.DutyCheckMinutes),
            CallOut(ask),
            OfZones(ask, CommandCode.Drill,
                "Zones of the drill, 1..32, such as 1,2, or all; every other zone stays real. Not needed to end it.",
                "A drill of zones begins; 0 minutes end it. 演练。"),
            OfZones(ask, CommandCode.HotWork, "Zones that are disabled meanwhile, 1..32, such as 1,2; not needed to end it.",
                "A permit for hot work; 0 minutes end it. 动火。"),
            OfZone(ask, CommandCode.Disable, "A zone is disabled; 0 minutes end it. 屏蔽。"),
            OfZone(ask, CommandCode.Test, "A zone is put into test; 0 minutes end it. 测试。"),
            Plain(ask, CommandCode.Clock, "The gateway takes the county's clock. 校时。"),
            ReadLog(ask),
            Plain(ask, CommandCode.SelfTest, "The gateway tests itself. 自检。"),
            Plain(ask, CommandCode.Silence, "Silences the sounders, where the station's settings allow it. 消音。"),
            SettingsOrder.Create(station, life, db),
        };
    }

    /// <summary>The database, if it has such a station.</summary>
    public static SqlStore OpenFor(uint station, string database)
    {
        SqlStore store = SqlStore.Open(database, create: false);
        if (Known(store, station))
        {
            return store;
        }

        store.Dispose();
        throw new CommandException(Unknown(station)) { ExitCode = ExitCodes.NoSuchStation };
    }

    /// <summary>Says beside a list that its station is not registered: it may be a slip, or one whose rows stay when it has gone.</summary>
    public static void TellUnknown(SqlStore store, uint? station)
    {
        if (station is { } number && !Known(store, number))
        {
            Console.Error.WriteLine($"county: {Unknown(number)}");
        }
    }

    private static bool Known(SqlStore store, uint station) => store.RegisteredNumbers().Contains(station);

    private static string Unknown(uint station) =>
        $"--station: {station} is not registered; allowed: a number of `county station list` or `county peer list`";

    private static Command Minutes(Asking ask, CommandCode code, string description, int? standard)
    {
        Option<int> minutes = MinutesOption(code, standard);
        Command command = new(CommandCodes.Name(code), description) { minutes };
        command.SetAction(parsed => ask.Queue(parsed, code, parsed.GetValue(minutes)));
        return command;
    }

    private static Command CallOut(Asking ask)
    {
        Option<int> minutes = MinutesOption(CommandCode.CallOut, CountyLimits.CallOutMinutes);
        Option<string> place = new("--place")
        {
            Description = $"Where to, {OrderForm.PlaceAllowed}; not needed to end it.",
            HelpName = "TEXT",
            DefaultValueFactory = _ => "",
        };
        Command command = new(
            CommandCodes.Name(CommandCode.CallOut),
            "Somebody of the station is to set out for a fire elsewhere; 0 minutes end it. 增援。") { minutes, place };
        command.SetAction(parsed =>
            ask.Queue(parsed, CommandCode.CallOut, parsed.GetValue(minutes), place: parsed.GetValue(place) ?? ""));
        return command;
    }

    private static Command OfZone(Asking ask, CommandCode code, string description)
    {
        Option<int> zone = CommonOptions.Number("--zone", "The zone's number.", 1, byte.MaxValue, null);
        Option<int> minutes = MinutesOption(code, null);
        Command command = new(CommandCodes.Name(code), description) { zone, minutes };
        command.SetAction(parsed => ask.Queue(parsed, code, parsed.GetValue(minutes), zone: parsed.GetValue(zone)));
        return command;
    }

    private static Command OfZones(Asking ask, CommandCode code, string which, string description)
    {
        Option<int> zones = new("--zones")
        {
            Description = which,
            HelpName = "LIST",
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                int bits = OrderForm.Zones(code, text);
                if (bits == 0)
                {
                    result.AddError($"--zones: '{text}'; allowed: {OrderForm.ZonesAllowed(code)}");
                }

                return bits;
            },
        };
        Option<int> minutes = MinutesOption(code, null);
        Command command = new(CommandCodes.Name(code), description) { zones, minutes };
        command.SetAction(parsed => ask.Queue(parsed, code, parsed.GetValue(minutes), parsed.GetValue(zones)));
        return command;
    }

    private static Command ReadLog(Asking ask)
    {
        Option<Lane?> lane = CommonOptions.LaneName();
        lane.Description = $"The lane: {string.Join(", ", s_lanes)}.";
        lane.Required = true;
        Option<uint?> from = Sequence("--from", "First sequence that is sent again.");
        Option<uint?> to = Sequence("--to", "Last sequence that is sent again.");
        string name = CommandCodes.Name(CommandCode.ReadLog);
        Command command = new(name, "The gateway sends a range of its log again. 读记录。") { lane, from, to };
        command.SetAction(parsed =>
        {
            (uint first, uint last) = (parsed.GetValue(from) ?? 0, parsed.GetValue(to) ?? 0);
            return first <= last
                ? ask.Queue(parsed, new CommandRequest(
                    parsed.GetValue(ask.Station) ?? 0, (int)CommandCode.ReadLog, (int)(parsed.GetValue(lane) ?? Lane.Fire), (int)first,
                    (int)last))
                : throw new CommandException($"--to: {last}; allowed: at least --from, {first}");
        });
        return command;
    }

    private static Command Plain(Asking ask, CommandCode code, string description)
    {
        Command command = new(CommandCodes.Name(code), description);
        command.SetAction(parsed => ask.Queue(parsed, code));
        return command;
    }

    private static Option<int> MinutesOption(CommandCode code, int? standard)
    {
        (int least, int most) = OrderForm.Minutes(code);
        return CommonOptions.Number("--minutes", $"How long, min, {least}..{most}.", least, most, standard);
    }

    private static Option<uint?> Sequence(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "NUMBER",
        Required = true,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (uint.TryParse(text, out uint value) && value is >= 1 and <= ContractLimits.SequenceMax)
            {
                return value;
            }

            result.AddError($"{name}: '{text}'; allowed: 1..{ContractLimits.SequenceMax}");
            return null;
        },
    };

    /// <summary>The options of every command, and the act itself.</summary>
    private sealed record Asking(Option<uint?> Station, Option<int> Life, Option<string> Db)
    {
        public int Queue(ParseResult parsed, CommandCode code, int minutes = 0, int zones = 0, int zone = 0, string place = "") =>
            OrderForm.Missing(code, minutes, zones, place) is { } problem ? throw new CommandException($"--{problem}")
                : Queue(parsed, OrderForm.Request(parsed.GetValue(Station) ?? 0, code, minutes, zones, zone, place));

        public int Queue(ParseResult parsed, CommandRequest asked)
        {
            uint station = asked.Station;
            using SqlStore store = OpenFor(station, parsed.GetRequiredValue(Db));
            CommandRequest request = asked with { LifeS = parsed.GetValue(Life) };
            StationCommand queued = CountyDesk.Queue(store, request, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
            string until = TimeText.Local(queued.ExpiresMs);
            Console.WriteLine($"command {queued.Number} {CommandText.Words(queued)}: queued for station {station}, good until {until}");
            return ExitCodes.Done;
        }
    }
}
