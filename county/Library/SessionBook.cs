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

    /// <summary>Of the open session, but its counter was seen.</summary>
    Replayed,

    /// <summary>Of an earlier session.</summary>
    Earlier,

    /// <summary>A hello with which no version is in common.</summary>
    NoVersion,

    /// <summary>Signed and of this session or a later one, but its content is refused.</summary>
    BadContent,
}

/// <summary>Judges by <see cref="SessionRule"/>, with the rows of one transaction.</summary>
internal sealed class SessionBook(IStoreTransaction rows)
{
    private readonly Dictionary<(uint Station, uint Epoch), SessionState> _sessions = [];

    public SessionState Of(MessageHeader h)
    {
        if (!_sessions.TryGetValue((h.Station, h.Epoch), out SessionState? session))
        {
            session = rows.Session(h.Station, h.Epoch) ?? new SessionState { Station = h.Station, Epoch = h.Epoch };
            _sessions.Add((h.Station, h.Epoch), session);
        }

        return session;
    }

    /// <summary>Judges the message and, when it is accepted, moves its session on.</summary>
    public Standing Judge(SignedMessage message)
    {
        MessageHeader h = message.Header;
        SessionState session = Of(h);
        Standing standing = h.Type == MessageType.Hello ? JudgeHello(message, session) : JudgeOther(h, session);
        if (message.Content != DecodeResult.Ok)
        {
            return standing is Standing.Accepted or Standing.Unopened ? Standing.BadContent : standing;
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
        }

        return standing;
    }

    public void Save()
    {
        foreach (SessionState session in _sessions.Values)
        {
            if (session.Boot != 0)
            {
                rows.Put(session);
            }
        }
    }

    private static Standing JudgeHello(SignedMessage message, SessionState session)
    {
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
