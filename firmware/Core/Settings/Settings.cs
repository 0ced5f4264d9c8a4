// Owns: a station's settings as the gateway uses them, in parallel arrays.
// Must never: hold a key or password; those have a file of their own that Core does not read.

namespace Gateway.Core
{
    /// <summary>
    /// What one settings text says. Zones are packed: index 0..ZoneCount-1, in the order of the text. Tables have room for the longest text
    /// while one is read, and are cut to what it has at its end.
    /// </summary>
    public sealed partial class Settings
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

        /// <summary>Name or address of the time server; empty = the one of the firmware image.</summary>
        public string TimeServer = "";

        // Zones.
        public int ZoneCount;
        public byte[] ZoneNumber = new byte[Limits.ZonesMax];

        /// <summary>Index + 1 of each zone number, 0 = no such zone; null once a text is read in which zone n is the n-th line.</summary>
        private byte[] _indexOf = new byte[Limits.ZonesMax];

        /// <summary>True while zone n is the n-th line, as in most texts: then numbers and indexes are the same bits.</summary>
        private bool _inOrder = true;

        public Contract.ZoneKind[] ZoneKind = new Contract.ZoneKind[Limits.ZonesMax];
        public Wiring[] ZoneWiring = new Wiring[Limits.ZonesMax];
        /// <summary>Fires on a plain contact whose line does not say so, by index; only in a text from before that was asked for.</summary>
        public ZoneSet Unsaid;
        /// <summary>Flow switches that are supervisory and no fire, by index.</summary>
        public ZoneSet FlowSupervisory;
        public byte[] ZoneInput = new byte[Limits.ZonesMax];

        /// <summary>How many samples of a window must agree, and above <see cref="DebounceShift"/> of how many.</summary>
        public byte[] ZoneDebounce = new byte[Limits.ZonesMax];
        public const int DebounceShift = 4;
        public const int DebounceMask = (1 << DebounceShift) - 1;
        public byte[] ZoneVerifyS = new byte[Limits.ZonesMax];
        public byte[] ZoneChatter = new byte[Limits.ZonesMax];
        public short[] ZoneDelayS = new short[Limits.ZonesMax];

        /// <summary>Names by index, null where the board shows none: see <see cref="BoardShape.ShowsNames"/>.</summary>
        public string[] ZoneName;

        /// <summary>The same of outputs by role, "" = none.</summary>
        public readonly string[] OutputName;

        /// <summary>Four limits a zone in raw units, see <see cref="Bands"/>; null where all are plain contacts.</summary>
        public short[] ZoneLimits = new short[Limits.ZonesMax * 4];

        // Null where no zone is analog.
        public short[] ZoneHysteresis = new short[Limits.ZonesMax];

        /// <summary>Rise in raw units a minute that counts as active; 0 = not watched.</summary>
        public short[] ZoneRise = new short[Limits.ZonesMax];

        /// <summary>
        /// Value at the lower end of an analog zone's range (4 mA, or 0 V) and at its upper end (20 mA, or the reference).
        /// </summary>
        public int[] ZoneFrom = new int[Limits.ZonesMax];
        public int[] ZoneTo = new int[Limits.ZonesMax];

        // Groups.
        public int GroupCount;
        public byte[] GroupNumber = new byte[Limits.GroupsMax];
        public ZoneSet[] GroupZones = new ZoneSet[Limits.GroupsMax];
        public byte[] GroupNeed = new byte[Limits.GroupsMax];
        public short[] GroupWithinS = new short[Limits.GroupsMax];
        public short[] GroupAloneS = new short[Limits.GroupsMax];

        // Night patrols; without any the tables are null.
        public int PatrolCount;
        public ZoneSet[] PatrolZones = new ZoneSet[Limits.PatrolsMax];
        public short[] PatrolFromMin = new short[Limits.PatrolsMax];
        public short[] PatrolToMin = new short[Limits.PatrolsMax];
        public byte[] PatrolDays = new byte[Limits.PatrolsMax];

        public readonly RuleTable Rules = new RuleTable();

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

        /// <summary>Zones of a kind, by index.</summary>
        public ZoneSet ZonesOfKind(Contract.ZoneKind kind)
        {
            ZoneSet bits = 0;
            for (int i = 0; i < ZoneCount; i++)
            {
                bits |= ZoneKind[i] == kind ? (ZoneSet)(1 << i) : 0;
            }

            return bits;
        }

        /// <summary>What an active zone stands for: its kind says so, for a flow switch the settings.</summary>
        public ZoneMeaning MeaningOf(int zone)
        {
            return (FlowSupervisory & (ZoneSet)(1 << zone)) != 0 ? ZoneMeaning.Supervisory : ZoneMeanings.OfKind(ZoneKind[zone]);
        }

        /// <summary>Zones of gas, where rules ask for fires and none asks for gas: they may have counted on it; by index.</summary>
        public ZoneSet GasOutsideRules
        {
            get { return Rules.AboutFire && !Rules.AboutGas ? ZonesOfKind(Contract.ZoneKind.Gas) : 0; }
        }

        /// <summary>Zones whose kind has a meaning, by index.</summary>
        public ZoneSet ZonesMeaning(ZoneMeaning meaning)
        {
            ZoneSet bits = 0;
            for (int i = 0; i < ZoneCount; i++)
            {
                bits |= MeaningOf(i) == meaning ? (ZoneSet)(1 << i) : 0;
            }

            return bits;
        }
    }
}
