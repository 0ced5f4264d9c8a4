// Owns: what the county tells whoever watches it work.
// Must never: be needed for the work; an observer is told after the commit and cannot stop it.

namespace Gateway.County;

/// <summary>
/// Called on the county's working thread, after the commit; returns quickly and does not throw. Every method has an empty default.
/// </summary>
public interface ICountyObserver
{
    /// <summary>An event was stored for the first time.</summary>
    void Stored(StationRegistration station, StoredEvent stored)
    {
    }

    /// <summary>A known key came with different bytes; the first version stays.</summary>
    void ConflictFound(StationRegistration station, EventKey key)
    {
    }

    /// <summary>
    /// A fire came under the name of another record, which stays. Told once, after <see cref="ConflictFound"/>; it is to be shown as any
    /// fire, so that nothing that somebody stored before it hides it.
    /// </summary>
    void ConflictingFire(StationRegistration station, StoredEvent fire) => Stored(station, fire);

    /// <summary>The gateway went past sequences that it did not send and that no loss record reports so far.</summary>
    void GapFound(StationRegistration station, Gap gap)
    {
    }

    /// <summary>A loss record reported a gap, or its records came after all.</summary>
    void GapExplained(StationRegistration station, Gap gap)
    {
    }

    /// <summary>A station came, left (its will was published) or fell silent.</summary>
    void PresenceChanged(StationRegistration station, PresenceChange change)
    {
    }

    /// <summary>
    /// A station spoke under another epoch than before. Rate-limited, but what is graver than the last line is told at once.
    /// </summary>
    void EpochChanged(StationRegistration station, EpochChange change)
    {
    }

    /// <summary>A station used its next key for the first time; the old one is forgotten.</summary>
    void KeyRotated(StationRegistration station)
    {
    }

    /// <summary>A command was sent for the first time, answered, or given up at the end of its life.</summary>
    void CommandChanged(StationRegistration station, StationCommand command)
    {
    }

    /// <summary>
    /// An alarm began to wait for an answer, went up to the township or the county, or was answered. Only the newest of several changes
    /// in one transaction is told.
    /// </summary>
    void Escalated(StationRegistration station, Escalation escalation)
    {
    }

    /// <summary>A case began, went on or ended.</summary>
    void CaseChanged(CaseChange change)
    {
    }

    /// <summary>Messages were refused since the last line about this station and reason. Rate-limited.</summary>
    void Refused(RefusalCount refusal, StationRegistration? claimed)
    {
    }

    /// <summary>
    /// The station's messages cost the county more than its share: it waits a few seconds, the others don't. At most once a minute.
    /// </summary>
    void HeldBack(StationRegistration station)
    {
    }

    /// <summary>Connected to the broker, or why not; told when it changes.</summary>
    void BrokerChanged(bool connected, string text)
    {
    }

    /// <summary>The link to a city centre that is served came up or broke.</summary>
    void CentreChanged(CentreState centre)
    {
    }

    /// <summary>What of a station a centre is not told, since more waits than may: at most one a station and 10 s.</summary>
    /// <param name="lost">What was given up since the last time.</param>
    /// <param name="station">Its registration; null where it has none any more.</param>
    void CentreLost(CentreLoss lost, StationRegistration? station)
    {
    }

    /// <summary>
    /// Called a few times a second while the county works, so that what is told by time needs no clock of its own.
    /// </summary>
    void Passed(Instant now)
    {
    }

    /// <summary>
    /// The county's own clock is implausible, or plausible again. While it is not trusted, no gateway's clock is set and numbers do not
    /// follow it; all else goes on.
    /// </summary>
    /// <param name="trusted">Whether it is trusted from now on.</param>
    /// <param name="utcMs">What it says, ms since 1970 UTC.</param>
    /// <param name="trustedMs">What a clock would say that went on from the last trusted moment.</param>
    void ClockTrusted(bool trusted, long utcMs, long trustedMs)
    {
    }

    /// <summary>
    /// A transaction failed or messages were dropped because the store is too slow; none of them was acknowledged. Rate-limited.
    /// </summary>
    void InTrouble(string text)
    {
    }
}

/// <summary>What it means that a station speaks under another epoch; the graver, the higher.</summary>
public enum EpochChange
{
    /// <summary>An epoch of before came back: the flash is good again after a life in memory.</summary>
    Returned,

    /// <summary>An epoch that the county did not know: what the old store had not sent is lost, or a second box has the number.</summary>
    Renewed,

    /// <summary>Two epochs speak in turn: two boxes have one number.</summary>
    Twins,
}

/// <summary>What became of a station's presence.</summary>
public enum PresenceChange
{
    /// <summary>A newer message than any before, after it was away or never seen.</summary>
    Online,

    /// <summary>The broker published its will.</summary>
    Offline,

    /// <summary>Nothing heard for <see cref="CountyOptions.SilentAfterMs"/>.</summary>
    Silent,

    /// <summary>Its registration was taken away.</summary>
    Removed,
}

/// <summary>Settings of the county's side.</summary>
public sealed class CountyOptions
{
    /// <summary>
    /// A station that was not heard for so long counts as silent, ms; one whose heartbeats are seen to be further apart, after three of
    /// them.
    /// </summary>
    public int SilentAfterMs { get; init; } = CountyLimits.SilentAfterMs;

    /// <summary>A fire that nobody in the village has answered goes to the township after this, ms: the first of 1, 3 and 5 min.</summary>
    public int TownshipAfterMs { get; init; } = CountyLimits.TownshipAfterMs;

    /// <summary>
    /// A zone that signals anew within this time of its answer asks nobody again: as long as a look may take (t1 and t2 of a box together).
    /// </summary>
    public int SameZoneAgainMs { get; init; } = CountyLimits.SameZoneAgainMs;

    /// <summary>And to the county after this, ms.</summary>
    public int CountyAfterMs { get; init; } = CountyLimits.CountyAfterMs;

    /// <summary>
    /// A fire that nobody has answered calls the first ring of its station's plan by itself after this, ms; 0 = only a judgement does.
    /// </summary>
    public int CalloutAfterMs { get; init; }

    /// <summary>Where nobody of a ring has set out, the next one is called after this, ms; 0 = by a person alone.</summary>
    public int CalloutRingAfterMs { get; init; } = CountyLimits.CalloutRingAfterMs;

    /// <summary>
    /// The open duty pages, where one is required: a fire that waits without one that sounds goes up a level. Null = none is required.
    /// </summary>
    public IDutyPages? Pages { get; init; }

    /// <summary>By when cases have to be closed, by whom, and what is a risk.</summary>
    public CaseSettings Cases { get; init; } = new();

    /// <summary>A person says that the machine's clock is right, however far it is from the last trusted moment.</summary>
    public bool TrustClock { get; init; }
}
