// Owns: what Core asks of the flash file system.
// Must never: promise more than littlefs keeps: only a closed file is durable, and there is no atomic rename.

namespace Gateway.Core
{
    /// <summary>The folders of the gateway's files. Lanes 0..2 are folders of their own.</summary>
    public enum FlashArea : byte
    {
        /// <summary>Numbers and states that survive a restart: two files that take turns.</summary>
        Journal = 3,

        /// <summary>The settings text, in two files that take turns.</summary>
        Settings = 4,

        /// <summary>First alarms that a full fire lane has kept, in one file at a time.</summary>
        Kept = 5,
    }

    /// <summary>
    /// Small files, named by folder and number, that are appended to, read and deleted as a whole. Every call returns after the work is
    /// done;
    /// on the device it stops all threads meanwhile.
    /// </summary>
    public abstract class FlashPort
    {
        /// <summary>Bytes of the partition.</summary>
        public abstract int CapacityBytes();

        /// <summary>
        /// Writes the numbers of a folder's files, in no order, and returns how many there are, also when that is more than fit. -1 when
        /// the folder can't be read, or not to its end: a store that can't be read is not a new one.
        /// </summary>
        public abstract int List(FlashArea area, int[] numbers);

        /// <summary>As <see cref="List"/>, tried again at once: for places where giving up would leave a good store alone.</summary>
        public int ListPatiently(FlashArea area, int[] numbers)
        {
            int count = -1;
            for (int i = 0; i < Limits.ReadTriesMax && count < 0; i++)
            {
                count = List(area, numbers);
            }

            return count;
        }

        /// <summary>Bytes of a file; -1 when it is absent or can't be read.</summary>
        public abstract int Length(FlashArea area, int number);

        /// <summary>Reads up to <paramref name="count"/> bytes; returns how many, or -1 on an error.</summary>
        public abstract int Read(FlashArea area, int number, int at, byte[] into, int intoAt, int count);

        /// <summary>Opens or creates the file, appends and closes it. True only when the bytes are durable.</summary>
        public abstract bool Append(FlashArea area, int number, byte[] data, int at, int count);

        /// <summary>Deletes the file; true when it is gone, also when it never was.</summary>
        public abstract bool Delete(FlashArea area, int number);
    }
}
