// Owns: how a wrong file is told to a technician.
// Must never: be given a secret.

namespace Gateway.Start
{
    /// <summary>Takes what is wrong, each with its place. Device and PC show it in their own way.</summary>
    public abstract class PlaceNotes
    {
        /// <param name="file">As the technician knows it.</param>
        /// <param name="line">From 1; 0 when the whole file is meant.</param>
        /// <param name="found">What is there.</param>
        /// <param name="allowed">What may be there.</param>
        public abstract void Add(string file, int line, string found, string allowed);
    }
}
