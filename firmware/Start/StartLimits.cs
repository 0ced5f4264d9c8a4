// Owns: the bounds of what people put beside the program, each with its reason.
// Must never: hold a bound of the alarm logic; those are Core's.

namespace Gateway.Start
{
    /// <summary>The same on the device and on the PC, so that a file that one takes is right for the other.</summary>
    public static class StartLimits
    {
        /// <summary>Bytes of the key file: a key, a password and some comment.</summary>
        public const int KeyFileBytesMax = 4096;

        /// <summary>Bytes of a broker password.</summary>
        public const int PasswordBytesMax = 256;
    }
}
