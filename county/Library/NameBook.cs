// Owns: keeping stations' tables of names, which settings were in force in which start, and when a station is asked for a table.
// Must never: cost a quiet heartbeat a statement, or let an alarm wait for a name.

using Gateway.Contract;

namespace Gateway.County;

/// <summary>With the rows of one transaction; what it learnt is remembered after the commit.</summary>
internal sealed class NameBook(
    IStoreTransaction rows, NameWaits waits, SessionBook sessions, PresenceBook presence, LedgerResult result, Instant now, WorkBook work)
{
    private readonly Dictionary<uint, (BootKey Boot, uint Crc)> _learnt = [];

    /// <summary>An accepted message.</summary>
    public void Take(SignedMessage message)
    {
        MessageHeader h = message.Header;
        BootKey boot = new(h.Station, h.Epoch, h.Boot);
        if (message.Names is { } part)
        {
            rows.Put(part, now.UtcMs);
            rows.ForgetNames(h.Station, CountyLimits.NameTablesMax);
            work.Add(h.Station, 2);
            result.NamesCame.Add(h.Station);
            Learn(boot, part.SettingsCrc);
        }

        if (message.Heartbeat is { SettingsCrc: > 0 and uint crc })
        {
            Learn(boot, crc);
            Ask(message, crc);
        }
    }

    /// <summary>A start that tells its settings.</summary>
    public void Started(StoredEvent e)
    {
        if (e.Record is { Kind: EventKind.Started, A: not 0 } r)
        {
            Learn(e.BootKey, (uint)r.A);
        }
    }

    private void Learn(BootKey boot, uint crc)
    {
        (BootKey Boot, uint Crc)? known = _learnt.TryGetValue(boot.Station, out (BootKey, uint) now1) ? now1 : waits.Known(boot.Station);
        if (known == (boot, crc))
        {
            return;
        }

        work.Add(boot.Station, 1);
        if (rows.SettingsAt(boot) != crc)
        {
            rows.PutSettings(boot, crc, now.UtcMs);
            rows.ForgetSettings(boot.Station, CountyLimits.SettingsChangesMax);
            work.Add(boot.Station, 2);
        }

        _learnt[boot.Station] = (boot, crc);
        result.SettingsLearnt.Add((boot, crc));
    }

    private void Ask(SignedMessage message, uint crc)
    {
        uint station = message.Header.Station;
        bool able = sessions.Of(message).Abilities.HasFlag(HelloAbility.Names);
        if (!able || !waits.MayAsk(station, crc, now) || result.NamesAsked.Contains((station, crc)))
        {
            return;
        }

        work.Add(station, 1);
        if (NamesRow.Whole(rows.Names(station, crc)))
        {
            result.NamesWhole.Add((station, crc));
            return;
        }

        result.NamesAsked.Add((station, crc));
        result.Answers.Add(new Answer(message, MessageType.Ask, presence.NextCounter(station), [], DecodeResult.Ok, crc));
    }
}

/// <summary>What this process knows of stations' settings and names; only of what is committed.</summary>
internal sealed class NameWaits
{
    private readonly Dictionary<uint, (BootKey Boot, uint Crc)> _known = [];
    private readonly Dictionary<uint, uint> _whole = [];
    private readonly Dictionary<uint, long> _askedRunMs = [];

    public (BootKey Boot, uint Crc)? Known(uint station) =>
        _known.TryGetValue(station, out (BootKey, uint) known) ? known : null;

    /// <summary>Whether the station's table is not known to be whole, and no question is new.</summary>
    public bool MayAsk(uint station, uint crc, Instant now) =>
        !(_whole.TryGetValue(station, out uint whole) && whole == crc)
        && (!_askedRunMs.TryGetValue(station, out long asked) || now.RunMs - asked >= CountyLimits.NamesAskMs);

    /// <summary>After the commit.</summary>
    public void Took(LedgerResult result, Instant now)
    {
        foreach (SignedMessage hello in result.Answers.Where(a => a.Type == MessageType.Welcome).Select(a => a.To))
        {
            _askedRunMs.Remove(hello.Header.Station);
        }

        result.SettingsLearnt.ForEach(learnt => _known[learnt.Boot.Station] = (learnt.Boot, learnt.Crc));
        result.NamesCame.ForEach(station => _whole.Remove(station));
        result.NamesWhole.ForEach(one => _whole[one.Station] = one.Crc);
        result.NamesAsked.ForEach(one => _askedRunMs[one.Station] = now.RunMs);
    }
}
