// Owns: the thread that ticks: its priority, its beat, and what happens when a tick throws.
// Must never: wait for another thread, or go on after an exception with a state that is half of one tick and half of the next.

using System;
using System.Threading;
using Gateway.Contract;
using Gateway.Core;
using Gateway.Link;

namespace Gateway.Esp32
{
    /// <summary>Runs <see cref="MainLoop.Tick"/> every <see cref="Limits.TickMs"/> at the highest priority.</summary>
    public sealed class AlarmLoop
    {
        private readonly MainLoop _loop;
        private readonly Supervision _supervision;
        private readonly RestartNote _note;
        private readonly LinkSupervisor _link;
        private readonly LinkSupervisor _probe;
        private readonly EspNetwork _network;
        private readonly EspFlash _flash;
        private readonly int _linkPlace;
        private readonly int _probePlace;
        private readonly int _networkPlace;
        private readonly SettingsTrial _trial;
        private readonly EspDisplay _display;
        private readonly ConsolePort _port;

        /// <summary>Made when the first byte comes.</summary>
        private TechnicianConsole _console;
        private int _ticks;

        /// <param name="link">Null for a station without a key or settings; then it is not supervised.</param>
        /// <param name="probe">Tries the broker that is not in use; null when there is only one.</param>
        /// <param name="network">Null as well without settings.</param>
        /// <param name="flash">Tells how long its writes took.</param>
        /// <param name="trial">Takes settings of the technician.</param>
        /// <param name="display">A small display; null without one.</param>
        /// <param name="port">Where the technician's console is; null without one.</param>
        public AlarmLoop(
            MainLoop loop,
            Supervision supervision,
            RestartNote note,
            LinkSupervisor link,
            LinkSupervisor probe,
            EspNetwork network,
            EspFlash flash,
            SettingsTrial trial,
            EspDisplay display,
            ConsolePort port
        )
        {
            _trial = trial;
            _display = display;
            _port = port;
            _flash = flash;
            _loop = loop;
            _supervision = supervision;
            _note = note;
            _link = link;
            _probe = probe;
            _network = network;
            long nowMs = EspClock.NowMs();
            _linkPlace = link == null ? -1 : supervision.Add("link", EspLimits.LinkSilentMaxMs, nowMs);
            _probePlace = probe == null ? -1 : supervision.Add("standby path", EspLimits.LinkSilentMaxMs, nowMs);
            _networkPlace = network == null ? -1 : supervision.Add("network", EspLimits.NetworkSilentMaxMs, nowMs);
        }

        /// <summary>Ticks since the start; the main thread watches that it moves.</summary>
        public int Ticks
        {
            get { return _ticks; }
        }

        public void Start()
        {
            Thread thread = new Thread(Run);
            thread.Priority = ThreadPriority.Highest;
            thread.Start();
        }

        private void Run()
        {
            try
            {
                Beat();
            }
            catch (Exception e)
            {
                // A tick that was cut off in the middle is not gone on with: what is in flash is whole, and a start builds on that.
                Restart.Now(_note, "alarm loop", e);
            }
        }

        private void Beat()
        {
            long nextMs = EspClock.NowMs();
            long lookMs = nextMs;
            long lastMs = nextMs;
            while (true)
            {
                long nowMs = EspClock.NowMs();
                if (_loop.Configured)
                {
                    _loop.Box.NoteGap((int)(nowMs - lastMs), nowMs);
                }

                lastMs = nowMs;
                if (nowMs >= lookMs)
                {
                    lookMs = nowMs + EspLimits.SupervisionLookMs;
                    Look(nowMs);
                }

                _loop.Tick(nowMs);
                _ticks++;
                if (_display != null)
                {
                    _display.Step();
                }

                if (_port != null && (_port.Waits || (_console != null && _console.Busy)))
                {
                    StepConsole(nowMs);
                }

                int writeMs = _flash.TakeWriteMs();
                if (_loop.Configured)
                {
                    _loop.Log.NoteWriteMs(writeMs);
                }

                long endMs = EspClock.NowMs();
                if (_port != null && endMs - nowMs > _port.LongestMs)
                {
                    _port.LongestMs = (int)(endMs - nowMs);
                }

                // By absolute deadlines, so that a long tick does not move the beat. What was missed is not made up for: ticks without
                // time between them would count samples that are not independent.
                nextMs += Limits.TickMs;
                long waitMs = nextMs - endMs;
                if (waitMs < EspLimits.LoopSleepMinMs)
                {
                    waitMs = EspLimits.LoopSleepMinMs;
                    nextMs = EspClock.NowMs() + waitMs;
                }

                Thread.Sleep((int)waitMs);
            }
        }

        private void StepConsole(long nowMs)
        {
            if (_console == null)
            {
                _console = new TechnicianConsole(_port, _loop, _trial, _flash.CapacityBytes(), nowMs);
            }

            _console.Step(nowMs);
        }

        private void Look(long nowMs)
        {
            if (_link != null)
            {
                _supervision.Look(_linkPlace, _link.Progress(), nowMs);
                if (_link.Stuck())
                {
                    Restart.Now(_note, StartReason.Fault, "the link has given up as many threads as may be");
                }
            }

            if (_probe != null)
            {
                _supervision.Look(_probePlace, _probe.Progress(), nowMs);
                if (_probe.Stuck())
                {
                    Restart.Now(_note, StartReason.Fault, "the standby path's link has given up as many threads as may be");
                }
            }

            if (_network != null)
            {
                _supervision.Look(_networkPlace, _network.Progress, nowMs);
            }

            // The watchdog is not fed meanwhile and should be first; a board without that part restarts here.
            long silentMs = _supervision.Judge(nowMs);
            _note.Foresee(_supervision.Silent);
            if (silentMs > EspLimits.SilentRestartMs)
            {
                Restart.Now(_note, StartReason.Fault, "no progress: " + _supervision.Silent);
            }
        }
    }
}
