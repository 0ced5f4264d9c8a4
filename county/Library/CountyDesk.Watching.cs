// Owns: what the county looks at by time: the registry, its own clock, alarms that wait, stations that fell silent.
// Must never: store or answer a message.

using Gateway.Contract;

namespace Gateway.County;

public sealed partial class CountyDesk
{
    private bool LookAtRegistry()
    {
        long version = _store.RegistryVersion();
        if (version == _registryVersion)
        {
            return false;
        }

        Admit(version);
        return true;
    }

    /// <summary>Takes the registry over, and tells of those who are gone from it: they are nowhere present any more.</summary>
    private void Admit(long version)
    {
        StationRegistration[] before = [.. _heardRunMs.Keys.Select(Find).OfType<StationRegistration>()];
        _gate.Admit(_store.Stations());
        AdmitPeers();
        _registryVersion = version;
        foreach (StationRegistration gone in before.Where(one => Find(one.Station) is null))
        {
            _heardRunMs.Remove(gone.Station);
            _quiet.Remove(gone.Station);
            _observer.PresenceChanged(gone, PresenceChange.Removed);
        }
    }

    /// <summary>
    /// A key that was replaced ends at once: what it signed and waited here is not stored any more.
    /// </summary>
    private IReadOnlyList<SignedMessage> WithoutEndedKeys(IReadOnlyList<SignedMessage> messages, Instant now)
    {
        if (!LookAtRegistry() && messages.All(m => IsGood(m)))
        {
            return messages;
        }

        List<SignedMessage> good = [];
        foreach (SignedMessage message in messages)
        {
            if (IsGood(message))
            {
                good.Add(message);
            }
            else
            {
                _refusals.Count(message.From.Station, DecodeResult.WrongSignature, message.Topic, now.UtcMs);
            }
        }

        return good;
    }

    /// <summary>A station that is removed meanwhile is left to the next message: what it sent before counts.</summary>
    private bool IsGood(SignedMessage message) =>
        _gate.Find(message.From.Station) is not { } station || station.Key.Id == message.Key.Id || station.NextKey?.Id == message.Key.Id;

    private void LookAtClock(Instant now)
    {
        bool good = _clock.Judge(now);
        if (_clock.News() is { } news)
        {
            _observer.ClockTrusted(news, now.UtcMs, _clock.TrustedMs(now));
        }

        if (good && now.IsPast(_clockNotedRunMs, CountyLimits.ClockNoteMs))
        {
            _clockNotedRunMs = now.RunMs;
            _store.NoteTrusted(now.UtcMs);
        }
    }

    private void Escalate(Instant now)
    {
        if (_statesAtStart is { } states)
        {
            _hidden.Restore(states, now);
            _statesAtStart = null;
        }

        EscalationBook book;
        IReadOnlyList<CaseChange> cases = [];
        IReadOnlyList<Escalation> calling;
        IReadOnlyList<Escalation> unheard;
        List<uint> hidden = [];
        using (IStoreTransaction rows = _store.Begin())
        {
            book = new EscalationBook(rows, _options, _alarmWaits, now);
            foreach (FireBeat beat in _hidden.Due(now))
            {
                uint held = rows.Lane(new LaneKey(beat.Station, beat.Epoch, Lane.Fire))?.Held ?? 0;
                if (_hidden.Confirm(beat, HiddenFires.IsHidden(rows, beat, held), held, now))
                {
                    book.BeginHidden(beat, rows.State(beat.Station)?.ZonesFire ?? 0);
                    hidden.Add(beat.Station);
                }
            }

            book.Pass();
            unheard = _pageWaits.Due(
                book.Waiting(0), station => Find(station)?.Township ?? "", open => NewCases(rows, now)?.IsTaken(open) == true, now);
            foreach (Escalation open in unheard)
            {
                book.RaiseOne(open);
            }

            _calledOut.IntersectWith(book.Waiting(0).Select(open => open.Alarm));
            calling = _options.CalloutAfterMs == 0 ? []
                : [.. book.Waiting(_options.CalloutAfterMs).Where(open => !_calledOut.Contains(open.Alarm))];
            if (book.Changed.Count > 0 || calling.Count > 0)
            {
                cases = RaiseCases(rows, book.Changed, calling, now);
                rows.Commit();
            }
        }

        _calledOut.UnionWith(calling.Select(open => open.Alarm));
        hidden.ForEach(_hidden.Told);
        TellCases(cases);
        foreach (Escalation open in unheard)
        {
            _pageWaits.Told(open, Find(open.Alarm.Station));
        }

        foreach (Escalation escalation in book.Changed)
        {
            if (Find(escalation.Alarm.Station) is { } station)
            {
                _observer.Escalated(station, escalation);
            }
        }
    }

    private void FindSilent(Instant now)
    {
        _startedRunMs ??= now.RunMs;
        uint[] silent = [.. _heardRunMs.Keys.Where(s => !_quiet.Contains(s) && IsSilent(s, now) && Find(s) is not null)];
        if (silent.Length == 0)
        {
            return;
        }

        using (IStoreTransaction rows = _store.Begin())
        {
            foreach (uint station in silent)
            {
                if (rows.State(station) is { } state)
                {
                    state.Silent = true;
                    rows.Put(state);
                }
            }

            rows.Commit();
        }

        foreach (uint station in silent)
        {
            _quiet.Add(station);
            _observer.PresenceChanged(Find(station)!, PresenceChange.Silent);
        }
    }

    /// <summary>Nobody could be heard while the county was down, so silence is counted from its start at the earliest.</summary>
    private bool IsSilent(uint station, Instant now) =>
        now.RunMs - (_heardRunMs.GetValueOrDefault(station) ?? _startedRunMs ?? now.RunMs) > _beats.LimitMs(station);
}
