// Owns: the orderly restart.
// Must never: touch an output: what is on stays on until the chip itself resets.

using System;
using System.Threading;
using Gateway.Contract;
using nanoFramework.Runtime.Native;

namespace Gateway.Esp32
{
    /// <summary>
    /// Outputs are left as they are. A siren that is on must not be silenced by a fault of ours, and "off" is no safer than what the panel
    /// last decided. Through this restart the pins keep their levels until the program opens them, and then gives them the same ones, which
    /// the journal has (<see cref="Gateway.Core.StartLevels"/>).
    /// </summary>
    public static class Restart
    {
        /// <summary>Notes the reason and restarts the chip. Does not return.</summary>
        /// <param name="why">As the next start says it.</param>
        public static void Now(RestartNote note, StartReason why, string reason)
        {
            try
            {
                note.Write(why, reason);
                Console.WriteLine("restart: " + reason);
            }
            catch (Exception)
            {
                // Out of memory, perhaps: the restart matters more than its reason.
            }

            while (true)
            {
                try
                {
                    // The whole chip and not the runtime alone: that also clears what native code has lost.
                    Power.RebootDevice(RebootOption.NormalReboot);
                }
                catch (Exception)
                {
                    // Tried again. The external watchdog is not fed from here on and ends this too.
                }

                Thread.Sleep(EspLimits.MainSleepMs);
            }
        }

        /// <summary>For an exception that nobody expected.</summary>
        public static void Now(RestartNote note, string where, Exception e)
        {
            string reason = where;
            try
            {
                reason = where + ": " + e.GetType().FullName + ": " + e.Message;
            }
            catch (Exception)
            {
                // As above.
            }

            Now(note, StartReason.Fault, reason);
        }
    }
}
