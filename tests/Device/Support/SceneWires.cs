// Owns: what a person's hand at a zone's wires means as a raw value.
// Must never: know thresholds of a station; analog values are given by their number.

using Gateway.Core;

namespace Gateway.Tests.Device
{
    /// <summary>on, off, cut, short, lost of a wiring.</summary>
    public static class SceneWires
    {
        /// <summary>The raw value of a word for a wiring.</summary>
        public static int Level(Wiring wiring, string word)
        {
            if (word == "lost")
            {
                return -1;
            }

            switch (wiring)
            {
                case Wiring.Line:
                    return word == "on" ? 2300
                        : word == "off" ? 5000
                        : word == "short" ? 200
                        : 9900;
                case Wiring.NormallyOpen:
                    return word == "on" ? 0 : 1;
                case Wiring.NormallyClosed:
                    return word == "on" ? 1 : 0;
                default:
                    return word == "on" ? 9000
                        : word == "off" ? 3000
                        : word == "short" ? Limits.RawMax
                        : 0;
            }
        }
    }
}
