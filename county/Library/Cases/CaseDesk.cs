// Owns: what people do with cases, whoever asks for it: the checks, the act, and what comes of it, in one transaction.
// Must never: close what is still there, or take an act of a level below the one that owns the case.

using Gateway.Contract;

namespace Gateway.County;

/// <summary>What a person wants done with a case.</summary>
public sealed record CaseRequest
{
    public required string Case { get; init; }

    /// <summary>Take, Judge, Note, Close, Grade or PassUp; Called, SetOut, Joined or StoodDown.</summary>
    public required CaseActKind Kind { get; init; }

    /// <summary>Who.</summary>
    public required string By { get; init; }

    /// <summary>Of what level that person is.</summary>
    public EscalationLevel Level { get; init; } = EscalationLevel.County;

    public CaseJudgement Judgement { get; init; }

    public CaseGrade Grade { get; init; }

    /// <summary>Why an alarm was false.</summary>
    public string Cause { get; init; } = "";

    public string Words { get; init; } = "";

    /// <summary>Who is called, set out or is there; empty with Called = the next ring of the plan.</summary>
    public string Party { get; init; } = "";

    /// <summary>When somebody set out or was there, ms since 1970 UTC; 0 = now.</summary>
    public long AtMs { get; init; }

    /// <summary>The version that the person saw; null = whatever it is now.</summary>
    public int? Version { get; init; }
}

/// <summary>A danger that people found.</summary>
/// <param name="Station">The station of the village, whose place it has.</param>
/// <param name="Grade">How grave.</param>
/// <param name="Words">What and where.</param>
/// <param name="By">Who found it.</param>
/// <param name="Level">Of what level that person is.</param>
public sealed record FoundDanger(
    StationRegistration Station, CaseGrade Grade, string Words, string By, EscalationLevel Level)
{
    /// <summary>By which name another program knows it: the same again is the same danger; empty = none.</summary>
    public string Reference { get; init; } = "";
}

/// <summary>Why an act was refused, where more than its words hang on that.</summary>
public enum CaseRefusal
{
    Other,

    /// <summary>There is no such case.</summary>
    Unknown,

    /// <summary>Somebody changed the case since the person saw it.</summary>
    Changed,

    /// <summary>The same was noted of the same party before.</summary>
    Noted,
}

/// <summary>What was asked cannot be done; the message says place, value and what is allowed.</summary>
public sealed class CaseRefusedException : Exception
{
    public CaseRefusedException()
    {
    }

    public CaseRefusedException(string message)
        : base(message)
    {
    }

    public CaseRefusedException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public CaseRefusal Why { get; init; }
}

/// <summary>Acts of people on cases, over any store: for commands beside a working county, and for a page of its own.</summary>
public static class CaseDesk
{
    /// <summary>Does it, or says why not.</summary>
    /// <param name="store">A connection of its own.</param>
    /// <param name="request">What.</param>
    /// <param name="nowMs">The wall clock, ms since 1970 UTC.</param>
    /// <param name="rooms">What is written with it.</param>
    /// <exception cref="CaseRefusedException">It cannot be done.</exception>
    public static Case Act(IEventStore store, CaseRequest request, long nowMs, IReadOnlyList<ICountyRoom>? rooms = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        CheckTexts(request.By, request.Words, request.Cause);
        Check("party", request.Party, 0, CountyLimits.CaseNameMax);
        IReadOnlySet<uint> registered = store.RegisteredNumbers();
        return In(store, nowMs, rooms, (rows, cases, book) =>
        {
            Case one = cases.Case(request.Case) ?? throw new CaseRefusedException(
                $"case: '{PlainText.Clean(request.Case)}' is not there; allowed: a case of `county cases --all`")
            {
                Why = CaseRefusal.Unknown,
            };
            bool gone = !registered.Contains(one.Station)
                || (one.Track.Epoch != 0 && rows.State(one.Station) is { } state && state.Epoch != one.Track.Epoch);
            Refuse(one, ProblemOfVersion(request, one), CaseRefusal.Changed);
            Refuse(one, Problem(request, one, gone) ?? ProblemOfCallout(request, one, book, nowMs), CaseRefusal.Other);
            Refuse(one, ProblemOfTwice(request, one, book), CaseRefusal.Noted);

            if (request.Kind == CaseActKind.Called)
            {
                CallOut(request, one, cases, book);
                return one.Id;
            }

            book.Act(request.Kind, one.Track, one.Sequence, act => act with
            {
                AtMs = request.AtMs == 0 ? act.AtMs : request.AtMs,
                By = request.By,
                Level = request.Level,
                Judgement = request.Judgement,
                Grade = request.Grade,
                Cause = request.Cause,
                Words = request.Words,
                Party = request.Party,
                Value = request.Kind switch
                {
                    CaseActKind.Close => one.Events,
                    CaseActKind.PassUp => (int)one.Level + 1,
                    _ => 0,
                },
            });
            if (request.Kind == CaseActKind.Judge)
            {
                book.Judged(one, request.Judgement, request.By, request.Level);
            }
            else if (IsCallout(request.Kind))
            {
                book.Reported(one, request.Kind);
            }

            return one.Id;
        });
    }

    /// <summary>Enters a danger that people found.</summary>
    /// <exception cref="CaseRefusedException">A text cannot be.</exception>
    public static Case Found(IEventStore store, FoundDanger danger, long nowMs, IReadOnlyList<ICountyRoom>? rooms = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(danger);
        CheckTexts(danger.By, danger.Words, "");
        if (danger.Grade is < CaseGrade.Low or > CaseGrade.Major || danger.Level is < EscalationLevel.Village or > EscalationLevel.County)
        {
            throw new CaseRefusedException(
                $"grade, level: {(int)danger.Grade}, {(int)danger.Level}; allowed: {string.Join(", ", CaseNames.Grades)}; "
                + string.Join(", ", CaseNames.Levels));
        }

        Check("reference", danger.Reference, 0, CountyLimits.ReferenceMax);
        if (danger.Words.Length == 0)
        {
            throw new CaseRefusedException($"words: ''; allowed: 1..{CountyLimits.CaseWordsMax} characters that say what and where");
        }

        return In(store, nowMs, rooms, (_, cases, book) =>
        {
            if (danger.Reference.Length > 0 && cases.ActByReference(danger.Reference) is { } known)
            {
                // A program that got no answer asks again.
                return (known.Track.Station, known.Words, known.Grade) == (danger.Station.Station, danger.Words, danger.Grade)
                    ? CaseBuilder.IdOf(known)
                    : throw new CaseRefusedException(
                        $"reference: '{danger.Reference}' is of {CaseBuilder.IdOf(known)}, which says otherwise; allowed: a new one");
            }

            CaseAct found = book.Act(
                CaseActKind.Found, new CaseTrack(danger.Station.Station, 0, Lane.Fire, TrackKind.Found, 0), 0,
                act => CaseBook.At(act, danger.Station) with
                {
                    By = danger.By,
                    Level = danger.Level,
                    Grade = danger.Grade,
                    Words = danger.Words,
                    Reference = danger.Reference,
                });
            return CaseBuilder.IdOf(found);
        });
    }

    /// <summary>Notes that somebody inspected the place of a station.</summary>
    /// <exception cref="CaseRefusedException">A text cannot be.</exception>
    public static void Inspected(IEventStore store, uint station, string by, string words, long nowMs)
    {
        ArgumentNullException.ThrowIfNull(store);
        CheckTexts(by, words, "");
        using IStoreTransaction rows = store.Begin();
        new CaseBook(Of(rows), null, nowMs, new WorkBook()).Act(
            CaseActKind.Inspected, new CaseTrack(station, 0, Lane.Fire, TrackKind.Found, 0), 0, act => act with { By = by, Words = words });
        rows.Commit();
    }

    /// <summary>
    /// Goes over all cases of a station from its events and acts; the numbers of their steps stay. Gives how many changed.
    /// </summary>
    /// <param name="store">Its transactions and, by the reader, its events.</param>
    /// <param name="reader">The same store.</param>
    /// <param name="station">Which.</param>
    /// <param name="nowMs">The wall clock, ms since 1970 UTC.</param>
    /// <param name="rooms">What is written with it.</param>
    public static int Rebuild(
        IEventStore store, IEventReader reader, uint station, long nowMs, IReadOnlyList<ICountyRoom>? rooms = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(reader);
        CaseMark[] marks = [.. reader.Events(new EventQuery { Station = station, Kinds = CaseMark.Kinds })
            .Select(stored => CaseMark.Of(stored.Record)).OfType<CaseMark>()];
        using IStoreTransaction rows = store.Begin();
        ICaseRows cases = Of(rows);
        CaseBook book = new(cases, null, nowMs, new WorkBook());
        book.Begin();

        // Of a case that was exported and taken away, its fire is still there.
        Array.ForEach([.. marks.Where(mark => mark.Sequence > rows.PrunedThrough(mark.Track.InLane))], cases.Add);
        book.Rebuild(station);
        IReadOnlyList<CaseChange> changed = book.Changed;
        Tell(rows, rooms, changed);
        rows.Commit();
        return changed.Count;
    }

    private static Case In(
        IEventStore store, long nowMs, IReadOnlyList<ICountyRoom>? rooms, Func<IStoreTransaction, ICaseRows, CaseBook, string> work)
    {
        using IStoreTransaction rows = store.Begin();
        ICaseRows cases = Of(rows);
        CaseBook book = new(cases, null, nowMs, new WorkBook());
        book.Begin();
        string id = work(rows, cases, book);
        book.GoOver();
        Tell(rows, rooms, book.Changed);
        Case changed = cases.Case(id) ?? throw new InvalidOperationException($"case {id} came to nothing");
        rows.Commit();
        return changed;
    }

    private static void Tell(IStoreTransaction rows, IReadOnlyList<ICountyRoom>? rooms, IReadOnlyList<CaseChange> changed)
    {
        foreach (ICountyRoom room in changed.Count == 0 ? [] : rooms ?? [])
        {
            room.CasesChanged(rows, changed);
        }
    }

    private static ICaseRows Of(IStoreTransaction rows) => rows.Cases ?? throw new NotSupportedException("this store keeps no cases");

    private static bool IsCallout(CaseActKind kind) =>
        kind is CaseActKind.Called or CaseActKind.SetOut or CaseActKind.Joined or CaseActKind.StoodDown;

    private static void CallOut(CaseRequest request, Case one, ICaseRows cases, CaseBook book)
    {
        if (request.Party.Length == 0)
        {
            if (book.CallOut(one, request.By, request.Level) == 0)
            {
                throw new CaseRefusedException(
                    $"case {one.Id}: 预案中无更多增援力量 no further ring in the plan of station {one.Station}; "
                    + "allowed: a party by its name, or `county callout add` first");
            }

            return;
        }

        CalloutParty party = cases.CalloutPlan(one.Station).FirstOrDefault(of => of.Party == request.Party)
            ?? new CalloutParty { Station = one.Station, Party = request.Party, Ring = 0 };
        book.Call(one, party, request.By, request.Level);
    }

    private static string? ProblemOfCallout(CaseRequest request, Case one, CaseBook book, long nowMs)
    {
        if (!IsCallout(request.Kind))
        {
            return request.Party.Length > 0 ? $"party: '{request.Party}'; allowed: none with {request.Kind}" : null;
        }

        bool named = request.Kind is CaseActKind.SetOut or CaseActKind.Joined;
        return one.Class != CaseClass.Alarm ? "不是火警 reinforcements are called to alarms alone; allowed: an alarm"
            : named && request.Party.Length == 0 ? $"party: ''; allowed: who, 1..{CountyLimits.CaseNameMax} characters"
            : request.Kind == CaseActKind.StoodDown && request.Party.Length > 0 ? "party: all are sent home; allowed: none"
            : request.AtMs != 0 && (!named || request.AtMs > nowMs + CountyLimits.ActAheadMs || request.AtMs < one.OpenedMs)
                ? "at: allowed: a moment behind the beginning of the case and not ahead of the clock, of who set out or is there"
            : request.Kind == CaseActKind.StoodDown && book.Parties(one, CaseActKind.Called).Count == 0
                ? "未呼叫增援 nobody was called; allowed: when somebody was"
            : null;
    }

    private static string? ProblemOfTwice(CaseRequest request, Case one, CaseBook book) =>
        request.Party.Length > 0 && book.Parties(one, request.Kind).Contains(request.Party)
            ? $"party: '{request.Party}' 已登记 it is noted already; allowed: each once" : null;

    private static string? ProblemOfVersion(CaseRequest request, Case one) =>
        one.State != CaseState.Merged && request.Version is { } seen && seen != one.Version
            ? $"已被他人改动 version {seen}, it is {one.Version} by now; allowed: look again, then act" : null;

    private static string? Problem(CaseRequest request, Case one, bool gone)
    {
        if (one.State == CaseState.Merged)
        {
            return $"已并入 it is part of {one.MergedInto}; allowed: {one.MergedInto}";
        }

        // Who was on the way when it was closed still arrives.
        if (one.State == CaseState.Closed
            && request.Kind is not (CaseActKind.Note or CaseActKind.SetOut or CaseActKind.Joined or CaseActKind.StoodDown
                or CaseActKind.Platform))
        {
            return "已销号 it is closed; allowed: note, and who set out or is there";
        }

        return request.Kind switch
        {
            CaseActKind.Take or CaseActKind.Note or CaseActKind.Platform => null,
            CaseActKind.Judge => ProblemOfJudgement(request, one),
            CaseActKind.Grade when request.Grade == CaseGrade.None => "no grade; allowed: low, general, larger, major",
            CaseActKind.Grade when request.Level < one.Level => ProblemOfLevel(request, one),
            CaseActKind.Grade => null,
            CaseActKind.PassUp => one.Level == EscalationLevel.County
                ? "已在县级 it is the county's already; allowed: a case of a village or a township"
                : request.Level < one.Level ? ProblemOfLevel(request, one) : null,
            CaseActKind.Close => ProblemOfClosing(request, one, gone),
            _ when IsCallout(request.Kind) => null,
            _ => $"{request.Kind}; allowed: take, judge, note, pass up, close",
        };
    }

    private static string? ProblemOfJudgement(CaseRequest request, Case one) => one.Class != CaseClass.Alarm
        ? "不是火警 a judgement is of alarms alone; allowed: grade, note, close"
        : request.Judgement == CaseJudgement.None ? "no judgement; allowed: real, false, test, drill"
        : request.Judgement == CaseJudgement.False && request.Cause.Length == 0
            ? "误报须写原因 cause: ''; allowed: why the alarm was false"
        : request.Level < one.Level ? ProblemOfLevel(request, one)
        : null;

    private static string? ProblemOfClosing(CaseRequest request, Case one, bool gone)
    {
        bool stands = !gone && one.EndedMs == 0
            && one.Trouble is CaseTrouble.Fire or CaseTrouble.Fault or CaseTrouble.Pump or CaseTrouble.Chatter or CaseTrouble.Silent;
        return one.Class == CaseClass.Alarm && one.Judgement == CaseJudgement.None
            ? "未作结论 it is not judged; allowed: judge it first"
            : stands
            ? one.Class switch
            {
                CaseClass.Alarm => AlarmText.Chinese(one) + "未复位 the alarm is not reset at the box; allowed: when it is reset",
                CaseClass.Silent => "仍失联 the station is not heard; allowed: when it is heard, or no longer registered",
                _ => "故障仍在 its fault is still there; allowed: when the fault is gone",
            }
            : request.Level < one.Level ? ProblemOfLevel(request, one)
            : one.Trouble == CaseTrouble.Found && request.Words.Length == 0
            ? "须写整改情况 words: ''; allowed: how the danger that people found was mended"
            : null;
    }

    private static string ProblemOfLevel(CaseRequest request, Case one) =>
        $"level: {CaseNames.Of(request.Level)}; 归{CaseNames.Chinese(one.Level)}办理 allowed: {CaseNames.Of(one.Level)}"
        + (one.Level == EscalationLevel.County ? "" : " or above");

    private static void Refuse(Case one, string? problem, CaseRefusal why)
    {
        if (problem is not null)
        {
            throw new CaseRefusedException($"case {one.Id}: {problem}") { Why = why };
        }
    }

    private static void CheckTexts(string by, string words, string cause)
    {
        Check("by", by, 1, CountyLimits.CaseNameMax);
        Check("words", words, 0, CountyLimits.CaseWordsMax);
        Check("cause", cause, 0, CountyLimits.CaseNameMax);
    }

    private static void Check(string place, string text, int least, int most)
    {
        if (PlainText.Problem(place, text, least, most) is { } problem)
        {
            throw new CaseRefusedException(problem);
        }
    }
}
