// Owns: saying how far a long work is.
// Must never: say anything of a short one.

using System.Diagnostics;

namespace Gateway.Technician;

internal sealed class Progress(Desk desk, string what, int total)
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private long _toldRunMs;

    /// <summary>Says it when a second has passed, and then once a second.</summary>
    public void At(int done)
    {
        long runMs = _watch.ElapsedMilliseconds;
        if (runMs < TechnicianLimits.ProgressAfterMs || runMs - _toldRunMs < TechnicianLimits.ProgressEveryMs)
        {
            return;
        }

        _toldRunMs = runMs;
        desk.Error.WriteLine($"{what} {done}/{total}");
    }
}
