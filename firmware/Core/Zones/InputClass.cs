// Owns: what a sample of an input can mean.
// Must never: be renumbered; faults carry the class in their record.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>The meaning of one sample. From <see cref="Short"/> on it is a fault of the wiring, and a fault is never a fire.</summary>
    public enum InputClass : byte
    {
        Normal = 0,
        Active = FaultCause.Reported,
        Short = FaultCause.ShortCircuit,
        Open = FaultCause.OpenCircuit,
        Unreadable = FaultCause.NotRead,

        /// <summary>The samples change so fast that no class has won for <see cref="Limits.UnsteadyMs"/>.</summary>
        Unsteady = FaultCause.Unsteady,
    }

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
