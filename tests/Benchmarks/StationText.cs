// Owns: stations of a given size for measuring.
// Must never: leave out what costs: every rule has two conditions and two actions, as many as there is room for.

namespace Gateway.Tests.Benchmarks;

/// <summary>Settings in the short form of the tests' scenes.</summary>
internal static class StationText
{
    private static readonly string[] s_mixed = ["smoke", "smoke", "heat", "callpoint", "valve", "pump-fault", "pump-run", "smoke"];

    public static string Of(string kinds, int zones, int rules)
    {
        List<string> lines = [];
        for (int zone = 1; zone <= zones; zone++)
        {
            // A broken line takes the inputs with resistors; the rest are contacts.
            string wiring = zone <= Device.SceneBoard.Analog && zone <= zones / 2 ? " wiring=line" : "";
            lines.Add($"{(kinds == "mixed" ? s_mixed[zone % s_mixed.Length] : kinds)} {zone}{wiring}");
        }

        lines.Add("clocks");
        for (int rule = 1; rule <= rules; rule++)
        {
            string condition = kinds switch
            {
                "smoke" => "fire",
                "mixed" => "active",
                "pump-fault" => "fault",
                _ => "supervisory",
            };
            string window = rule % 8 == 0 && kinds != "pump-fault" ? $":2/{rule}s" : "";
            string time = $"{rule / 60:00}:{rule % 60:00}";
            lines.Add($"rule {rule} if {condition}:any{window} and !time:{time}-23:59 then relay{(rule % 4) + 1}:on severity:larger");
        }

        return string.Join(" | ", lines);
    }
}
