// Owns: a random world of one station: what happens there, how it comes to the county, and what people do with it.
// Must never: draw anything but from its seed.

using Gateway.Contract;

namespace Gateway.County.Tests;

public sealed partial class CaseRandomTests
{
    // What can stand on a track, and what cannot.
    private static readonly EventKind[] s_fire =
    [
        EventKind.FireAlarm, EventKind.FireAlarm, EventKind.FireAlarm, EventKind.Reset, EventKind.Acknowledged, EventKind.Silenced,
        EventKind.ResetRefused, EventKind.FireRestored, EventKind.Linkage,
    ];

    private static readonly EventKind[] s_condition =
    [
        EventKind.CaseOpened, EventKind.CaseAged, EventKind.CaseClosed, EventKind.DutyCheckMissed, EventKind.DutyCheckAnswered,
        EventKind.PatrolMissed, EventKind.PatrolMet, EventKind.Chattering, EventKind.FaultRestored, EventKind.ClockMet,
        EventKind.ClockMissed, EventKind.Fault, EventKind.Supervisory,
    ];

    /// <summary>A station with some lives and starts, and a network that loses, repeats and reorders until all has come.</summary>
    private sealed partial class World(int seed, uint station)
    {
        private readonly Random _random = new(seed);
        private readonly List<EventRecord> _events = [];
        private readonly List<(string Case, CaseActKind Kind)> _acts = [];
        private long _endMs;

        public FakeGateway Gateway { get; } = new(station);

        /// <param name="rig">The county.</param>
        /// <param name="between">Done now and then while things come; null = nothing.</param>
        public void Play(Rig rig, Action? between = null)
        {
            Write();
            List<EventRecord> waiting = [.. _events];
            uint epoch = 0;
            rig.NowMs = Math.Max(rig.NowMs, _endMs);
            while (waiting.Count > 0)
            {
                EventRecord first = waiting[_random.Next(waiting.Count)];
                if (first.Epoch != epoch)
                {
                    epoch = Gateway.Epoch = first.Epoch;
                    Gateway.Boot = _events.Where(r => r.Epoch == epoch).Max(r => r.Boot);
                    rig.Send(Gateway.NextSession());
                }

                EventRecord[] batch =
                [
                    .. waiting.Where(r => r.Epoch == epoch && r.LaneNumber == first.LaneNumber).OrderBy(_ => _random.Next())
                        .Take(_random.Next(1, 6)).OrderBy(r => r.Sequence),
                ];
                foreach (EventRecord r in batch)
                {
                    // What comes again may know its time by then.
                    if (_random.Next(4) != 0)
                    {
                        waiting.Remove(r);
                    }
                }

                rig.Send(Gateway.Batch(first.LaneNumber, 0, batch));
                rig.NowMs += _random.Next(1, 5_000);
                foreach (EventRecord r in batch.Where(r => r.UtcQuality == UtcQuality.Unknown && _random.Next(3) == 0))
                {
                    r.UtcQuality = UtcQuality.BackFilled;
                    r.UtcMs = TimeOf(r);
                }

                Act(rig);
                if (between is not null && _random.Next(4) == 0)
                {
                    between();
                }

                if (_random.Next(8) == 0)
                {
                    rig.NowMs += _random.Next(1, 200) * HourMs / 10;
                    rig.Desk.Tick(rig.Now);
                }
            }
        }

        private long TimeOf(EventRecord r) => StartMs + (r.Epoch * 100 * HourMs) + (r.Boot * 30 * HourMs) + r.UptimeMs;

        private void Write()
        {
            int lives = _random.Next(1, 3);
            for (uint epoch = 1; epoch <= lives; epoch++)
            {
                uint[] last = new uint[Lanes.Count];
                for (uint boot = 1; boot <= _random.Next(1, 4); boot++)
                {
                    long uptimeMs = _random.Next(1, 10_000);
                    bool knows = false;
                    for (int i = _random.Next(2, 16); i > 0; i--)
                    {
                        uptimeMs += _random.Next(1, 4) * (HourMs / 2);
                        knows |= _random.Next(5) == 0;
                        _events.Add(Event(epoch, boot, uptimeMs, knows, last));
                    }
                }
            }

            _endMs = _events.Max(TimeOf);
        }

        private EventRecord Event(uint epoch, uint boot, long uptimeMs, bool knows, uint[] last)
        {
            int lane = _random.Next(2);
            EventKind kind = lane == 0 ? s_fire[_random.Next(s_fire.Length)] : s_condition[_random.Next(s_condition.Length)];
            last[lane] += (uint)(_random.Next(6) == 0 ? 3 : 1);
            EventRecord record = Gateway.Record((Lane)lane, last[lane], kind, r =>
            {
                r.Epoch = epoch;
                r.Boot = boot;
                r.UptimeMs = uptimeMs;
                r.Zone = _random.Next(1, 4);
                r.ZoneKind = r.Zone == 3 ? ZoneKind.PumpNotAuto : ZoneKind.Smoke;
                r.Severity = (Severity)_random.Next((int)Severity.Low, (int)Severity.Major + 1);
                r.A = kind is EventKind.Chattering or EventKind.FaultRestored ? (int)FaultCause.Chatter : _random.Next(1, 3);
                r.B = _random.Next(0, 4);
                r.C = kind is EventKind.ClockMet or EventKind.ClockMissed ? _random.Next(0, (int)last[0] + 3) : 0;
                r.Value = _random.Next(100);
            });
            if (knows)
            {
                record.UtcQuality = UtcQuality.Synchronised;
                record.UtcMs = TimeOf(record);
            }

            return record;
        }

        /// <summary>People do something with some case; what is refused is no act.</summary>
        private void Act(Rig rig)
        {
            if (_random.Next(3) != 0)
            {
                return;
            }

            Case[] cases = [.. rig.Store.Cases(new CaseQuery { Station = station })];
            if (cases.Length == 0)
            {
                return;
            }

            CaseActKind kind = _random.Next(12) switch
            {
                11 => CaseActKind.PassUp,
                8 => CaseActKind.SetOut,
                9 => CaseActKind.Joined,
                10 => CaseActKind.Called,
                0 => CaseActKind.Take,
                1 => CaseActKind.Note,
                2 => CaseActKind.Close,
                3 => CaseActKind.Grade,
                _ => CaseActKind.Judge,
            };
            CaseRequest request = new()
            {
                Case = cases[_random.Next(cases.Length)].Id,
                Kind = kind,
                By = $"人{_random.Next(3)}",
                Level = _random.Next(2) == 0 ? EscalationLevel.County : (EscalationLevel)_random.Next(1, 4),
                Judgement = _random.Next(2) == 0 ? CaseJudgement.Real : CaseJudgement.False,
                Grade = (CaseGrade)_random.Next(1, 5),
                Cause = "粉尘",
                Party = kind is CaseActKind.SetOut or CaseActKind.Joined or CaseActKind.Called ? $"队{_random.Next(3)}" : "",
            };
            try
            {
                CaseDesk.Act(rig.Work, request, rig.NowMs);
                _acts.Add((request.Case, kind));
            }
            catch (CaseRefusedException)
            {
                return;
            }
        }
    }
}
