// Owns: what stands on the command line of the load generator.
// Must never: play another load than was written.

using System.Globalization;

namespace Gateway.Tools.Load;

/// <summary>The words after `load stations` or `load run`.</summary>
public sealed class LoadOptions
{
    private const string Brokers = "--broker";
    private const string Steps = "--steps";
    private const string Out = "--out";
    private const string Ca = "--ca";

    private static readonly Number[] s_numbers =
    [
        new("--counties", 1, 1, LoadLimits.CountiesMax, "counties, whose stations take turns"),
        new("--stations", 200, 1, LoadLimits.StationsMax, "stations, all counties together"),
        new("--step-seconds", 60, 5, LoadLimits.SecondsMax, "how long a step of --steps lasts"),
        new("--seconds", 60, 1, LoadLimits.SecondsMax, "how long events are made after the steps"),
        new("--spread", 0, 0, LoadLimits.SecondsMax, "a connection begins, and comes again, at random within so many seconds"),
        new("--heartbeat", 30, 5, 600, "seconds between a station's heartbeats"),
        new("--routine", 60, 1, LoadLimits.SecondsMax, "seconds between a station's routine events"),
        new("--fires", 60, 0, LoadLimits.FiresMax, "fires a minute, all stations together"),
        new("--storm", 0, 0, LoadLimits.SecondsMax, "seconds between storms; 0 = none"),
        new("--storm-share", 10, 1, 100, "percent of the stations that a storm takes the mains from"),
        new("--drain", 120, 0, LoadLimits.SecondsMax, "seconds at the end in which what is not held yet may be"),
    ];

    private readonly Dictionary<string, int> _values = s_numbers.ToDictionary(one => one.Name, one => one.Usual, StringComparer.Ordinal);

    private LoadOptions(bool runs) => Runs = runs;

    /// <summary>False: only the tables of the stations are written.</summary>
    public bool Runs { get; }

    public IReadOnlyList<(string Host, int Port)> At { get; private set; } = [];

    /// <summary>Numbers of stations, rising, each for a time; then all.</summary>
    public IReadOnlyList<int> StepsUp { get; private set; } = [];

    public string? Folder { get; private set; }

    /// <summary>Authorities in PEM; null = no TLS.</summary>
    public string? Authorities { get; private set; }

    public int Counties => _values["--counties"];

    public int Stations => _values["--stations"];

    public int StepS => _values["--step-seconds"];

    public int Seconds => _values["--seconds"];

    public int SpreadMs => _values["--spread"] * 1_000;

    public int HeartbeatMs => _values["--heartbeat"] * 1_000;

    public int RoutineMs => _values["--routine"] * 1_000;

    public int FiresPerMinute => _values["--fires"];

    public int StormMs => _values["--storm"] * 1_000;

    public int StormPercent => _values["--storm-share"];

    public int DrainS => _values["--drain"];

    public static string Usage { get; } =
        "usage: load stations --out DIR [--counties N] [--stations N]\n"
        + "       load run --broker HOST:PORT[,HOST:PORT] [--ca FILE] [--steps N,N] [--out DIR] [other numbers]\n"
        + string.Concat(s_numbers.Select(one => $"  {one.Name,-15}{one.What} ({one.Least}..{one.Most}, else {one.Usual})\n"))
        + "  --ca           TLS, with a certificate that one of the authorities in this PEM file signed\n"
        + "  --steps        numbers of stations, rising, each for --step-seconds with a line of figures\n"
        + "  --out          folder of the tables COUNTY.csv and COUNTY-divisions.csv, or of ledger.csv and fires.csv";

    /// <summary>What was written; null with place, value and what is allowed where it cannot be.</summary>
    public static LoadOptions? Of(IReadOnlyList<string> words, out string problem)
    {
        ArgumentNullException.ThrowIfNull(words);
        problem = "";
        if (words.Count == 0 || words[0] is not ("stations" or "run"))
        {
            problem = $"'{words.FirstOrDefault()}'; allowed: stations, run";
            return null;
        }

        LoadOptions options = new(words[0] == "run");
        HashSet<string> given = new(StringComparer.Ordinal);
        for (int i = 1; i < words.Count && problem.Length == 0; i += 2)
        {
            problem = i + 1 == words.Count ? $"{words[i]}: no value; allowed: one behind each option"
                : !given.Add(words[i]) ? $"{words[i]}: a second time; allowed: once"
                : options.Take(words[i], words[i + 1]);
        }

        problem = problem.Length > 0 ? problem : options.Missing();
        return problem.Length > 0 ? null : options;
    }

    private string Missing()
    {
        if (Runs && At.Count == 0)
        {
            return $"{Brokers}: missing; allowed: HOST:PORT, such as 127.0.0.1:1883";
        }

        if (!Runs && Folder is null)
        {
            return $"{Out}: missing; allowed: a folder that is there";
        }

        return StepsUp.LastOrDefault() > Stations ? $"{Steps}: {StepsUp[^1]}; allowed: at most --stations, {Stations}"
            : Counties > Stations ? $"--counties: {Counties}; allowed: at most --stations, {Stations}" : "";
    }

    private string Take(string name, string value)
    {
        switch (name)
        {
            case Brokers when Runs:
                At = [.. value.Split(',').Select(Address).OfType<(string, int)>()];
                return At.Count == value.Split(',').Length ? ""
                    : $"{name}: '{value}'; allowed: HOST:PORT with a port 1..65535, one or several with commas";
            case Steps when Runs:
                int[] steps = [.. value.Split(',').Select(one => Whole(one) ?? 0)];
                StepsUp = steps;
                return steps[0] > 0 && steps.Zip(steps.Skip(1)).All(pair => pair.First < pair.Second) ? ""
                    : $"{name}: '{value}'; allowed: numbers of stations that rise, with commas, such as 250,500";
            case Ca when Runs:
                Authorities = value;
                return File.Exists(value) ? "" : $"{name}: '{value}'; allowed: a file that is there";
            case Out:
                Folder = value;
                return Directory.Exists(value) ? "" : $"{name}: '{value}'; allowed: a folder that is there";
        }

        if (s_numbers.FirstOrDefault(one => one.Name == name) is not { } number)
        {
            string[] known = Runs ? [Brokers, Ca, Steps, Out] : [Out];
            return $"'{name}'; allowed: {string.Join(", ", known.Concat(s_numbers.Select(one => one.Name)))}";
        }

        if (Whole(value) is { } count && count >= number.Least && count <= number.Most)
        {
            _values[name] = count;
            return "";
        }

        return $"{name}: '{value}'; allowed: {number.Least}..{number.Most}";
    }

    private static int? Whole(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    private static (string Host, int Port)? Address(string text)
    {
        int colon = text.LastIndexOf(':');
        return colon > 0 && Whole(text[(colon + 1)..]) is { } port && port is >= 1 and <= ushort.MaxValue ? (text[..colon], port) : null;
    }

    private sealed record Number(string Name, int Usual, int Least, int Most, string What);
}
