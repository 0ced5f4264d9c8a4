// Owns: the judge of a random world: what its cases have to be, reckoned from all that happened, without stretches and tracks.
// Must never: ask the cases' own code what is right.

using System.Globalization;
using Gateway.Contract;

namespace Gateway.County.Tests;

public sealed partial class CaseRandomTests
{
    private sealed partial class World
    {
        public void Check(Rig rig)
        {
            Case[] cases = [.. rig.Store.Cases(new CaseQuery { Station = station }).Where(one => one.State != CaseState.Merged)];
            Assert.Equal(Reckoned().Order(StringComparer.Ordinal), cases
                .Where(one => one.Class != CaseClass.Silent && one.Trouble is not (CaseTrouble.Found or CaseTrouble.FalseAlarms))
                .Select(one => $"{one.Id} {one.EndedMs != 0}").Order(StringComparer.Ordinal));
            Dictionary<string, StoredEvent> events = rig.Store.Events(new EventQuery { Station = station })
                .ToDictionary(e => string.Create(
                    CultureInfo.InvariantCulture, $"{station}-{e.Key.Epoch}-{(int)e.Key.Lane}-{e.Key.Sequence}"), StringComparer.Ordinal);
            foreach (Case one in cases)
            {
                CheckLevel(rig, one);
                CheckEnd(rig, one);
                CheckTimes(rig, one, events);
            }

            CheckClocks(rig);
            CheckMerged(rig, cases);

            // No act is lost: each is a step of some case. Nobody is called twice, and the first who is there meets the third clock.
            CaseStep[] steps = [.. cases.SelectMany(one => rig.Store.Steps(one.Id))];
            Assert.Equal(
                _acts.Count(act => act.Kind is CaseActKind.Take or CaseActKind.Note or CaseActKind.SetOut or CaseActKind.Joined
                    or CaseActKind.PassUp),
                steps.Count(step => step.Kind is CaseStepKind.Taken or CaseStepKind.Noted or CaseStepKind.SetOut or CaseStepKind.Joined
                        or CaseStepKind.PassedUp
                    || (step.Kind == CaseStepKind.ClockMet && step.Party.Length > 0)));
            Assert.All(
                steps.Where(step => step.Kind == CaseStepKind.Joined),
                step => Assert.Contains(steps, met => met.Case == step.Case && met is { Kind: CaseStepKind.ClockMet, Party.Length: > 0 }));
        }

        /// <summary>
        /// Closed or not, as its class says: an alarm when it has ended and is judged, a danger with its end and a major one by a person, a
        /// risk with its end. What has not ended only a person closes.
        /// </summary>
        private void CheckEnd(Rig rig, Case one)
        {
            IReadOnlyList<CaseStep> steps = rig.Store.Steps(one.Id);
            bool ended = steps.Any(step => step.Kind == CaseStepKind.Ended);
            bool byPerson = _acts.Exists(act => act.Kind == CaseActKind.Close);
            CaseStep? last = steps.Where(step => step.Kind == CaseStepKind.Judged)
                .MaxBy(step => long.Parse(step.Source["act-".Length..], CultureInfo.InvariantCulture));
            bool judged = last is not null;
            Assert.Equal((one.Id, (CaseJudgement)(last?.Detail ?? 0)), (one.Id, one.Judgement));
            bool byItself = ended && (one.Trouble == CaseTrouble.Fire ? judged
                : one.Class != CaseClass.Danger || (one.Grade != CaseGrade.Major && one.Trouble != CaseTrouble.Found));
            Assert.Equal((one.Id, one.EndedMs != 0), (one.Id, ended));
            Assert.Equal((one.Id, steps.Any(step => step.Kind == CaseStepKind.Closed)), (one.Id, one.ClosedMs != 0));
            Assert.True(one.ClosedMs != 0 || !byItself, $"{one.Id} has to be closed");
            Assert.True(one.ClosedMs == 0 || byItself || byPerson, $"{one.Id} must not be closed");
            CaseState state = one.ClosedMs != 0 ? CaseState.Closed : ended ? CaseState.Ended
                : steps.Any(step => step.Kind == CaseStepKind.Taken) ? CaseState.Taken : CaseState.Open;
            Assert.Equal((one.Id, state), (one.Id, one.State));
        }

        /// <summary>A case begins and ends when its events say by now.</summary>
        private static void CheckTimes(Rig rig, Case one, Dictionary<string, StoredEvent> events)
        {
            if (events.TryGetValue(one.Id, out StoredEvent? first))
            {
                Assert.Equal((one.Id, first.TimeMs, first.TimeQuality), (one.Id, one.OpenedMs, one.TimeQuality));
            }

            foreach (CaseStep step in rig.Store.Steps(one.Id))
            {
                string name = string.Create(CultureInfo.InvariantCulture, $"{one.Station}-{one.Track.Epoch}-{step.Source}");
                if (events.TryGetValue(name, out StoredEvent? of))
                {
                    Assert.Equal((name, of.TimeMs), (name, step.AtMs));
                }
            }
        }

        /// <summary>A clock that names an alarm is a step of the case in whose stretch of the fire lane that is, and of no other.</summary>
        private void CheckClocks(Rig rig)
        {
            Dictionary<string, string> alarms = new(StringComparer.Ordinal);
            foreach (IGrouping<uint, EventRecord> life in _events.Where(r => r.LaneNumber == Lane.Fire).GroupBy(r => r.Epoch))
            {
                uint after = 0;
                string? open = null;
                foreach (EventRecord r in life.OrderBy(r => r.Sequence).Append(null!))
                {
                    open ??= r?.Kind == EventKind.FireAlarm ? $"{station}-{r.Epoch}-0-{r.Sequence}" : null;
                    if (r is null || r.Kind == EventKind.Reset)
                    {
                        uint through = r?.Sequence ?? uint.MaxValue;
                        foreach (EventRecord clock in _events.Where(c => c.Epoch == life.Key && c.C > after && (uint)c.C <= through
                            && c.Kind is EventKind.ClockMet or EventKind.ClockMissed))
                        {
                            alarms.Add($"{clock.Epoch} {clock.Sequence}", open ?? "");
                        }

                        (after, open) = (through, null);
                    }
                }
            }

            foreach (EventRecord clock in _events.Where(c => c.C > 0 && c.Kind is EventKind.ClockMet or EventKind.ClockMissed))
            {
                string[] of = [.. rig.Store.Cases(new CaseQuery { Station = station, Class = CaseClass.Alarm })
                    .Where(one => one.State != CaseState.Merged && one.Track.Epoch == clock.Epoch)
                    .Where(one => rig.Store.Steps(one.Id).Any(step => step.Source == $"1-{clock.Sequence}")).Select(one => one.Id)];
                string expected = alarms.GetValueOrDefault($"{clock.Epoch} {clock.Sequence}", "");
                Assert.Equal(expected, string.Join(' ', of));
            }
        }

        /// <summary>What is merged names the case that has it, which is there and stands.</summary>
        private void CheckMerged(Rig rig, Case[] cases)
        {
            HashSet<string> standing = [.. cases.Select(one => one.Id)];
            foreach (Case one in rig.Store.Cases(new CaseQuery { Station = station }).Where(one => one.State == CaseState.Merged))
            {
                Case? into = one;
                for (int hops = 0; hops < 20 && into is { State: CaseState.Merged, MergedInto.Length: > 0 }; hops++)
                {
                    into = rig.Store.Case(into.MergedInto);
                }

                bool stands = one.Trouble == CaseTrouble.FalseAlarms || standing.Contains(into?.Id ?? "");
                Assert.True(stands, $"{one.Id} is merged into nothing");
            }
        }

        /// <summary>Goes through each life from its first record to its last and remembers what is open: name, and ended or not.</summary>
        private List<string> Reckoned()
        {
            List<string> all = [];
            Dictionary<string, string> open = new(StringComparer.Ordinal);
            foreach (EventRecord r in _events.OrderBy(r => r.Epoch).ThenBy(r => r.LaneNumber).ThenBy(r => r.Sequence))
            {
                (string? what, int does) = What(r);
                string key = $"{r.Epoch} {what}";
                if (does > 0 && what is not null)
                {
                    open.TryAdd(key, $"{station}-{r.Epoch}-{(int)r.LaneNumber}-{r.Sequence}");
                }
                else if (does < 0 && open.Remove(key, out string? id))
                {
                    all.Add($"{id} True");
                }
            }

            return [.. all, .. open.Values.Select(id => $"{id} False")];
        }

        private static (string? What, int Does) What(EventRecord r) => r.Kind switch
        {
            EventKind.FireAlarm => ("fire", 1),
            EventKind.Reset => ("fire", -1),
            EventKind.CaseOpened or EventKind.CaseAged => ($"danger {r.Zone}", 1),
            EventKind.CaseClosed => ($"danger {r.Zone}", -1),
            EventKind.DutyCheckMissed => ("duty", 1),
            EventKind.DutyCheckAnswered => ("duty", -1),
            EventKind.PatrolMissed => ($"patrol {r.A}", 1),
            EventKind.PatrolMet => ($"patrol {r.A}", -1),
            EventKind.Chattering => ($"chatter {r.Zone}", 1),
            EventKind.FaultRestored => ($"chatter {r.Zone}", -1),
            _ => (null, 0),
        };

        /// <summary>The level that its class, its missed clocks, the waiting for an answer and its due times give.</summary>
        private static void CheckLevel(Rig rig, Case one)
        {
            IReadOnlyList<CaseStep> steps = rig.Store.Steps(one.Id);
            int level = one.Class == CaseClass.Alarm ? 1 : one.Class == CaseClass.Danger && one.Grade == CaseGrade.Major ? 3 : 2;
            level = steps.Where(s => s.Kind is CaseStepKind.ClockMissed or CaseStepKind.Escalated or CaseStepKind.Overdue
                    or CaseStepKind.PassedUp)
                .Aggregate(
                    level, (highest, step) => Math.Max(highest, step.Kind == CaseStepKind.PassedUp ? (int)step.Value : step.Level));

            int days = one.Class switch
            {
                CaseClass.Danger => 15,
                CaseClass.Risk => 7,
                _ => 1,
            };
            Assert.Equal((one.Id, level, one.OpenedMs + (days * 24 * HourMs)), (one.Id, (int)one.Level, one.DueMs));
            int overdue = steps.Count(step => step.Kind == CaseStepKind.Overdue);
            bool waits = one.ClosedMs == 0 && !(overdue > 0 && level == 3);
            Assert.Equal(waits ? one.DueMs + (overdue * days * 24 * HourMs) : 0, one.NextMs);
        }
    }
}
