// Owns: what a screen shows of the village's work, read from the panel's state.
// Must never: change anything; a picture is drawn at any moment.

namespace Gateway.Core
{
    /// <summary>How one of the 135 clocks stands.</summary>
    public enum ClockStanding : byte
    {
        /// <summary>No fire, or the settings do not ask for it.</summary>
        None = 0,
        Running = 1,
        Met = 2,

        /// <summary>Its limit passed and nobody has come yet.</summary>
        Missed = 3,
    }

    /// <summary>Questions to the panel's state. Zones are by index; 0 min or s = there is no such thing now.</summary>
    public static class PanelView
    {
        /// <summary>The station's code: 1 green, 2 yellow, 3 red.</summary>
        public static StationCode CodeColour(PanelState state)
        {
            return PartOf.SelfTests(state).Code;
        }

        public static bool SelfTestOverdue(PanelState state)
        {
            return PartOf.SelfTests(state).Overdue;
        }

        /// <summary>Open hidden-danger cases.</summary>
        public static int OpenCases(PanelState state)
        {
            return PartOf.Cases(state).OpenCount;
        }

        /// <summary>See <see cref="ClockStanding"/>.</summary>
        /// <param name="clock">0..2.</param>
        public static ClockStanding Clock(PanelState state, int clock)
        {
            int bit = Bits.Of(clock);
            return state.Latched == 0 || state.Settings.ClockS(clock) == 0 ? ClockStanding.None
                : (PartOf.ResponseClocks(state).Running & bit) != 0 ? ClockStanding.Running
                : (PartOf.ResponseClocks(state).Unmet & bit) != 0 ? ClockStanding.Missed
                : ClockStanding.Met;
        }

        /// <summary>Seconds until a running clock is missed.</summary>
        public static int ClockLeftS(PanelState state, int clock, long nowMs)
        {
            bool runs = Bits.Has(PartOf.ResponseClocks(state).Running, clock);
            int left = state.Settings.ClockS(clock) - PartOf.ResponseClocks(state).ElapsedS(nowMs);
            return runs && left > 0 ? left : 0;
        }

        /// <summary>Seconds in which the county's question can still be answered.</summary>
        public static int DutyLeftS(PanelState state, long nowMs)
        {
            return PartOf.DutyCheck(state).RemainingS(nowMs);
        }

        /// <summary>Where the county calls somebody to; "" when it does not.</summary>
        public static string CallOutPlace(PanelState state)
        {
            return PartOf.CallOut(state).Place;
        }

        /// <summary>Seconds in which somebody can still set out.</summary>
        public static int CallOutLeftS(PanelState state, long nowMs)
        {
            return PartOf.CallOut(state).RemainingS(nowMs);
        }

        public static int DrillLeftMin(PanelState state, long nowMs)
        {
            return PartOf.Drill(state).RemainingMin(nowMs);
        }

        /// <summary>True in a drill's last minute.</summary>
        public static bool DrillEnding(PanelState state)
        {
            return PartOf.Drill(state).Ending;
        }

        /// <summary>True for some seconds after the test key broke a drill off.</summary>
        public static bool DrillBrokenOff(PanelState state, long nowMs)
        {
            return !PartOf.Drill(state).On && nowMs < PartOf.Drill(state).SignEndMs;
        }

        /// <summary>Zones of the drill, by index.</summary>
        public static ZoneSet DrillZones(PanelState state)
        {
            return PartOf.Drill(state).Zones;
        }

        /// <summary>Minutes left of a zone's disablement or test, whichever lasts longer.</summary>
        public static int HiddenLeftMin(PanelState state, int zone, long nowMs)
        {
            int disablement = PartOf.Disablements(state).RemainingMin(zone, nowMs);
            int test = PartOf.ZonesInTest(state).RemainingMin(zone, nowMs);
            return disablement > test ? disablement : test;
        }

        /// <summary>Zones under a permit, by index.</summary>
        public static ZoneSet PermitZones(PanelState state)
        {
            return PartOf.HotWork(state).Zones;
        }

        /// <summary>Minutes left of the permit, or for the last look after it.</summary>
        public static int PermitLeftMin(PanelState state, long nowMs)
        {
            return PartOf.HotWork(state).RemainingMin(nowMs);
        }

        /// <summary>True while somebody is asked to have a last look.</summary>
        public static bool LookAsked(PanelState state)
        {
            return PartOf.HotWork(state).LookAsked;
        }

        /// <summary>Bits of the patrol windows that are open.</summary>
        public static int PatrolsOpen(PanelState state)
        {
            return PartOf.Patrols(state).Open;
        }

        /// <summary>Of these, the ones that are met already.</summary>
        public static int PatrolsMet(PanelState state)
        {
            return PartOf.Patrols(state).Met;
        }

        /// <summary>Patrol buttons that were pressed in an open window, by index.</summary>
        public static ZoneSet PatrolSeen(PanelState state)
        {
            return PartOf.Patrols(state).Seen(state.Settings.PatrolCount);
        }
    }
}
