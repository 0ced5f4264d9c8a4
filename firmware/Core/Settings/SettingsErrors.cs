// Owns: what is wrong with a settings text, place by place.
// Must never: stop at the first error; a technician wants to mend them in one go.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>Up to <see cref="Limits.SettingsErrorsMax"/> errors with line, column, what was found and what is allowed.</summary>
    public sealed class SettingsErrors
    {
        private readonly int[] _line = new int[Limits.SettingsErrorsMax];
        private readonly int[] _column = new int[Limits.SettingsErrorsMax];
        private readonly SettingsReason[] _reason = new SettingsReason[Limits.SettingsErrorsMax];
        private readonly string[] _found = new string[Limits.SettingsErrorsMax];
        private readonly string[] _allowed = new string[Limits.SettingsErrorsMax];

        /// <summary>Errors kept.</summary>
        public int Count { get; private set; }

        /// <summary>Errors found, also those beyond what is kept.</summary>
        public int Total { get; private set; }

        /// <param name="reason">See <see cref="SettingsReason"/>.</param>
        /// <param name="line">From 1; 0 when the whole text is meant.</param>
        /// <param name="column">From 1, in characters.</param>
        /// <param name="found">As written, or in two languages when it is our word: see <see cref="SettingsWords"/>.</param>
        public void Add(SettingsReason reason, int line, int column, string found, string allowed)
        {
            Total++;
            if (Count < Limits.SettingsErrorsMax)
            {
                _reason[Count] = reason;
                _line[Count] = line;
                _column[Count] = column;
                _found[Count] = found;
                _allowed[Count] = allowed;
                Count++;
            }
        }

        /// <summary>Line from 1; 0 when the whole text is meant.</summary>
        public int Line(int i)
        {
            return _line[i];
        }

        /// <summary>Column from 1, in characters.</summary>
        public int Column(int i)
        {
            return _column[i];
        }

        /// <summary>See <see cref="SettingsReason"/>.</summary>
        public SettingsReason Reason(int i)
        {
            return _reason[i];
        }

        /// <summary>One error for a person: file:line:column: and a sentence, Chinese first.</summary>
        public string Text(int i, string file)
        {
            return file
                + ":"
                + _line[i].ToString()
                + ":"
                + _column[i].ToString()
                + ": "
                + SettingsWords.Sentence(_line[i], _column[i], _found[i], _allowed[i]);
        }
    }
}
