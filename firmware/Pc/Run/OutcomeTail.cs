// Owns: the outcomes of a script's lines, for the screen and for the end.
// Must never: grow beyond its bound.

namespace Gateway.Pc.Run;

/// <summary>Marked lines. Read by another thread only after the loop has ended, but for <see cref="Newest"/>, which is a copy.</summary>
public sealed class OutcomeTail : Watcher
{
    private readonly Queue<string> _lines = new();

    public IReadOnlyList<string> All => [.. _lines];

    /// <summary>The last few, replaced as a whole.</summary>
    public IReadOnlyList<string> Newest { get; private set; } = [];

    public static string Mark(bool? good, string text) => good is null ? text : (good.Value ? "✓ " : "✗ ") + text;

    public override void Script(long ms, bool? good, string text)
    {
        if (_lines.Count == PcLimits.OutcomesKeptMax)
        {
            _lines.Dequeue();
        }

        _lines.Enqueue(Mark(good, text));
        Newest = [.. _lines.TakeLast(PcLimits.OutcomesShownMax)];
    }
}
