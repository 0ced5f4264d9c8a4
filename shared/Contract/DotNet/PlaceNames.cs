// Owns: what a sentence asks for the names of zones and outputs.
// Must never: guess: a place without a name has its number alone.

namespace Gateway.Contract
{
    /// <summary>Names of one station's places, as they were when the event happened. This one knows none.</summary>
    public class PlaceNames
    {
        public static readonly PlaceNames None = new PlaceNames();

        /// <summary>True where the kind of a zone is told beside its name: whoever does not stand before the box needs it.</summary>
        public virtual bool WithKinds
        {
            get { return true; }
        }

        /// <summary>The name of a zone, 1..255, or "".</summary>
        public virtual string Zone(int number)
        {
            return "";
        }

        /// <summary>The name of an output of the board, from 1, or "".</summary>
        public virtual string Output(int number)
        {
            return "";
        }
    }
}
