// Owns: every bound of the device's adapters, each with its reason.
// Must never: hold a bound of the alarm logic; those are Core's.

namespace Gateway.Esp32
{
    /// <summary>Sizes, counts and times of this platform.</summary>
    public static class EspLimits
    {
        /// <summary>Silence after a start in which the flashing tool can take hold of the device,
        /// before the application works and prints.</summary>
        public const int QuietStartMs = 3000;

        /// <summary>
        /// Restarts of our own in a row that skip that silence, so that a siren is back soon. From then on every start is quiet again,
        /// since a technician must be able to get at a device that restarts for ever.
        /// </summary>
        public const int QuickRestartsMax = 3;

        /// <summary>A run of this length was a good one: the count of restarts begins anew.</summary>
        public const int GoodRunMs = 10 * 60 * 1000;

        /// <summary>
        /// Reads of one line in a tick, averaged. A read takes about 0.1 to 0.3 ms of the interpreter's time, so eight lines and the
        /// reference take about 3 ms of the tick's 20. More would cost more than they give: the filter at the terminal and the n-of-m
        /// count of the zone do the rest, and a band is several hundred counts wide.
        /// </summary>
        public const int AdcReads = 2;

        /// <summary>Counts of the reference channel for one read: 1.65 V of about 3.1 V full scale of 4095.</summary>
        public const int Reference = 2180;

        /// <summary>The same of a converter on the bus: 1.65 V of 4.096 V full scale of 32767.</summary>
        public const int PartReference = 13200;

        /// <summary>As the page for technicians says.</summary>
        public const int ConsoleBaud = 115200;

        /// <summary>What comes while a tick writes to flash, a sixth of a second at full speed.</summary>
        public const int ConsoleReadBytes = 2048;

        /// <summary>Ten times what the bytes of one tick take.</summary>
        public const int ConsoleWriteMs = 200;

        /// <summary>Bytes of a board's name on the drive.</summary>
        public const int BoardNameBytesMax = 32;

        /// <summary>Ticks in which an input that could not be read is left alone:
        /// every exception is written out on the debug port.</summary>
        public const int InputRetryTicks = 50;

        /// <summary>Shortest sleep of the loop, also when it is late: the other threads get their share in any case.</summary>
        public const int LoopSleepMinMs = 1;

        /// <summary>How often the threads' progress is looked at. The link's counter moves once a second.</summary>
        public const int SupervisionLookMs = 1000;

        /// <summary>The link's keeper moves once a second whatever the network does;
        /// this long without a step means that it is gone.</summary>
        public const int LinkSilentMaxMs = 30 * 1000;

        /// <summary>The network's thread may sit in one attempt for
        /// <see cref="NetworkWaitMs"/> and in the runtime's own connect for 20 s.</summary>
        public const int NetworkSilentMaxMs = 5 * 60 * 1000;

        /// <summary>How long a silent thread is borne before the device restarts:
        /// longer than the external watchdog's 30 s, which should be first.</summary>
        public const int SilentRestartMs = 45 * 1000;

        /// <summary>How long the main thread waits for a tick before it restarts the device. Longer than any stall by flash.</summary>
        public const int LoopSilentMaxMs = 60 * 1000;

        /// <summary>
        /// How long before it notes that the watchdog will come: that is not fed then and comes after 22 s at the earliest, and a write to
        /// flash is over long before.
        /// </summary>
        public const int LoopSilentNoteMs = 12 * 1000;

        /// <summary>When a start tells of parts that do not answer: each has been tried three times by then.</summary>
        public const int SilentPartsMs = 5 * 1000;

        /// <summary>First look at free memory: link and radio have taken theirs by then, and the first record of it is yet to come.
        /// </summary>
        public const int FreeFirstMs = 5 * 60 * 1000;

        /// <summary>How often free memory is looked at.</summary>
        public const int FreeLookMs = 60 * 60 * 1000;

        /// <summary>Sleep of the main thread, which only watches.</summary>
        public const int MainSleepMs = 1000;

        /// <summary>How often the network's thread looks for an address while there is none.</summary>
        public const int NetworkLookMs = 2000;

        /// <summary>
        /// The same while there is one: a look reads the runtime's settings from flash, which stops the other threads for a moment, and a
        /// lost connection is noticed by the link anyway.
        /// </summary>
        public const int NetworkUpLookMs = 15 * 1000;

        /// <summary>Longest wait for an address in one attempt: an access point and a DHCP server answer within a few seconds.</summary>
        public const int NetworkWaitMs = 30 * 1000;

        /// <summary>
        /// Restart in order after 400 days, once no fire is latched: the runtime's own clock is 32 bits of 10 ms, and what sleeps when it
        /// wraps after 497 days may not wake.
        /// </summary>
        public const long UptimeRestartMs = 400L * 24 * 3600 * 1000;

        /// <summary>The same without regard to a latched fire, which a restart keeps.</summary>
        public const long UptimeMustRestartMs = 490L * 24 * 3600 * 1000;

        /// <summary>Failures of a bus in a row, with no good transfer between, after which it is taken for jammed.</summary>
        public const int BusFailuresMax = 2;

        /// <summary>First pause of a jammed bus or a lost part, in ticks: a second.</summary>
        public const int BusPauseTicks = 50;

        /// <summary>
        /// Longest pause, in ticks: a minute. A jammed bus then stops the loop for a second a minute, and a part that was plugged in again
        /// is back within it.
        /// </summary>
        public const int BusPauseMaxTicks = 3000;

        /// <summary>Failures in a row after which a part is lost. One may be a disturbance, as of a relay that falls off.</summary>
        public const int PartFailuresMax = 2;

        /// <summary>Ticks between the first failure and the second try: 100 ms, too few samples for a zone to settle.</summary>
        public const int PartRetryTicks = 5;

        /// <summary>Ticks after which outputs of an expander are written again, or its directions looked at: a second.</summary>
        public const int PartRefreshTicks = 50;

        /// <summary>
        /// How long a path is left alone after a TLS handshake on it froze the gateway: long enough that a siren's ten minutes are heard
        /// through, and a broker that restarts is back.
        /// </summary>
        public const int StalledFirstMs = 10 * 60 * 1000;

        /// <summary>The same after it has frozen the gateway twice and more: one frozen half minute an hour.</summary>
        public const int StalledMs = 60 * 60 * 1000;

        /// <summary>2026-01-01 in seconds since 1970: a chip's clock before that was never set.</summary>
        public const long ClockFirstS = 1767225600;

        /// <summary>
        /// How far a board's clock may be ahead of the last time that the gateway knew: 20 years, which no battery of such a part outlasts.
        /// A chip's clock so far behind the firmware's year is a time server's error, and all certificates would have ended by then.
        /// </summary>
        public const long ClockAheadMaxS = 20L * 366 * 24 * 3600;

        /// <summary>How far the chip's clock may be from the county's word: certificates count in days, a time server's errors in years.
        /// </summary>
        public const int ClockApartMaxS = 10 * 60;

        /// <summary>How soon after the county's word the chip's clock is noted: the last note may be from before a long cut.</summary>
        public const int ClockNoteAfterMs = 60 * 1000;

        /// <summary>How often the time of day is written to the drive: what a certificate's first day may be wrong by is a day.</summary>
        public const int ClockKeepMs = 60 * 60 * 1000;

        /// <summary>Lines for the technician: the settings' errors of two texts, the key file's and a few more.</summary>
        public const int NoteLinesMax = 24;

        /// <summary>Characters of one such line.</summary>
        public const int NoteCharsMax = 240;

        /// <summary>Bytes of the lines together: two blocks of the flash, which is what its plan has for them.</summary>
        public const int NoteBytesMax = 8188;

        /// <summary>Bytes of the note about the last restart.</summary>
        public const int RestartNoteBytesMax = 1024;

        /// <summary>Reads of the reference whose lowest bit feeds the random number of a new store.</summary>
        public const int EntropyReads = 64;

        /// <summary>Threads that are watched at most: there are the link's and the network's, and as many to spare.</summary>
        public const int ThreadsMax = 4;

        /// <summary>Stalls in a row that are counted: a digit of the note, and from two on the pause is the same.</summary>
        public const int StallsMax = 9;

        /// <summary>Digits of the time of day on the drive: seconds since 1970 have ten until 2286.</summary>
        public const int ClockDigitsMax = 10;

        /// <summary>The longest transfer of any driver: a control byte and half a Chinese character, 1.6 ms of the bus.</summary>
        public const int BusBufferBytes = 17;

        /// <summary>Where a small display is on the bus of every board; no part of a board has this address.</summary>
        public const int DisplayAddress = 0x3C;

        /// <summary>Restarts in a row that the note counts on to: a technician reads no more out of a larger number.</summary>
        public const int RestartsCounted = 100000;
    }
}
