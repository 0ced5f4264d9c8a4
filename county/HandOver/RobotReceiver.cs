// Owns: a group's robot, or a gateway for SMS or voice, as a receiver: what its rule names, as a line, many at once in a storm.
// Must never: give a telephone number away, or show its address, which has its token in it.

using System.Text;

namespace Gateway.County.HandOver;

/// <summary>Where a robot is and what it is told.</summary>
public sealed class RobotSettings
{
    private RobotSettings()
    {
    }

    public const string Allowed = "NAME dingtalk|wecom|template FILE [RULE]; FILE has the address in its first line, and in its second "
        + "DingTalk's secret or the template";

    public string Name { get; private init; } = "";

    internal RobotKind Kind { get; private init; }

    internal RobotRule Rule { get; private init; } = RobotRule.Parse("").Rule!;

    /// <summary>Of the file.</summary>
    public string File { get; private init; } = "";

    /// <summary>The robot of an option's text; its file is still to be read.</summary>
    public static (RobotSettings? Robot, string? Problem) Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split(' ', 4, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string[] kinds = ["dingtalk", "wecom", "template"];
        int kind = parts.Length < 3 ? -1 : Array.IndexOf(kinds, parts[1]);
        if (kind < 0 || !Contract.Topics.LevelOk(parts[0]) || parts[0] == HandOverSettings.Platform)
        {
            return (null, $"'{PlainText.Clean(text)}'; allowed: {Allowed}");
        }

        (RobotRule? rule, string? problem) = RobotRule.Parse(parts.Length > 3 ? parts[3] : "");
        return rule is null ? (null, problem) : (new RobotSettings
        {
            Name = "robot-" + parts[0], Kind = (RobotKind)kind, Rule = rule, File = parts[2],
        }, null);
    }

    /// <summary>What is wrong with the lines of its file, without what is in them; null when nothing is.</summary>
    public string? Problem(IReadOnlyList<string> lines, bool plain, bool inside)
    {
        ArgumentNullException.ThrowIfNull(lines);
        return lines.Count == 0 || HandOverSettings.Problem(lines[0], plain, inside) is not null
            ? "line 1 is no address that is allowed; allowed: https://HOST/PATH, or http and inside where the county says so"
            : Kind == RobotKind.Template && lines.Count < 2 ? "line 2: missing; allowed: a template"
            : Kind == RobotKind.Template ? RobotMessage.ProblemOfTemplate(lines[1])
            : null;
    }
}

/// <param name="settings">Which.</param>
/// <param name="lines">Of its file.</param>
/// <param name="inside">Whether addresses of the county's own networks are allowed.</param>
/// <param name="words">Cases in words.</param>
/// <param name="time">The clock; null = the system's.</param>
public sealed class RobotReceiver(
    RobotSettings settings, IReadOnlyList<string> lines, bool inside, ICaseWords words, TimeProvider? time = null) : IHandOverReceiver
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly HandOverSender _sender = new(inside, [], time ?? TimeProvider.System);

    public string Name => settings.Name;

    public bool Sends => true;

    public int TogetherMax => HandOverLimits.StormMax;

    public int ApartMs => HandOverLimits.RobotApartMs;

    public bool Wants(Case one, CaseStep step, long nowMs)
    {
        long minute = (nowMs + CountyLimits.DayAheadMs) / 60_000 % (24 * 60);
        return settings.Rule.Tells(one, (int)minute);
    }

    public byte[] Body(HandOverFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        Case one = facts.Case;
        string grade = one.Class == CaseClass.Alarm ? "" : $"[{words.Grade(one)}] ";
        return Encoding.UTF8.GetBytes(
            $"{grade}{facts.Where} {words.Title(one)}；{words.Step(facts.Step)}；{words.State(one)}（{one.Id}）".TrimStart());
    }

    public async Task<Attempt> Send(IReadOnlyList<HandOverRow> rows, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(rows);
        string second = lines.Count > 1 ? lines[1] : "";
        Uri url = RobotMessage.Address(settings.Kind, new Uri(lines[0]), second, _time.GetUtcNow().ToUnixTimeMilliseconds());
        string text = RobotMessage.Text([.. rows.Select(row => Encoding.UTF8.GetString(row.Body))]);
        byte[] body = RobotMessage.Body(settings.Kind, text, second);
        (Attempt attempt, byte[] answer) = await _sender.Post(url, body, "application/json", [], stop).ConfigureAwait(false);

        // What a gateway answers may repeat what it was sent: numbers, keys.
        return RobotMessage.Outcome(settings.Kind, attempt.Status == 0 ? attempt : attempt with { Words = "" }, answer);
    }

    public void Dispose() => _sender.Dispose();
}
