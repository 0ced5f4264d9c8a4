// Owns: the options that several commands share, and how their values are read.
// Must never: give the same option two meanings.

using System.CommandLine;
using System.CommandLine.Parsing;
using Gateway.Contract;

namespace Gateway.County.Server;

internal static class CommonOptions
{
    public static Option<string> Db()
    {
        Option<string> db = new("--db")
        {
            Description = "The database: the path of a SQLite file, or postgres://USER:PASSWORD@HOST:PORT/NAME.",
            HelpName = "DATABASE",
            DefaultValueFactory = _ => "county.db",
        };
        NotEmpty(db, "the path of a SQLite file, or postgres://USER:PASSWORD@HOST:PORT/NAME");
        return db;
    }

    /// <summary>Refuses an empty text, such as an unset variable of a shell script gives.</summary>
    public static void NotEmpty(Option option, string allowed) => option.Validators.Add(result =>
    {
        if (result.Tokens.Count == 1 && result.Tokens[0].Value.Length == 0)
        {
            result.AddError($"{option.Name}: ''; allowed: {allowed}");
        }
    });

    public static Option<string> Required(string name, string helpName, string description) => new(name)
    {
        Description = description,
        HelpName = helpName,
        Required = true,
    };

    public static Option<bool> Json() => new("--json") { Description = "JSON instead of a table; times in UTC." };

    public static Option<uint?> Station(string description, string name = "--station") => new(name)
    {
        Description = description,
        HelpName = "NUMBER",
        CustomParser = result => StationNumber(result),
    };

    public static Option<uint> StationId() => new("--id")
    {
        Description = "The station's number, 1..4294967295.",
        HelpName = "NUMBER",
        Required = true,
        CustomParser = result => StationNumber(result) ?? 0,
    };

    public static Option<long?> Moment(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (TimeText.TryParse(text, DateTimeOffset.Now, out long ms))
            {
                return ms;
            }

            result.AddError($"{name}: '{text}'; allowed: {TimeText.Allowed}");
            return null;
        },
    };

    public static Option<Lane?> LaneName() => new("--lane")
    {
        Description = "Only this lane: fire, condition or routine.",
        HelpName = "LANE",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            Lane lane = Lanes.Parse(text);
            if (lane != Lane.None)
            {
                return lane;
            }

            result.AddError($"--lane: '{text}'; allowed: fire, condition, routine");
            return null;
        },
    };

    /// <summary>A number within bounds; without a standard value it has to be given.</summary>
    public static Option<int> Number(string name, string description, int least, int most, int? standard) => new(name)
    {
        Description = description,
        HelpName = "NUMBER",
        Required = standard is null,
        DefaultValueFactory = standard is { } value ? _ => value : null,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (int.TryParse(text, out int number) && number >= least && number <= most)
            {
                return number;
            }

            result.AddError($"{name}: '{text}'; allowed: {least}..{most}");
            return 0;
        },
    };

    public static Option<int> SilentAfter() => Number(
        "--silent-after",
        "Seconds without a sign of life after which a station counts as silent.",
        least: 1,
        most: ServerLimits.DayS,
        standard: new CountyOptions().SilentAfterMs / 1000);

    private static uint? StationNumber(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (Topics.StationOf(text, out uint station))
        {
            return station;
        }

        string name = (result.Parent as OptionResult)?.Option.Name ?? "station";
        result.AddError($"{name}: '{text}'; allowed: 1..4294967295");
        return null;
    }
}
