// Owns: what each key of the keyboard does: choosing a zone, acting on it, the keys of the box, the end.
// Must never: act on the station itself; the loop's thread does that.

using Gateway.Core;
using Gateway.Pc.Board;
using Gateway.Pc.Run;

namespace Gateway.Pc.Screen;

/// <summary>The chosen zone and what the last key said. One thread uses it, the keyboard's; the screen reads copies.</summary>
/// <param name="english">The language of what it says.</param>
public sealed class ScreenKeys(bool english = false)
{
    private static readonly Dictionary<char, HandMove> Moves =
        new() { ['p'] = HandMove.Press, ['c'] = HandMove.Cut, ['s'] = HandMove.Short, ['r'] = HandMove.Release };

    private static readonly Dictionary<char, Button> BoxKeys = new()
    {
        ['m'] = Button.Silence,
        ['z'] = Button.Reset,
        ['a'] = Button.Answer,
        ['g'] = Button.Scene,
        ['j'] = Button.Joined,
        ['t'] = Button.Test,
        ['b'] = Button.Mute,
        ['k'] = Button.Lock,
    };

    /// <summary>Turns the engineer's view on and off.</summary>
    public const char EngineerLetter = 'e';

    private const long Never = long.MinValue / 2;

    private long _digitMs = Never;

    /// <summary>Number of the chosen zone; 0 before the first key.</summary>
    public int Chosen { get; private set; }

    /// <summary>What the last key did, for a line of the screen.</summary>
    public string Note { get; private set; } = "";

    /// <summary>True while the engineer's view is asked for.</summary>
    public bool Engineer { get; private set; }

    /// <summary>True after q.</summary>
    public bool Quit { get; private set; }

    /// <summary>The letter of a key of the box.</summary>
    public static char LetterOf(Button key) => BoxKeys.First(pair => pair.Value == key).Key;

    /// <summary>The letter of a move.</summary>
    public static char LetterOf(HandMove move) => Moves.First(pair => pair.Value == move).Key;

    /// <summary>Takes a key; gives what is to be done to the board, or null.</summary>
    public Hand? Take(ConsoleKeyInfo key, Snapshot now)
    {
        if (Chosen == 0 && now.Zones.Count > 0)
        {
            Chosen = now.Zones[0].Number;
        }

        char letter = char.ToLowerInvariant(key.KeyChar);
        if (letter == 'q')
        {
            Quit = true;
            return null;
        }

        if (letter == EngineerLetter)
        {
            Engineer = !Engineer;
            Note = "";
            return null;
        }

        if (key.Key is ConsoleKey.UpArrow or ConsoleKey.DownArrow)
        {
            Step(key.Key == ConsoleKey.UpArrow ? -1 : 1, now);
            return null;
        }

        if (char.IsAsciiDigit(letter))
        {
            Digit(letter - '0', now);
            return null;
        }

        if (Moves.TryGetValue(letter, out HandMove move))
        {
            return OnZone(move, now);
        }

        return BoxKeys.TryGetValue(letter, out Button box) ? OnBox(box, now) : null;
    }

    private Hand? OnZone(HandMove move, Snapshot now)
    {
        if (now.Zones.Count == 0)
        {
            Note = english ? "no zones in the settings" : "未配置部位";
            return null;
        }

        // The settings may have changed since it was chosen.
        if (now.Zones.FirstOrDefault(zone => zone.Number == Chosen) is not { } chosen)
        {
            Note = NoZone(Chosen);
            Chosen = 0;
            return null;
        }

        Note = $"{Words.Of(move).In(english)} → {Chosen} {chosen.Name}";
        return Hand.At(Chosen, move);
    }

    private Hand? OnBox(Button key, Snapshot now)
    {
        bool there = now.Keys.Contains(key);
        Note = Words.OfKey(key).In(english) + (there ? "" : english ? ": not in the settings" : "：本站未设此键");
        return there ? Hand.OnKey(key) : null;
    }

    private string NoZone(int number) => english ? $"there is no zone {number}" : $"没有{number}号";

    private void Step(int by, Snapshot now)
    {
        int[] numbers = [.. now.Zones.Select(zone => zone.Number)];
        int at = Array.IndexOf(numbers, Chosen) + by;
        if (at >= 0 && at < numbers.Length)
        {
            Chosen = numbers[at];
        }
    }

    private void Digit(int digit, Snapshot now)
    {
        bool Has(int number) => now.Zones.Any(zone => zone.Number == number);
        int two = (Chosen * 10) + digit;
        bool second = now.NowMs - _digitMs <= PcLimits.DigitsMs && Chosen < 10 && Has(two);
        if (second || Has(digit))
        {
            Chosen = second ? two : digit;
            _digitMs = second ? Never : now.NowMs;
            Note = "";
        }
        else
        {
            Note = NoZone(digit);
        }
    }
}
