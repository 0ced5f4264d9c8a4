// Owns: what becomes of a message after an attempt: delivered, refused, tried again and when, or given up.
// Must never: refuse or give up a fire of a case that is open, whatever the receiver answers.

using System.Net;

namespace Gateway.County.HandOver;

/// <summary>What an attempt came to.</summary>
/// <param name="Status">The answer's number; 0 = no answer.</param>
/// <param name="Words">The beginning of the answer's body, or why there was none, for people.</param>
/// <param name="RetryAfterMs">What the receiver asked for; null = nothing.</param>
public sealed record Attempt(int Status, string Words, long? RetryAfterMs = null);

internal static class RetryPlan
{
    /// <summary>What becomes of a message; one that still waits is tried again.</summary>
    /// <param name="attempt">The one that ended.</param>
    /// <param name="tries">How many there were, that one among them.</param>
    /// <param name="waitedMs">How long it waits, no more than the time after which it may be given up.</param>
    /// <param name="fire">It is of an alarm.</param>
    /// <param name="open">Its case is.</param>
    public static HandOverState Of(Attempt attempt, int tries, long waitedMs, bool fire, bool open)
    {
        if (Delivered(attempt.Status))
        {
            return HandOverState.Delivered;
        }

        if (Lasting(attempt.Status) && !fire)
        {
            return HandOverState.Refused;
        }

        // By both: a clock may be set, and a receiver that asks for shorter waits has used up all attempts within minutes.
        bool over = tries >= (fire ? HandOverLimits.FireTriesMax : HandOverLimits.OtherTriesMax) && waitedMs >= HandOverLimits.GiveUpMs;
        return over && !(fire && open) ? HandOverState.GivenUp : HandOverState.Waiting;
    }

    /// <summary>How long the next attempt waits, ms.</summary>
    /// <param name="attempt">The one that ended.</param>
    /// <param name="tries">How many there were, that one among them.</param>
    /// <param name="fire">It is of an alarm.</param>
    /// <param name="random">From 0 to 1.</param>
    public static long WaitMs(Attempt attempt, int tries, bool fire, double random)
    {
        int[] waits = fire ? HandOverLimits.FireWaitsMs : HandOverLimits.OtherWaitsMs;
        if (attempt.RetryAfterMs is { } asked)
        {
            return Math.Clamp(asked, waits[0], fire ? HandOverLimits.FireRetryAfterMs : HandOverLimits.OtherRetryAfterMs);
        }

        // What only a person can mend is not hurried.
        long waitMs = fire && Lasting(attempt.Status) ? waits[^1] : waits[Math.Clamp(tries - 1, 0, waits.Length - 1)];
        return (long)(waitMs * (1 + (HandOverLimits.Jitter * ((2 * random) - 1))));
    }

    /// <summary>409 is said of what is there already.</summary>
    public static bool Delivered(int status) => status is >= 200 and < 300 or (int)HttpStatusCode.Conflict;

    /// <summary>A fault of the settings or of the message: the same will be answered again.</summary>
    public static bool Lasting(int status) => status is >= 400 and < 500 and not (int)HttpStatusCode.Conflict
        and not (int)HttpStatusCode.RequestTimeout and not TooEarly and not (int)HttpStatusCode.TooManyRequests;

    private const int TooEarly = 425;
}
