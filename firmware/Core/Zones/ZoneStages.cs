// Owns: what becomes of a zone's settled class over time: delay, verification, and the cap on chatter.
// Must never: hold back a fire because of chatter, or let a fault count as activation.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// A zone that becomes active is confirmed at once, after it stayed active for its delay, or when it is active again at the end of its
    /// verification window.
    /// States of a zone: quiet, delaying, verifying, confirmed (picture in ARCHITECTURE.md). Bits are by index.
    /// </summary>
    public sealed class ZoneStages
    {
        private const byte Quiet = 0;
        private const byte Delaying = 1;
        private const byte Verifying = 2;
        private const byte Confirmed = 3;

        private readonly Settings _settings;
        private readonly byte[] _stage;
        private readonly InputClass[] _class;
        private readonly byte[] _troubles;

        /// <summary>The lower half of the time at which a delay or a verification ends; null where no zone has one.</summary>
        private readonly int[] _dueMs;
        private readonly NewestZones _newest;
        private long _hourEndsMs = Limits.HourMs;
        private long _seenMs = Limits.FirstLookMs;
        private ZoneSet _waiting;

        public ZoneStages(Settings settings)
        {
            _settings = settings;
            int places = settings.Places;
            _stage = new byte[places];
            _class = new InputClass[places];
            _troubles = new byte[places];
            bool waits = false;
            for (int i = 0; i < settings.ZoneCount; i++)
            {
                waits |= settings.ZoneDelayS[i] != 0 || settings.ZoneVerifyS[i] != 0;
            }

            _dueMs = waits ? new int[places] : null;
            _newest = new NewestZones(places);
        }

        /// <summary>Zones whose input is active now.</summary>
        public ZoneSet Active { get; private set; }

        /// <summary>Active zones that are through their delay or verification.</summary>
        public ZoneSet ConfirmedZones { get; private set; }

        /// <summary>Zones whose last confirmation came after a rest of <see cref="Limits.ResoundRestMs"/>.</summary>
        public ZoneSet Rested { get; private set; }

        /// <summary>Zones whose wiring is short, open or unreadable.</summary>
        public ZoneSet Broken { get; private set; }

        /// <summary>Zones that had more troubles this hour than their cap.</summary>
        public ZoneSet Chattering { get; private set; }

        /// <summary>Zones of whose input nothing can be said yet after a start.</summary>
        public ZoneSet Unseen { get; private set; } = ZoneSet.All;

        /// <summary>Zones whose signal goes on since before the start: when it began is not known any more.</summary>
        public ZoneSet SinceBefore { get; private set; }

        /// <summary>When something is due without a change; far away otherwise.</summary>
        public long DueMs { get; private set; } = Limits.HourMs;

        /// <summary>A start: inputs are not known yet, and what went over its cap before goes on until it has kept to it.</summary>
        /// <param name="signalled">Zones that signalled before it.</param>
        public void Begin(ZoneSet chattering, ZoneSet signalled, long nowMs)
        {
            Chattering = chattering;
            SinceBefore = signalled;
            _seenMs = nowMs + Limits.FirstLookMs;
            Plan(nowMs);
        }

        /// <summary>Troubles of a zone in this hour, 0..255.</summary>
        public int Troubles(int zone)
        {
            return _troubles[zone];
        }

        /// <summary>The class that a zone settled to, see <see cref="InputClass"/>.</summary>
        public InputClass ClassOf(int zone)
        {
            return _class[zone];
        }

        /// <summary>What is wrong with a zone, see <see cref="FaultCause"/>.</summary>
        public FaultCause CauseOf(int zone)
        {
            bool analog = _settings.ZoneWiring[zone] >= Wiring.Current;
            switch (_class[zone])
            {
                case InputClass.Short:
                    return analog ? FaultCause.AboveRange : FaultCause.ShortCircuit;
                case InputClass.Open:
                    return analog ? FaultCause.BelowRange : FaultCause.OpenCircuit;
                case InputClass.Unreadable:
                    return FaultCause.NotRead;
                case InputClass.Unsteady:
                    return FaultCause.Unsteady;
                default:
                    return FaultCause.Reported;
            }
        }

        /// <summary>When a zone was last confirmed active; very long ago if never.</summary>
        public long LastConfirmedMs(int zone)
        {
            return _newest.AtMs(zone);
        }

        /// <summary>
        /// Since when at least this many of these zones have been confirmed active, without those that were active before the start; very
        /// long ago if there were never that many.
        /// </summary>
        public long ConfirmedMs(ZoneSet zones, int many)
        {
            return _newest.NthMs(zones & ~SinceBefore, many);
        }

        /// <summary>Takes the changes of a scan and lets due times pass.</summary>
        /// <param name="excused">Zones whose troubles are not counted: somebody works on them.</param>
        public void Step(ZoneScan scan, ZoneSet changed, ZoneSet excused, long nowMs)
        {
            bool any = changed != 0;
            for (; changed != 0; changed &= changed - 1)
            {
                int i = Bits.Lowest(changed);
                ZoneSet bit = (ZoneSet)(1 << i);
                Change(i, bit, scan.Settled(i), (excused & bit) == 0, nowMs);
            }

            if (Unseen != 0)
            {
                Look(scan, nowMs);
                any = true;
            }

            if (nowMs >= DueMs)
            {
                PassDue(nowMs);
                any = true;
            }

            if (any)
            {
                Plan(nowMs);
            }
        }

        /// <summary>
        /// An input is seen once it settled, or was looked at so often that it would have; in slow ticks time
        /// does not tell.
        /// </summary>
        private void Look(ZoneScan scan, long nowMs)
        {
            if (nowMs >= _seenMs && scan.Looked)
            {
                Unseen &= scan.Restless;
            }
        }

        private void Change(int zone, ZoneSet bit, InputClass settled, bool counts, long nowMs)
        {
            InputClass before = _class[zone];
            _class[zone] = settled;
            bool goesOn = (Unseen & bit) != 0 && settled == InputClass.Active;
            SinceBefore &= goesOn ? ZoneSet.All : ~bit;
            Unseen &= ~bit;
            if (before == InputClass.Active)
            {
                Active &= ~bit;
                if (_stage[zone] == Confirmed)
                {
                    _newest.Note(zone, nowMs);
                    ConfirmedZones &= ~bit;
                }

                if (_stage[zone] != Verifying)
                {
                    _stage[zone] = Quiet;
                    _waiting &= ~bit;
                }
            }

            Broken = settled >= InputClass.Short ? Broken | bit : Broken & ~bit;
            if (settled != InputClass.Normal && counts)
            {
                CountTrouble(zone, bit);
            }

            if (settled == InputClass.Active)
            {
                Active |= bit;
                if (_stage[zone] == Quiet)
                {
                    BecomesActive(zone, bit, nowMs);
                }
            }
        }

        private void BecomesActive(int zone, ZoneSet bit, long nowMs)
        {
            int delayS = _settings.ZoneDelayS[zone];
            int verifyS = _settings.ZoneVerifyS[zone];
            if (delayS > 0 || verifyS > 0)
            {
                _stage[zone] = delayS > 0 ? Delaying : Verifying;
                _dueMs[zone] = (int)nowMs + (delayS > 0 ? delayS : verifyS) * 1000;
                _waiting |= bit;
                return;
            }

            Confirm(zone, bit, nowMs);
        }

        private void Confirm(int zone, ZoneSet bit, long nowMs)
        {
            _stage[zone] = Confirmed;
            _waiting &= ~bit;
            Rested = nowMs - _newest.AtMs(zone) >= Limits.ResoundRestMs ? Rested | bit : Rested & ~bit;
            _newest.Note(zone, nowMs);
            ConfirmedZones |= bit;
        }

        private void PassDue(long nowMs)
        {
            for (int i = 0; i < _settings.ZoneCount; i++)
            {
                ZoneSet bit = (ZoneSet)(1 << i);
                if ((_waiting & bit) == 0 || (int)nowMs - _dueMs[i] < 0)
                {
                    continue;
                }

                if ((Active & bit) != 0)
                {
                    Confirm(i, bit, nowMs);
                }
                else
                {
                    // Verification ended with a quiet zone: it was not confirmed.
                    _stage[i] = Quiet;
                    _waiting &= ~bit;
                }
            }

            if (nowMs >= _hourEndsMs)
            {
                EndHour(nowMs);
            }
        }

        /// <summary>A zone that kept to its cap for a whole hour is no longer chattering.</summary>
        private void EndHour(long nowMs)
        {
            _hourEndsMs = nowMs + Limits.HourMs;
            ZoneSet chattering = 0;
            for (int i = 0; i < _settings.ZoneCount; i++)
            {
                if (_troubles[i] > _settings.ZoneChatter[i])
                {
                    chattering |= (ZoneSet)(1 << i);
                }

                _troubles[i] = 0;
            }

            Chattering &= chattering;
        }

        private void CountTrouble(int zone, ZoneSet bit)
        {
            if (_troubles[zone] < byte.MaxValue)
            {
                _troubles[zone]++;
            }

            if (_troubles[zone] > _settings.ZoneChatter[zone])
            {
                Chattering |= bit;
            }
        }

        private void Plan(long nowMs)
        {
            long due = long.MaxValue;
            if (_waiting != 0)
            {
                for (int i = 0; i < _settings.ZoneCount; i++)
                {
                    long dueMs = nowMs + (_dueMs[i] - (int)nowMs);
                    if ((_waiting & (ZoneSet)(1 << i)) != 0 && dueMs < due)
                    {
                        due = dueMs;
                    }
                }
            }

            due = Unseen != 0 && _seenMs < due ? _seenMs : due;
            DueMs = _hourEndsMs < due ? _hourEndsMs : due;
        }
    }
}
