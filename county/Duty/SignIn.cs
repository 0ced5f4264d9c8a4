// Owns: who is signed in: passwords looked at, slowed after wrong ones, and sessions of twelve hours.
// Must never: tell by its answer or its time whether a name is there, or make one person wait for another's wrong passwords.

namespace Gateway.County.Duty;

/// <param name="store">Where users and sessions are.</param>
internal sealed class SignIn(DutyStore store)
{
    private readonly LoginBrake _brake = new(TimeProvider.System);
    private readonly PasswordTurns _hashing = new(CountyLimits.DutyHashesAtOnce);
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Name, string Address), int> _looking = [];

    /// <summary>A new session's name, or null when name and password do not fit or too many attempts wait.</summary>
    public async Task<string?> Begin(string name, string password, string address, CancellationToken stop)
    {
        name = name.Length <= CountyLimits.DutyUserNameMax ? name : "";
        password = password.Length <= CountyLimits.DutyPasswordMax ? password : "";
        DutyUser? user = await Known(name, password, address, stop);
        if (user is null)
        {
            return null;
        }

        _brake.Right(name, address);
        string token = ApiToken.Create();
        long nowMs = DutyStore.NowMs();
        return store.With(rows =>
        {
            // Removed or reset while its password was looked at.
            if (rows.User(name)?.PasswordHash != user.PasswordHash)
            {
                return null;
            }

            rows.BeginSession(ApiToken.HashOf(token), name, nowMs, nowMs + CountyLimits.DutySessionMs);
            rows.Note(new DutyLogRow(0, nowMs, user.Name, user.Person, "sign-in", user.Township, "", address));
            return token;
        });
    }

    /// <summary>Who has this session, or null.</summary>
    public DutyUser? Who(string? token) => token is { Length: CountyLimits.DutyTokenBytes * 2 }
        ? store.With(rows => rows.SignedIn(ApiToken.HashOf(token), DutyStore.NowMs())) : null;

    /// <summary>
    /// Another password for somebody who is signed in and knows the old one; every other session of that user ends. False when the old one
    /// does not fit.
    /// </summary>
    public async Task<bool> Change(DutyUser user, string token, string old, string fresh, string address, CancellationToken stop)
    {
        old = old.Length <= CountyLimits.DutyPasswordMax ? old : "";
        if (await Known(user.Name, old, address, stop) is not { } known)
        {
            return false;
        }

        _brake.Right(user.Name, address);
        string hash = await _hashing.Do(first: true, () => Passwords.Hash(user.Name, fresh), stop);
        return store.With(rows =>
        {
            if (!rows.ChangePassword(user.Name, known.PasswordHash, hash, ApiToken.HashOf(token)))
            {
                return false;
            }

            rows.Note(new DutyLogRow(0, DutyStore.NowMs(), user.Name, user.Person, "password", user.Township, "", address));
            return true;
        });
    }

    public void End(DutyUser user, string token) => store.With(rows =>
    {
        rows.EndSession(ApiToken.HashOf(token));
        rows.Note(new DutyLogRow(0, DutyStore.NowMs(), user.Name, user.Person, "sign-out", user.Township, "", ""));
        return true;
    });

    /// <summary>
    /// The user whose password it is. One name from one address has few attempts at a time, so that whoever tries many passwords keeps
    /// nobody else's from being looked at; and whoever was wrong of late waits behind everybody who was not.
    /// </summary>
    private async Task<DutyUser?> Known(string name, string password, string address, CancellationToken stop)
    {
        lock (_gate)
        {
            int looking = _looking.GetValueOrDefault((name, address));
            if (looking >= CountyLimits.WrongPendingMax || !_brake.Admits(name, address))
            {
                return null;
            }

            _looking[(name, address)] = looking + 1;
        }

        try
        {
            // A name that is not there costs no hash; its answer comes as late as any wrong one.
            DutyUser? user = store.With(rows => rows.User(name));
            if (user is not null && password.Length > 0
                && await _hashing.Do(_brake.IsClean(name, address), () => Passwords.Fits(user, password), stop))
            {
                return user;
            }

            await _brake.Wrong(name, address, stop);
            return null;
        }
        finally
        {
            lock (_gate)
            {
                if (--_looking[(name, address)] == 0)
                {
                    _looking.Remove((name, address));
                }
            }
        }
    }
}
