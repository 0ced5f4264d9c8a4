// Owns: a real store with one fault in how it keeps cases, for proving that the judge of the random worlds finds it.
// Must never: have a fault that stops the county: then the fault would be found without a judge.

using System.Reflection;
using Gateway.Contract;

namespace Gateway.County.Tests;

/// <summary>What is wrong.</summary>
public enum CaseFault
{
    /// <summary>The end behind a case is overlooked: it goes on, and what follows is merged into it.</summary>
    EndBehindIsOverlooked,

    /// <summary>The end before a case is overlooked: it is taken for a part of the one before.</summary>
    EndBeforeIsOverlooked,

    /// <summary>An alarm closes with its reset, and nobody judged it.</summary>
    AlarmClosesWithoutJudgement,

    /// <summary>A danger is closed while its fault is there.</summary>
    DangerClosesWhileItStands,

    /// <summary>What is closed is kept as open.</summary>
    ClosingIsLost,

    /// <summary>What is merged is said to stand by itself.</summary>
    MergedIsKeptApart,

    /// <summary>A case is said to be merged and is not.</summary>
    StandingIsMerged,

    /// <summary>Acts of people are overlooked.</summary>
    ActsAreLost,

    /// <summary>Clocks that name their alarm are overlooked.</summary>
    ClocksAreLost,

    /// <summary>Events that got their time later keep the old one in their cases.</summary>
    LaterTimesAreOverlooked,

    /// <summary>Nobody above the village hears of a missed clock.</summary>
    LevelStaysInTheVillage,

    /// <summary>An alarm that was real counts as a false one.</summary>
    JudgementIsLost,

    /// <summary>A case is due a day too late.</summary>
    DueIsLate,
}

/// <summary>Hands everything on, but for what the fault changes.</summary>
internal class FaultyStore : DispatchProxy
{
    private const long DayMs = 86_400_000;
    private object _inner = new();
    private CaseFault? _fault;

    public static IEventStore Of(IEventStore store, CaseFault? fault) => Make(store, fault);

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (_inner is ICaseRows && args is [Case put] && targetMethod!.Name == nameof(ICaseRows.Put))
        {
            Case copy = put.Copy();
            Spoil(copy);
            args = [copy];
        }

        object? result;
        try
        {
            result = targetMethod!.Invoke(_inner, args);
        }
        catch (TargetInvocationException e)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(e.InnerException!).Throw();
            throw;
        }

        return result switch
        {
            ICaseRows rows when targetMethod.ReturnType == typeof(ICaseRows) => Make(rows, _fault),
            IStoreTransaction transaction => Make(transaction, _fault),
            _ => _inner is ICaseRows ? Spoiled(targetMethod.Name, result) : result,
        };
    }

    private object? Spoiled(string of, object? result) => (_fault, of) switch
    {
        (CaseFault.EndBehindIsOverlooked, nameof(ICaseRows.FirstEnd)) => null,
        (CaseFault.EndBeforeIsOverlooked, nameof(ICaseRows.LastEnd)) => 0u,
        (CaseFault.ActsAreLost, nameof(ICaseRows.Acts)) => ((IReadOnlyList<CaseAct>)result!)
            .Where(act => act.Kind is not (CaseActKind.Note or CaseActKind.Take)).ToArray(),
        (CaseFault.ClocksAreLost, nameof(ICaseRows.Clocks)) => Array.Empty<StoredEvent>(),
        (CaseFault.LaterTimesAreOverlooked, nameof(ICaseRows.Untimed)) => Array.Empty<CaseMark>(),
        _ => result,
    };

    private void Spoil(Case one)
    {
        switch (_fault)
        {
            case CaseFault.AlarmClosesWithoutJudgement when one is { Class: CaseClass.Alarm, State: CaseState.Ended }:
                (one.State, one.ClosedMs) = (CaseState.Closed, one.EndedMs);
                break;
            case CaseFault.DangerClosesWhileItStands when one is { Trouble: CaseTrouble.Fault, State: CaseState.Open }:
                (one.State, one.ClosedMs) = (CaseState.Closed, one.OpenedMs);
                break;
            case CaseFault.ClosingIsLost when one.State == CaseState.Closed:
                (one.State, one.ClosedMs) = (CaseState.Open, 0);
                break;
            case CaseFault.MergedIsKeptApart when one.State == CaseState.Merged:
                (one.State, one.MergedInto) = (CaseState.Open, "");
                break;
            case CaseFault.StandingIsMerged when one is { State: CaseState.Open, Events: > 2 }:
                (one.State, one.MergedInto) = (CaseState.Merged, one.Id);
                break;
            case CaseFault.LevelStaysInTheVillage when one.Class == CaseClass.Alarm:
                one.Level = EscalationLevel.Village;
                break;
            case CaseFault.JudgementIsLost when one.Judgement == CaseJudgement.Real:
                one.Judgement = CaseJudgement.False;
                break;
            case CaseFault.DueIsLate:
                one.DueMs += DayMs;
                break;
            default:
                break;
        }
    }

    private static T Make<T>(T inner, CaseFault? fault)
        where T : class
    {
        T proxy = Create<T, FaultyStore>();
        FaultyStore faulty = (FaultyStore)(object)proxy;
        faulty._inner = inner;
        faulty._fault = fault;
        return proxy;
    }
}
