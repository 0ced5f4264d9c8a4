// Owns: finding one of the panel's parts, for who shows it or looks whether it is right.
// Must never: be asked by the panel or a part.

namespace Gateway.Core
{
    /// <summary>Each by its name.</summary>
    public static class PartOf
    {
        public static SelfTests SelfTests(PanelState state)
        {
            PanelPart part = state.Parts;
            while (!(part is SelfTests))
            {
                part = part.Next;
            }

            return (SelfTests)part;
        }

        public static Cases Cases(PanelState state)
        {
            PanelPart part = state.Parts;
            while (!(part is Cases))
            {
                part = part.Next;
            }

            return (Cases)part;
        }

        public static ResponseClocks ResponseClocks(PanelState state)
        {
            PanelPart part = state.Parts;
            while (!(part is ResponseClocks))
            {
                part = part.Next;
            }

            return (ResponseClocks)part;
        }

        public static DutyCheck DutyCheck(PanelState state)
        {
            PanelPart part = state.Parts;
            while (!(part is DutyCheck))
            {
                part = part.Next;
            }

            return (DutyCheck)part;
        }

        public static CallOut CallOut(PanelState state)
        {
            PanelPart part = state.Parts;
            while (!(part is CallOut))
            {
                part = part.Next;
            }

            return (CallOut)part;
        }

        public static Drill Drill(PanelState state)
        {
            PanelPart part = state.Parts;
            while (!(part is Drill))
            {
                part = part.Next;
            }

            return (Drill)part;
        }

        public static Disablements Disablements(PanelState state)
        {
            PanelPart part = state.Parts;
            while (!(part is Disablements))
            {
                part = part.Next;
            }

            return (Disablements)part;
        }

        public static ZonesInTest ZonesInTest(PanelState state)
        {
            PanelPart part = state.Parts;
            while (!(part is ZonesInTest))
            {
                part = part.Next;
            }

            return (ZonesInTest)part;
        }

        public static WalkTest WalkTest(PanelState state)
        {
            PanelPart part = state.Parts;
            while (!(part is WalkTest))
            {
                part = part.Next;
            }

            return (WalkTest)part;
        }

        public static HotWork HotWork(PanelState state)
        {
            PanelPart part = state.Parts;
            while (!(part is HotWork))
            {
                part = part.Next;
            }

            return (HotWork)part;
        }

        public static Patrols Patrols(PanelState state)
        {
            PanelPart part = state.Parts;
            while (!(part is Patrols))
            {
                part = part.Next;
            }

            return (Patrols)part;
        }

        public static AlarmDelay AlarmDelay(PanelState state)
        {
            PanelPart part = state.Parts;
            while (!(part is AlarmDelay))
            {
                part = part.Next;
            }

            return (AlarmDelay)part;
        }

        public static Coincidence Coincidence(PanelState state)
        {
            PanelPart part = state.Parts;
            while (!(part is Coincidence))
            {
                part = part.Next;
            }

            return (Coincidence)part;
        }
    }
}
