// Owns: texts that people write, bent: settings with all their lines and rules, and scripts.
// Must never: accept a refusal without a reason.

using System.Text;
using Gateway.Core;
using Gateway.Pc.Script;

namespace Gateway.Simulation;

/// <summary>Inputs that are texts.</summary>
internal static class FuzzTexts
{
    private static readonly byte[] s_settings = Read();
    private static readonly byte[] s_script = Encoding.UTF8.GetBytes(
        "at 0ms press 1\nwait 500ms\nexpect siren on within 2s\nsilence\nreset\nwait until county holds within 1min\ncut 2\nshort 3\n"
        + "release 1\nat 1.5h answer\nwait until 22:30\ntimeline\nquit\n");
    private static readonly BoardShape s_shape = new() { AnalogInputs = 16, DigitalInputs = 32, Outputs = 16 };
    private static readonly byte[][] s_junk =
    [
        .. new[]
        {
            "rule 9 if fire:any:99999999999/60s then relay9:pulse99999999999s", "99999999999999999", "=", "\"", "..", ":", ",,,", "1-7,",
            "\n", "\0", "\u00e9\u6d88", " and !flag:f1 ", "zones=1,1,1,1,1", "-2147483648", "/", "message:0", "set:f1", "00:00-00:00",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    /// <summary>Settings with every kind of line, bent.</summary>
    public static string? Settings(Rng rng, byte[] buffer)
    {
        List<byte> text = Bent(rng, s_settings);
        byte[] bytes = [.. text];
        SettingsErrors errors = new();
        Settings? settings = SettingsParser.Parse(bytes, bytes.Length, s_shape, errors);
        return settings is null && errors.Total == 0 ? "refused without a reason" : null;
    }

    /// <summary>A script for the virtual board, bent.</summary>
    public static string? Script(Rng rng, byte[] buffer)
    {
        byte[] bytes = [.. Bent(rng, s_script)];
        List<string> errors = [];
        bool refused = ScriptParser.Parse("fuzz", bytes, null, errors, rng.OneIn(2) ? (_, _) => null : null) is null;
        return refused && errors.Count == 0 ? "refused without a reason" : null;
    }

    private static List<byte> Bent(Rng rng, byte[] good)
    {
        List<byte> text = [.. good];
        int bends = rng.Below(12);
        for (int i = 0; i < bends; i++)
        {
            int at = rng.Below(text.Count + 1);
            switch (rng.Below(4))
            {
                case 0 when at < text.Count && rng.OneIn(2):
                    text[at] = (byte)rng.Next();
                    break;
                case 0 when at < text.Count:
                    text.RemoveRange(at, Math.Min(rng.Below(20), text.Count - at));
                    break;
                case 1:
                    text.Insert(at, (byte)rng.Next());
                    break;
                case 2:
                    text.InsertRange(at, s_junk[rng.Below(s_junk.Length)]);
                    break;
                default:
                    text.InsertRange(at, text.GetRange(0, rng.Below(Math.Min(200, text.Count + 1))));
                    break;
            }
        }

        return text;
    }

    private static byte[] Read()
    {
        using Stream text = typeof(FuzzTexts).Assembly.GetManifestResourceStream("fuzz-settings.txt")!;
        using MemoryStream bytes = new();
        text.CopyTo(bytes);
        return bytes.ToArray();
    }
}
