// Owns: what a board has, as far as a settings text can name it.
// Must never: know a pin, an address or a part; those are the board's own file.

namespace Gateway.Core
{
    /// <summary>What a board has, for checking settings against it.</summary>
    public sealed class BoardShape
    {
        /// <summary>As the settings line "board" names it; null = this board has no name there.</summary>
        public string Name;

        /// <summary>The boards that a text may name, this one among them or not; null = none.</summary>
        public BoardShape[] Family;

        public int AnalogInputs;
        public int DigitalInputs;
        public int Outputs;

        /// <summary>Bits by <see cref="Wiring"/> for each analog input: what it can read. Null = each of them reads all.</summary>
        public byte[] AnalogTakes;

        /// <summary>Whether zones' names are shown, and so kept; without it they are only checked, which spares 3 KB of memory.</summary>
        public bool ShowsNames;

        /// <summary>The output of each role where the settings name none, or -1; the board's terminals are labelled so.</summary>
        public readonly sbyte[] OutputOf = new sbyte[OutputRoles.Count];

        /// <summary>No terminal is labelled yet.</summary>
        public BoardShape()
        {
            for (int role = 0; role < OutputOf.Length; role++)
            {
                OutputOf[role] = -1;
            }
        }

        /// <summary>Whether an analog input can be wired so.</summary>
        /// <param name="input">0 = a1.</param>
        public bool Takes(int input, Wiring wiring)
        {
            return AnalogTakes == null || Bits.Has(AnalogTakes[input], (int)wiring);
        }

        /// <summary>The board of the family that is named so, or null.</summary>
        public BoardShape Named(string name)
        {
            for (int i = 0; Family != null && i < Family.Length; i++)
            {
                if (Family[i].Name == name)
                {
                    return Family[i];
                }
            }

            return null;
        }

        /// <summary>The names of the family.</summary>
        public string[] Names()
        {
            string[] names = new string[Family == null ? 0 : Family.Length];
            for (int i = 0; i < names.Length; i++)
            {
                names[i] = Family[i].Name;
            }

            return names;
        }

        /// <summary>Labels the outputs 1, 2, … in this order.</summary>
        public void Label(OutputRole[] roles)
        {
            for (int i = 0; i < roles.Length; i++)
            {
                OutputOf[(int)roles[i]] = (sbyte)i;
            }
        }
    }
}
