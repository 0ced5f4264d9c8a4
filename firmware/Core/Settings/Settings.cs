// Owns: a station's settings as the gateway uses them, in parallel arrays.
// Must never: hold a key or password; those have a file of their own that Core does not read.

namespace Gateway.Core
{
    /// <summary>What one settings text says. Zones are packed: index 0..ZoneCount-1, in the order of the text.</summary>
    public sealed class Settings
    {
        // Station.
        public uint Station;
        public string County = "";
        public string Township = "";
        public string Village = "";
        public string Name = "";

        // Uplink: primary and secondary broker.
        public readonly string[] Host = new string[2];
        public readonly int[] Port = new int[2];
        public string User = "";

        /// <summary>Whether there is a second broker.</summary>
        public bool TwoPaths
        {
            get { return Host[1] != null && Host[1].Length > 0; }
        }

        /// <summary>Seconds between heartbeats: a third of what the county takes for silence.</summary>
        public int HeartbeatS;

        /// <summary>TLS is wanted although nothing would end a handshake that stalls.</summary>
        public bool TlsWithoutWatchdog;

        /// <summary>Name or address of the time server; empty = the one of the firmware image.</summary>
        public string TimeServer = "";

        /// <summary>Lesser events sent in a second while a backlog drains.</summary>
        public int DrainPerS;

        /// <summary>Minutes by which local time is ahead of UTC; China has one zone, 480.</summary>
        public int UtcOffsetMin;

        // Zones.
        public int ZoneCount;
        public readonly byte[] ZoneNumber = new byte[Limits.ZonesMax];

        /// <summary>Index + 1 of each zone number, 0 = no such zone.</summary>
        private readonly byte[] _indexOf = new byte[Limits.ZonesMax];

        /// <summary>True while zone n is the n-th line, as in most texts: then numbers and indexes are the same bits.</summary>
        private bool _inOrder = true;
        public readonly Contract.ZoneKind[] ZoneKind = new Contract.ZoneKind[Limits.ZonesMax];
        public readonly Wiring[] ZoneWiring = new Wiring[Limits.ZonesMax];
        /// <summary>Fires on a plain contact whose line does not say so, by index; only in a text from before that was asked for.</summary>
        public int Unsaid;
        /// <summary>Flow switches that are supervisory and no fire, by index.</summary>
        public int FlowSupervisory;
        public readonly byte[] ZoneInput = new byte[Limits.ZonesMax];
        public readonly byte[] ZoneNeeded = new byte[Limits.ZonesMax];
        public readonly byte[] ZoneOf = new byte[Limits.ZonesMax];
        public readonly byte[] ZoneVerifyS = new byte[Limits.ZonesMax];
        public readonly byte[] ZoneChatter = new byte[Limits.ZonesMax];
        public readonly short[] ZoneDelayS = new short[Limits.ZonesMax];

        /// <summary>Names by index, null where the board shows none: see <see cref="BoardShape.ShowsNames"/>.</summary>
        public readonly string[] ZoneName;

        /// <summary>The same of outputs by role, "" = none.</summary>
        public readonly string[] OutputName;

        /// <summary>Four limits a zone in raw units, see <see cref="Bands"/>.</summary>
        public readonly short[] ZoneLimits = new short[Limits.ZonesMax * 4];
        public readonly short[] ZoneHysteresis = new short[Limits.ZonesMax];

        /// <summary>Rise in raw units a minute that counts as active; 0 = not watched.</summary>
        public readonly short[] ZoneRise = new short[Limits.ZonesMax];

        /// <summary>
        /// Value at the lower end of an analog zone's range (4 mA, or 0 V) and at its upper end (20 mA, or the reference).
        /// </summary>
        public readonly int[] ZoneFrom = new int[Limits.ZonesMax];
        public readonly int[] ZoneTo = new int[Limits.ZonesMax];

        // Groups.
        public int GroupCount;
        public readonly byte[] GroupNumber = new byte[Limits.GroupsMax];
        public readonly int[] GroupZones = new int[Limits.GroupsMax];
        public readonly byte[] GroupNeed = new byte[Limits.GroupsMax];
        public readonly short[] GroupWithinS = new short[Limits.GroupsMax];
        public readonly short[] GroupAloneS = new short[Limits.GroupsMax];

        // Delay of outputs while manned (EN 54-2 7.11); T1 = 0: none.
        public int DelayT1S;
        public int DelayT2S;
        public int DelayFromMin;
        public int DelayToMin;
        public int DelayDays;

        // The 135 clocks: seconds from the local alarm to acknowledged, on the scene, joined; 0 = not watched.
        public readonly short[] ClockS = new short[3];

        /// <summary>
        /// The second reading of 135: the first clock is met by the own station on the scene, the second by the neighbours, the third by
        /// the brigade.
        /// </summary>
        public bool ClocksFromScene;

        // Night patrols.
        public int PatrolCount;
        public readonly int[] PatrolZones = new int[Limits.PatrolsMax];
        public readonly short[] PatrolFromMin = new short[Limits.PatrolsMax];
        public readonly short[] PatrolToMin = new short[Limits.PatrolsMax];
        public readonly byte[] PatrolDays = new byte[Limits.PatrolsMax];

        /// <summary>Whether relays may act in a drill, and how long a drill may last.</summary>
        public bool DrillLinkage;
        public int DrillMaxMin;

        /// <summary>Whether the county may silence a fire from afar; nobody can reset one.</summary>
        public bool RemoteSilence;

        /// <summary>Whether somebody of the station sets out when the county calls to a fire elsewhere.</summary>
        public bool TakesCallOuts;

        /// <summary>Minutes after a hot work's end within which somebody must have had a last look.</summary>
        public int HotWorkLookMin;

        /// <summary>
        /// A trouble that lasts this long is a hidden-danger case; one that is open for so many days makes the station red.
        /// </summary>
        public int CaseAfterMin;
        public int CaseRedDays;

        /// <summary>The same for a mains supply that failed: power cuts are no danger before their time.</summary>
        public int MainsAfterMin;

        /// <summary>Whether a test by a person sounds siren and strobe, and in which hours of local time.</summary>
        public bool TestSounds;
        public int TestFromMin;
        public int TestToMin;

        /// <summary>Local hour of the daily automatic self-test.</summary>
        public int SelfTestHour;

        public readonly RuleTable Rules = new RuleTable();

        /// <summary>A small display hangs on the board's bus.</summary>
        public bool Display;

        // Outputs: board output 0.. or -1 by role, and whether it is on at low level.
        public readonly sbyte[] OutputOf = new sbyte[OutputRoles.Count];
        public int OutputsInverted;

        // Buttons: input or -1 by button, and whether the contact is normally closed.
        public readonly sbyte[] ButtonInput = new sbyte[Buttons.Count];
        public int ButtonsClosed;

        /// <summary>CRC-32 of the text, which names these settings in heartbeats and events.</summary>
        public uint TextCrc;

        /// <summary>
        /// CRC-32 of the lines of rules, groups and patrols: over a change of other lines these go on as over a restart.
        /// </summary>
        public uint PlansCrc;

        /// <summary>Settings that say nothing yet: no zones, and the board's own outputs.</summary>
        public Settings(BoardShape board)
        {
            ZoneName = board.ShowsNames ? new string[Limits.ZonesMax] : null;
            OutputName = board.ShowsNames ? new string[OutputRoles.Count] : null;
            for (int i = 0; OutputName != null && i < OutputName.Length; i++)
            {
                OutputName[i] = "";
            }

            Use(board);
            for (int i = 0; i < ButtonInput.Length; i++)
            {
                ButtonInput[i] = -1;
            }

            // Of lines that may be left out altogether.
            SettingsTable table = new SettingsTable();
            UtcOffsetMin = table.Find(SettingKey.UtcOffsetMin).Whole();
            HeartbeatS = table.Find(SettingKey.HeartbeatS).Whole();
            DrainPerS = table.Find(SettingKey.DrainPerS).Whole();
            DrillMaxMin = table.Find(SettingKey.DrillMaxMin).Whole();
            HotWorkLookMin = table.Find(SettingKey.LookMin).Whole();
            CaseAfterMin = table.Find(SettingKey.AfterMin).Whole();
            CaseRedDays = table.Find(SettingKey.RedDays).Whole();
            MainsAfterMin = table.Find(SettingKey.MainsAfterMin).Whole();
            SelfTestHour = table.Find(SettingKey.SelfTestHour).Whole();
            TakesCallOuts = table.Find(SettingKey.TakesCallOuts).Default == "yes";
        }

        /// <summary>The board that the inputs and outputs are of; null where boards have no names.</summary>
        public string BoardName { get; private set; }

        /// <summary>Inputs from this one on are digital.</summary>
        public int AnalogInputs { get; private set; }

        /// <summary>The inputs and outputs are those of this board. Before any line names one.</summary>
        public void Use(BoardShape board)
        {
            BoardName = board.Name;
            AnalogInputs = board.AnalogInputs;
            for (int i = 0; i < OutputOf.Length; i++)
            {
                OutputOf[i] = board.OutputOf[i];
            }
        }

        /// <summary>Bits by index as bits by zone number (bit n-1 is zone n), as records and heartbeats have them.</summary>
        public int NumberBits(int bits)
        {
            if (_inOrder)
            {
                return bits;
            }

            int numbers = 0;
            for (int i = 0; bits != 0 && i < ZoneCount + Carried; i++)
            {
                if ((bits & (1 << i)) != 0)
                {
                    bits &= ~(1 << i);
                    numbers |= 1 << (ZoneNumber[i] - 1);
                }
            }

            return numbers;
        }

        /// <summary>Bits by zone number as bits by index; zones that these settings do not have are left out.</summary>
        public int IndexBits(int numbers)
        {
            int bits = 0;
            for (int i = 0; numbers != 0 && i < ZoneCount; i++)
            {
                int number = 1 << (ZoneNumber[i] - 1);
                if ((numbers & number) != 0)
                {
                    numbers &= ~number;
                    bits |= 1 << i;
                }
            }

            return bits;
        }

        /// <summary>Zones behind the last one that these settings do not have but that were latched in fire when they came.</summary>
        public int Carried { get; private set; }

        /// <summary>
        /// As <see cref="IndexBits"/>, for zones latched in fire: one that is missing here gets a place behind the last zone, without
        /// input, until the next start, so that a change of settings takes no fire away.
        /// </summary>
        public int LatchBits(int numbers)
        {
            int bits = IndexBits(numbers);
            for (int number = 1; number <= Limits.ZonesMax; number++)
            {
                if ((numbers & (1 << (number - 1))) != 0 && IndexOf(number) < 0)
                {
                    bits |= 1 << Carry(number);
                }
            }

            return bits;
        }

        private int Carry(int number)
        {
            int zone = ZoneCount;
            while (zone < ZoneCount + Carried && ZoneNumber[zone] != number)
            {
                zone++;
            }

            if (zone == ZoneCount + Carried)
            {
                Carried++;
                ZoneNumber[zone] = (byte)number;
                _inOrder = false;
                if (ZoneName != null)
                {
                    ZoneName[zone] = "";
                }
            }

            return zone;
        }

        /// <summary>Index of a zone number, or -1.</summary>
        public int IndexOf(int number)
        {
            return number < 1 || number > Limits.ZonesMax ? -1 : _indexOf[number - 1] - 1;
        }

        /// <summary>Adds a zone of a number that is not there yet; its index.</summary>
        public int AddZone(int number)
        {
            int zone = ZoneCount++;
            ZoneNumber[zone] = (byte)number;
            _indexOf[number - 1] = (byte)ZoneCount;
            _inOrder &= number == ZoneCount;
            return zone;
        }

        /// <summary>Zones of a kind, by index.</summary>
        public int ZonesOfKind(Contract.ZoneKind kind)
        {
            int bits = 0;
            for (int i = 0; i < ZoneCount; i++)
            {
                bits |= ZoneKind[i] == kind ? 1 << i : 0;
            }

            return bits;
        }

        /// <summary>What an active zone stands for: its kind says so, for a flow switch the settings.</summary>
        public ZoneMeaning MeaningOf(int zone)
        {
            return (FlowSupervisory & (1 << zone)) != 0 ? ZoneMeaning.Supervisory : ZoneMeanings.OfKind(ZoneKind[zone]);
        }

        /// <summary>Zones of gas, where rules ask for fires and none asks for gas: they may have counted on it; by index.</summary>
        public int GasOutsideRules
        {
            get { return Rules.AboutFire && !Rules.AboutGas ? ZonesOfKind(Contract.ZoneKind.Gas) : 0; }
        }

        /// <summary>Zones whose kind has a meaning, by index.</summary>
        public int ZonesMeaning(ZoneMeaning meaning)
        {
            int bits = 0;
            for (int i = 0; i < ZoneCount; i++)
            {
                bits |= MeaningOf(i) == meaning ? 1 << i : 0;
            }

            return bits;
        }
    }
}
