// Owns: when a part that comes and goes counts as there again.
// Must never: hide that one is lost, or hold a fault at a start because of a first answer that took its time.

namespace Gateway.Core
{
    /// <summary>
    /// A loose plug comes and goes. Each of its moments would be two events and a beep, so a part that was there and was lost is lost until
    /// it has answered for a while without a gap.
    /// </summary>
    public sealed class SteadyLoss
    {
        private bool _wasThere;
        private int _goodTicks = Limits.PartSteadyTicks;

        /// <summary>Once a tick; what counts, of what is so now.</summary>
        public bool Note(bool lost)
        {
            if (!lost)
            {
                _wasThere = true;
                _goodTicks += _goodTicks < Limits.PartSteadyTicks ? 1 : 0;
            }
            else if (_wasThere)
            {
                _goodTicks = 0;
            }

            return lost || _goodTicks < Limits.PartSteadyTicks;
        }
    }
}
