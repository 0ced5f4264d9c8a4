// Owns: cutting one vector's numbers out of the array that holds those of all.
// Must never: hand out the array itself.

namespace Gateway.Tests.Device
{
    public static class Slices
    {
        public static byte[] Of(byte[] all, int from, int end)
        {
            byte[] part = new byte[end - from];
            System.Array.Copy(all, from, part, 0, part.Length);
            return part;
        }

        public static long[] Of(long[] all, int from, int end)
        {
            long[] part = new long[end - from];
            System.Array.Copy(all, from, part, 0, part.Length);
            return part;
        }
    }
}
