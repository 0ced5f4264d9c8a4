// Owns: call-out of reinforcements (增援): who is called when, and when nobody came in time.
// Must never: call a party to one fire twice by itself, or anybody to what is a test or is reset.

namespace Gateway.County;

internal sealed partial class CaseBook
{
    /// <summary>
    /// Calls the parties of the next ring of the station's plan, the first with parties that were not called; gives how many there are.
    /// </summary>
    public int CallOut(Case one, string by = "", EscalationLevel level = default)
    {
        IReadOnlySet<string> before = Parties(one, CaseActKind.Called);
        CalloutParty[] left = [.. rows.CalloutPlan(one.Station).Where(party => !before.Contains(party.Party))];
        CalloutParty[] called = [.. left.Where(party => party.Ring == left.Min(other => other.Ring))];
        foreach (CalloutParty party in called)
        {
            Call(one, party, by, level);
        }

        return called.Length;
    }

    /// <summary>Calls one party, of the plan or not.</summary>
    public void Call(Case one, CalloutParty party, string by, EscalationLevel level)
    {
        CaseAct act = Act(CaseActKind.Called, one.Track, one.Sequence, act => act with
        {
            By = by,
            Level = level,
            Party = party.Party,
            Value = party.WithinS,
        });
        CalloutRun run = rows.Callout(one.Id) ?? new CalloutRun(one.Id, 0, act.AtMs, act.AtMs, party.WithinS, SetOut: false, Late: false);
        rows.Put(run with
        {
            Calls = run.Calls + 1,
            LastMs = act.AtMs,
            WithinS = Math.Min(run.WithinS, party.WithinS),
        });
    }

    /// <summary>
    /// A judgement: a real fire that is not over calls the plan, unless it was called and not sent home since; any other sends home whoever
    /// was called.
    /// </summary>
    public void Judged(Case one, CaseJudgement judgement, string by, EscalationLevel level)
    {
        bool called = Parties(one, CaseActKind.Called).Count > 0;
        if (judgement == CaseJudgement.Real && !called && one.EndedMs == 0)
        {
            CallOut(one, by, level);
        }
        else if (judgement != CaseJudgement.Real && called && (one.EndedMs == 0 || rows.Callout(one.Id) is not null))
        {
            Act(CaseActKind.StoodDown, one.Track, one.Sequence, act => act with { By = by, Level = level });
            rows.EndCallout(one.Id);
        }
    }

    /// <summary>A party is on its way or there, or all are sent home.</summary>
    public void Reported(Case one, CaseActKind kind)
    {
        if (rows.Callout(one.Id) is not { } run)
        {
            return;
        }

        if (kind == CaseActKind.SetOut)
        {
            rows.Put(run with { SetOut = true });
        }
        else
        {
            rows.EndCallout(one.Id);
        }
    }

    /// <summary>Nobody has answered an alarm for so long that the county calls by itself.</summary>
    public void Unanswered(Escalation escalation)
    {
        // Whom a person sent home, only a person calls again.
        if (CaseOf(escalation) is { IsOpen: true, EndedMs: 0, Test: false } one
            && !ActsOf(one).Any(act => act.Kind == CaseActKind.Called))
        {
            CallOut(one);
        }
    }

    /// <summary>
    /// A fire of which heartbeats told is here: who was called to that is called to this, and is not called twice. Each call is an act of
    /// this case too, with the time and the case of the first, and no further call.
    /// </summary>
    private void CallsGoOn(Case hidden, Case alarm)
    {
        IReadOnlySet<string> called = Parties(alarm, CaseActKind.Called);
        IReadOnlySet<string> still = Parties(hidden, CaseActKind.Called);
        foreach (CaseAct call in ActsOf(hidden).Where(act => act.Kind == CaseActKind.Called && still.Contains(act.Party))
            .DistinctBy(act => act.Party).Where(act => !called.Contains(act.Party)).ToArray())
        {
            Act(CaseActKind.Called, alarm.Track, alarm.Sequence, act => act with
            {
                AtMs = call.AtMs,
                By = call.By,
                Level = call.Level,
                Party = call.Party,
                Value = call.Value,
                Cause = hidden.Id,
                Words = $"增援已呼叫 {call.Party}，见 {hidden.Id}",
            });
        }

        if (rows.Callout(hidden.Id) is { } run)
        {
            rows.EndCallout(hidden.Id);
            if (!alarm.Test && rows.Callout(alarm.Id) is null)
            {
                rows.Put(run with { Case = alarm.Id });
            }
        }
    }

    /// <summary>Looks at the call-outs under way: the next ring where nobody set out, and the clock that nobody met.</summary>
    public void LookAtCallouts(IReadOnlyList<CalloutRun> runs, CalloutWaits waits, int ringAfterMs, Instant now)
    {
        foreach (CalloutRun run in runs)
        {
            Case? one = rows.Case(run.Case);
            if (one is { State: CaseState.Merged, MergedInto.Length: > 0 })
            {
                rows.EndCallout(run.Case);
                rows.Put(run with { Case = one.MergedInto });
                continue;
            }

            // What is reset needs nobody any more who is not on the way; a person may still call.
            if (one is not { IsOpen: true, EndedMs: 0 })
            {
                rows.EndCallout(run.Case);
                continue;
            }

            if (!run.SetOut && ringAfterMs > 0 && waits.IsOver(run.Case, run.Calls, run.LastMs, ringAfterMs, now))
            {
                CallOut(one);
            }

            if (!run.Late && waits.IsOver(run.Case, 0, run.CalledMs, run.WithinS * 1_000L, now))
            {
                Act(CaseActKind.NotJoined, one.Track, one.Sequence, act => act with
                {
                    Value = run.WithinS,
                    Level = (EscalationLevel)Math.Min((int)one.Level + 1, (int)EscalationLevel.County),
                });
                rows.Put((rows.Callout(run.Case) ?? run) with { Late = true });
            }
        }
    }

    /// <summary>The parties of which such an act is on the case, since all were last sent home.</summary>
    public IReadOnlySet<string> Parties(Case one, CaseActKind kind)
    {
        HashSet<string> parties = new(StringComparer.Ordinal);
        foreach (CaseAct act in ActsOf(one))
        {
            if (act.Kind == CaseActKind.StoodDown)
            {
                parties.Clear();
            }
            else if (act.Kind == kind)
            {
                parties.Add(act.Party);
            }
        }

        return parties;
    }

    private IReadOnlyList<CaseAct> ActsOf(Case one) => rows.Acts(
        one.Track, rows.LastEnd(one.Track, one.Sequence), rows.FirstEnd(one.Track, one.Sequence) ?? uint.MaxValue);
}
