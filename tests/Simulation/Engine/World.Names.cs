// Owns: settings that change names only, at some starts, and that the county has the names of those in force in the end.
// Must never: hurt the flash that the settings lie in; who reads torn settings is tried elsewhere.

using System.Text;
using Gateway.Contract;
using Gateway.Core;
using Gateway.County;

namespace Gateway.Simulation;

public sealed partial class World
{
    // The county asks again after ten minutes; some of what it asks and is told may have been lost before the faults stopped.
    private const long NamesComeMs = 25 * 60_000;

    /// <summary>Texts that were in force, by checksum: the names of their zones by number.</summary>
    private readonly Dictionary<uint, Dictionary<int, string>> _namesOf = [];
    private readonly SimFlash _settingsFlash;
    private readonly Rng _names;

    /// <summary>What the technician's settings say in this start: each time he came, every zone has another name.</summary>
    private Settings InForce(Ports ports)
    {
        if (!_swarm.Names)
        {
            return _settings;
        }

        Core.SettingsTrial trial = new(_settingsFlash, SimBoard.Shape());
        ports.Trial = trial;
        if (_namesOf.Count == 0 || _names.OneIn(3))
        {
            string name = $"name=\"{_namesOf.Count + 1}号楼 {new string('厨', _names.Below(10))}";
            byte[] text = Encoding.UTF8.GetBytes(Renamed(SimInputs.Settings(_swarm, Station), name));
            trial.Take(text, text.Length);
            trial.Store.Find();
            trial.Store.Mark(trial.Store.Number(trial.Store.Texts - 1), SettingsMark.Good);
        }

        SettingsErrors errors = new();
        Settings settings = trial.Choose(errors)
            ?? throw new InvalidOperationException("the simulation's names are refused: " + errors.Text(0, "sim"));
        if (!_namesOf.ContainsKey(settings.TextCrc))
        {
            Trace($"names {_namesOf.Count + 1}: settings {settings.TextCrc:x8}");
            IEnumerable<string> zones = Encoding.UTF8.GetString(Exported(trial)).Split('\n').Where(IsZone);
            _namesOf.Add(settings.TextCrc, zones.ToDictionary(
                line => int.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture), line => line.Split('"')[1]));
        }

        return settings;
    }

    private static bool IsZone(string line) => line.StartsWith("zone ", StringComparison.Ordinal);

    private static string Renamed(string text, string name) => string.Join('\n', text.Split('\n').Select(line => !IsZone(line) ? line
        : string.Join(' ', line.Split(' ').Select(
            word => word.StartsWith("name=", StringComparison.Ordinal) ? $"{name}{word[5..]}\"" : word))));

    private static byte[] Exported(Core.SettingsTrial trial)
    {
        byte[] text = new byte[Limits.SettingsBytesMax];
        return text[..trial.Export(text)];
    }

    /// <summary>When nothing is lost any more, the county comes to have the names in force, and never those of another text.</summary>
    private void CheckNames()
    {
        if (!_swarm.Names)
        {
            return;
        }

        long until = _nowMs + NamesComeMs;
        while (!NamesCame(_loop?.Settings.TextCrc ?? 0) && _nowMs < until)
        {
            RunFor(10_000);
        }

        uint crc = _loop?.Settings.TextCrc ?? 0;
        if (!NamesCame(crc))
        {
            throw new ViolationException(
                $"names: {NamesComeMs / 60_000} min after the faults the county has no table of {crc:x8}, in force");
        }
    }

    private bool NamesCame(uint crc)
    {
        using IStoreTransaction rows = _county.Store.Begin();
        foreach ((uint of, Dictionary<int, string> names) in _namesOf)
        {
            Judge(of, names, rows.Names(Station, of), whole: of == crc);
        }

        return NamesRow.Whole(rows.Names(Station, crc));
    }

    private static void Judge(uint crc, Dictionary<int, string> names, IReadOnlyList<NamesRow> parts, bool whole)
    {
        HashSet<int> told = [];
        PlaceEntry place = new();
        foreach (byte[] places in parts.Select(part => part.Places))
        {
            for (int at = 0; place.Decode(places, at, places.Length) == DecodeResult.Ok; at = place.NameAt + place.NameBytes)
            {
                string name = Encoding.UTF8.GetString(places, place.NameAt, place.NameBytes);
                if (place.Sort == PlaceSort.Zone && (names.GetValueOrDefault(place.Number) != name || !told.Add(place.Number)))
                {
                    throw new ViolationException($"names: the table of {crc:x8} calls zone {place.Number} \"{name}\"");
                }
            }
        }

        if (whole && NamesRow.Whole(parts) && told.Count != names.Count)
        {
            throw new ViolationException($"names: the table of {crc:x8} has {told.Count} of {names.Count} zones");
        }
    }
}
