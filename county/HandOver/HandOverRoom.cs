// Owns: the hand-over in the county's turn: steps become messages with the events that they come of, and messages become deliveries.
// Must never: forget what the receiver did not take, send a later step of a case before an earlier one, or let lesser news hold up a fire.

using System.Collections.Concurrent;
using System.Globalization;
using Gateway.Contract;

namespace Gateway.County.HandOver;

/// <summary>
/// Hands cases over to one receiver, for a <see cref="CountyService"/>. Attempts run beside the county's working thread; all rows are
/// written on it.
/// </summary>
/// <param name="receiver">To whom; disposed with the room.</param>
/// <param name="wake">Wakes the county's working thread.</param>
/// <param name="tell">A line for people on duty; true where it is good news.</param>
/// <param name="time">The clock; null = the system's.</param>
public sealed class HandOverRoom(
    IHandOverReceiver receiver, Action wake, Action<bool, string> tell, TimeProvider? time = null) : ICountyRoom, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<(IReadOnlyList<HandOverRow> Rows, Attempt Attempt)> _answers = new();

    // Answers that are not written yet: a transaction that fails is tried again with them.
    private readonly List<(HandOverRow Row, Attempt Attempt)> _ended = [];
    private readonly Dictionary<long, bool> _inFlight = [];
    private readonly HandOverNews _news = new(receiver.Name == HandOverSettings.Platform ? "上级平台" : receiver.Name, tell);

    // At a start, and when a receiver that was away is back: then nothing waits for its own next attempt.
    private bool _dueAnew = true;
    private bool _mayWait = true;
    private bool _disposed;
    private int _failures;

    // How many one request tells: fewer when what is told together is refused, so that one text which is not taken holds up no other.
    private int _together = receiver.TogetherMax;
    private long _quietUntilRunMs = long.MinValue;
    private long _lookRunMs = long.MinValue;
    private long _countRunMs = long.MinValue;
    private long _roomRunMs = long.MinValue;
    private long _beganRunMs = long.MinValue;

    private string Name => receiver.Name;

    /// <summary>A drill is no case, so its messages are made of the events themselves.</summary>
    public void Storing(IStoreTransaction rows, IReadOnlyList<StoredEvent> stored)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(stored);
        foreach (StoredEvent one in stored)
        {
            if (one.Record.Kind is not (EventKind.DrillBegan or EventKind.DrillEnded) || one.Conflicting
                || rows.Cases?.NextCaseNumber() is not { } number)
            {
                continue;
            }

            EventKey key = one.Key;
            string id = string.Create(
                CultureInfo.InvariantCulture, $"{HandOverMessage.DrillSubject(one)}-{key.Epoch}-{(int)key.Lane}-{key.Sequence}");
            if (receiver.Drill(id, one, number, Rows(rows)) is { } body)
            {
                Rows(rows).Add(new HandOverRow
                {
                    Target = Name,
                    Number = number,
                    MessageId = id,
                    Case = HandOverMessage.DrillSubject(one),
                    Type = HandOverMessage.DrillType(one),
                    Priority = CountyLimits.HandOverLesser,
                    DueRunMs = long.MinValue,
                    CreatedMs = one.ReceivedMs,
                    Body = body,
                });
                _mayWait = true;
            }
        }
    }

    public void CasesChanged(IStoreTransaction rows, IReadOnlyList<CaseChange> changes)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(changes);
        long first = changes.SelectMany(change => change.Steps).Select(step => step.Number).DefaultIfEmpty(long.MaxValue).Min();
        if (first != long.MaxValue)
        {
            Fill(rows, Rows(rows), first - 1, (time ?? TimeProvider.System).GetUtcNow().ToUnixTimeMilliseconds());
            _mayWait = true;
        }
    }

    public void Work(CountyDesk desk, Instant now)
    {
        ArgumentNullException.ThrowIfNull(desk);
        while (_answers.TryDequeue(out (IReadOnlyList<HandOverRow> Rows, Attempt Attempt) answer))
        {
            Heard(answer.Rows, answer.Attempt, now);
        }

        if (!_mayWait && _ended.Count == 0 && !now.IsPast(_lookRunMs, HandOverLimits.LookMs))
        {
            return;
        }

        List<HandOverRow> next = [];
        List<HandOverRow> told = [];
        HandOverWaiting? waiting = null;
        bool more = false;
        int? givenUp = null;
        desk.Keep(rows =>
        {
            IHandOverRows mine = Rows(rows);
            if (_dueAnew)
            {
                mine.DueAnew(Name);
            }

            Write(rows, mine, told, now);
            more = Fill(rows, mine, null, now.UtcMs);
            if (now.IsPast(_countRunMs, HandOverLimits.CountMs))
            {
                waiting = mine.Waiting(Name);
            }

            if (now.IsPast(_roomRunMs, HandOverLimits.RoomMs))
            {
                givenUp = mine.MakeRoom(Name, HandOverLimits.WaitingMax, HandOverLimits.EndedMax, now.UtcMs);
            }

            next.AddRange(Pick(mine, now));
        });
        _dueAnew = false;
        _mayWait = more;
        _lookRunMs = now.RunMs;
        _ended.Clear();
        told.ForEach(row => HandOverMetrics.Ended(Name, row.State));
        _news.Ended(told, now);
        if (waiting is { } counted)
        {
            _countRunMs = now.RunMs;
            HandOverMetrics.Waiting(Name, counted, now.UtcMs);
            _news.Waiting(counted, now);
        }

        if (givenUp is { } oldest)
        {
            _roomRunMs = now.RunMs;
            _news.NoRoom(oldest);
        }

        foreach (HandOverRow[] together in next.Chunk(_together))
        {
            Begin(together, now);
        }

        if (more)
        {
            wake();
        }
    }

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _stop.Cancel();
        receiver.Dispose();
        _stop.Dispose();
    }

    private static IHandOverRows Rows(IStoreTransaction rows) =>
        rows.HandOver ?? throw new NotSupportedException("this store keeps nothing of a hand-over");

    /// <summary>
    /// Makes messages of the steps that have none. Commands of other processes enter steps too, so it goes by their numbers and not by what
    /// changed in this transaction. True when there are more.
    /// </summary>
    /// <param name="rows">The transaction.</param>
    /// <param name="mine">Its rows of the hand-over.</param>
    /// <param name="from">Where a receiver begins that is new: what was before it, it is not told; null = at the last step.</param>
    /// <param name="nowMs">The wall clock.</param>
    private bool Fill(IStoreTransaction rows, IHandOverRows mine, long? from, long nowMs)
    {
        HandOverTarget? known = mine.Target(Name);
        HandOverTarget target = known ?? new HandOverTarget { Name = Name, LastStep = from ?? mine.LastStepNumber() };
        IReadOnlyList<CaseStep> steps = mine.StepsAfter(target.LastStep, HandOverLimits.StepsATurn);
        if (steps.Count == 0 && known is not null)
        {
            return false;
        }

        ICaseRows cases = rows.Cases ?? throw new NotSupportedException("this store keeps no cases");
        foreach (CaseStep step in steps)
        {
            target.LastStep = step.Number;
            if (step.Withdrawn || cases.Case(step.Case) is not { } one || !receiver.Wants(one, step, nowMs))
            {
                continue;
            }

            CaseStep[] told = [.. cases.Steps(one.Id).Where(other => !other.Withdrawn && other.Number <= step.Number)];
            rows.Name([one]);
            rows.Name([step, .. told]);
            HandOverRow row = new()
            {
                Target = Name,
                Number = step.Number,
                MessageId = HandOverMessage.Id(step),
                Case = one.Id,
                Type = HandOverMessage.Type(one.Class, step.Kind),
                Priority = HandOverMessage.Priority(one.Class, step.Kind),
                DueRunMs = long.MinValue,
                CreatedMs = nowMs,
                Body = receiver.Body(new HandOverFacts
                {
                    Case = one,
                    Step = step,
                    Steps = told,
                    StationName = mine.NameOf(one.Station),
                    Place = mine.PlaceOf(one.Station),
                }),
            };
            mine.Add(row);

            // Nobody waits longer than a fire: it is tried at once, also where the receiver failed a moment ago.
            if (row.Priority == 0)
            {
                _quietUntilRunMs = long.MinValue;
            }
        }

        mine.Put(target);
        return steps.Count == HandOverLimits.StepsATurn;
    }

    /// <summary>An attempt ended. A receiver that does not work is asked by one message at a time, less and less often.</summary>
    private void Heard(IReadOnlyList<HandOverRow> rows, Attempt attempt, Instant now)
    {
        bool parted = rows.Count > 1 && RetryPlan.Lasting(attempt.Status);
        foreach (HandOverRow row in rows)
        {
            _inFlight.Remove(row.Number);
            if (!parted)
            {
                _ended.Add((row, attempt));
            }
        }

        _together = parted ? rows.Count / 2
            : RetryPlan.Delivered(attempt.Status) ? Math.Min(_together * 2, receiver.TogetherMax) : _together;
        bool works = RetryPlan.Delivered(attempt.Status) || RetryPlan.Lasting(attempt.Status);
        _dueAnew |= works && _failures >= HandOverLimits.OutageFailures;
        _failures = works ? 0 : _failures + 1;
        _quietUntilRunMs = works ? long.MinValue
            : now.RunMs + RetryPlan.WaitMs(attempt, _failures, fire: true, Random.Shared.NextDouble());
        _news.Heard(attempt, rows.Any(row => row.OfFire), works, now);
    }

    private void Write(IStoreTransaction rows, IHandOverRows mine, List<HandOverRow> told, Instant now)
    {
        if (_ended.Count == 0 || mine.Target(Name) is not { } target)
        {
            return;
        }

        foreach ((HandOverRow sent, Attempt attempt) in _ended)
        {
            // Somebody may have had it sent again meanwhile.
            if (mine.Row(Name, sent.MessageId) is not { State: HandOverState.Waiting } row)
            {
                continue;
            }

            row.Tries++;
            row.LastStatus = attempt.Status;
            row.LastWords = attempt.Words;
            long waitedMs = now.RunMs - now.SinceRunMs(row.CreatedMs, HandOverLimits.GiveUpMs);
            row.State = RetryPlan.Of(attempt, row.Tries, waitedMs, row.OfFire, rows.Cases?.Case(row.Case)?.IsOpen ?? false);
            row.EndedMs = row.State == HandOverState.Waiting ? 0 : now.UtcMs;
            row.DueRunMs = now.RunMs + RetryPlan.WaitMs(attempt, row.Tries, row.OfFire, Random.Shared.NextDouble());
            mine.Put(row);
            told.Add(row);
            if (row.State == HandOverState.Delivered)
            {
                target.Delivered++;
                target.DeliveredMs = now.UtcMs;
            }
            else
            {
                (target.FailedMs, target.FailedStatus, target.FailedWords) = (now.UtcMs, attempt.Status, attempt.Words);
            }
        }

        mine.Put(target);
    }

    private IEnumerable<HandOverRow> Pick(IHandOverRows mine, Instant now)
    {
        bool failing = _failures > 0;
        if (!receiver.Sends || (failing && now.RunMs < _quietUntilRunMs) || !now.IsPast(_beganRunMs, receiver.ApartMs))
        {
            yield break;
        }

        // What one request can tell together goes when the one before has its answer.
        if (receiver.TogetherMax > 1)
        {
            IReadOnlyList<HandOverRow> due = _inFlight.Count > 0 ? [] : mine.Due(Name, now.RunMs, _together);
            foreach (HandOverRow row in due.TakeWhile(row => row.OfFire == due[0].OfFire))
            {
                yield return row;
            }

            yield break;
        }

        int fires = _inFlight.Values.Count(fire => fire);
        int lesser = _inFlight.Count - fires;
        foreach (HandOverRow row in mine.Due(Name, now.RunMs, HandOverLimits.InFlightMax + _inFlight.Count))
        {
            bool room = failing ? (row.OfFire ? fires : lesser) == 0
                : fires + lesser < HandOverLimits.InFlightMax && (row.OfFire || lesser < HandOverLimits.LesserInFlightMax);
            if (room && !_inFlight.ContainsKey(row.Number))
            {
                _ = row.OfFire ? fires++ : lesser++;
                yield return row;
            }
        }
    }

    private void Begin(IReadOnlyList<HandOverRow> rows, Instant now)
    {
        _beganRunMs = now.RunMs;
        foreach (HandOverRow row in rows)
        {
            _inFlight.Add(row.Number, row.OfFire);
        }

        _ = Deliver(rows);
    }

    private async Task Deliver(IReadOnlyList<HandOverRow> rows)
    {
        try
        {
            Attempt attempt = await receiver.Send(rows, _stop.Token).ConfigureAwait(false);
            _answers.Enqueue((rows, attempt));
            wake();
        }
        catch (Exception e) when (_stop.IsCancellationRequested && e is OperationCanceledException or ObjectDisposedException)
        {
            // The county ends; it is sent again with the same name when it starts.
        }
        catch (Exception e)
        {
            // Whatever it is: an attempt that never ends keeps its case, or all of a robot, from being sent until the next start.
            _answers.Enqueue((rows, new Attempt(0, e.GetType().Name)));
            wake();
        }
    }
}
