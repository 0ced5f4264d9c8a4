// Owns: what a station's events say of a settings text that was sent to it.
// Must never: take what it says of an earlier text for this one.

using Gateway.Contract;

namespace Gateway.County;

public static class SettingsTrial
{
    /// <summary>
    /// That it was refused and where, that it is in force, or that the station went back to the one before; null when nothing is said yet.
    /// </summary>
    /// <param name="reader">The station's events.</param>
    /// <param name="commit">The command that put it in force.</param>
    public static EventRecord? Of(IEventReader reader, StationCommand commit)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(commit);
        EventQuery newest = new() { Station = commit.Station, Lane = Lane.Routine, NewestMax = CountyLimits.AnswersMax };
        List<EventRecord> events = [.. reader.Events(newest).Select(e => e.Record)];
        int answer = events.FindLastIndex(r => r.Kind == EventKind.CommandDone && (uint)r.A == commit.Number);
        return answer < 0 ? null
            : events[answer].Value == (int)CommandOutcome.WrongSettings
                ? events[..answer].FindLast(r => r.Kind == EventKind.SettingsRefused)
            : events[(answer + 1)..].FindLast(
                r => r.Kind is EventKind.SettingsLoaded or EventKind.SettingsRolledBack && r.A == commit.C);
    }
}
