// Owns: what a store must be able to do with names of places.
// Must never: ask a store to decide which table an event has but by its own start.

namespace Gateway.County;

/// <summary>Tables of names, and which settings were in force in which start. A store that keeps none leaves all as it is.</summary>
public interface INameRows
{
    /// <summary>Keeps a part of a table of names, in place of the same part.</summary>
    void Put(NamesRow part, long nowMs)
    {
    }

    /// <summary>The parts that are kept of a table.</summary>
    IReadOnlyList<NamesRow> Names(uint station, uint settingsCrc) => [new NamesRow(station, settingsCrc, 1, Last: true, [])];

    /// <summary>Of a station only so many tables stay, the newest.</summary>
    void ForgetNames(uint station, int keep)
    {
    }

    /// <summary>
    /// The settings that were in force in this start: those of the newest start in this epoch that is not above it; 0 = not known.
    /// </summary>
    uint SettingsAt(BootKey boot) => 0;

    /// <summary>From this start on these settings are in force.</summary>
    void PutSettings(BootKey boot, uint settingsCrc, long nowMs)
    {
    }

    /// <summary>Of a station only so many changes of settings stay, the newest.</summary>
    void ForgetSettings(uint station, int keep)
    {
    }

    /// <summary>Gives each event the names of its own start, where they are known.</summary>
    void Name(IReadOnlyList<StoredEvent> events)
    {
    }

    /// <summary>Gives each case the names of the start of its first event, where they are known.</summary>
    void Name(IReadOnlyList<Case> cases)
    {
    }

    /// <summary>Gives each step the names of the start of its event, where they are known.</summary>
    void Name(IReadOnlyList<CaseStep> steps)
    {
    }
}
