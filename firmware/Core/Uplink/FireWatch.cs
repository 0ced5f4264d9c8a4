// Owns: what a fire that the county does not hold asks for: the link lamp, the fault after 100 s, and word of a new one.
// Must never: take a fire for held before the county has said so.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>Looks at the fire lane in every tick, also while the rest of the uplink waits.</summary>
    public sealed class FireWatch
    {
        private readonly LaneLog _fire;
        private readonly Panel _panel;

        /// <summary>Since when the county owes an answer, -1 while it owes none.</summary>
        private long _sinceMs;

        /// <summary>0 = the lamp shows nothing of a fire that is held.</summary>
        private long _lampUntilMs;
        private uint _seen;

        public FireWatch(LaneLog fire, Panel panel)
        {
            _fire = fire;
            _panel = panel;
            _seen = fire.Durable;

            // A fire that was not answered before the start is still not, or the first look finds it held.
            _sinceMs = (panel.PanelFaults & BoxFault.NoCountyAnswer) != 0 ? 0 : -1;
        }

        /// <summary>True while the county owes an answer to a fire.</summary>
        public bool Waits
        {
            get { return _sinceMs >= 0; }
        }

        /// <summary>True when a fire became durable since the last look and is not held.</summary>
        public bool Step(long nowMs)
        {
            LaneLog fire = _fire;
            uint durable = fire.Durable;
            if (durable > fire.Held)
            {
                return Ask(durable, nowMs);
            }

            if (_lampUntilMs != 0 || _sinceMs >= 0)
            {
                Rest(nowMs);
            }

            return false;
        }

        /// <summary>The county has said that it holds more of the fire lane than before.</summary>
        public void Held(long nowMs)
        {
            _sinceMs = nowMs;
            _lampUntilMs = nowMs + Limits.HeldLampMs;
        }

        private bool Ask(uint durable, long nowMs)
        {
            if (_sinceMs < 0)
            {
                _sinceMs = nowMs;
            }

            _panel.ShowLink(Pattern.Flash);
            if (nowMs - _sinceMs >= Limits.FireAnswerMs)
            {
                _panel.SetFault(BoxFault.NoCountyAnswer, true, nowMs);
            }

            bool another = durable != _seen;
            _seen = durable;
            return another;
        }

        private void Rest(long nowMs)
        {
            if (_sinceMs >= 0)
            {
                _sinceMs = -1;
                _panel.SetFault(BoxFault.NoCountyAnswer, false, nowMs);
            }

            _lampUntilMs = nowMs < _lampUntilMs ? _lampUntilMs : 0;
            _panel.ShowLink(_lampUntilMs != 0 ? Pattern.On : Pattern.Off);
        }
    }
}
