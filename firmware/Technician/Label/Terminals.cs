// Owns: which terminal an input or output of a text is, as it is printed on the board; hardware/INSTALL.md has the same.
// Must never: name a terminal of a board that it does not know.

using Gateway.Core;
using Gateway.Start;
using Gateway.Technician.Explain;

namespace Gateway.Technician.Label;

internal static class Terminals
{
    // The carrier's: digital inputs with their common, then outputs by their numbers.
    private static readonly string[] s_contacts = ["X3.1", "X3.2", "X3.3", "X3.4", "X3.5", "X3.7", "X3.8", "X3.9"];
    private static readonly string[] s_outputs = ["X4.1/2", "X4.3/4", "X5.1-3", "X5.4-6"];

    // Lines that have terminals, two each; a9 and a10 are the wires of siren and strobe themselves, a11 is the battery.
    private const int LinesWithTerminals = 8;

    public static string Input(Settings settings, int input)
    {
        string name = ZoneWords.Input(settings, input);
        if (settings.BoardName != CarrierS3.Name)
        {
            return name;
        }

        int contact = input - settings.AnalogInputs;
        return contact >= 0 ? $"{name} {s_contacts[contact]} + X3.6"
            : input < LinesWithTerminals ? $"{name} X2.{input * 2 + 1}/{input * 2 + 2}" : name;
    }

    public static string Output(Tongue tongue, Settings settings, int output)
    {
        string name = tongue.Of($"输出 {output + 1}", $"output {output + 1}");
        return settings.BoardName == CarrierS3.Name && output < s_outputs.Length ? $"{name} {s_outputs[output]}" : name;
    }
}
