// Owns: when the siren may be off in a fire.
// Must never: ask the panel why; keys and commands are the world's.

using Gateway.Contract;
using Gateway.Core;
using Gateway.County;

namespace Gateway.Simulation;

public sealed partial class World
{
    /// <summary>In an entry of the panel: behind its head, the third number.</summary>
    private const int JournalFlagsAt = 4 + (2 * 4);

    private long _backAtMs = long.MinValue;
    private bool _backUnkept;
    private int _backTicks;
    private bool _silenceInJournal;

    /// <summary>A silenced siren that sounds again must be silenced again; a zone that had rested long enough makes it sound.</summary>
    private void SeeSiren(int latched, int anew)
    {
        bool on = _board.Output[(int)OutputRole.Siren];
        for (int zone = 0; !on && !DelayHolds && !IsPlayed(latched) && zone < _swarm.Zones; zone++)
        {
            if ((anew & (1 << zone)) != 0 && _inputs.RestedMs(zone) >= Limits.ResoundRestMs)
            {
                long restedMs = _inputs.RestedMs(zone);
                throw new ViolationException($"late: zone {zone + 1} signals anew after a rest of {restedMs} ms, and the siren is off");
            }
        }

        if (latched != 0 && on && !_sirenWasOn)
        {
            _alarmAtMs = _nowMs;
            _backAtMs = (latched & ~_latched) == 0 && anew == 0 ? _nowMs : _backAtMs;
            _backUnkept = _backAtMs == _nowMs && _silenceInJournal;
            _backTicks = 0;
        }

        _sirenWasOn = on || IsPlayed(latched);
    }

    /// <summary>
    /// No record says that the siren came back by itself, only the journal's next entry: a tick or two in which power leaves the silence
    /// that was.
    /// </summary>
    private void CheckBack()
    {
        _backUnkept &= _silenceInJournal && _alarmAtMs == _backAtMs;
        _backTicks++;
        bool keeps = !_swarm.Damages && _swarm.RefuseEveryMs == 0 && _swarm.FullEveryMs == 0;
        if (_backUnkept && keeps && _backTicks > DurableTicksMax)
        {
            throw new ViolationException($"late: the siren came back {_backTicks} ticks ago, and the journal still has the silence");
        }
    }

    /// <summary>What the journal now has of the silence.</summary>
    private void SeeJournal(FlashArea area, ReadOnlySpan<byte> entries)
    {
        for (int at = 0; area == FlashArea.Journal && at + Limits.JournalEntryBytes <= entries.Length; at += Limits.JournalEntryBytes)
        {
            _silenceInJournal = (JournalKey)entries[at + 1] == JournalKey.Panel ? (entries[at + JournalFlagsAt] & 1) != 0
                : _silenceInJournal;
        }
    }

    /// <summary>Siren off in a fire: only when someone silenced it after the last new alarm.</summary>
    private void CheckSiren(MainLoop loop, int latched)
    {
        bool silent = latched != 0 && !DelayHolds && !IsPlayed(latched) && !_board.Output[(int)OutputRole.Siren];

        // A key counts a few samples after it is pressed, so it may have been pressed before the alarm that it silences.
        bool byKey = _inputs.SilenceAtMs >= _alarmAtMs - 1_000;
        bool byCounty = _swarm.RemoteSilence && _nowMs <= _silenceUntilMs;
        _silencedInFire = latched != 0 && (_silencedInFire || byKey || byCounty) && _alarmAtMs != _nowMs;
        if (silent && (!loop.Panel.Silenced || !(_silencedInFire || _swarm.Damages)))
        {
            throw new ViolationException($"zones {latched:x} are in fire, nobody silenced, and the siren is off");
        }
    }
}
