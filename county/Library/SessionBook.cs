// Owns: whether a signed message is of the open session and new in it, and when its session may open.
// Must never: let an old message, replayed, reopen a session or move a counter back.

using Gateway.Contract;

namespace Gateway.County;

/// <summary>What a signed message is to its session.</summary>
internal enum Standing
{
    /// <summary>New in the open session, or a hello that opens one.</summary>
    Accepted,

    /// <summary>
    /// Of a later session whose hello the county does not have, or of one in which the county told more than it holds: the hello was
    /// lost, or the database is an older copy. Records are stored all the same, since their key makes that harmless and they may be a
    /// fire; then the gateway is asked for a hello, so that both compare every lane.
    /// </summary>
    Unopened,

    /// <summary>As Unopened, of a station whose unopened sessions have stored all that they may: only its fires are stored.</summary>
    Cut,

    /// <summary>Of the open session, but its counter was seen.</summary>
    Replayed,

    /// <summary>Of an earlier session, or of the key before this one.</summary>
    Earlier,

    /// <summary>A hello of a start that no box can have come to: whoever has the key wants to shut the box out.</summary>
    Impossible,

    /// <summary>A hello with which no version is in common.</summary>
    NoVersion,

    /// <summary>Signed and of this session or a later one, but its content is refused.</summary>
    BadContent,
}

/// <summary>Judges by <see cref="SessionRule"/>, with the rows of one transaction.</summary>
/// <param name="rows">The transaction.</param>
/// <param name="presence">Of which stations lives of the store were forgotten.</param>
/// <param name="nowMs">The wall clock, ms since 1970 UTC.</param>
/// <param name="trustedMs">The time by a clock that is trusted, ms since 1970 UTC.</param>
/// <param name="work">What it costs.</param>
internal sealed class SessionBook(IStoreTransaction rows, PresenceBook presence, long nowMs, long trustedMs, WorkBook work)
{
    private readonly Dictionary<(uint Station, uint Epoch), SessionState> _sessions = [];

    // Lives without a row, and those of which records are stored though no session was opened.
    private readonly HashSet<(uint Station, uint Epoch)> _new = [];
    private readonly HashSet<(uint Station, uint Epoch)> _stored = [];

    /// <summary>
    /// The newest session of the message's epoch. What another key signed says nothing about this one's sessions, so that whoever had a
    /// stolen key leaves nothing behind.
    /// </summary>
    public SessionState Of(SignedMessage message)
    {
        MessageHeader h = message.Header;
        if (!_sessions.TryGetValue((h.Station, h.Epoch), out SessionState? session))
        {
            session = rows.Session(h.Station, h.Epoch) ?? NewLife(message);
            session.KeyId = session.KeyId == 0 ? message.Key.Id : session.KeyId;
            _sessions.Add((h.Station, h.Epoch), session);
        }

        if (session.KeyId != message.Key.Id && !SignedBefore(message, session))
        {
            session = New(message);
            _sessions[(h.Station, h.Epoch)] = session;
        }

        return session;
    }

    /// <summary>Whether the message opens a session that is not the one kept.</summary>
    public bool Opens(SignedMessage message)
    {
        SessionState session = Of(message);
        return message.Hello is not null && (message.Header.Boot, message.Header.Session) != (session.Boot, session.Session);
    }

    /// <summary>Judges the message and, when it is accepted, moves its session on.</summary>
    public Standing Judge(SignedMessage message)
    {
        MessageHeader h = message.Header;
        SessionState session = Of(message);
        if (session.KeyId != message.Key.Id)
        {
            return Standing.Earlier;
        }

        Standing standing = h.Type == MessageType.Hello ? JudgeHello(message, session) : JudgeOther(h, session);
        if (message.Content != DecodeResult.Ok)
        {
            return standing is Standing.Accepted or Standing.Unopened ? Standing.BadContent : standing;
        }

        if (standing == Standing.Unopened && message.Batch is not null)
        {
            _stored.Add((h.Station, h.Epoch));
        }

        if (standing == Standing.Accepted && h.Type == MessageType.Offline)
        {
            session.WillBoot = h.Boot;
            session.WillSession = h.Session;
        }
        else if (standing == Standing.Accepted)
        {
            session.Boot = h.Boot;
            session.Session = h.Session;
            session.Counter = h.Counter;
            session.Abilities = message.Hello?.Abilities ?? session.Abilities;
        }

        return standing;
    }

    /// <summary>Whether the life has no row yet, so that its lanes have none either.</summary>
    public bool IsNew(uint station, uint epoch) => _new.Contains((station, epoch));

    public void Save()
    {
        SessionState[] kept = [.. _sessions.Values.Where(s => s.Boot != 0 || _stored.Contains((s.Station, s.Epoch)))];
        Array.ForEach(kept, session => session.SeenMs = nowMs);
        rows.PutAll(kept);
        foreach (uint station in kept.Where(s => IsNew(s.Station, s.Epoch)).Select(s => s.Station).Distinct())
        {
            int epochs = rows.CountEpochs(station);
            if (epochs > CountyLimits.EpochsKeptMax)
            {
                rows.ForgetEpochs(station, CountyLimits.EpochsKeptMax);
                presence.Forgot(station, epochs - CountyLimits.EpochsKeptMax);
            }
        }
    }

    private SessionState NewLife(SignedMessage message)
    {
        _new.Add((message.Header.Station, message.Header.Epoch));
        work.Add(message.Header.Station, CountyLimits.WorkOfEpoch);
        return New(message);
    }

    /// <summary>
    /// The highest start of which a forgotten life left a record: what is not above it may be an old hello. The box takes the number that
    /// it is told; its records are stored meanwhile.
    /// </summary>
    private uint Forgotten(SessionState session) =>
        session.Boot == 0 && presence.HasForgotten(session.Station) ? rows.NewestBoot(session.Station, session.Epoch) : 0;

    /// <summary>While a next key waits, what the old one still signs is before what the next one has signed.</summary>
    private static bool SignedBefore(SignedMessage message, SessionState session) =>
        message.From.NextKey is { } next && next.Id == session.KeyId && message.Key.Id == message.From.Key.Id;

    private static SessionState New(SignedMessage message) =>
        new() { Station = message.Header.Station, Epoch = message.Header.Epoch, KeyId = message.Key.Id };

    private Standing JudgeHello(SignedMessage message, SessionState session)
    {
        // One that was let in once may go on, whatever its number.
        uint highest = (uint)Math.Min(uint.MaxValue, (long)RisingNumber.AtLeast(trustedMs, uint.MaxValue) + CountyLimits.BootsAboveClock);
        if (message.Header.Boot > highest && session.Boot <= highest)
        {
            return Standing.Impossible;
        }

        if (Forgotten(session) is > 0 and uint boot && message.Header.Boot <= boot)
        {
            session.BootBefore = boot;
            return Standing.Earlier;
        }

        switch (SessionRule.Hello(message.Header, session.Boot, session.Session, session.Counter))
        {
            case DecodeResult.Ok:
                bool common = message.Hello is not { } hello
                    || Hello.Agree(hello.VersionMin, hello.VersionMax, ContractLimits.VersionMin, ContractLimits.VersionMax) != 0;
                return common ? Standing.Accepted : Standing.NoVersion;
            case DecodeResult.Replayed:
                return Standing.Replayed;
            default:
                return Standing.Earlier;
        }
    }

    private static Standing JudgeOther(MessageHeader h, SessionState session)
    {
        switch (SessionRule.Up(h, session.Epoch, session.Boot, session.Session, session.Counter))
        {
            case DecodeResult.Ok:
                // A will stands outside of the count, so it is taken once a session: replayed, it must not send a living station away
                // again.
                bool taken = h.Type == MessageType.Offline && (h.Boot, h.Session) == (session.WillBoot, session.WillSession);
                return taken ? Standing.Replayed : Standing.Accepted;
            case DecodeResult.Replayed:
                return Standing.Replayed;
            default:
                return SessionRule.Later(h, session.Boot, session.Session) ? Standing.Unopened : Standing.Earlier;
        }
    }
}
