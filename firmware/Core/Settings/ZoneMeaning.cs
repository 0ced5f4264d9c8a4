// Owns: what an active zone of each kind stands for.
// Must never: let a kind that is no fire mean one.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>What an active zone of a kind stands for.</summary>
    public enum ZoneMeaning : byte
    {
        Fire = 0,
        Fault = 1,
        Supervisory = 2,
        Activation = 3,
    }

    /// <summary>Finds <see cref="ZoneMeaning"/>.</summary>
    public static class ZoneMeanings
    {
        /// <summary>The meaning of each <see cref="Contract.ZoneKind"/>, by its number.</summary>
        private static readonly ZoneMeaning[] s_ofKind =
        {
            ZoneMeaning.Activation,
            ZoneMeaning.Fire,
            ZoneMeaning.Fire,
            ZoneMeaning.Fire,
            ZoneMeaning.Fire,
            ZoneMeaning.Fire,
            ZoneMeaning.Supervisory,
            ZoneMeaning.Supervisory,
            ZoneMeaning.Supervisory,
            ZoneMeaning.Supervisory,
            ZoneMeaning.Activation,
            ZoneMeaning.Fault,
            ZoneMeaning.Supervisory,
            ZoneMeaning.Fire,
            ZoneMeaning.Fault,
            ZoneMeaning.Supervisory,
            ZoneMeaning.Supervisory,
            ZoneMeaning.Fault,
            ZoneMeaning.Fault,
            ZoneMeaning.Supervisory,
            ZoneMeaning.Activation,
        };

        public static ZoneMeaning OfKind(ZoneKind kind)
        {
            return s_ofKind[(int)kind];
        }
    }
}
