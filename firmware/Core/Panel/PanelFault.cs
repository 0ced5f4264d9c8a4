// Owns: the box's own faults by the panel's names.
// Must never: have a number of its own: they go to the county.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>Faults of the box itself, as bits.</summary>
    public static class PanelFault
    {
        /// <summary>No way to the county.</summary>
        public const int Link = BoxFault.Link;

        /// <summary>A fire that the county has not said to hold in time.</summary>
        public const int NoCountyAnswer = BoxFault.NoCountyAnswer;

        /// <summary>The flash refuses records.</summary>
        public const int Flash = BoxFault.Flash;

        /// <summary>The broker that is not in use can't be reached.</summary>
        public const int IdlePath = BoxFault.IdlePath;

        /// <summary>A key is held, shorted or loose.</summary>
        public const int Key = BoxFault.Key;

        /// <summary>A part of the board that reads inputs or drives outputs does not answer.</summary>
        public const int Part = BoxFault.Part;
    }
}
