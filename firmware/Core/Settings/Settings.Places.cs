// Owns: a zone's place in the tables, its number and its place as bits, and how long the tables are.
// Must never: take the place of a zone that is latched in fire away.

namespace Gateway.Core
{
    public sealed partial class Settings
    {
        /// <summary>A set of zones as bits by zone number (bit n-1 is zone n), as records and heartbeats have them.</summary>
        public int NumberBits(ZoneSet bits)
        {
            if (_inOrder)
            {
                return (int)bits;
            }

            int numbers = 0;
            for (int i = 0; bits != 0 && i < Places; i++)
            {
                if ((bits & (ZoneSet)(1 << i)) != 0)
                {
                    bits &= ~(ZoneSet)(1 << i);
                    numbers |= 1 << (ZoneNumber[i] - 1);
                }
            }

            return numbers;
        }

        /// <summary>Bits by zone number as a set of zones; those that these settings do not have are left out.</summary>
        public ZoneSet IndexBits(int numbers)
        {
            ZoneSet bits = 0;
            for (int i = 0; numbers != 0 && i < ZoneCount; i++)
            {
                int number = 1 << (ZoneNumber[i] - 1);
                if ((numbers & number) != 0)
                {
                    numbers &= ~number;
                    bits |= (ZoneSet)(1 << i);
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
        public ZoneSet LatchBits(int numbers)
        {
            ZoneSet bits = IndexBits(numbers);
            for (int number = 1; number <= Limits.ZonesMax; number++)
            {
                if ((numbers & (1 << (number - 1))) != 0 && IndexOf(number) < 0)
                {
                    bits |= (ZoneSet)(1 << Carry(number));
                }
            }

            return bits;
        }

        /// <summary>Zones with those that are carried: what keeps something by zone has so many places.</summary>
        public int Places
        {
            get { return ZoneCount + Carried; }
        }

        /// <summary>The text is read: gives back what it did not need of the tables.</summary>
        public void Fit()
        {
            FitZones();
            int groups = GroupCount;
            GroupNumber = (byte[])Fitted(GroupNumber, new byte[groups]);
            GroupZones = (ZoneSet[])Fitted(GroupZones, new ZoneSet[groups]);
            GroupNeed = (byte[])Fitted(GroupNeed, new byte[groups]);
            GroupWithinS = (short[])Fitted(GroupWithinS, new short[groups]);
            GroupAloneS = (short[])Fitted(GroupAloneS, new short[groups]);
            int patrols = PatrolCount;
            PatrolZones = patrols == 0 ? null : (ZoneSet[])Fitted(PatrolZones, new ZoneSet[patrols]);
            PatrolFromMin = patrols == 0 ? null : (short[])Fitted(PatrolFromMin, new short[patrols]);
            PatrolToMin = patrols == 0 ? null : (short[])Fitted(PatrolToMin, new short[patrols]);
            PatrolDays = patrols == 0 ? null : (byte[])Fitted(PatrolDays, new byte[patrols]);
            _indexOf = _inOrder ? null : _indexOf;
            Rules.Fit();
        }

        private void FitZones()
        {
            int places = Places;
            ZoneNumber = (byte[])Fitted(ZoneNumber, new byte[places]);
            ZoneKind = (Contract.ZoneKind[])Fitted(ZoneKind, new Contract.ZoneKind[places]);
            ZoneWiring = (Wiring[])Fitted(ZoneWiring, new Wiring[places]);
            ZoneInput = (byte[])Fitted(ZoneInput, new byte[places]);
            ZoneDebounce = (byte[])Fitted(ZoneDebounce, new byte[places]);
            ZoneVerifyS = (byte[])Fitted(ZoneVerifyS, new byte[places]);
            ZoneChatter = (byte[])Fitted(ZoneChatter, new byte[places]);
            ZoneDelayS = (short[])Fitted(ZoneDelayS, new short[places]);
            bool limits = Wired(Wiring.Line) || Wired(Wiring.Current) || Wired(Wiring.Voltage);
            ZoneLimits = limits ? (short[])Fitted(ZoneLimits, new short[places * 4]) : null;
            bool analog = Wired(Wiring.Current) || Wired(Wiring.Voltage);
            ZoneHysteresis = analog ? (short[])Fitted(ZoneHysteresis, new short[places]) : null;
            ZoneRise = analog ? (short[])Fitted(ZoneRise, new short[places]) : null;
            ZoneFrom = analog ? (int[])Fitted(ZoneFrom, new int[places]) : null;
            ZoneTo = analog ? (int[])Fitted(ZoneTo, new int[places]) : null;
            ZoneName = ZoneName == null ? null : (string[])Fitted(ZoneName, new string[places]);
        }

        private bool Wired(Wiring wiring)
        {
            bool any = false;
            for (int i = 0; i < ZoneCount; i++)
            {
                any |= ZoneWiring[i] == wiring;
            }

            return any;
        }

        /// <summary>A table of another length with what fits of an old one.</summary>
        public static System.Array Fitted(System.Array old, System.Array table)
        {
            System.Array.Copy(old, 0, table, 0, old.Length < table.Length ? old.Length : table.Length);
            return table;
        }

        private int Carry(int number)
        {
            int zone = ZoneCount;
            while (zone < Places && ZoneNumber[zone] != number)
            {
                zone++;
            }

            if (zone == Places)
            {
                Carried++;
                FitZones();
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
            int index = number - 1;
            if (_indexOf == null)
            {
                return (uint)index < (uint)ZoneCount ? index : -1;
            }

            return (uint)index < Limits.ZonesMax ? _indexOf[index] - 1 : -1;
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
    }
}
