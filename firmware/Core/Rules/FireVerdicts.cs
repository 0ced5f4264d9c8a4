// Owns: which rule decided on a fire, and how grave it is.
// Must never: let a rule make a fire less grave than another rule that holds says.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>For new fires, the first rule that holds and names each zone, and the gravest severity of such rules.</summary>
    public sealed class FireVerdicts
    {
        private readonly RuleTable _rules;
        private readonly byte[] _holds;
        private readonly ZoneSet[] _fireMask;
        private readonly byte[] _decidedBy;
        private readonly ZoneSet[] _graded = new ZoneSet[Severities.Last + 1];
        private readonly Severity _gravest;

        /// <summary>Rules up to the last one that names fires.</summary>
        private readonly int _count;

        /// <param name="holds">Which rules hold, kept up by the engine.</param>
        public FireVerdicts(RuleTable rules, byte[] holds, int places)
        {
            _fireMask = new ZoneSet[rules.Count];
            _decidedBy = new byte[places];
            _rules = rules;
            _holds = holds;
            for (int r = 0; r < _rules.Count; r++)
            {
                _fireMask[r] = FireMask(r);
                _count = _fireMask[r] != 0 ? r + 1 : _count;
                _gravest = _rules.Severity[r] > _gravest && _fireMask[r] != 0 ? _rules.Severity[r] : _gravest;
            }
        }

        /// <summary>Looks at the rules for new fires; asked with <see cref="DecidedBy"/> and <see cref="SeverityOf"/>.</summary>
        public void Decide(ZoneSet newFires)
        {
            System.Array.Clear(_decidedBy, 0, _decidedBy.Length);
            System.Array.Clear(_graded, 0, Severities.Last + 1);
            byte[] holds = _holds;
            ZoneSet[] masks = _fireMask;
            ZoneSet undecided = newFires;
            int count = _count;
            for (int r = 0; r < count; r++)
            {
                if (holds[r] == 0 || (masks[r] & newFires) == 0)
                {
                    continue;
                }

                ZoneSet named = masks[r] & newFires;
                _graded[(int)_rules.Severity[r]] |= named;
                for (int i = 0; (undecided & named) != 0; i++)
                {
                    if ((undecided & named & (ZoneSet)(1 << i)) != 0)
                    {
                        undecided &= ~(ZoneSet)(1 << i);
                        _decidedBy[i] = _rules.Number[r];
                    }
                }

                if (undecided == 0 && _graded[(int)_gravest] == newFires)
                {
                    return;
                }
            }
        }

        /// <summary>Number of the rule that decided on a zone's fire; 0 = the default of its kind.</summary>
        public int DecidedBy(int zone)
        {
            return _decidedBy[zone];
        }

        /// <summary>The severity that rules give to a zone's fire; 0 = none.</summary>
        public Severity SeverityOf(int zone)
        {
            Severity grade = _gravest;
            while (grade > Severity.None && (_graded[(int)grade] & (ZoneSet)(1 << zone)) == 0)
            {
                grade--;
            }

            return grade;
        }

        private ZoneSet FireMask(int r)
        {
            ZoneSet mask = 0;
            for (int c = _rules.ConditionStart[r]; c < _rules.ConditionStart[r + 1]; c++)
            {
                if (_rules.Kind[c] == RuleCondition.Fire && !_rules.Not[c])
                {
                    mask |= (ZoneSet)_rules.Mask[c];
                }
            }

            return mask;
        }
    }
}
