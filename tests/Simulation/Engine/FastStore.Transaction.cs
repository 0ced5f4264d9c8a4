// Owns: one transaction of the store in memory: what it changes, and how that is undone.
// Must never: leave anything behind that was not committed.

using Gateway.Contract;
using Gateway.County;

namespace Gateway.Simulation;

public sealed partial class FastStore
{
    private sealed partial class Transaction(FastStore store) : IStoreTransaction
    {
        private readonly List<Action> _undo = [];

        public bool[] Insert(IReadOnlyList<StoredEvent> events)
        {
            bool[] added = new bool[events.Count];
            for (int i = 0; i < added.Length; i++)
            {
                EventKey key = events[i].Key;
                added[i] = store._events.TryAdd(key, events[i]);
                if (added[i])
                {
                    _undo.Add(() => store._events.Remove(key));
                }
            }

            return added;
        }

        public byte[]? RawOf(EventKey key) => store._events.TryGetValue(key, out StoredEvent? e) ? e.Raw : null;

        public bool AddConflict(EventKey key, byte[] raw, long nowMs)
        {
            store.Conflicts++;
            _undo.Add(() => store.Conflicts--);
            (EventKey, string) version = (key, Convert.ToHexString(raw));
            bool isNew = store._conflicts.Add(version);
            if (isNew)
            {
                _undo.Add(() => store._conflicts.Remove(version));
            }

            return isNew;
        }

        public LaneState? Lane(LaneKey key) =>
            store._lanes.TryGetValue(key, out LaneState? s) ? new LaneState { Held = s.Held, Highest = s.Highest } : null;

        public void Put(LaneKey key, LaneState state)
        {
            LaneState? before = store._lanes.GetValueOrDefault(key);
            store._lanes[key] = new LaneState { Held = state.Held, Highest = state.Highest };
            _undo.Add(() => Restore(store._lanes, key, before));
        }

        public IReadOnlyList<Gap> Gaps(LaneKey key, uint first, uint last) =>
            [.. store._gaps.Where(g => g.Lane == key && g.First <= last && g.Last >= first).OrderBy(g => g.First)];

        public void Add(Gap gap)
        {
            store._gaps.Add(gap);
            _undo.Add(() => store._gaps.Remove(gap));
        }

        public void RemoveGaps(LaneKey key, uint first, uint last)
        {
            Gap[] gone = [.. store._gaps.Where(g => g.Lane == key && g.First >= first && g.First <= last)];
            store._gaps.RemoveAll(gone.Contains);
            _undo.Add(() => store._gaps.AddRange(gone));
        }

        public void Own(LaneKey key, uint first, uint last, uint ownedBy)
        {
            Gap[] owned = [.. store._gaps.Where(g => g.Lane == key && g.First >= first && g.First <= last && g.OwnedBy == 0)];
            foreach (Gap gap in owned)
            {
                Gap after = gap with { OwnedBy = ownedBy };
                store._gaps.Remove(gap);
                store._gaps.Add(after);
                _undo.Add(() =>
                {
                    store._gaps.Remove(after);
                    store._gaps.Add(gap);
                });
            }
        }

        public IReadOnlyList<Loss> Losses(LaneKey key, uint first, uint last) =>
            [.. store._losses.Where(l => l.Lane == key && l.First <= last && l.Last >= first).OrderBy(l => l.Sequence)];

        public void Add(Loss loss)
        {
            store._losses.Add(loss);
            _undo.Add(() => store._losses.Remove(loss));
        }

        public void Remove(Loss loss)
        {
            Loss[] gone = [.. store._losses.Where(l => l.Lane == loss.Lane && l.Sequence == loss.Sequence)];
            store._losses.RemoveAll(gone.Contains);
            _undo.Add(() => store._losses.AddRange(gone));
        }

        public BootClock? Clock(BootKey key) => store._clocks.TryGetValue(key, out BootClock c) ? c : null;

        public void Put(BootClock clock)
        {
            bool had = store._clocks.TryGetValue(clock.Boot, out BootClock before);
            store._clocks[clock.Boot] = clock;
            _undo.Add(() =>
            {
                if (had)
                {
                    store._clocks[clock.Boot] = before;
                }
                else
                {
                    store._clocks.Remove(clock.Boot);
                }
            });
        }

        public void UpdateTime(StoredEvent stored)
        {
            StoredEvent before = store._events[stored.Key];
            EventRecord record = new();
            record.Decode(before.Raw, 0, before.Raw.Length);
            record.UtcMs = stored.Record.UtcMs;
            record.UtcQuality = stored.Record.UtcQuality;
            store._events[stored.Key] = new StoredEvent
            {
                Record = record,
                Raw = stored.Raw,
                County = before.County,
                Township = before.Township,
                Village = before.Village,
                ReceivedMs = before.ReceivedMs,
                TimeMs = stored.TimeMs,
                TimeQuality = stored.TimeQuality,
            };
            _undo.Add(() => store._events[stored.Key] = before);
        }

        public int BackFill(BootKey key, long startMs, int max)
        {
            int filled = 0;
            foreach (StoredEvent e in store._events.Values)
            {
                long time = startMs + e.Record.UptimeMs;
                bool wrong = e.TimeMs != time || e.TimeQuality != UtcQuality.BackFilled;
                if (filled < max && e.BootKey == key && e.Record.UtcQuality == UtcQuality.Unknown && time > 0 && wrong)
                {
                    filled++;
                    (long timeBefore, int qualityBefore) = (e.TimeMs, (int)e.TimeQuality);
                    e.TimeMs = time;
                    e.TimeQuality = UtcQuality.BackFilled;
                    _undo.Add(() => (e.TimeMs, e.TimeQuality) = (timeBefore, (UtcQuality)qualityBefore));
                }
            }

            return filled;
        }

        public StationState? State(uint station) => store._states.TryGetValue(station, out StationState? s) ? Clone(s) : null;

        public void Put(StationState state)
        {
            StationState? before = store._states.GetValueOrDefault(state.Station);
            store._states[state.Station] = Clone(state);
            _undo.Add(() => Restore(store._states, state.Station, before));
        }

        public SessionState? Session(uint station, uint epoch) =>
            store._sessions.TryGetValue((station, epoch), out SessionState? s) ? Clone(s) : null;

        public void Put(SessionState session)
        {
            (uint, uint) key = (session.Station, session.Epoch);
            SessionState? before = store._sessions.GetValueOrDefault(key);
            store._sessions[key] = Clone(session);
            _undo.Add(() => Restore(store._sessions, key, before));
        }

        public void Put(NamesRow part, long nowMs)
        {
            (uint, uint, int) key = (part.Station, part.SettingsCrc, part.Part);
            NamesRow? before = store._names.GetValueOrDefault(key);
            store._names[key] = part;
            _undo.Add(() => Restore(store._names, key, before));
        }

        public IReadOnlyList<NamesRow> Names(uint station, uint settingsCrc) =>
            [.. store._names.Values.Where(n => (n.Station, n.SettingsCrc) == (station, settingsCrc)).OrderBy(n => n.Part)];

        public IReadOnlyList<StationCommand> OpenCommands() => [.. store._commands.Values.Where(c => c.Open).Select(Clone)];

        public uint LastCommand(uint station) =>
            store._commands.Keys.Where(k => k.Station == station).Select(k => k.Number).DefaultIfEmpty().Max();

        public StationCommand? Command(uint station, uint number) =>
            store._commands.TryGetValue((station, number), out StationCommand? c) ? Clone(c) : null;

        public bool Add(StationCommand command)
        {
            (uint, uint) key = (command.Station, command.Number);
            if (!store._commands.TryAdd(key, Clone(command)))
            {
                return false;
            }

            _undo.Add(() => store._commands.Remove(key));
            return true;
        }

        public void Put(StationCommand command)
        {
            (uint, uint) key = (command.Station, command.Number);
            if (store._commands.TryGetValue(key, out StationCommand? before))
            {
                StationCommand after = Clone(before);
                after.State = command.State;
                after.Result = command.Result;
                after.SentMs = command.SentMs;
                after.Times = command.Times;
                after.AnsweredMs = command.AnsweredMs;
                store._commands[key] = after;
                _undo.Add(() => store._commands[key] = before);
            }
        }

        public void Commit()
        {
            if (store.FailNextCommit || store.DieInCommit)
            {
                store.FailNextCommit = false;
                store.DieInCommit = false;
                throw new IOException("the store failed");
            }

            _undo.Clear();
        }

        public void Dispose()
        {
            for (int i = _undo.Count - 1; i >= 0; i--)
            {
                _undo[i]();
            }
        }

        private static void Restore<TKey, TValue>(Dictionary<TKey, TValue> rows, TKey key, TValue? before)
            where TKey : notnull
            where TValue : class
        {
            if (before is null)
            {
                rows.Remove(key);
            }
            else
            {
                rows[key] = before;
            }
        }
    }
}
