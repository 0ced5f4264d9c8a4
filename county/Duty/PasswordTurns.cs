// Owns: whose password is looked at next, where more wait than may be looked at together.
// Must never: let those who were wrong of late stand before somebody who was not.

namespace Gateway.County.Duty;

/// <param name="atOnce">How many have their turn at a time.</param>
internal sealed class PasswordTurns(int atOnce)
{
    private readonly Lock _gate = new();
    private readonly Queue<TaskCompletionSource> _first = [];
    private readonly Queue<TaskCompletionSource> _last = [];
    private int _free = atOnce;

    /// <summary>Does the work when its turn has come.</summary>
    /// <param name="first">Before all that wait and are not first.</param>
    /// <param name="work">What takes a processor.</param>
    /// <param name="stop">Ends the wait.</param>
    public async Task<T> Do<T>(bool first, Func<T> work, CancellationToken stop)
    {
        TaskCompletionSource? turn = null;
        lock (_gate)
        {
            if (_free > 0)
            {
                _free--;
            }
            else
            {
                turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                (first ? _first : _last).Enqueue(turn);
            }
        }

        if (turn is not null)
        {
            // Who gave up stays in the queue, and is passed by when its turn comes.
            await using CancellationTokenRegistration given = stop.Register(() => turn.TrySetCanceled(stop));
            await turn.Task;
        }

        try
        {
            return await Task.Run(work, stop);
        }
        finally
        {
            Next();
        }
    }

    private void Next()
    {
        lock (_gate)
        {
            while (_first.TryDequeue(out TaskCompletionSource? next) || _last.TryDequeue(out next))
            {
                if (next.TrySetResult())
                {
                    return;
                }
            }

            _free++;
        }
    }
}
