// Owns: alarms that wait for an answer, in the store in memory.
// Must never: hand out a row that a caller could change without putting it back.

using Gateway.Contract;
using Gateway.County;

namespace Gateway.Simulation;

public sealed partial class FastStore
{
    private static Escalation Clone(Escalation e) => new()
    {
        Alarm = e.Alarm,
        Zone = e.Zone,
        Zones = e.Zones,
        Epochs = [.. e.Epochs],
        Cause = e.Cause,
        StartedMs = e.StartedMs,
        Level = e.Level,
        LevelMs = e.LevelMs,
        End = e.End,
        EndedMs = e.EndedMs,
    };

    private StoredEvent? Newest(uint station, uint epoch, uint before, EventKind kind) => _events.Values
        .Where(e => e.Key.Station == station && e.Key.Epoch == epoch && e.Key.Lane == Lane.Fire && e.Key.Sequence < before)
        .LastOrDefault(e => e.Record.Kind == kind || e.Record.Kind == EventKind.Reset);

    private sealed partial class Transaction
    {
        public IReadOnlyList<Escalation> OpenEscalations() => [.. store._escalations.Values.Where(e => e.EndedMs == 0).Select(Clone)];

        public Escalation? Escalation(EventKey alarm) =>
            store._escalations.TryGetValue(alarm, out Escalation? escalation) ? Clone(escalation) : null;

        public void Put(Escalation escalation)
        {
            Escalation? before = store._escalations.GetValueOrDefault(escalation.Alarm);
            store._escalations[escalation.Alarm] = Clone(escalation);
            _undo.Add(() => Restore(store._escalations, escalation.Alarm, before));
        }

        public StoredEvent? LastAnswer(uint station, uint epoch, uint before) =>
            store.Newest(station, epoch, before, EventKind.Acknowledged);

        public StoredEvent? LastFire(uint station, uint epoch, out bool known)
        {
            known = true;
            return store.Newest(station, epoch, uint.MaxValue, EventKind.FireAlarm);
        }
    }
}
