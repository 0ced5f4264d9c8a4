// Owns: the thread that starts attempts, ends them from outside, and gives up those that do not end.
// Must never: call a client, or wait longer than a second: its progress is what the watchdog looks at.

using System;
using System.Threading;

namespace Gateway.Link
{
    /// <summary>
    /// Time is counted in its own waits and not read from a clock: a TLS handshake stops every thread of the device for a minute, and a
    /// client must not be given up for time in which it could not run either.
    /// </summary>
    internal sealed class LinkKeeper
    {
        private readonly object _gate = new object();
        private readonly AutoResetEvent _wake = new AutoResetEvent(false);
        private readonly LinkSupervisor _owner;
        private readonly int _stepMs;
        private readonly LinkRunner[] _abandoned = new LinkRunner[LinkLimits.AbandonedMax + LinkLimits.Runners];
        private LinkRunner _worker;
        private LinkRunner _disposer;
        private LinkAttempt _closing;
        private int _abandonedCount;
        private int _progress;
        private int _steps;
        private int _disposeAtStep;
        private bool _lastDispose;
        private bool _ended;

        public LinkKeeper(LinkSupervisor owner, int stepMs)
        {
            _owner = owner;
            _stepMs = stepMs;
            Thread thread = new Thread(Keep);
            thread.Start();
        }

        public void Wake()
        {
            _wake.Set();
        }

        public int Progress()
        {
            return _progress;
        }

        public bool Stuck()
        {
            lock (_gate)
            {
                return _abandonedCount >= LinkLimits.AbandonedMax;
            }
        }

        public int Threads()
        {
            lock (_gate)
            {
                int runners = (_worker == null ? 0 : 1) + (_disposer == null ? 0 : 1);
                return (_ended ? 0 : 1) + runners + _abandonedCount;
            }
        }

        public bool Ended()
        {
            lock (_gate)
            {
                return _ended;
            }
        }

        private void Keep()
        {
            bool closing = false;
            while (!Ended())
            {
                bool signalled = _wake.WaitOne(closing ? _stepMs : LinkLimits.IdleMs, false);
                _progress++;
                try
                {
                    closing = Step(!signalled);
                }
                catch (Exception e)
                {
                    // Out of memory, or no thread to be had: the attempt fails, and the next one tries again.
                    _owner.CannotBegin(e);
                }
            }
        }

        /// <summary>One look at everything. True while an attempt is being closed.</summary>
        private bool Step(bool stepPassed)
        {
            Collect();
            bool closing;
            LinkAttempt attempt = _owner.ToClose(out closing);
            if (closing)
            {
                if (attempt != null)
                {
                    CloseDown(attempt, stepPassed);
                }
                else if (!Stuck())
                {
                    _owner.Let(true);
                }

                _owner.ToClose(out closing);
            }
            else
            {
                attempt = _owner.Take();
                if (attempt != null)
                {
                    _worker = Ready(_worker);
                    _worker.Begin(attempt, LinkRunner.Run);
                }
            }

            if ((!closing || Stuck()) && _owner.ShuttingDown())
            {
                End();
            }

            return closing;
        }

        private void CloseDown(LinkAttempt attempt, bool stepPassed)
        {
            if (_closing != attempt)
            {
                _closing = attempt;
                _steps = 0;
                _disposeAtStep = LinkLimits.DisposeAfterSteps;
                _lastDispose = false;
                _owner.Add(LinkCount.Unknown, attempt.Close());
            }

            if (stepPassed)
            {
                _steps++;
            }

            bool running = _worker != null && _worker.Busy();
            bool disposing = _disposer != null && _disposer.Busy();
            if (!running && !disposing)
            {
                if (_lastDispose)
                {
                    _closing = null;
                    _owner.Let(true);
                    return;
                }

                // Only a Dispose that begins after the attempt has ended is sure to find all that it opened.
                Dispose(attempt);
                _lastDispose = true;
            }
            else if (!disposing && _steps >= _disposeAtStep)
            {
                _disposeAtStep = _steps + LinkLimits.DisposeAgainSteps;
                Dispose(attempt);
            }
            else if (_steps >= LinkLimits.LetGoSteps)
            {
                _closing = null;
                Abandon(running, disposing);
                _owner.Let(!Stuck());
            }
        }

        private void Dispose(LinkAttempt attempt)
        {
            _disposer = Ready(_disposer);
            _disposer.Begin(attempt, LinkRunner.Release);
        }

        private LinkRunner Ready(LinkRunner runner)
        {
            return runner != null ? runner : new LinkRunner(_owner);
        }

        private void Abandon(bool running, bool disposing)
        {
            lock (_gate)
            {
                if (running)
                {
                    _worker.Leave();
                    _abandoned[_abandonedCount++] = _worker;
                    _worker = null;
                }

                if (disposing)
                {
                    _disposer.Leave();
                    _abandoned[_abandonedCount++] = _disposer;
                    _disposer = null;
                }
            }

            _owner.Add(LinkCount.Abandoned, (running ? 1 : 0) + (disposing ? 1 : 0));
        }

        /// <summary>Forgets abandoned threads that have ended after all.</summary>
        private void Collect()
        {
            lock (_gate)
            {
                int kept = 0;
                for (int i = 0; i < _abandonedCount; i++)
                {
                    if (!_abandoned[i].Gone())
                    {
                        _abandoned[kept++] = _abandoned[i];
                    }
                }

                for (int i = kept; i < _abandonedCount; i++)
                {
                    _abandoned[i] = null;
                }

                _abandonedCount = kept;
            }
        }

        private void End()
        {
            lock (_gate)
            {
                if (_worker != null)
                {
                    _worker.Leave();
                }

                if (_disposer != null)
                {
                    _disposer.Leave();
                }

                _worker = null;
                _disposer = null;
                _ended = true;
            }
        }
    }
}
