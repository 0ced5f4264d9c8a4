// Owns: what a settings line must say of an alarm that comes from a plain contact.
// Must never: refuse a text that a box has taken already.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// A contact that closes in alarm hides a cut wire, one that opens takes it for an alarm; whoever wires an alarm so has to say it.
    /// </summary>
    public static class AlarmContact
    {
        /// <summary>True for a zone that raises an alarm from a plain contact.</summary>
        public static bool Unsupervised(Settings settings, int zone)
        {
            Wiring wiring = settings.ZoneWiring[zone];
            return (wiring == Wiring.NormallyOpen || wiring == Wiring.NormallyClosed)
                && settings.MeaningOf(zone) == ZoneMeaning.Fire;
        }

        /// <summary>Judges a line that is right otherwise.</summary>
        /// <param name="said">The line says that nobody supervises the wire.</param>
        /// <param name="taken">The text is none that is new.</param>
        public static void Check(SettingsLine line, Settings settings, int zone, bool said, bool taken)
        {
            bool plain = Unsupervised(settings, zone);
            if (said && !plain)
            {
                line.Refuse(
                    SettingKey.Unsupervised,
                    "只用于 wiring=no 或 nc 的报警部位\nonly for a kind that raises an alarm, on wiring=no or nc"
                );
            }
            else if (plain && !said && taken)
            {
                settings.Unsaid |= Bits.Zone(zone);
            }
            else if (plain && !said)
            {
                line.RefuseLine(
                    SettingsReason.Missing,
                    "报警部位接 no 或 nc，断线不报故障\na kind that raises an alarm on no or nc, where a cut wire is no fault",
                    "wiring=line，或写明 unsupervised=yes\nwiring=line, or say so: unsupervised=yes"
                );
            }
        }
    }
}
