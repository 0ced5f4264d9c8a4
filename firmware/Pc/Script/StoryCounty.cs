// Owns: what a story needs of a county: asking, and looking into its database.
// Must never: know how a county does it; the gateway knows of a county only what the contract says.

using Gateway.Contract;
using Gateway.Core;

namespace Gateway.Pc.Script;

/// <summary>What the county is to ask, see <see cref="CommandCode"/>.</summary>
/// <param name="Text">The command's text, such as the place of a call-out.</param>
public sealed record CountyOrder(CommandCode Code, int A, int B, int C, string Text = "");

/// <summary>An event as the county holds it.</summary>
/// <param name="ZoneName">The name that its zone had then; "" where the county does not know it.</param>
public sealed record HeldEvent(EventRecord Record, string ZoneName);

/// <summary>A settings file beside a story, with what the county adds to it.</summary>
/// <param name="Path">The whole text.</param>
public sealed record StorySettings(string Path, Settings Settings);

/// <summary>The county behind a story. The loop's thread calls it.</summary>
public abstract class StoryCounty
{
    /// <summary>Asks the station; the task gives the command's number as soon as the county has it in its database.</summary>
    public abstract Task<uint> Ask(CountyOrder order);

    /// <summary>What the county's database holds of the station: lane by lane, in the order of the sequences.</summary>
    public abstract IReadOnlyList<HeldEvent> Held();
}
