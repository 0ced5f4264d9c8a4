// Owns: which answer a message gets, and the bytes of an answer.
// Must never: say that anything is held which the transaction does not hold.

using Gateway.Contract;

namespace Gateway.County;

/// <summary>
/// Collects the answers of one transaction, each with the numbers after all of its messages. A session gets one "held" a transaction,
/// however many batches and heartbeats came: a heartbeat is answered too, since that is how a gateway knows in quiet times that the
/// county still listens.
/// </summary>
internal sealed class AnswerBook(PresenceBook presence, Func<MessageHeader, uint[]> heldOf, LedgerResult result)
{
    private readonly HashSet<(uint Station, uint Epoch, uint Boot, uint Session, MessageType Type)> _given = [];

    public void Take(SignedMessage message, Standing standing, SessionState session)
    {
        switch (standing)
        {
            case Standing.Accepted:
                Accept(message);
                break;
            case Standing.Unopened:
                Unopened(message);
                break;
            case Standing.Replayed when message.Header.Type == MessageType.Hello:
                // A store that was written back from a copy says its old hello anew: it need not find out by silence. A gateway that was
                // welcomed in this session takes no notice.
                Refuse(message, DecodeResult.Replayed, BootAbove(session));
                break;
            case Standing.Replayed:
                result.Refused.Add((message, DecodeResult.Replayed));
                break;
            case Standing.NoVersion:
                Refuse(message, DecodeResult.WrongVersion, 0);
                break;
            case Standing.BadContent when message.Header.Type == MessageType.Offline:
                // A will comes from a broker when its gateway is gone: nobody waits for an answer.
                result.Refused.Add((message, message.Content));
                break;
            case Standing.BadContent:
                Refuse(message, message.Content, 0);
                break;
            case Standing.Impossible:
                // A gateway whose own number is that high begins a new epoch: what it is told is not above its number.
                Refuse(message, DecodeResult.WrongSession, BootAbove(session));
                break;
            case Standing.Cut:
                // Not all of it is stored: the gateway sends it again in the session that it is asked to open.
                Refuse(message, DecodeResult.WrongSession, 0);
                break;
            case Standing.Earlier when message.Header.Type == MessageType.Hello:
                // A gateway that lost its count of starts is told where to go on; a replayed hello's gateway refuses this answer.
                Refuse(message, DecodeResult.WrongSession, BootAbove(session));
                break;
            default:
                result.Refused.Add((message, DecodeResult.WrongSession));
                break;
        }
    }

    /// <summary>The largest number has none above it: it is asked for itself, and the gateway's sessions rise above the one kept.</summary>
    private static uint BootAbove(SessionState session)
    {
        uint boot = Math.Max(session.Boot, session.BootBefore);
        return boot == uint.MaxValue ? uint.MaxValue : boot + 1;
    }

    private void Accept(SignedMessage message)
    {
        if (message.Header.Type != MessageType.Offline)
        {
            Give(message, message.Hello is null ? MessageType.Held : MessageType.Welcome, DecodeResult.Ok, 0);
        }
    }

    /// <summary>Records are acknowledged first, so that a fire's lamp need not wait for the next session.</summary>
    private void Unopened(SignedMessage message)
    {
        if (message.Batch is not null)
        {
            Give(message, MessageType.Held, DecodeResult.Ok, 0);
        }

        if (message.Header.Type == MessageType.Offline)
        {
            result.Refused.Add((message, DecodeResult.WrongSession));
        }
        else
        {
            Refuse(message, DecodeResult.WrongSession, 0);
        }
    }

    private void Refuse(SignedMessage message, DecodeResult reason, uint bootAtLeast)
    {
        result.Refused.Add((message, reason));
        Give(message, MessageType.Refuse, reason, bootAtLeast);
    }

    private void Give(SignedMessage message, MessageType type, DecodeResult reason, uint bootAtLeast)
    {
        MessageHeader h = message.Header;
        if (_given.Add((h.Station, h.Epoch, h.Boot, h.Session, type)))
        {
            uint counter = MessageTypes.Uncounted(type) ? 0 : presence.NextCounter(h.Station);
            result.Answers.Add(new Answer(message, type, counter, heldOf(h), reason, bootAtLeast));
        }
    }
}

/// <summary>An answer that waits for the commit.</summary>
/// <param name="To">The message that is answered: its station, epoch, boot and session are repeated.</param>
/// <param name="Type">Welcome, Held, Refuse or Ask.</param>
/// <param name="Counter">Above every counter that this station was answered with before; 0 for a refusal.</param>
/// <param name="Held">Per lane.</param>
/// <param name="Reason">Of a refusal.</param>
/// <param name="BootAtLeast">
/// Of a refusal: the smallest boot number that would be taken, 0 = no demand; of an ask the checksum of the settings.
/// </param>
internal sealed record Answer(SignedMessage To, MessageType Type, uint Counter, uint[] Held, DecodeResult Reason, uint BootAtLeast)
{
    /// <summary>The sealed bytes.</summary>
    /// <param name="utcMs">The county's clock; 0 = it does not trust it.</param>
    public byte[] Seal(long utcMs)
    {
        byte[] buffer = new byte[MessageHeader.Size + Welcome.Size + Mac.SignatureBytes];
        MessageHeader header = new();
        header.AnswerTo(To.Header, Type, Counter, utcMs);
        header.Encode(buffer);
        int count = Type switch
        {
            MessageType.Welcome => Welcome.Encode(buffer, Version(To.Hello!), Held),
            MessageType.Held => HeldThrough.Encode(buffer, Held),
            MessageType.Ask => AskNames.Encode(buffer, BootAtLeast),
            _ => Refusal().Encode(buffer),
        };
        return buffer.AsSpan(0, MessageHeader.Seal(To.Key, buffer, count)).ToArray();
    }

    private static int Version(Hello hello) =>
        Hello.Agree(hello.VersionMin, hello.VersionMax, ContractLimits.VersionMin, ContractLimits.VersionMax);

    private Refuse Refusal() => new()
    {
        Reason = Reason,
        VersionMin = ContractLimits.VersionMin,
        VersionMax = ContractLimits.VersionMax,
        BootAtLeast = BootAtLeast,
    };
}
