// Owns: the list of the panel's parts.
// Must never: hold a rule; a part has its own.

namespace Gateway.Core
{
    /// <summary>A feature of the village is one class and one line here.</summary>
    public static class VillageParts
    {
        /// <summary>
        /// All parts, in the order in which their events of one step stand in the log. A drill judges what groups have found, its end by
        /// the test key goes before a test, and the code follows from the cases.
        /// </summary>
        public static PanelPart[] Of(Settings settings)
        {
            AlarmDelay delay = new AlarmDelay();
            Cases cases = new Cases(settings);
            return new PanelPart[]
            {
                new Coincidence(settings),
                new Disablements(settings),
                new ZonesInTest(settings),
                new WalkTest(),
                new HotWork(),
                new DutyCheck(),
                new CallOut(),
                new ResponseClocks(),
                delay,
                new Drill(settings, delay),
                new Patrols(settings),
                cases,
                new SelfTests(cases),
            };
        }
    }
}
