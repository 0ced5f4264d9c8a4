// Owns: what can be pressed: the keys of the box apart from what only the virtual board has.
// Must never: offer a key that the settings do not have.

using Gateway.Core;
using Gateway.Pc.Board;
using Gateway.Pc.Run;

namespace Gateway.Pc.Screen;

/// <summary>Lines of pieces of markup, the first piece being the head.</summary>
internal static class KeyRows
{
    public static IReadOnlyList<IReadOnlyList<string>> Build(Snapshot s, Look look)
    {
        string[] box = [.. s.Keys.Select(key => Key($"{ScreenKeys.LetterOf(key)}", Label(s, key, look)))];
        var board = new List<string>();
        if (s.Zones.Count > 0)
        {
            board.Add(Key("1-9", look.Say("选部位", "zone")));
            foreach (HandMove move in (HandMove[])[HandMove.Press, HandMove.Cut, HandMove.Short, HandMove.Release])
            {
                board.Add(Key($"{ScreenKeys.LetterOf(move)}", look.Say(Words.Of(move))));
            }
        }

        board.Add(Key($"{ScreenKeys.EngineerLetter}", look.Engineer ? look.Say("值班视图", "duty view") : look.Say("维护视图", "engineer's view")));
        board.Add(Key("q", look.Say("退出", "quit")));
        return
        [
            [$"[grey]{look.Say("面板按键", "keys")}[/]", .. box],
            [$"[grey]{look.Say("试验操作", "trying")}[/]", .. board],
        ];
    }

    private static string Label(Snapshot s, Button key, Look look) =>
        key == Button.Test && s.Village.DrillLeftMin > 0 ? look.Say("结束演练", "end drill") : look.Say(Words.OfKey(key));

    private static string Key(string letter, string label) => $"[bold]{letter}[/] {label}";
}
