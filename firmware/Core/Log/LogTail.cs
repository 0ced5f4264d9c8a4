// Owns: what a start reads of a lane's newest records.
// Must never: hold records; it takes one segment after the other.

namespace Gateway.Core
{
    /// <summary>Takes the records of a lane that are newer than what the journal covers.</summary>
    public abstract class LogTail
    {
        /// <summary>Last sequence that the journal's state covers.</summary>
        public abstract uint Covered();

        /// <summary>Goes over the records of a segment; damaged ones and those of another store are passed over.</summary>
        public abstract void Take(byte[] records, int count, LogIdentity identity);
    }
}
