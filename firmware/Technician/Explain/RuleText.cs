// Owns: a rule as a sentence.
// Must never: judge a rule; the parser has taken it.

using Gateway.Contract;
using Gateway.Core;

namespace Gateway.Technician.Explain;

internal sealed class RuleText(Tongue tongue, Settings settings)
{
    /// <param name="rules">The words of each, behind "rule".</param>
    public IReadOnlyList<Item> All(IReadOnlyList<IReadOnlyList<string>> rules)
    {
        List<Item> items = [.. rules.Select(Rule)];
        if (rules.Count > 1)
        {
            // A rule may ask only for flags of rules above it, so their order matters.
            items.Add(new Item(tongue.Of("先后", "order"), [new(tongue.Of("先后", "order"), tongue.List(rules.Select(r =>
                r[0])))]) { Key = "rule order" });
        }

        return items;
    }

    private Item Rule(IReadOnlyList<string> words)
    {
        List<string> conditions = [], acts = [];
        bool then = false;
        foreach (string word in words.Skip(1))
        {
            if (word is "if" or "and" or "then")
            {
                then |= word == "then";
                continue;
            }

            (then ? acts : conditions).Add(then ? Act(word) : Condition(word));
        }

        return new Item(tongue.Of($"规则 {words[0]}", $"rule {words[0]}"),
        [
            new(tongue.Of("当", "if"), string.Join(tongue.Of("，并且", ", and "), conditions)),
            new(tongue.Of("则", "then"), string.Join(tongue.Of("；", "; "), acts)),
        ])
        {
            Key = $"rule {words[0]}",
        };
    }

    private string Condition(string word)
    {
        bool not = word[0] == '!';
        string said = Holds(not ? word[1..] : word);
        return not ? tongue.Of($"“{said}”不成立", $"not ({said})") : said;
    }

    private string Holds(string word)
    {
        int colon = word.IndexOf(':', StringComparison.Ordinal);
        (string name, string argument) = (word[..colon], word[(colon + 1)..]);
        switch (name)
        {
            case "mode":
                return argument switch
                {
                    "day" => tongue.Of("报警延时投入（有人值守）", "the delay is on (manned)"),
                    "night" => tongue.Of("报警延时退出（无人值守）", "the delay is off"),
                    "drill" => tongue.Of("该部位在演练", "the zone is drilled"),
                    _ => tongue.Of("动火作业中", "hot work is permitted"),
                };
            case "time":
                return tongue.Of("当地时间 ", "local time ")
                    + VillageWords.Window(tongue, VillageSection.ParseTime(argument[..5]), VillageSection.ParseTime(argument[6..]));
            case "day":
                return VillageWords.Days(tongue, VillageSection.ParseDays(argument));
            case "flag":
                return tongue.Of($"标志 {argument} 已置", $"flag {argument} is set");
            default:
                return OfZones(name, argument);
        }
    }

    private string OfZones(string name, string argument)
    {
        string[] window = argument.Split('/');
        string[] parts = window[0].Split(':');
        string state = name switch
        {
            "fire" => tongue.Of("报火警", "in fire"),
            "gas" => tongue.Of("报可燃气体", "in gas alarm"),
            "prealarm" => tongue.Of("报预警", "in pre-alarm"),
            "active" => tongue.Of("动作", "active"),
            "fault" => tongue.Of("报故障", "in fault"),
            "supervisory" => tongue.Of("报监管", "supervisory"),
            "disabled" => tongue.Of("被屏蔽", "disabled"),
            _ => tongue.Of("在测试", "in test"),
        };
        string who = Selected(parts[0]);
        string count = parts.Length > 1 ? parts[1] : "1";
        string within = window.Length > 1 ? tongue.Of($"{window[1].TrimEnd('s')} 秒内",
            $" within {window[1].TrimEnd('s')} s of each other") : "";
        bool single = parts[0].Length > 1 && parts[0][0] == 'z' && char.IsAsciiDigit(parts[0][1]);
        return single ? tongue.Of($"{who}{within}{state}", $"{who} is {state}")
            : tongue.Of($"{who}{within}至少 {count} 处{state}", $"at least {count} of {who} {state}{within}");
    }

    private string Selected(string selector)
    {
        if (selector == "any")
        {
            return tongue.Of("全部部位中", "all zones");
        }

        bool numbered = int.TryParse(selector.AsSpan(1), out int number);
        return numbered && selector[0] == 'z' ? ZoneWords.Name(tongue, settings, settings.IndexOf(number))
            : numbered && selector[0] == 'g' ? tongue.Of($"第 {number} 组中", $"group {number}")
            : tongue.Of($"{Catalogue.Chinese.Name(ZoneKinds.Parse(selector))}中", $"all zones of kind {selector}");
    }

    private string Act(string word)
    {
        string[] parts = word.Split(':');
        string argument = parts.Length > 1 ? parts[1] : "";
        switch (parts[0])
        {
            case "event":
                return tongue.Of("只记一条事件", "only an event is recorded");
            case "message":
                return tongue.Of($"发第 {argument} 号广播内容", $"broadcast message {argument}");
            case "severity":
                string grade = Catalogue.Chinese.Grade(Severities.Parse(argument));
                return tongue.Of($"风险等级记为{grade}风险", $"severity {argument}");
            case "set":
                return tongue.Of($"置标志 {argument}，供后面的规则用", $"flag {argument} is set for rules below");
            default:
                return StationWords.Role(tongue, (OutputRole)SettingsLine.IndexOf(OutputRoles.Names(), parts[0])) + tongue.Of("", " ")
                    + Pattern(argument);
        }
    }

    private string Pattern(string pattern) => pattern switch
    {
        "on" => tongue.Of("启动，条件不成立时停止", "on while it holds"),
        "flash" => tongue.Of("断续启动，条件不成立时停止", "on and off while it holds"),
        "hold" => tongue.Of("启动并保持，条件消失后复位才停", "on until a reset that finds the condition gone"),
        "fault" => tongue.Of("响故障声", "gives the sound of a fault"),
        "duty" => tongue.Of("响查岗声", "gives the sound of a duty check"),
        "prealarm" => tongue.Of("响预警声", "gives the sound of a pre-alarm"),
        _ => tongue.Of($"启动 {pattern["pulse".Length..].TrimEnd('s')} 秒", $"on for {pattern["pulse".Length..].TrimEnd('s')} s"),
    };
}
