// Owns: keeping stations' tables of names, which settings were in force in which start, and when a station is asked for a table.
// Must never: cost a quiet heartbeat a statement, or let an alarm wait for a name.

using Gateway.Contract;

namespace Gateway.County;

/// <summary>With the rows of one transaction; what it learnt is remembered after the commit.</summary>
internal sealed class NameBook(
    IStoreTransaction rows, NameWaits waits, PresenceBook presence, LedgerResult result, Instant now, WorkBook work)
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
        if (!waits.MayAsk(message.Header, crc, now) || result.NamesAsked.Contains((station, crc)))
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
    private readonly Dictionary<uint, (uint Epoch, uint Boot, uint Session)> _able = [];
    private readonly Dictionary<uint, uint> _whole = [];
    private readonly Dictionary<uint, long> _askedRunMs = [];

    public (BootKey Boot, uint Crc)? Known(uint station) =>
        _known.TryGetValue(station, out (BootKey, uint) known) ? known : null;

    /// <summary>Whether the session's hello said that it can, and its table is not known to be whole, and no question is new.</summary>
    public bool MayAsk(MessageHeader h, uint crc, Instant now) =>
        _able.TryGetValue(h.Station, out (uint, uint, uint) able) && able == (h.Epoch, h.Boot, h.Session)
        && !(_whole.TryGetValue(h.Station, out uint whole) && whole == crc)
        && (!_askedRunMs.TryGetValue(h.Station, out long asked) || now.RunMs - asked >= CountyLimits.NamesAskMs);

    /// <summary>After the commit.</summary>
    public void Took(LedgerResult result, Instant now)
    {
        foreach (SignedMessage hello in result.Answers.Where(a => a.Type == MessageType.Welcome).Select(a => a.To))
        {
            MessageHeader h = hello.Header;
            bool able = hello.Hello is { } said && said.Abilities.HasFlag(HelloAbility.Names);
            _askedRunMs.Remove(h.Station);
            _able.Remove(h.Station);
            if (able)
            {
                _able.Add(h.Station, (h.Epoch, h.Boot, h.Session));
            }
        }

        result.SettingsLearnt.ForEach(learnt => _known[learnt.Boot.Station] = (learnt.Boot, learnt.Crc));
        result.NamesCame.ForEach(station => _whole.Remove(station));
        result.NamesWhole.ForEach(one => _whole[one.Station] = one.Crc);
        result.NamesAsked.ForEach(one => _askedRunMs[one.Station] = now.RunMs);
    }
}
