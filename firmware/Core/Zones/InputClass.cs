// Owns: what a sample of an input can mean.
// Must never: be renumbered; faults carry the class in their record.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>The meaning of one sample. From <see cref="Short"/> on it is a fault of the wiring, and a fault is never a fire.</summary>
    public static class InputClass
    {
        public const int Normal = 0;
        public const int Active = FaultCause.Reported;
        public const int Short = FaultCause.ShortCircuit;
        public const int Open = FaultCause.OpenCircuit;
        public const int Unreadable = FaultCause.NotRead;

        /// <summary>The samples change so fast that no class has won for <see cref="Limits.UnsteadyMs"/>.</summary>
        public const int Unsteady = FaultCause.Unsteady;
    }

    /// <summary>What an active zone of a kind stands for.</summary>
    public static class ZoneMeaning
    {
        public const int Fire = 0;
        public const int Fault = 1;
        public const int Supervisory = 2;
        public const int Activation = 3;

        /// <summary>The meaning of each <see cref="Contract.ZoneKind"/>, by its number.</summary>
        private static readonly byte[] s_ofKind =
        {
            Activation,
            Fire,
            Fire,
            Fire,
            Fire,
            Fire,
            Supervisory,
            Supervisory,
            Supervisory,
            Supervisory,
            Activation,
            Fault,
            Supervisory,
            Fire,
            Fault,
            Supervisory,
            Supervisory,
            Fault,
            Fault,
            Supervisory,
            Activation,
        };

        public static int OfKind(ZoneKind kind)
        {
            return s_ofKind[(int)kind];
        }
    }
}
