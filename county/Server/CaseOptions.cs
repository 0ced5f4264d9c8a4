// Owns: the options of `county run` about cases.
// Must never: change what a case was given when it began.

using System.CommandLine;

namespace Gateway.County.Server;

internal static class CaseOptions
{
    public static (Option<string[]> Rules, Option<int> Silent, Option<int> FalseAlarms) Create()
    {
        Option<string[]> rules = new("--case-rule")
        {
            Description = "By when and by whom cases of a class or grade are closed, once or several times, like danger.major=3d,county.",
            HelpName = "RULE",
            Arity = ArgumentArity.OneOrMore,
        };
        rules.Validators.Add(result =>
        {
            if (new CaseSettings().Take(result.Tokens.Select(token => token.Value)) is { } problem)
            {
                result.AddError($"--case-rule: {problem}");
            }
        });
        Option<int> silent = CommonOptions.Number(
            "--silent-case-after", "Seconds without a sign of life after which a station is a case.", ServerLimits.EscalationMinS,
            ServerLimits.DayS, CountyLimits.CaseSilentAfterS);
        Option<int> falseAlarms = CommonOptions.Number(
            "--false-alarms", "So many alarms of a station judged false in a day are a risk.", 1, ServerLimits.FalseAlarmsMax,
            CountyLimits.FalseAlarmsADay);
        return (rules, silent, falseAlarms);
    }

    public static CaseSettings Settings(string[] rules, int silentAfterS, int falseAlarmsADay)
    {
        CaseSettings settings = new() { SilentAfterS = silentAfterS, FalseAlarmsADay = falseAlarmsADay };
        return settings.Take(rules) is { } problem ? throw new CommandException($"--case-rule: {problem}") : settings;
    }
}
