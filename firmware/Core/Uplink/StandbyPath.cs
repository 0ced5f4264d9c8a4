// Owns: whether the broker that is not in use could be reached if it were needed.
// Must never: carry a message, or touch the path in use.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// Connects to the other broker now and then and lets go at once. A second path that nobody tries is found broken on the day on which
    /// the first one fails. One failure may be a restart; several in a row are a fault of the box, with its event, lamp and sound.
    /// </summary>
    public sealed class StandbyPath
    {
        private readonly LinkPort _probe;
        private readonly Panel _panel;
        private long _nextMs;
        private long _deadlineMs;
        private int _failures;

        /// <param name="probe">A link of its own, with its own name at the broker and no will.</param>
        /// <param name="panel">Shows the fault.</param>
        public StandbyPath(LinkPort probe, Panel panel)
        {
            _probe = probe;
            _panel = panel;
        }

        /// <summary>One look a tick.</summary>
        /// <param name="idle">The path that is not in use, 0 or 1.</param>
        /// <param name="online">Only then the other path is tried: otherwise both are in turn, and that is another fault.</param>
        /// <param name="nowMs">Monotonic.</param>
        public void Step(int idle, bool online, long nowMs)
        {
            if (_deadlineMs == 0 && (!online || nowMs < _nextMs))
            {
                return;
            }

            switch (_probe.State())
            {
                case LinkState.Idle:
                    if (_deadlineMs == 0)
                    {
                        _deadlineMs = nowMs + Limits.OpenMs;
                        _probe.Open(idle, null);
                    }
                    else
                    {
                        _deadlineMs = 0;
                    }

                    break;
                case LinkState.Open:
                    Judge(true, nowMs);
                    break;
                case LinkState.Failed:
                    Judge(false, nowMs);
                    break;
                case LinkState.Opening:
                    if (nowMs >= _deadlineMs)
                    {
                        Judge(false, nowMs);
                    }

                    break;
                default:
                    break;
            }
        }

        private void Judge(bool good, long nowMs)
        {
            _probe.Close();
            _failures = good ? 0 : _failures + 1;
            _nextMs = nowMs + (good ? Limits.StandbyPathMs : Limits.StandbyPathAgainMs);
            if (good || _failures >= Limits.StandbyPathTries)
            {
                _panel.SetFault(BoxFault.StandbyPath, !good, nowMs);
            }
        }
    }
}
