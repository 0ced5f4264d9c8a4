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
}
