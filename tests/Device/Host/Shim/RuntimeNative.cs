// Owns: a stand-in for the calls of the device's runtime that the tested adapters make.
// Must never: touch this machine: .NET compacts its own heap, and its clock stays.

using System;

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

    /// <summary>The chip's clock.</summary>
    public static class Rtc
    {
        /// <summary>What it was last set to; of one test at a time.</summary>
        public static DateTime Set { get; private set; }

        public static bool SetSystemTime(DateTime time)
        {
            Set = time;
            return true;
        }
    }
}
