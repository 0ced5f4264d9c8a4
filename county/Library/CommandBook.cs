// Owns: when a command is sent, sent again, given up, and what its answer is.
// Must never: give a number twice or a lower one, or hold a command for done without the gateway's record.

using Gateway.Contract;

namespace Gateway.County;

/// <summary>The commands of one transaction.</summary>
/// <param name="rows">The transaction.</param>
/// <param name="nowMs">The wall clock, ms since 1970 UTC: names moments.</param>
/// <param name="trustedMs">The time by a clock that is trusted: numbers rise by it.</param>
/// <param name="trusted">Whether the wall clock is trusted: then stations are told it.</param>
internal sealed class CommandBook(IStoreTransaction rows, long nowMs, long trustedMs, bool trusted)
{
    /// <summary>Commands whose state changed, in the order of the changes.</summary>
    public List<StationCommand> Changed { get; } = [];

    /// <summary>Messages to publish after the commit, each with its command.</summary>
    public List<(StationRegistration To, MessageHeader Head, StationCommand Command)> Due { get; } = [];

    /// <summary>
    /// Gives the request its number and keeps it. Null when another process gave the number at the same moment: try again in a new
    /// transaction.
    /// </summary>
    public StationCommand? Queue(CommandRequest request)
    {
        // A database that was restored from a copy must go on above what it said before, so the clock has a say.
        long number = Math.Max(rows.LastCommand(request.Station) + 1L, RisingNumber.AtLeast(trustedMs, uint.MaxValue));
        if (number > uint.MaxValue)
        {
            throw new Sql.StoreException(
                $"station {request.Station}: command number {number}: 命令号已用尽, a clock far ahead has used the numbers up; "
                + $"allowed: 1..{uint.MaxValue}; the box takes commands again under another station number");
        }

        StationCommand command = new()
        {
            Station = request.Station,
            Number = (uint)number,
            Code = request.Code,
            A = request.A,
            B = request.B,
            C = request.C,
            Text = request.Text.ToArray(),
            QueuedMs = nowMs,
            ExpiresMs = nowMs + request.LifeS * 1000L,
        };
        return rows.Add(command) ? command : null;
    }

    /// <summary>
    /// Matches the events that answer commands. What a gateway says it did is believed over a refusal, which a repeat of the same command
    /// earns; a refusal is believed only of a command that has no answer yet.
    /// </summary>
    public void Answered(IEnumerable<StoredEvent> events)
    {
        foreach (StoredEvent stored in events)
        {
            EventRecord r = stored.Record;
            bool done = r.Kind == EventKind.CommandDone;
            if ((!done && r.Kind != EventKind.CommandRefused) || rows.Command(r.Station, (uint)r.A) is not { } command
                || command.Code != r.B || command.State == CommandState.Done || (!done && command.State == CommandState.Refused))
            {
                continue;
            }

            command.State = done ? CommandState.Done : CommandState.Refused;
            command.Result = r.Value;
            command.AnsweredMs = stored.ReceivedMs;
            rows.Put(command);
            Changed.Add(command);
        }
    }

    /// <summary>
    /// Gives up what is too old and finds what is to be sent now: of each station that is online, its oldest open command.
    /// </summary>
    /// <param name="open">Open commands in rising order of their numbers.</param>
    /// <param name="find">A station's registration, or null.</param>
    /// <param name="present">Whether a station was heard of lately.</param>
    /// <param name="waits">How long each command is good.</param>
    /// <param name="now">This moment.</param>
    public void Send(
        IReadOnlyList<StationCommand> open, Func<uint, StationRegistration?> find, Predicate<uint> present, CommandWaits waits, Instant now)
    {
        PresenceBook presence = new(rows, nowMs, trustedMs);
        HashSet<uint> busy = [];
        foreach (StationCommand command in open)
        {
            long leftMs = waits.LeftMs(command, now);
            if (leftMs <= 0)
            {
                command.State = CommandState.Expired;
                rows.Put(command);
                Changed.Add(command);
            }
            else if (busy.Add(command.Station) && waits.IsDue(command, now) && find(command.Station) is { } to
                && present(command.Station) && Head(to, presence) is { } head)
            {
                head.LifeS = (int)Math.Clamp((leftMs + 999) / 1000, 1, ushort.MaxValue);
                Due.Add((to, head, command));
                Sent(command);
            }
        }

        presence.Save();
    }

    /// <summary>The sealed message.</summary>
    public static byte[] Seal(StationRegistration to, MessageHeader head, StationCommand command)
    {
        byte[] buffer = new byte[Command.TextAt + command.Text.Length + Mac.SignatureBytes];
        head.Encode(buffer);
        command.Text.CopyTo(buffer, Command.TextAt);
        Command body = new()
        {
            Number = command.Number,
            Code = (CommandCode)command.Code,
            A = command.A,
            B = command.B,
            C = command.C,
            TextBytes = command.Text.Length,
        };
        MessageHeader.Seal(to.Key, buffer, body.Encode(buffer));
        return buffer;
    }

    private void Sent(StationCommand command)
    {
        bool first = command.State == CommandState.Queued;
        command.State = CommandState.Sent;
        command.SentMs = nowMs;
        command.Times++;
        rows.Put(command);
        if (first)
        {
            Changed.Add(command);
        }
    }

    private MessageHeader? Head(StationRegistration to, PresenceBook presence)
    {
        if (rows.State(to.Station) is not { Online: true } state
            || rows.Session(to.Station, state.Epoch) is not { Boot: not 0 } session
            || (session.KeyId != 0 && session.KeyId != to.Key.Id))
        {
            return null;
        }

        MessageHeader head = new()
        {
            Version = ContractLimits.VersionMax,
            Station = to.Station,
            Epoch = session.Epoch,
            Boot = session.Boot,
            Session = session.Session,
        };
        head.AnswerTo(head, MessageType.Command, presence.NextCounter(to.Station), trusted ? nowMs : 0);
        return head;
    }
}
