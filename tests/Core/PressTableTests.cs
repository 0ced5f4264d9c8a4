// Owns: that docs/settings.md says of every press in every state what the gateway does.
// Must never: know a state or a press that the page does not have.

using Gateway.Tests.Device;
using Gateway.Tests.Support;

namespace Gateway.Tests.PanelProperties;

/// <summary>Each cell of the page's table is played: the state comes about, a key is pressed, and what the cell says is there.</summary>
public sealed class PressTableTests
{
    private const string Heads = "| state | `silence` | `mute` | `answer` | `reset` | `test` |";

    private static readonly string[] s_keys = ["silence", "mute", "answer", "reset", "test"];

    /// <summary>Numbers of the keys in a record.</summary>
    private static readonly int[] s_numbers = [1, 7, 3, 2, 4];

    private static readonly Dictionary<string, (string Settings, string Steps)> s_states = new()
    {
        ["at rest"] = ("smoke 1", "+1s"),
        ["fire that still signals"] = ("smoke 1", "on1"),
        ["fire at rest again"] = ("smoke 1", "on1 off1"),
        ["fire, silenced"] = ("smoke 1", "on1 off1 silence"),
        ["fire, answered"] = ("smoke 1", "on1 off1 answer"),
        ["gas"] = ("gas 1", "on1 off1"),
        ["pre-alarm that still signals"] = ("smoke 1 | smoke 2 | group 1 zones=1,2 need=2", "on1"),
        ["fault"] = ("smoke 1 wiring=line", "cut1"),
        ["supervisory"] = ("valve 1", "on1"),
        ["duty check"] = ("smoke 1", "duty=10"),
        ["last look"] = ("smoke 1", "hot1=1 +61s"),
        ["drill, with a fire of it"] = ("smoke 1 | drill", "drill1=30 on1 off1"),
        ["key switch off, fire at rest again"] = ("smoke 1 | button lock input=d29", "on1 off1"),
        ["key switch on, fire at rest again"] = ("smoke 1 | button lock input=d29", "hold=lock on1 off1"),
    };

    private static readonly Dictionary<string, string> s_says = new()
    {
        ["on record"] = "@key-pressed/a{0}",
        ["all silent"] = "siren=off buzzer=off silenced=yes @silenced",
        ["buzzer silent"] = "buzzer=off silenced=no @key-pressed/a{0}",
        ["answered"] = "@acknowledged",
        ["duty check answered"] = "duty=no @duty-check-answered",
        ["look done"] = "look=no @hot-work-last-look/a1",
        ["ended"] = "fire=- siren=off buzzer=off @reset",
        ["refused: names the zone"] = "@reset-refused/1 !reset",
        ["refused: names the switch"] = "fire=1 @reset-refused/c1 !reset",
        ["self-test"] = "@self-test/f16 lamp-disabled=on",
        ["drill ended"] = "drill=off @drill-ended/b3",
    };

    public static TheoryData<string, string, string> Cells
    {
        get
        {
            var cells = new TheoryData<string, string, string>();
            foreach (string[] row in Rows())
            {
                for (int key = 0; key < s_keys.Length; key++)
                {
                    cells.Add(row[0], s_keys[key], row[key + 1]);
                }
            }

            return cells;
        }
    }

    [Fact]
    public void The_page_has_each_state_once() => Assert.Equal(s_states.Keys, Rows().Select(row => row[0]));

    [Theory]
    [MemberData(nameof(Cells))]
    public void A_press_does_what_the_page_says(string state, string key, string says)
    {
        (string settings, string steps) = s_states[state];
        int number = s_numbers[Array.IndexOf(s_keys, key)];
        string expected = string.Format(System.Globalization.CultureInfo.InvariantCulture, s_says[says], number);
        Behaviour.Holds(state, key, settings + " | button mute input=d30", $"{steps} {key}", expected);
    }

    private static IEnumerable<string[]> Rows() =>
        from line in File.ReadLines(Repository.Path("docs", "settings.md"))
            .SkipWhile(line => line != Heads).Skip(2).TakeWhile(line => line.StartsWith('|'))
        select line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray();
}
