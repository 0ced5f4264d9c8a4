// Owns: how much memory is left.
// Must never: be asked in a tick: a collection stops every thread for some ms.

using nanoFramework.Hardware.Esp32;

namespace Gateway.Esp32
{
    /// <summary>The runtime has no other word for its free memory than a collection.</summary>
    public static class EspMemory
    {
        /// <summary>What the program has left.</summary>
        public static int FreeBytes()
        {
            return (int)nanoFramework.Runtime.Native.GC.Run(false);
        }

        /// <summary>What the system has left inside the chip.</summary>
        public static int SystemFreeBytes()
        {
            uint whole;
            uint free;
            uint largest;
            NativeMemory.GetMemoryInfo(NativeMemory.MemoryType.Internal, out whole, out free, out largest);
            return (int)free;
        }
    }
}
