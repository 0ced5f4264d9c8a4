// Owns: saying how far a long work is.
// Must never: say anything of a short one.

namespace Gateway.Technician;

internal sealed class Progress(Desk desk, string what, int total)
{
    private readonly long _begunMs = Environment.TickCount64;
    private long _toldMs;

    /// <summary>Says it when a second has passed, and then once a second.</summary>
    public void At(int done)
    {
        long nowMs = Environment.TickCount64;
        if (nowMs - _begunMs < TechnicianLimits.ProgressAfterMs || nowMs - _toldMs < TechnicianLimits.ProgressEveryMs)
        {
            return;
        }

        _toldMs = nowMs;
        desk.Error.WriteLine($"{what} {done}/{total}");
    }
}
