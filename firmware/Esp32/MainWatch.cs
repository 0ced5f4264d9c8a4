// Owns: the main thread's work after the start: that the loop beats, planned restarts, the clock, the look at the memory.
// Must never: tick, or hold what only a start needs.

using System;
using System.Threading;
using Gateway.Contract;
using Gateway.Core;

namespace Gateway.Esp32
{
    /// <summary>What the main thread does for the rest of its life.</summary>
    public sealed class MainWatch
    {
        private readonly AlarmLoop _alarm;
        private readonly MainLoop _loop;
        private readonly RestartNote _note;
        private readonly ClockSetter _clock;

        public MainWatch(AlarmLoop alarm, MainLoop loop, RestartNote note, ClockSetter clock)
        {
            _alarm = alarm;
            _loop = loop;
            _note = note;
            _clock = clock;
        }

        /// <summary>That the loop beats, and that the chip's clock does not run out. Does not return.</summary>
        public void Run()
        {
            int ticks = 0;
            long movedMs = EspClock.NowMs();
            long goodMs = movedMs + EspLimits.GoodRunMs;
            long freeMs = movedMs + EspLimits.FreeFirstMs;
            while (true)
            {
                Thread.Sleep(EspLimits.MainSleepMs);
                long nowMs = EspClock.NowMs();
                if (_alarm.Ticks != ticks)
                {
                    ticks = _alarm.Ticks;
                    movedMs = nowMs;
                }
                else if (nowMs - movedMs > EspLimits.LoopSilentMaxMs)
                {
                    Restart.Now(_note, StartReason.Fault, "the alarm loop stands still");
                }
                else if (nowMs - movedMs > EspLimits.LoopSilentNoteMs)
                {
                    // Taken back by the loop's next look.
                    _note.Foresee("alarm loop");
                }

                if (_loop.RestartWanted)
                {
                    Restart.Now(_note, StartReason.Asked, "other settings");
                }

                if (nowMs >= goodMs)
                {
                    _note.Clear();
                }

                if (nowMs >= freeMs && _loop.Configured)
                {
                    freeMs = nowMs + EspLimits.FreeLookMs;
                    _loop.Box.NoteFree(EspMemory.FreeBytes(), EspMemory.SystemFreeBytes(), nowMs);
                }

                _clock.Step(DateTime.UtcNow, nowMs);
                bool fire = _loop.Configured && _loop.Panel.Latched != 0;
                if (nowMs > EspLimits.UptimeMustRestartMs || (nowMs > EspLimits.UptimeRestartMs && !fire))
                {
                    Restart.Now(_note, StartReason.Asked, "planned, before the chip's 32-bit clock wraps");
                }
            }
        }
    }
}
