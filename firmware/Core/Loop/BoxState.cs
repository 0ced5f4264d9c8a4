// Owns: how the box itself fares, and when that is worth a record.
// Must never: measure anything: the platform says what it has seen.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// Longest time between two ticks, memory that is left, longest write: a box that will fail shows it there for days. One record a day,
    /// the first soon after the start, and one at once where a figure passes its limit, at most one an hour.
    /// </summary>
    public sealed class BoxState
    {
        private readonly EventLog _log;
        private int _gapMs;
        private int _freeBytes;
        private int _nativeBytes;
        private long _toldMs = -Limits.HourMs;

        /// <summary>When <see cref="Tell"/> has something to do; far away until the platform has said something.</summary>
        public long DueMs = long.MaxValue;

        public BoxState(EventLog log)
        {
            _log = log;
        }

        /// <summary>Two ticks began so far apart.</summary>
        public void NoteGap(int ms, long nowMs)
        {
            if (ms > _gapMs)
            {
                _gapMs = ms;
                Expect(ms >= Limits.BoxGapMs, nowMs);
            }
        }

        /// <summary>So much memory is free, in bytes; 0 = not known. The least since the last record counts.</summary>
        public void NoteFree(int programBytes, int nativeBytes, long nowMs)
        {
            _freeBytes = Least(_freeBytes, programBytes);
            _nativeBytes = Least(_nativeBytes, nativeBytes);
            bool low = (_freeBytes > 0 && _freeBytes < Limits.BoxFreeBytes) || (_nativeBytes > 0 && _nativeBytes < Limits.BoxNativeBytes);
            Expect(low, nowMs);
        }

        /// <summary>Writes the record, and begins anew.</summary>
        public void Tell(long nowMs)
        {
            _log.BoxState(_gapMs, _freeBytes, _nativeBytes, nowMs);
            _gapMs = 0;
            _freeBytes = 0;
            _nativeBytes = 0;
            _toldMs = nowMs;
            DueMs = nowMs + Limits.BoxStateMs;
        }

        private void Expect(bool ill, long nowMs)
        {
            long hourMs = _toldMs + Limits.HourMs;
            long dueMs = !ill ? nowMs + Limits.BoxStateFirstMs : hourMs > nowMs ? hourMs : nowMs;
            if (DueMs == long.MaxValue || (ill && dueMs < DueMs))
            {
                DueMs = dueMs;
            }
        }

        private static int Least(int before, int bytes)
        {
            return before == 0 || (bytes > 0 && bytes < before) ? bytes : before;
        }
    }
}
