// Owns: whether a signed message is of the open session and new in it, and when its session may open.
// Must never: let an old message, replayed, reopen a session or move a counter back.

using Gateway.Contract;

namespace Gateway.County;

/// <summary>What a signed message is to its session. Records are stored whatever it is: their key makes a repeat harmless.</summary>
internal enum Standing
{
    /// <summary>New in the open session, or a hello that opens one.</summary>
    Accepted,

    /// <summary>Of the open session, but its counter was seen: a repeat, or overtaken.</summary>
    Repeated,

    /// <summary>Of a later session whose hello the county does not have: lost, or the database is an older copy.</summary>
    Unopened,

    /// <summary>Of an earlier session: replayed, or overtaken by the next session's hello.</summary>
    Earlier,

    /// <summary>A hello with which no version is in common.</summary>
    NoVersion,
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
        Standing standing = message.Hello is { } hello ? JudgeHello(h, hello, session) : JudgeOther(h, session);
        if (standing == Standing.Accepted && h.Type != MessageType.Offline)
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

    private static Standing JudgeHello(MessageHeader h, Hello hello, SessionState session)
    {
        switch (SessionRule.Hello(h, session.Boot, session.Session, session.Counter))
        {
            case DecodeResult.Ok:
                int version = Hello.Agree(hello.VersionMin, hello.VersionMax, ContractLimits.VersionMin, ContractLimits.VersionMax);
                return version == 0 ? Standing.NoVersion : Standing.Accepted;
            case DecodeResult.Replayed:
                return Standing.Repeated;
            default:
                return Standing.Earlier;
        }
    }

    private static Standing JudgeOther(MessageHeader h, SessionState session)
    {
        switch (SessionRule.Up(h, session.Epoch, session.Boot, session.Session, session.Counter))
        {
            case DecodeResult.Ok:
                return h.Type == MessageType.Offline && WillTaken(h, session) ? Standing.Repeated : Standing.Accepted;
            case DecodeResult.Replayed:
                return Standing.Repeated;
            default:
                return SessionRule.Later(h, session.Boot, session.Session) ? JudgeLater(h, session) : Standing.Earlier;
        }
    }

    // A connection may die between its opening and its hello: then its will is all that comes of it.
    private static Standing JudgeLater(MessageHeader h, SessionState session)
    {
        if (h.Type != MessageType.Offline)
        {
            return Standing.Unopened;
        }

        return WillTaken(h, session) ? Standing.Repeated : Standing.Accepted;
    }

    // A will stands outside of the count, so it is taken once a session: replayed, it must not send a living station away again and again.
    private static bool WillTaken(MessageHeader h, SessionState session)
    {
        bool taken = session.WillBoot == h.Boot && session.WillSession == h.Session;
        session.WillBoot = h.Boot;
        session.WillSession = h.Session;
        return taken;
    }
}
