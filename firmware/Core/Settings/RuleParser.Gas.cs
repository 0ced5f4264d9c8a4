// Owns: which zones "fire:" and "gas:" of a rule speak of.
// Must never: change what a text that a box has taken names by itself.

namespace Gateway.Core
{
    /// <summary>
    /// Gas is no fire: what a rule does for a fire, such as working a fan or a valve, may be wrong in gas. Fire in a rule leaves gas out,
    /// and gas is asked for by its own word.
    /// </summary>
    public sealed partial class RuleParser
    {
        private const string GasWord = "gas";

        /// <summary>The text is one that a box has taken already: what it names stays what it was.</summary>
        public bool Taken;

        private bool Narrow(int c, bool gas)
        {
            ZoneSet zones = _settings.ZonesOfKind(Contract.ZoneKind.Gas);
            ZoneSet mask = (ZoneSet)_rules.Mask[c];
            _rules.AboutGas |= gas;
            _rules.AboutFire |= !gas;
            ZoneSet narrow = gas ? mask & zones : mask & ~zones;
            if (narrow == 0 && (mask == 0 || (Taken && !gas)))
            {
                return true;
            }

            _rules.Mask[c] = (int)narrow;
            _why = gas ? "gas: 后接可燃气体部位（kind=gas）\ngas: with zones of kind=gas"
                : "可燃气体用 gas:，如 gas:any\ngas: for combustible gas, as in gas:any";
            return narrow != 0;
        }
    }
}
