// Owns: stations of a given size for measuring.
// Must never: leave out what costs: every rule has two conditions and two actions, as many as there is room for.

namespace Gateway.Tests.Benchmarks;

/// <summary>Settings in the short form of the tests' scenes.</summary>
internal static class StationText
{
    private static readonly string[] s_mixed = ["smoke", "smoke", "heat", "callpoint", "valve", "pump-fault", "pump-run", "smoke"];

    /// <summary>
    /// By zones: smoke, valve, pump-fault, mixed, whose rules sound and light. By rules over smoke: counts (every second condition counts
    /// zones within a window), held (every rule holds a relay and pulses another), windows (every rule has one of time), flags (each rule
    /// asks for the flag of one before), groups (coincidence).
    /// </summary>
    public static readonly string[] Kinds = ["smoke", "valve", "pump-fault", "mixed", "counts", "held", "windows", "flags", "groups"];

    public static string Of(string kinds, int zones, int rules)
    {
        List<string> lines = [];
        bool byRules = Array.IndexOf(Kinds, kinds) > 3;
        for (int zone = 1; zone <= zones; zone++)
        {
            // A broken line takes the inputs with resistors; the rest are contacts.
            string wiring = zone <= Device.SceneBoard.Analog && zone <= zones / 2 ? " wiring=line" : "";
            lines.Add($"{(kinds == "mixed" ? s_mixed[zone % s_mixed.Length] : byRules ? "smoke" : kinds)} {zone}{wiring}");
        }

        for (int group = 1; group <= 8 && kinds == "groups"; group++)
        {
            lines.Add($"group {group} zones={string.Join(',', Enumerable.Range(group * 4 - 3, 4))} need={2 + group % 2} withinS=60");
        }

        lines.Add("clocks");
        lines.Add("display kind=oled");
        for (int rule = 1; rule <= rules; rule++)
        {
            lines.Add($"rule {rule} if {Condition(kinds, rule)} then {Action(kinds, rule)}");
        }

        return string.Join(" | ", lines);
    }

    private static string Condition(string kinds, int rule)
    {
        string condition = kinds switch
        {
            "mixed" => "active",
            "pump-fault" => "fault",
            "valve" => "supervisory",
            _ => "fire",
        };
        string window = rule % 8 == 0 && kinds != "pump-fault" ? $":2/{rule}s" : "";
        string time = $"{rule / 60:00}:{rule % 60:00}";
        return kinds switch
        {
            "counts" when rule % 2 == 0 => $"fire:any:{(rule / 2 % 30) + 2}/{rule}s and active:z{(rule % 32) + 1}",
            "counts" => rule < 32 ? $"active:any and fire:z{rule}" : $"fire:any and active:z{rule - 31}",
            "held" => $"fire:any and active:any:{(rule + 1) / 2}",
            "windows" => $"fire:any and time:{time}-23:59",
            "flags" when rule <= 16 => rule == 1 ? "fire:any and active:any" : $"flag:f{rule - 1} and !fault:z{rule}",
            "flags" => $"flag:f{(rule % 16) + 1} and active:z{rule % 32 + 1}:1/{rule}s",
            "groups" => $"fire:g{(rule % 8) + 1}:{(rule % 3) + 1}/{rule + 100}s and prealarm:g{((rule + 1) % 8) + 1}:{(rule / 8 % 3) + 1}",
            _ => $"{condition}:any{window} and !time:{time}-23:59",
        };
    }

    private static string Action(string kinds, int rule) => kinds switch
    {
        "held" or "counts" or "groups" => $"relay{(rule % 2) + 1}:hold relay{(rule % 2) + 3}:pulse{rule}s",
        "flags" when rule <= 16 => $"relay{(rule % 4) + 1}:on set:f{rule}",
        _ => $"relay{(rule % 4) + 1}:on severity:larger",
    };
}
