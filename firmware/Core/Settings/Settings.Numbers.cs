// Owns: what a settings text says in one number or with yes or no.
// Must never: keep each in a field of its own, which costs the device 12 bytes.

using System;

namespace Gateway.Core
{
    public sealed partial class Settings
    {
        private const int Clocks = 3;

        private enum Number : byte
        {
            HeartbeatS,
            DrainPerS,
            UtcOffsetMin,
            DelayT1S,
            DelayT2S,
            DelayFromMin,
            DelayToMin,
            DelayDays,
            DrillMaxMin,
            HotWorkLookMin,
            CaseAfterMin,
            CaseRedDays,
            MainsAfterMin,
            TestFromMin,
            TestToMin,
            SelfTestHour,
            AnalogInputs,
            FirstClock,
        }

        [Flags]
        private enum Yes
        {
            TlsWithoutWatchdog = 1,
            ClocksFromScene = 2,
            DrillLinkage = 4,
            RemoteSilence = 8,
            TakesCallOuts = 16,
            TestSounds = 32,
            Display = 64,
        }

        /// <summary>By <see cref="Number"/>.</summary>
        private readonly short[] _numbers = new short[(int)Number.FirstClock + Clocks];

        private Yes _yes;

        /// <summary>
        /// The 135 clocks: seconds from the local alarm to acknowledged, on the scene, joined; 0 = not watched.
        /// </summary>
        public int ClockS(int clock)
        {
            return _numbers[(int)Number.FirstClock + clock];
        }

        public void SetClockS(int clock, int seconds)
        {
            _numbers[(int)Number.FirstClock + clock] = (short)seconds;
        }

        /// <summary>Seconds between heartbeats: a third of what the county takes for silence.</summary>
        public int HeartbeatS
        {
            get { return _numbers[(int)Number.HeartbeatS]; }
            set { _numbers[(int)Number.HeartbeatS] = (short)value; }
        }

        /// <summary>Lesser events sent in a second while a backlog drains.</summary>
        public int DrainPerS
        {
            get { return _numbers[(int)Number.DrainPerS]; }
            set { _numbers[(int)Number.DrainPerS] = (short)value; }
        }

        /// <summary>Minutes by which local time is ahead of UTC; China has one zone, 480.</summary>
        public int UtcOffsetMin
        {
            get { return _numbers[(int)Number.UtcOffsetMin]; }
            set { _numbers[(int)Number.UtcOffsetMin] = (short)value; }
        }

        /// <summary>Delay of outputs while manned (EN 54-2 7.11); 0 = none.</summary>
        public int DelayT1S
        {
            get { return _numbers[(int)Number.DelayT1S]; }
            set { _numbers[(int)Number.DelayT1S] = (short)value; }
        }

        /// <summary>Its second part, after an answer.</summary>
        public int DelayT2S
        {
            get { return _numbers[(int)Number.DelayT2S]; }
            set { _numbers[(int)Number.DelayT2S] = (short)value; }
        }

        /// <summary>The hours in which it is on.</summary>
        public int DelayFromMin
        {
            get { return _numbers[(int)Number.DelayFromMin]; }
            set { _numbers[(int)Number.DelayFromMin] = (short)value; }
        }

        /// <summary>Their end.</summary>
        public int DelayToMin
        {
            get { return _numbers[(int)Number.DelayToMin]; }
            set { _numbers[(int)Number.DelayToMin] = (short)value; }
        }

        /// <summary>And the days.</summary>
        public int DelayDays
        {
            get { return _numbers[(int)Number.DelayDays]; }
            set { _numbers[(int)Number.DelayDays] = (short)value; }
        }

        /// <summary>How long a drill may last.</summary>
        public int DrillMaxMin
        {
            get { return _numbers[(int)Number.DrillMaxMin]; }
            set { _numbers[(int)Number.DrillMaxMin] = (short)value; }
        }

        /// <summary>Minutes after a hot work's end within which somebody must have had a last look.</summary>
        public int HotWorkLookMin
        {
            get { return _numbers[(int)Number.HotWorkLookMin]; }
            set { _numbers[(int)Number.HotWorkLookMin] = (short)value; }
        }

        /// <summary>A trouble that lasts this long is a hidden-danger case.</summary>
        public int CaseAfterMin
        {
            get { return _numbers[(int)Number.CaseAfterMin]; }
            set { _numbers[(int)Number.CaseAfterMin] = (short)value; }
        }

        /// <summary>One that is open for so many days makes the station red.</summary>
        public int CaseRedDays
        {
            get { return _numbers[(int)Number.CaseRedDays]; }
            set { _numbers[(int)Number.CaseRedDays] = (short)value; }
        }

        /// <summary>As for a case, of a mains supply that failed: power cuts are no danger before their time.</summary>
        public int MainsAfterMin
        {
            get { return _numbers[(int)Number.MainsAfterMin]; }
            set { _numbers[(int)Number.MainsAfterMin] = (short)value; }
        }

        /// <summary>The hours of local time in which it does.</summary>
        public int TestFromMin
        {
            get { return _numbers[(int)Number.TestFromMin]; }
            set { _numbers[(int)Number.TestFromMin] = (short)value; }
        }

        /// <summary>Their end.</summary>
        public int TestToMin
        {
            get { return _numbers[(int)Number.TestToMin]; }
            set { _numbers[(int)Number.TestToMin] = (short)value; }
        }

        /// <summary>Local hour of the daily automatic self-test.</summary>
        public int SelfTestHour
        {
            get { return _numbers[(int)Number.SelfTestHour]; }
            set { _numbers[(int)Number.SelfTestHour] = (short)value; }
        }

        /// <summary>Inputs from this one on are digital.</summary>
        public int AnalogInputs
        {
            get { return _numbers[(int)Number.AnalogInputs]; }
            private set { _numbers[(int)Number.AnalogInputs] = (short)value; }
        }

        /// <summary>TLS is wanted although nothing would end a handshake that stalls.</summary>
        public bool TlsWithoutWatchdog
        {
            get { return (_yes & Yes.TlsWithoutWatchdog) != 0; }
            set { Say(Yes.TlsWithoutWatchdog, value); }
        }

        /// <summary>
        /// The second reading of 135: the first clock is met by the own station on the scene, the second by the neighbours, the third by
        /// the brigade.
        /// </summary>
        public bool ClocksFromScene
        {
            get { return (_yes & Yes.ClocksFromScene) != 0; }
            set { Say(Yes.ClocksFromScene, value); }
        }

        /// <summary>Whether relays may act in a drill.</summary>
        public bool DrillLinkage
        {
            get { return (_yes & Yes.DrillLinkage) != 0; }
            set { Say(Yes.DrillLinkage, value); }
        }

        /// <summary>Whether the county may silence a fire from afar; nobody can reset one.</summary>
        public bool RemoteSilence
        {
            get { return (_yes & Yes.RemoteSilence) != 0; }
            set { Say(Yes.RemoteSilence, value); }
        }

        /// <summary>Whether somebody of the station sets out when the county calls to a fire elsewhere.</summary>
        public bool TakesCallOuts
        {
            get { return (_yes & Yes.TakesCallOuts) != 0; }
            set { Say(Yes.TakesCallOuts, value); }
        }

        /// <summary>Whether a test by a person sounds siren and strobe.</summary>
        public bool TestSounds
        {
            get { return (_yes & Yes.TestSounds) != 0; }
            set { Say(Yes.TestSounds, value); }
        }

        /// <summary>A small display hangs on the board's bus.</summary>
        public bool Display
        {
            get { return (_yes & Yes.Display) != 0; }
            set { Say(Yes.Display, value); }
        }

        private void Say(Yes bit, bool yes)
        {
            _yes = yes ? _yes | bit : _yes & ~bit;
        }
    }
}
