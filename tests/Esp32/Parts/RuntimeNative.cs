// Owns: a stand-in for the one call of the device's runtime that the tested adapters make.
// Must never: do anything; .NET compacts its own heap.

namespace nanoFramework.Runtime.Native
{
    /// <summary>The device's collector.</summary>
    public static class GC
    {
        /// <summary>Bytes free after the run; here nothing runs.</summary>
        public static uint Run(bool compactHeap)
        {
            return compactHeap ? 1u : 0u;
        }
    }
}
