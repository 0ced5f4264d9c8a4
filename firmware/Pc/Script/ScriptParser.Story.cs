// Owns: the lines that only a story has: its head, what the county asks, and what the county must hold.
// Must never: accept one of them where no county is at hand to do it.

using System.Globalization;
using Gateway.Contract;
using Gateway.Core;

namespace Gateway.Pc.Script;

public sealed partial class ScriptParser
{
    private const string CountyAllowed =
        "county duty-check TIME, drill [ZONES] TIME, drill end, hot-work ZONES TIME, hot-work end, "
        + "shield ZONE TIME|end, call-out TIME PLACE|end, test ZONE TIME|end, clock, self-test, silence, read-log LANE FROM TO, "
        + "each with [answered OUTCOME]";

    private const string HeldAllowed =
        "held LANE KIND [zone N] [with N] [rule N] [SEVERITY] [FLAG]... [value=N] [a=N] [b=N] [c=N] [name=NAME]";

    private const string HeldName = "name=";

    private const string End = "end";

    private void Head()
    {
        if (_steps.Count > 0)
        {
            Refuse(_text, $"{_words[0]} 只在第一条命令之前\n{_words[0]} only above the first command");
        }
        else
        {
            OnlyInStory();
        }
    }

    /// <summary>False, and one error a file, where there is no county.</summary>
    private bool OnlyInStory()
    {
        if (_story is null && !_toldStory)
        {
            _toldStory = true;
            string play = $"./run.sh --script {_file}";
            Refuse(_text, $"此情景需要县平台，请用 {play} 播放\nno line of a story without a county; play it with {play}");
        }

        return _story is not null;
    }

    private CountyStep? County(long atMs)
    {
        if (!OnlyInStory())
        {
            return null;
        }

        CountyOrder? order = Order(Word());
        if (order is null)
        {
            return null;
        }

        int answer = (int)CommandOutcome.Done;
        if (Accept("answered"))
        {
            string word = Word();
            string[] names = [.. Enumerable.Range(0, CommandOutcomes.Last + 1).Select(CommandOutcomes.Name)];
            answer = word == "refused" ? -1 : Array.IndexOf(names, word);
            if (answer < 0 && word != "refused")
            {
                Refuse($"answered '{word}'", $"{string.Join(", ", names)}, refused");
                return null;
            }
        }

        return new CountyStep(order, answer) { Line = _line, Text = _text, AtMs = atMs };
    }

    private CountyOrder? Order(string word)
    {
        switch (word)
        {
            case "duty-check":
                return Minutes(orEnd: false) is var asked and >= 0 ? new CountyOrder(CommandCode.DutyCheck, asked, 0, 0) : null;
            case "call-out":
                return OfPlace();
            case "drill":
                return OfZones();
            case "hot-work":
                return Permit();
            case "shield":
                return OfZone(CommandCode.Disable);
            case "test":
                return OfZone(CommandCode.Test);
            case "clock":
                return new CountyOrder(CommandCode.Clock, 0, 0, 0);
            case "self-test":
                return new CountyOrder(CommandCode.SelfTest, 0, 0, 0);
            case "silence":
                return new CountyOrder(CommandCode.Silence, 0, 0, 0);
            case "read-log":
                return ReadLog();
            default:
                Refuse(_text, CountyAllowed);
                return null;
        }
    }

    /// <summary>Minutes and a place of one word, or the end.</summary>
    private CountyOrder? OfPlace()
    {
        int minutes = Minutes(orEnd: true);
        return minutes < 0 ? null : new CountyOrder(CommandCode.CallOut, minutes, 0, 0, minutes > 0 ? Word() : "");
    }

    private CountyOrder? OfZone(CommandCode code)
    {
        // Any number may be asked for: what the station makes of an unknown zone is its answer.
        int zone = Number(1, byte.MaxValue, "部位号\na zone's number");
        return zone > 0 && Minutes(orEnd: true) is var minutes and >= 0 ? new CountyOrder(code, zone, minutes, 0) : null;
    }

    private CountyOrder? Permit()
    {
        if (Accept(End))
        {
            return new CountyOrder(CommandCode.HotWork, 0, 0, 0);
        }

        int bits = ZoneBits("hot-work", Word());
        return bits != 0 && Minutes(orEnd: false) is var minutes and >= 0 ? new CountyOrder(CommandCode.HotWork, bits, minutes, 0) : null;
    }

    /// <summary>A drill of some zones, such as "1,2 10min", of every zone, or its end.</summary>
    private CountyOrder? OfZones()
    {
        if (Accept(End))
        {
            return new CountyOrder(CommandCode.Drill, 0, 0, 0);
        }

        bool named = _next + 1 < _words.Length && _words[_next + 1] != "answered";
        int bits = named ? ZoneBits("drill", Word()) : 0;
        return (bits != 0) == named && Minutes(orEnd: true) is var minutes and >= 0
            ? new CountyOrder(CommandCode.Drill, minutes, bits, 0)
            : null;
    }

    /// <summary>Zone numbers as bits; 0 and an error otherwise.</summary>
    private int ZoneBits(string order, string word)
    {
        int bits = 0;
        foreach (string part in word.Split(','))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int zone) || zone is < 1 or > Limits.ZonesMax)
            {
                string most = $"1..{Limits.ZonesMax}";
                Refuse($"{order} '{word}'", $"部位号 {most}，用逗号隔开，如 2,3，或 end\nzone numbers {most} with commas, such as 2,3, or end");
                return 0;
            }

            bits |= 1 << (zone - 1);
        }

        return bits;
    }

    private CountyOrder? ReadLog()
    {
        string word = Word();
        Lane lane = Lanes.Parse(word);
        if (lane == Lane.None)
        {
            Refuse($"lane '{word}'", LaneWords());
            return null;
        }

        int from = Number(1, int.MaxValue, "序号\na sequence");
        int to = from < 0 ? -1 : Number(from, int.MaxValue, "序号\na sequence");
        return to < 0 ? null : new CountyOrder(CommandCode.ReadLog, (int)lane, from, to);
    }

    /// <summary>Whole minutes, 0 for "end"; -1 and an error otherwise.</summary>
    private int Minutes(bool orEnd)
    {
        if (orEnd && Accept(End))
        {
            return 0;
        }

        string word = Word();
        long ms = TimeMs(word);
        if (ms >= Limits.MinuteMs && ms % Limits.MinuteMs == 0 && ms <= ScriptLimits.MinutesMax * (long)Limits.MinuteMs)
        {
            return (int)(ms / Limits.MinuteMs);
        }

        string chinese = $"整分钟，如 10min 或 2h，至多 {ScriptLimits.MinutesMax} 分钟{(orEnd ? "，或 end" : "")}";
        string english = $"whole minutes such as 10min or 2h, at most {ScriptLimits.MinutesMax} min{(orEnd ? ", or end" : "")}";
        Refuse($"'{word}'", $"{chinese}\n{english}");
        return -1;
    }

    private int Number(int least, int most, string what)
    {
        string word = Word();
        if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most)
        {
            return number;
        }

        Refuse($"'{word}'", $"{SettingsWords.Chinese(what)}，{least}..{most}\n{SettingsWords.English(what)}, {least}..{most}");
        return -1;
    }

    private ScriptStep? WaitClock(long atMs)
    {
        string word = Word();
        const DateTimeStyles plain = DateTimeStyles.None;
        if (_settings is null || !TimeOnly.TryParseExact(word, "HH:mm", CultureInfo.InvariantCulture, plain, out TimeOnly time))
        {
            return Refuse($"'{word}'", "HH:MM，00:00 到 23:59，须有配置\nHH:MM, 00:00 to 23:59, where there are settings");
        }

        int minute = time.Hour * 60 + time.Minute;
        return new WaitClockStep(minute, _settings.UtcOffsetMin) { Line = _line, Text = _text, AtMs = atMs };
    }

    private ScriptStep? ExpectCondition(bool none, long atMs)
    {
        string word = Word();
        ConditionBits bit = Words.ConditionOf(word);
        return bit == ConditionBits.None
            ? Refuse($"condition '{word}'", Words.AllowedConditions())
            : new ExpectConditionStep(bit, none) { Line = _line, Text = _text, AtMs = atMs };
    }

    private ScriptStep? ExpectCode(long atMs)
    {
        string word = Word();
        int code = Words.StationCodeOf(word);
        return code < 0
            ? Refuse($"code '{word}'", "green, yellow, red")
            : new ExpectCodeStep(code) { Line = _line, Text = _text, AtMs = atMs };
    }

    private ScriptStep? Held(long atMs)
    {
        if (!OnlyInStory())
        {
            return null;
        }

        string laneWord = Word();
        string code = Word();
        Lane lane = Lanes.Parse(laneWord);
        EventKind kind = Words.KindOf(code);
        if (lane == Lane.None || (int)kind == 0 || (EventKinds.LaneOf(kind) is var of and not Lane.None && of != lane))
        {
            string allowed = lane == Lane.None ? LaneWords() : $"a kind of the lane {laneWord}: {KindsOf(lane)}";
            return Refuse(_text, $"{HeldAllowed}; {allowed}");
        }

        var line = new HeldLine(lane, kind);
        while (_next < _words.Length)
        {
            if (HeldWord(line, Word()) is not { } longer)
            {
                return null;
            }

            line = longer;
        }

        _held = true;
        return new HeldStep(line) { Line = _line, Text = _text, AtMs = atMs };
    }

    private HeldLine? HeldWord(HeldLine line, string word)
    {
        Severity severity = Severities.Parse(word);
        EventFlags flag = Words.FlagOf(word);
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        switch (word)
        {
            case "zone":
                return Zone() is var zone and > 0 ? line with { Zone = zone } : null;
            case "with":
                return Zone() is var with and > 0 ? line with { With = with } : null;
            case "rule":
                return Number(1, byte.MaxValue, "规则号\na rule's number") is var rule and > 0 ? line with { Rule = rule } : null;
            case var _ when severity is not Severity.None and not Severity.Unknown:
                return line with { Severity = severity };
            case var _ when flag != EventFlags.None:
                return line with { Flags = line.Flags | flag };
            case var _ when word.StartsWith(HeldName, StringComparison.Ordinal) && line.Zone > 0:
                return line with { Name = word[HeldName.Length..] };
            case var _ when equals > 0 && int.TryParse(word.AsSpan(equals + 1), CultureInfo.InvariantCulture, out int number):
                HeldLine? detailed = Detail(line, word[..equals], number);
                if (detailed is not null)
                {
                    return detailed;
                }

                break;
        }

        Refuse($"'{word}'", $"{HeldAllowed}; severities low, general, larger, major; flags {Words.AllowedFlags()}");
        return null;
    }

    private static HeldLine? Detail(HeldLine line, string name, int number) => name switch
    {
        "value" => line with { Value = number },
        "a" => line with { A = number },
        "b" => line with { B = number },
        "c" => line with { C = number },
        _ => null,
    };

    private void EndHeld()
    {
        if (_held)
        {
            _steps.Add(new NothingElseHeldStep { Line = _line, Text = "held nothing else" });
        }
    }

    private static string LaneWords() => string.Join(", ", Enumerable.Range(0, Lanes.Count).Select(lane => Lanes.Name((Lane)lane)));

    private static string KindsOf(Lane lane) =>
        string.Join(", ", Words.Kinds().Where(code => EventKinds.LaneOf(Words.KindOf(code)) is var of && (of == lane || of == Lane.None)));
}
