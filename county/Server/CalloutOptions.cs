// Owns: the options of `county run` about call-outs.
// Must never: call anybody where nobody said so.

using System.CommandLine;

namespace Gateway.County.Server;

internal static class CalloutOptions
{
    public static (Option<int> After, Option<int> RingAfter) Create() => (
        Seconds(
            "--callout-after", "Seconds after which an unanswered fire calls its station's plan; 0 = only when it is judged real.",
            ServerLimits.EscalationMinS, 0),
        Seconds(
            "--callout-ring-after", "Seconds after which the next ring is called, where nobody has set out; 0 = by a person alone.",
            ServerLimits.RingAfterMinS, CountyLimits.CalloutRingAfterMs / 1_000));

    /// <summary>A number of seconds, or 0 for never.</summary>
    private static Option<int> Seconds(string name, string description, int least, int standard)
    {
        Option<int> option = CommonOptions.Number(name, description, 0, ServerLimits.DayS, standard);
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && int.TryParse(text, out int number) && number > 0 && number < least)
            {
                result.AddError($"{name}: '{text}'; allowed: 0, or {least}..{ServerLimits.DayS}");
            }
        });
        return option;
    }
}
