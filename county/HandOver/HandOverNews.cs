// Owns: what people on duty are told of the hand-over.
// Must never: flood the list, or keep quiet about a fire that the platform does not know of.

namespace Gateway.County.HandOver;

/// <summary>Used by the county's working thread alone.</summary>
internal sealed class HandOverNews(string who, Action<bool, string> tell)
{
    private bool _works = true;
    private bool _toldOfFire;
    private long _fireSinceRunMs = long.MinValue;
    private long _fireDeliveredRunMs = long.MinValue;
    private long _fireLineRunMs = long.MinValue;
    private long _linkLineRunMs = long.MinValue;
    private long _refusedLineRunMs = long.MinValue;
    private int _refused;

    /// <summary>Whether the receiver answers at all, and takes fires.</summary>
    public void Heard(Attempt attempt, bool ofFire, bool works, Instant now)
    {
        if (ofFire && RetryPlan.Delivered(attempt.Status))
        {
            _fireDeliveredRunMs = now.RunMs;
        }

        if (works == _works || (!works && !now.IsPast(_linkLineRunMs, HandOverLimits.LineMs)))
        {
            return;
        }

        _works = works;
        _linkLineRunMs = works ? _linkLineRunMs : now.RunMs;
        tell(works, works ? $"{who}已恢复 hand-over: it answers again"
            : $"{who}不通，正在重试 hand-over: {Answer(attempt.Status)} {attempt.Words}");
    }

    /// <summary>What came of messages.</summary>
    public void Ended(IReadOnlyList<HandOverRow> rows, Instant now)
    {
        HandOverRow[] refused = [.. rows.Where(row =>
            row.State is HandOverState.Refused or HandOverState.GivenUp || (row.OfFire && RetryPlan.Lasting(row.LastStatus)))];
        _refused += refused.Length;
        if (refused.Length > 0 && now.IsPast(_refusedLineRunMs, HandOverLimits.LineMs))
        {
            _refusedLineRunMs = now.RunMs;
            HandOverRow last = refused[^1];
            string then = last.State == HandOverState.Waiting ? "每分钟重试 tried every minute"
                : "未上报，可用 county handover status 查看 listed by county handover status";
            tell(false, $"{who}拒收{_refused}条 hand-over: {last.MessageId} {Answer(last.LastStatus)} {last.LastWords}；{then}");
            _refused = 0;
        }
    }

    /// <summary>
    /// A fire that the platform does not know of is reported by telephone: when none is taken for a while, and when one is tried all along
    /// while others are taken.
    /// </summary>
    public void Waiting(HandOverWaiting waiting, Instant now)
    {
        if (waiting.Fires == 0)
        {
            _fireSinceRunMs = long.MinValue;
            if (_toldOfFire)
            {
                _toldOfFire = false;
                tell(true, $"报警已全部上报{who} hand-over: it has all alarms");
            }

            return;
        }

        _fireSinceRunMs = _fireSinceRunMs == long.MinValue ? now.RunMs : _fireSinceRunMs;
        bool untold = waiting.FireTries > HandOverLimits.FireWaitsMs.Length
            || now.RunMs - Math.Max(_fireSinceRunMs, _fireDeliveredRunMs) >= HandOverLimits.UntoldFireMs;
        if (untold && now.IsPast(_fireLineRunMs, HandOverLimits.SayAgainMs))
        {
            _fireLineRunMs = now.RunMs;
            _toldOfFire = true;
            tell(false, $"{who}不通，请电话报告：报警消息{waiting.Fires}条未上报 hand-over: report the alarms by telephone");
        }
    }

    public void NoRoom(int givenUp)
    {
        if (givenUp > 0)
        {
            tell(false, $"待上报消息过多，最早的{givenUp}条已放弃 hand-over: given up, the oldest that are of no fire; "
                + "county handover resend --given-up");
        }
    }

    private static string Answer(int status) => status == 0 ? "" : $"HTTP {status}";
}
