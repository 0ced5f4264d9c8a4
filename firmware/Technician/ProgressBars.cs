// Owns: a bar for each part of a long work, on a terminal alone.
// Must never: draw where nobody looks; a line a second is said there.

using Spectre.Console;

namespace Gateway.Technician;

internal sealed class ProgressBars
{
    private readonly Desk _desk;
    private readonly ProgressContext? _bars;
    private readonly Dictionary<string, ProgressTask> _tasks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Progress> _lines = new(StringComparer.Ordinal);

    private ProgressBars(Desk desk, ProgressContext? bars)
    {
        _desk = desk;
        _bars = bars;
    }

    /// <summary>Does a work that says how far it is.</summary>
    public static void Show(Desk desk, Action<ProgressBars> work)
    {
        Capabilities terminal = desk.Terminal.Profile.Capabilities;
        if (!terminal.Ansi || !terminal.Interactive)
        {
            work(new ProgressBars(desk, null));
            return;
        }

        desk.Terminal.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(bars => work(new ProgressBars(desk, bars)));
    }

    /// <summary>So much of a part of the work is done.</summary>
    public void At(string part, int done, int whole)
    {
        if (_bars is null)
        {
            if (!_lines.TryGetValue(part, out Progress? line))
            {
                _lines[part] = line = new Progress(_desk, part, whole);
            }

            line.At(done);
            return;
        }

        if (!_tasks.TryGetValue(part, out ProgressTask? task))
        {
            _tasks[part] = task = _bars.AddTask(part);
        }

        // A part of nothing is done.
        task.MaxValue = Math.Max(whole, 1);
        task.Value = whole == 0 ? 1 : done;
    }
}
