// Owns: what a settings text says in one number or with yes or no.
// Must never: keep each in a field of its own, which costs the device 12 bytes.

namespace Gateway.Core
{
    public sealed partial class Settings
    {
        private const int Clocks = 3;

        /// <summary>In the order of the properties below; the 135 clocks come last.</summary>
        private readonly short[] _numbers = new short[17 + Clocks];

        /// <summary>A bit each of the properties at the end.</summary>
        private int _yes;

        /// <summary>
        /// The 135 clocks: seconds from the local alarm to acknowledged, on the scene, joined; 0 = not watched.
        /// </summary>
        public int ClockS(int clock)
        {
            return _numbers[17 + clock];
        }

        public void SetClockS(int clock, int seconds)
        {
            _numbers[17 + clock] = (short)seconds;
        }

        /// <summary>Seconds between heartbeats: a third of what the county takes for silence.</summary>
        public int HeartbeatS
        {
            get { return _numbers[0]; }
            set { _numbers[0] = (short)value; }
        }

        /// <summary>Lesser events sent in a second while a backlog drains.</summary>
        public int DrainPerS
        {
            get { return _numbers[1]; }
            set { _numbers[1] = (short)value; }
        }

        /// <summary>Minutes by which local time is ahead of UTC; China has one zone, 480.</summary>
        public int UtcOffsetMin
        {
            get { return _numbers[2]; }
            set { _numbers[2] = (short)value; }
        }

        /// <summary>Delay of outputs while manned (EN 54-2 7.11); 0 = none.</summary>
        public int DelayT1S
        {
            get { return _numbers[3]; }
            set { _numbers[3] = (short)value; }
        }

        /// <summary>Its second part, after an answer.</summary>
        public int DelayT2S
        {
            get { return _numbers[4]; }
            set { _numbers[4] = (short)value; }
        }

        /// <summary>The hours in which it is on.</summary>
        public int DelayFromMin
        {
            get { return _numbers[5]; }
            set { _numbers[5] = (short)value; }
        }

        /// <summary>Their end.</summary>
        public int DelayToMin
        {
            get { return _numbers[6]; }
            set { _numbers[6] = (short)value; }
        }

        /// <summary>And the days.</summary>
        public int DelayDays
        {
            get { return _numbers[7]; }
            set { _numbers[7] = (short)value; }
        }

        /// <summary>How long a drill may last.</summary>
        public int DrillMaxMin
        {
            get { return _numbers[8]; }
            set { _numbers[8] = (short)value; }
        }

        /// <summary>Minutes after a hot work's end within which somebody must have had a last look.</summary>
        public int HotWorkLookMin
        {
            get { return _numbers[9]; }
            set { _numbers[9] = (short)value; }
        }

        /// <summary>A trouble that lasts this long is a hidden-danger case.</summary>
        public int CaseAfterMin
        {
            get { return _numbers[10]; }
            set { _numbers[10] = (short)value; }
        }

        /// <summary>One that is open for so many days makes the station red.</summary>
        public int CaseRedDays
        {
            get { return _numbers[11]; }
            set { _numbers[11] = (short)value; }
        }

        /// <summary>As for a case, of a mains supply that failed: power cuts are no danger before their time.</summary>
        public int MainsAfterMin
        {
            get { return _numbers[12]; }
            set { _numbers[12] = (short)value; }
        }

        /// <summary>The hours of local time in which it does.</summary>
        public int TestFromMin
        {
            get { return _numbers[13]; }
            set { _numbers[13] = (short)value; }
        }

        /// <summary>Their end.</summary>
        public int TestToMin
        {
            get { return _numbers[14]; }
            set { _numbers[14] = (short)value; }
        }

        /// <summary>Local hour of the daily automatic self-test.</summary>
        public int SelfTestHour
        {
            get { return _numbers[15]; }
            set { _numbers[15] = (short)value; }
        }

        /// <summary>Inputs from this one on are digital.</summary>
        public int AnalogInputs
        {
            get { return _numbers[16]; }
            private set { _numbers[16] = (short)value; }
        }

        /// <summary>TLS is wanted although nothing would end a handshake that stalls.</summary>
        public bool TlsWithoutWatchdog
        {
            get { return (_yes & 1) != 0; }
            set { Say(1, value); }
        }

        /// <summary>
        /// The second reading of 135: the first clock is met by the own station on the scene, the second by the neighbours, the third by
        /// the brigade.
        /// </summary>
        public bool ClocksFromScene
        {
            get { return (_yes & 2) != 0; }
            set { Say(2, value); }
        }

        /// <summary>Whether relays may act in a drill.</summary>
        public bool DrillLinkage
        {
            get { return (_yes & 4) != 0; }
            set { Say(4, value); }
        }

        /// <summary>Whether the county may silence a fire from afar; nobody can reset one.</summary>
        public bool RemoteSilence
        {
            get { return (_yes & 8) != 0; }
            set { Say(8, value); }
        }

        /// <summary>Whether somebody of the station sets out when the county calls to a fire elsewhere.</summary>
        public bool TakesCallOuts
        {
            get { return (_yes & 16) != 0; }
            set { Say(16, value); }
        }

        /// <summary>Whether a test by a person sounds siren and strobe.</summary>
        public bool TestSounds
        {
            get { return (_yes & 32) != 0; }
            set { Say(32, value); }
        }

        /// <summary>A small display hangs on the board's bus.</summary>
        public bool Display
        {
            get { return (_yes & 64) != 0; }
            set { Say(64, value); }
        }

        private void Say(int bit, bool yes)
        {
            _yes = yes ? _yes | bit : _yes & ~bit;
        }
    }
}
