// Owns: how a case follows from a stretch of a track: pure, whatever the order in which its events and acts became known.
// Must never: read a clock or a store.

using Gateway.Contract;

namespace Gateway.County;

/// <summary>A case as it follows from events, acts and settings, with its steps in the order of the events and then of the acts.</summary>
internal sealed record BuiltCase(Case Case, IReadOnlyList<CaseStep> Steps);

/// <summary>Goes over one stretch. Made anew for each.</summary>
internal sealed class CaseBuilder
{
    // Answered, on the scene, joined.
    private const int JoinedClock = 3;

    private readonly List<CaseStep> _steps = [];
    private readonly HashSet<int> _zones = [];
    private readonly Case _case;
    private CaseGrade _grade;
    private CaseGrade _given;
    private EscalationLevel _raised;
    private long _lastReceivedMs;
    private long _judgedMs;
    private CaseAct? _closed;
    private int _overdue;
    private bool _joined;

    private CaseBuilder(Case begun) => _case = begun;

    /// <summary>The case of a stretch of events; null when nothing in it begins one.</summary>
    /// <param name="events">All of the stretch in their order, its end among them.</param>
    /// <param name="clocks">Of the alarms in it.</param>
    /// <param name="acts">Of cases that began in it.</param>
    /// <param name="settings">All that were in force.</param>
    public static BuiltCase? Of(
        IReadOnlyList<StoredEvent> events, IReadOnlyList<StoredEvent> clocks, IReadOnlyList<CaseAct> acts,
        IReadOnlyList<CaseSettingsOf> settings)
    {
        StoredEvent? first = events.FirstOrDefault(e => CaseMark.Of(e.Record)?.Role == MarkRole.Begin);
        if (first is null)
        {
            return null;
        }

        EventRecord r = first.Record;
        CaseTrack track = CaseMark.Of(r)!.Value.Track;
        bool pump = track.Kind == TrackKind.Danger && r.ZoneKind == ZoneKind.PumpNotAuto;
        CaseBuilder builder = new(new Case
        {
            Id = FormattableString.Invariant($"{r.Station}-{r.Epoch}-{(int)r.LaneNumber}-{r.Sequence}"),
            Track = track,
            Sequence = r.Sequence,
            Class = track.Kind switch
            {
                TrackKind.Fire => CaseClass.Alarm,
                TrackKind.Danger => pump ? CaseClass.Risk : CaseClass.Danger,
                _ => CaseClass.Risk,
            },
            Trouble = track.Kind switch
            {
                TrackKind.Fire => CaseTrouble.Fire,
                TrackKind.Danger => pump ? CaseTrouble.Pump : CaseTrouble.Fault,
                TrackKind.DutyCheck => CaseTrouble.DutyCheck,
                TrackKind.Patrol => CaseTrouble.Patrol,
                _ => CaseTrouble.Chatter,
            },
            Zone = r.Zone,
            ZoneKind = r.ZoneKind,
            Test = true,
            OpenedMs = first.TimeMs,
            TimeQuality = first.TimeQuality,
            ReceivedMs = first.ReceivedMs,
            County = first.County,
            Township = first.Township,
            Village = first.Village,
        });
        foreach (StoredEvent stored in events.SkipWhile(e => e != first).Concat(clocks))
        {
            builder.Take(stored);
        }

        return builder.Finish(acts, settings);
    }

    /// <summary>The case of a track of acts; null when nothing in it begins one.</summary>
    public static BuiltCase? Of(IReadOnlyList<CaseAct> acts, IReadOnlyList<CaseSettingsOf> settings)
    {
        CaseAct? first = acts.FirstOrDefault(act => RoleOf(act.Kind) == MarkRole.Begin);
        if (first is null)
        {
            return null;
        }

        (_, CaseClass of, CaseTrouble trouble) = Begun(first.Kind);
        CaseBuilder builder = new(new Case
        {
            Id = IdOf(first),
            Track = first.Track,
            Sequence = first.Sequence,
            Class = of,
            Trouble = trouble,
            OpenedMs = first.AtMs,
            TimeQuality = UtcQuality.Synchronised,
            ReceivedMs = first.AtMs,
            Text = first.Words,
            County = first.County,
            Township = first.Township,
            Village = first.Village,
        });
        builder._grade = first.Grade;
        builder.Step(first, CaseStepKind.Opened);
        return builder.Finish([.. acts.SkipWhile(act => act != first).Skip(1)], settings);
    }

    /// <summary>The risk of a day with too many false alarms.</summary>
    /// <param name="track">Its part and sequence are the day.</param>
    /// <param name="last">The alarm that made them too many.</param>
    /// <param name="count">How many there were.</param>
    /// <param name="acts">On the case.</param>
    /// <param name="settings">All that were in force.</param>
    public static BuiltCase OfFalseAlarms(
        CaseTrack track, Case last, int count, IReadOnlyList<CaseAct> acts, IReadOnlyList<CaseSettingsOf> settings)
    {
        DateTime day = DateTime.UnixEpoch.AddDays(track.Part);
        CaseBuilder builder = new(new Case
        {
            Id = FormattableString.Invariant($"{track.Station}-false-{day:yyyyMMdd}"),
            Track = track,
            Sequence = track.Part,
            Class = CaseClass.Risk,
            Trouble = CaseTrouble.FalseAlarms,
            Events = count,
            OpenedMs = last.OpenedMs,
            TimeQuality = last.TimeQuality,
            ReceivedMs = last.ReceivedMs,
            County = last.County,
            Township = last.Township,
            Village = last.Village,
        });
        builder._steps.Add(new CaseStep
        {
            Case = builder._case.Id,
            Source = "day",
            Kind = CaseStepKind.Opened,
            AtMs = last.OpenedMs,
            TimeQuality = last.TimeQuality,
            Value = count,
        });
        return builder.Finish(acts, settings);
    }

    /// <summary>The name of the case that an act begins.</summary>
    public static string IdOf(CaseAct first) =>
        FormattableString.Invariant($"{first.Track.Station}-{Begun(first.Kind).Word}-{first.Number}");

    /// <summary>What an act does on a track of acts; null when it is done to a case that is there.</summary>
    public static MarkRole? RoleOf(CaseActKind kind) => kind switch
    {
        CaseActKind.Found or CaseActKind.Silent or CaseActKind.HiddenFire or CaseActKind.ConflictingFire => MarkRole.Begin,
        CaseActKind.Heard or CaseActKind.Arrived => MarkRole.End,
        _ => null,
    };

    private static (string Word, CaseClass Class, CaseTrouble Trouble) Begun(CaseActKind kind) => kind switch
    {
        CaseActKind.Found => ("found", CaseClass.Danger, CaseTrouble.Found),
        CaseActKind.Silent => ("silent", CaseClass.Silent, CaseTrouble.Silent),
        CaseActKind.HiddenFire => ("hidden", CaseClass.Alarm, CaseTrouble.HiddenFire),
        _ => ("conflict", CaseClass.Alarm, CaseTrouble.ConflictingFire),
    };

    private void Take(StoredEvent stored)
    {
        EventRecord r = stored.Record;
        _lastReceivedMs = Math.Max(_lastReceivedMs, stored.ReceivedMs);
        _case.Events++;
        _case.Test &= r.Flags.HasFlag(EventFlags.Test);
        switch (r.Kind)
        {
            case EventKind.FireAlarm:
                Grade(r);
                _case.Zones |= r.Zone is >= 1 and <= 32 ? 1u << (r.Zone - 1) : 0;
                if (_zones.Add(r.Zone))
                {
                    Step(stored, _steps.Count == 0 ? CaseStepKind.Opened : CaseStepKind.More);
                }

                break;
            case EventKind.Acknowledged:
                Step(stored, CaseStepKind.Answered, r.Value);
                break;
            case EventKind.Silenced:
                Step(stored, CaseStepKind.Silenced);
                break;
            case EventKind.ResetRefused:
                Step(stored, CaseStepKind.ResetRefused);
                break;
            case EventKind.ClockMet:
                Step(stored, CaseStepKind.ClockMet, r.Value, r.A);
                break;
            case EventKind.ClockMissed:
                EscalationLevel to = (EscalationLevel)Math.Clamp(r.B, (int)EscalationLevel.Village, (int)EscalationLevel.County);
                Raise(to);
                Step(stored, CaseStepKind.ClockMissed, r.Value, r.A, (int)to);
                break;
            case EventKind.Reset or EventKind.CaseClosed or EventKind.DutyCheckAnswered or EventKind.PatrolMet or EventKind.FaultRestored:
                _case.EndedMs = stored.TimeMs;
                Step(stored, CaseStepKind.Ended, r.Value);
                break;
            default:
                Grade(r);
                Step(stored, _steps.Count == 0 ? CaseStepKind.Opened
                    : r.Kind == EventKind.CaseAged ? CaseStepKind.Aged : CaseStepKind.Again, r.Value);
                break;
        }
    }

    private void Take(CaseAct act)
    {
        switch (act.Kind)
        {
            case CaseActKind.Take:
                _case.TakenMs = act.AtMs;
                _case.Owner = act.By;
                Step(act, CaseStepKind.Taken);
                break;
            case CaseActKind.Judge:
                _judgedMs = _judgedMs == 0 ? act.AtMs : _judgedMs;
                _case.Judgement = act.Judgement;
                _case.Cause = act.Cause;
                Step(act, CaseStepKind.Judged, detail: (int)act.Judgement);
                break;
            case CaseActKind.Grade:
                _given = act.Grade;
                Step(act, CaseStepKind.Graded, detail: (int)act.Grade);
                break;
            case CaseActKind.PassUp:
                Raise((EscalationLevel)act.Value);
                Step(act, CaseStepKind.PassedUp, value: act.Value);
                break;
            case CaseActKind.Note:
                Step(act, CaseStepKind.Noted);
                break;
            case CaseActKind.Platform:
                Step(act, CaseStepKind.Platform);
                break;
            case CaseActKind.Close:
                _closed = act;
                break;
            case CaseActKind.Heard or CaseActKind.Arrived:
                _case.EndedMs = act.AtMs;
                Step(act, CaseStepKind.Ended);
                break;
            case CaseActKind.Escalated:
                Raise(act.Level);
                Step(act, CaseStepKind.Escalated);
                break;
            case CaseActKind.Overdue:
                _overdue++;
                Raise(act.Level);
                Step(act, CaseStepKind.Overdue);
                break;
            case CaseActKind.Called:
                // What was called in another case of the same fire is no call: whoever is told of steps would ring once more.
                Step(act, act.Cause.Length == 0 ? CaseStepKind.Called : CaseStepKind.Noted, value: act.Value);
                break;
            case CaseActKind.SetOut:
                Step(act, CaseStepKind.SetOut);
                break;
            case CaseActKind.Joined:
                long tookS = Math.Max(0, act.AtMs - _case.OpenedMs) / 1_000;
                Step(act, _joined ? CaseStepKind.Joined : CaseStepKind.ClockMet, _joined ? 0 : JoinedClock, _joined ? 0 : tookS);
                _joined = true;
                break;
            case CaseActKind.NotJoined:
                Raise(act.Level);
                Step(act, CaseStepKind.ClockMissed, JoinedClock, act.Value);
                break;
            case CaseActKind.StoodDown:
                Step(act, CaseStepKind.StoodDown);
                break;
            default:
                break;
        }
    }

    private BuiltCase Finish(IReadOnlyList<CaseAct> acts, IReadOnlyList<CaseSettingsOf> settings)
    {
        foreach (CaseAct act in acts)
        {
            Take(act);
        }

        _case.Test &= _case.Trouble == CaseTrouble.Fire;
        _case.Grade = _given != CaseGrade.None ? _given : _grade == CaseGrade.None ? CaseGrade.General : _grade;
        CaseRule rule = CaseSettingsOf.At(settings, _case.ReceivedMs).Of(_case.Class, _case.Grade);
        _case.Level = _raised > rule.Level ? _raised : rule.Level;
        _case.DueMs = _case.OpenedMs + rule.DueMs;
        Close();
        _case.NextMs = !_case.IsOpen || (_overdue > 0 && _case.Level == EscalationLevel.County)
            ? 0 : _case.DueMs + (_overdue * rule.DueMs);
        return new BuiltCase(_case, _steps);
    }

    /// <summary>
    /// An end closes what needs nobody: an alarm when it was judged too, a major danger only by a person. What a person closed is open
    /// again when the box tells of it once more.
    /// </summary>
    private void Close()
    {
        bool ended = _case.EndedMs != 0;
        long byEnd = !ended || _case.Trouble is CaseTrouble.Found or CaseTrouble.FalseAlarms ? 0 : _case.Class switch
        {
            CaseClass.Alarm when _case.Trouble == CaseTrouble.Fire => _judgedMs == 0 ? 0 : Math.Max(_case.EndedMs, _judgedMs),
            CaseClass.Danger => _case.Grade == CaseGrade.Major ? 0 : _case.EndedMs,
            _ => _case.EndedMs,
        };
        CaseAct? act = _closed is not null && (ended || !ToldSince(_closed)) ? _closed : null;
        bool byPerson = act is not null && (byEnd == 0 || act.AtMs <= byEnd);
        _case.ClosedMs = byPerson ? act!.AtMs : byEnd;
        if (_case.ClosedMs != 0)
        {
            _steps.Add(new CaseStep
            {
                Case = _case.Id,
                Source = "closed",
                Kind = CaseStepKind.Closed,
                AtMs = _case.ClosedMs,
                TimeQuality = UtcQuality.Synchronised,
                Level = byPerson ? (int)act!.Level : 0,
                Who = byPerson ? act!.By : "",
                Words = byPerson ? act!.Words : "",
            });
        }

        _case.State = _case.ClosedMs != 0 ? CaseState.Closed
            : ended ? CaseState.Ended
            : _case.TakenMs != 0 ? CaseState.Taken
            : CaseState.Open;
    }

    /// <summary>Whether the box told of it behind a closing. By counts, since the county's clock may have been set in between.</summary>
    private bool ToldSince(CaseAct closing) =>
        closing.Value > 0 ? _case.Events > closing.Value : _lastReceivedMs > closing.AtMs;

    private void Raise(EscalationLevel level) => _raised = level > _raised ? level : _raised;

    private void Grade(EventRecord r)
    {
        CaseGrade grade = (CaseGrade)Math.Clamp((int)r.Severity, (int)CaseGrade.None, (int)CaseGrade.Major);
        _grade = grade > _grade ? grade : _grade;
    }

    private void Step(StoredEvent stored, CaseStepKind kind, long value = 0, int detail = 0, int level = 0) => _steps.Add(new CaseStep
    {
        Case = _case.Id,
        Source = FormattableString.Invariant($"{(int)stored.Record.LaneNumber}-{stored.Record.Sequence}"),
        Kind = kind,
        AtMs = stored.TimeMs,
        TimeQuality = stored.TimeQuality,
        Zone = stored.Record.Zone,
        Value = value,
        Detail = detail,
        Level = level,
    });

    private void Step(CaseAct act, CaseStepKind kind, int detail = 0, long value = 0) => _steps.Add(new CaseStep
    {
        Case = _case.Id,
        Source = FormattableString.Invariant($"act-{act.Number}"),
        Kind = kind,
        AtMs = act.AtMs,
        TimeQuality = UtcQuality.Synchronised,
        Value = value,
        Detail = detail,
        Level = (int)act.Level,
        Who = act.By,
        Party = act.Party,
        Words = kind is CaseStepKind.Judged or CaseStepKind.Platform ? $"{act.Cause} {act.Words}".Trim() : act.Words,
    });
}
