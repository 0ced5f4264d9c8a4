// Owns: one box: it connects, tells its reports one at a time until each is confirmed, beats, and answers the centre.
// Must never: forget a report that was not confirmed, or wait for an answer for ever.

using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Gateway.Gb26875;

namespace Gateway.Tools.Boxes;

/// <summary>Plays a maker's box against a centre. Reports outlive connections, as in a box that keeps them in its flash.</summary>
/// <param name="habit">Its maker's ways.</param>
/// <param name="address">Its address in frames.</param>
/// <param name="centre">Where it connects.</param>
public sealed class Box(BoxHabit habit, PeerAddress address, IPEndPoint centre)
{
    private static readonly PeerAddress s_centre = new(1);
    private readonly ConcurrentQueue<BoxReport> _reports = new();
    private ushort _sequence = ushort.MaxValue - 2;

    public BoxHabit Habit => habit;

    public PeerAddress Address => address;

    /// <summary>Where it connects.</summary>
    public IPEndPoint Centre => centre;

    /// <summary>How long it waits for a confirm before it sends again.</summary>
    public TimeSpan AnswerIn { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan BeatEvery { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Whether a duty check is answered by a person.</summary>
    public bool OnDuty { get; init; } = true;

    /// <summary>Commands of the centre, as they came.</summary>
    public ConcurrentQueue<UnitType> Asked { get; } = new();

    /// <summary>Reports not confirmed yet.</summary>
    public int Waiting => _reports.Count;

    public int Connections { get; private set; }

    public void Report(BoxReport report) => _reports.Enqueue(report);

    /// <summary>Works until stopped; a connection that fails is tried again.</summary>
    public async Task Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using Socket socket = habit.Udp
                    ? new(centre.AddressFamily, SocketType.Dgram, ProtocolType.Udp)
                    : new(centre.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(centre, stop);
                Connections++;
                await Talk(new Line(socket, habit), stop);
            }
            catch (Exception e) when (e is SocketException or IOException)
            {
                await Task.Delay(50, CancellationToken.None);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task Talk(Line line, CancellationToken stop)
    {
        _sequence = habit.RestartsSequence ? (ushort)0 : _sequence;
        await line.Send([.. Beat()], stop);
        DateTime beat = DateTime.UtcNow;
        while (!stop.IsCancellationRequested)
        {
            if (_reports.TryPeek(out BoxReport? report))
            {
                if (await Exchange(line, report, stop))
                {
                    report.Confirmed = true;
                    _reports.TryDequeue(out _);
                }

                continue;
            }

            // Nothing to tell: listen, and beat now and then.
            if (await line.Receive(TimeSpan.FromMilliseconds(50), stop) is { } frame)
            {
                await Heard(line, frame, stop);
            }

            if (DateTime.UtcNow - beat > BeatEvery)
            {
                beat = DateTime.UtcNow;
                await line.Send([.. Beat()], stop);
            }
        }
    }

    /// <summary>Sends a report until it is confirmed; false after four times, and the next turn begins a new exchange.</summary>
    private async Task<bool> Exchange(Line line, BoxReport report, CancellationToken stop)
    {
        ushort sequence = report.Sent > 0 ? report.Sequence : Next();
        report.Sequence = sequence;
        byte[] unit = report.UnitBytes ??= report.Unit(habit, Now());
        for (int i = 0; i < 4; i++)
        {
            byte[] frame = Frame(sequence, FrameCommand.Send, unit, s_centre);
            report.Sent++;
            await line.Send(habit.Glued ? [.. Beat(), 0x40, .. frame, .. Beat()] : frame, stop);
            DateTime end = DateTime.UtcNow + AnswerIn;
            while (DateTime.UtcNow < end)
            {
                if (await line.Receive(end - DateTime.UtcNow, stop) is not { } answer)
                {
                    break;
                }

                if (answer.Head.Command == FrameCommand.Confirm && answer.Head.Sequence == sequence)
                {
                    return true;
                }

                await Heard(line, answer, stop);
            }
        }

        return false;
    }

    private async Task Heard(Line line, (FrameHead Head, byte[] Unit) frame, CancellationToken stop)
    {
        if (frame.Head.Command is not (FrameCommand.Control or FrameCommand.Request) || frame.Unit.Length < 1)
        {
            return;
        }

        UnitType type = (UnitType)frame.Unit[0];
        Asked.Enqueue(type);
        byte[] unit = [];
        FrameCommand command = frame.Head.Command == FrameCommand.Control ? FrameCommand.Confirm : FrameCommand.Answer;
        if (type == UnitType.InitialiseBox)
        {
            command = FrameCommand.Deny;
        }
        else if (command == FrameCommand.Answer)
        {
            unit = Reading(type);
            command = unit.Length == 0 ? FrameCommand.Deny : command;
        }

        byte[] answer = new byte[FrameLayout.OverheadBytes + unit.Length];
        FrameWriter.Write(answer, frame.Head.Answer(command, Now()), unit);
        await line.Send(answer, stop);
        if (type == UnitType.DutyCheck && OnDuty)
        {
            Report(BoxReport.OfOperation(OperationBits.Acknowledge));
        }
    }

    private byte[] Reading(UnitType type)
    {
        UnitObject one = new() { SystemType = 1, SystemAddress = 1, Major = 2, Minor = 7, Status = 1, Time = Now() };
        UnitType answer = type switch
        {
            UnitType.ReadBoxStatus => UnitType.BoxStatus,
            UnitType.ReadBoxVersion => UnitType.BoxVersion,
            UnitType.ReadBoxTime => UnitType.BoxTime,
            UnitType.ReadSystemStatus => UnitType.SystemStatus,
            UnitType.ReadSystemVersion => UnitType.SystemVersion,
            UnitType.ReadSystemTime => UnitType.SystemTime,
            _ => UnitType.None,
        };
        if (answer == UnitType.None)
        {
            return [];
        }

        UnitWriter unit = new(new byte[FrameLayout.UnitBytesMax], answer);
        unit.TryAdd(one);
        return unit.Written.ToArray();
    }

    private byte[] Beat() => habit.Heartbeat switch
    {
        BoxHeartbeat.Empty => Frame(Next(), FrameCommand.Send, [], s_centre),
        BoxHeartbeat.State => Frame(Next(), FrameCommand.Send, [(byte)UnitType.BoxStatus, 1, (byte)(habit.BitZero ? 1 : 0)], s_centre),
        BoxHeartbeat.UserType => Frame(Next(), FrameCommand.Send, [Heartbeats.UserType, 1, 0], s_centre),
        BoxHeartbeat.OneByte => Frame(Next(), FrameCommand.Send, [Heartbeats.OneByte], s_centre),
        _ => [],
    };

    private ushort Next() => _sequence++;

    private FrameTime Now() => habit.Clock switch
    {
        BoxClock.Empty => default,
        BoxClock.YearsOff => FrameTime.Of(DateTimeOffset.UtcNow.AddYears(-12)),
        _ => FrameTime.Of(DateTimeOffset.UtcNow),
    };

    private byte[] Frame(ushort sequence, FrameCommand command, byte[] unit, PeerAddress to)
    {
        FrameHead head = new()
        {
            Sequence = sequence,
            MainVersion = habit.MainVersion,
            UserVersion = habit.UserVersion,
            Time = Now(),
            Source = address,
            Destination = to,
            Command = command,
        };
        byte[] frame = new byte[FrameLayout.OverheadBytes + unit.Length];
        FrameWriter.Write(frame, head, unit);
        return frame;
    }

    /// <summary>A socket with the frames that come from it.</summary>
    private sealed class Line(Socket socket, BoxHabit habit)
    {
        private readonly FrameReader _reader = new(habit.Profile);
        private readonly byte[] _buffer = new byte[FrameReader.BufferBytesMin];
        private int _got;
        private int _taken;

        public async Task Send(byte[] bytes, CancellationToken stop)
        {
            byte[] all = habit.Profile.HasFlag(PeerFlags.AsciiHex) ? Encoding.ASCII.GetBytes(Convert.ToHexString(bytes)) : bytes;
            for (int sent = 0; sent < all.Length;)
            {
                sent += await socket.SendAsync(all.AsMemory(sent), stop);
            }
        }

        /// <summary>The next frame; null when none came in time.</summary>
        public async Task<(FrameHead Head, byte[] Unit)?> Receive(TimeSpan within, CancellationToken stop)
        {
            using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
            limit.CancelAfter(within > TimeSpan.Zero ? within : TimeSpan.FromMilliseconds(1));
            try
            {
                while (true)
                {
                    if (Next() is { } frame)
                    {
                        return frame;
                    }

                    // What found no room behind whole frames is taken before more is received.
                    if (_taken == _got)
                    {
                        (_got, _taken) = (0, 0);
                        _got = await socket.ReceiveAsync(_buffer, limit.Token);
                        if (_got == 0)
                        {
                            throw new SocketException((int)SocketError.ConnectionReset);
                        }
                    }

                    _taken += _reader.Add(_buffer.AsSpan(_taken, _got - _taken));
                }
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                return null;
            }
        }

        private (FrameHead Head, byte[] Unit)? Next()
        {
            ReadOutcome outcome;
            while ((outcome = _reader.Read(out Frame frame)) != ReadOutcome.NeedMore)
            {
                if (outcome == ReadOutcome.Frame)
                {
                    return (FrameHead.Of(frame), frame.Unit.ToArray());
                }
            }

            return null;
        }
    }
}
