// Owns: who asks the API: its token, what that sees, and how often it may ask.
// Must never: take a browser's session for a token, or look up what nobody can have.

using System.Diagnostics;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace Gateway.County.Duty.Api;

/// <summary>The API refuses, and says why.</summary>
internal sealed class ApiRefusedException(int code, string message) : Exception(message)
{
    public int Code => code;
}

/// <param name="Token">Its token.</param>
/// <param name="View">What it sees.</param>
internal sealed record ApiCaller(ApiToken Token, DutyView View)
{
    /// <summary>Who asks; the API's door has put it there.</summary>
    public static ApiCaller Of(HttpContext context) =>
        context.Features.Get<ApiCaller>() ?? throw new InvalidOperationException("nobody asks");

    /// <summary>A program sees as a reader of its township does, and acts as nobody.</summary>
    public static ApiCaller With(ApiToken token, DutyStore store) => new(token, new DutyView(store, new DutyUser
    {
        Name = token.Name,
        Person = token.Name,
        Role = DutyRole.Reader,
        Township = token.Township,
        PasswordHash = "",
    }));
}

/// <summary>Looks at tokens, of which it knows all: a wrong one costs no question of the database.</summary>
internal sealed class ApiTokens(DutyStore store) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.CreateChained(
        Limiter(name => name, CountyLimits.ApiAtOnce, CountyLimits.ApiPerSecond),
        Limiter(_ => "", CountyLimits.ApiAllAtOnce, CountyLimits.ApiAllPerSecond));

    private Dictionary<string, ApiToken> _known = [];
    private long? _lookedAt;

    /// <summary>The token that a request carries.</summary>
    /// <exception cref="ApiRefusedException">It carries none that is good, or asks too often.</exception>
    public ApiToken Of(HttpRequest request)
    {
        const string Scheme = "Bearer ";
        string head = request.Headers.Authorization.ToString();
        string token = head.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? head[Scheme.Length..].Trim() : "";
        if (token.Length != CountyLimits.DutyTokenBytes * 2 || !Known().TryGetValue(ApiToken.HashOf(token), out ApiToken? found))
        {
            throw new ApiRefusedException(
                StatusCodes.Status401Unauthorized, "token: none that is good; allowed: Authorization: Bearer TOKEN, of `county token add`");
        }

        using RateLimitLease lease = _limiter.AttemptAcquire(found.Name);
        return lease.IsAcquired ? found : throw new ApiRefusedException(
            StatusCodes.Status429TooManyRequests,
            $"too many questions; allowed: {CountyLimits.ApiPerSecond} a second, {CountyLimits.ApiAtOnce} at once");
    }

    public void Dispose() => _limiter.Dispose();

    private static PartitionedRateLimiter<string> Limiter(Func<string, string> of, int atOnce, int perSecond) =>
        PartitionedRateLimiter.Create<string, string>(name => RateLimitPartition.GetTokenBucketLimiter(
            of(name),
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = atOnce,
                TokensPerPeriod = perSecond,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                QueueLimit = 0,
                AutoReplenishment = true,
            }));

    private Dictionary<string, ApiToken> Known()
    {
        lock (_gate)
        {
            if (_lookedAt is not { } at || Stopwatch.GetElapsedTime(at).TotalMilliseconds >= CountyLimits.ApiTokensKnownMs)
            {
                _known = store.With(rows => rows.Tokens()).ToDictionary(one => one.Hash, StringComparer.Ordinal);
                _lookedAt = Stopwatch.GetTimestamp();
            }

            return _known;
        }
    }
}
