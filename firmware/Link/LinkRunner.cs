// Owns: one thread that makes the client's calls, which may block for minutes or for ever.
// Must never: be waited for by the loop or the keeper.

using System.Threading;

namespace Gateway.Link
{
    /// <summary>Does one job at a time for the keeper, which looks at it and never joins it.</summary>
    internal sealed class LinkRunner
    {
        /// <summary>Runs the attempt.</summary>
        public const int Run = 1;

        /// <summary>Disposes the attempt's client.</summary>
        public const int Release = 2;

        private const int None = 0;

        private readonly object _gate = new object();
        private readonly AutoResetEvent _wake = new AutoResetEvent(false);
        private readonly LinkSupervisor _owner;
        private LinkAttempt _attempt;
        private int _job;
        private bool _leave;
        private bool _gone;

        public LinkRunner(LinkSupervisor owner)
        {
            _owner = owner;
            Thread thread = new Thread(Loop);
            thread.Start();
        }

        /// <summary>True while a job is under way.</summary>
        public bool Busy()
        {
            lock (_gate)
            {
                return _job != None;
            }
        }

        /// <summary>True when the thread has ended.</summary>
        public bool Gone()
        {
            lock (_gate)
            {
                return _gone;
            }
        }

        public void Begin(LinkAttempt attempt, int job)
        {
            lock (_gate)
            {
                _attempt = attempt;
                _job = job;
            }

            _wake.Set();
        }

        /// <summary>The thread ends after its job: at once when it has none, whenever the client lets go of it otherwise.</summary>
        public void Leave()
        {
            lock (_gate)
            {
                _leave = true;
            }

            _wake.Set();
        }

        private void Loop()
        {
            bool leave = false;
            while (!leave)
            {
                _wake.WaitOne();
                LinkAttempt attempt;
                int job;
                lock (_gate)
                {
                    attempt = _attempt;
                    job = _job;
                }

                if (job == Run)
                {
                    attempt.Run();
                }
                else if (job == Release)
                {
                    attempt.Release();
                }

                leave = Finish(job != Run);
                if (!leave && job == Run && Left())
                {
                    // Abandoned: nobody else will dispose what this call may have opened at last.
                    attempt.Release();
                    leave = Finish(true);
                }

                _owner.WakeKeeper();
            }
        }

        private bool Left()
        {
            lock (_gate)
            {
                return _leave;
            }
        }

        /// <summary>Marks the job as done and returns whether to end. An abandoned attempt must be released before.</summary>
        private bool Finish(bool released)
        {
            lock (_gate)
            {
                if (_leave && !released)
                {
                    return false;
                }

                _attempt = null;
                _job = None;
                _gone = _leave;
                return _leave;
            }
        }
    }
}
