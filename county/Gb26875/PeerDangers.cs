// Owns: hidden dangers of other makers' boxes: which parts are in trouble, for how long, and what of it is told, as a gateway does itself.
// Must never: open a danger of what is over by then, or close one while any part of it is in trouble.

using System.Collections.Frozen;
using Gateway.Contract;

namespace Gateway.County.Gb26875;

/// <summary>
/// A place of dangers: a component with a zone, or, of all that has none, one of the kinds mains, battery, pump and other.
/// </summary>
internal readonly record struct DangerKey(uint Station, uint Epoch, int Zone, ZoneKind Kind);

/// <summary>What is in trouble there.</summary>
/// <param name="DueRunMs">When it is too long, or when the next hour of an open danger is over.</param>
/// <param name="Hours">Of an open danger; less than 0 = it is none yet.</param>
/// <param name="Fault">Sequence of the event with which the trouble began; 0 = not known.</param>
/// <param name="ZoneKind">What is watched there; a component may be told to be of another kind later.</param>
internal readonly record struct Trouble(long DueRunMs, int Hours, uint Fault, ZoneKind ZoneKind)
{
    public bool IsOpen => Hours >= 0;
}

/// <param name="entry">The transaction.</param>
/// <param name="memory">What is remembered between transactions.</param>
internal sealed class PeerDangers(PeerEntry entry, PeerMemory memory)
{
    /// <summary>The bits of each sort of part that are trouble.</summary>
    private static readonly FrozenDictionary<PeerPart, BitMeaning[]> s_troubles =
        ((PeerPart[])[PeerPart.Box, PeerPart.System, PeerPart.Component]).ToFrozenDictionary(
            what => what,
            what => StatusEvents.Of(what).ToArray().Where(bit => bit.Came is EventKind.Fault or EventKind.Supervisory).ToArray());

    /// <summary>A status of a part was kept.</summary>
    /// <param name="from">Whose.</param>
    /// <param name="part">With its new status.</param>
    /// <param name="before">Its status before.</param>
    /// <param name="fault">Sequence of the newest trouble that is told now; 0 = none.</param>
    public void Look(PeerRegistration from, PeerComponent part, int before, uint fault)
    {
        foreach (IGrouping<DangerKey, BitMeaning> bits in s_troubles[part.Key.What].GroupBy(bit => KeyOf(from, part, bit)))
        {
            int mask = Mask(bits);
            bool now = (part.Status & mask) != 0;
            if (now == ((before & mask) != 0))
            {
                continue;
            }

            if (now && !memory.Dangers.ContainsKey(bits.Key))
            {
                memory.PutDanger(bits.Key, new Trouble(entry.Now.RunMs + PeerLimits.DangerAfterMs, -1, fault, Shown(part, bits.First())));
            }
            else if (!now && memory.Dangers.TryGetValue(bits.Key, out Trouble trouble) && !AnyOther(bits.Key))
            {
                End(from, bits.Key, trouble);
            }
        }
    }

    /// <summary>What is in trouble for too long becomes a danger; open ones age.</summary>
    public void Pass(IReadOnlyDictionary<uint, PeerRegistration> peers)
    {
        foreach ((DangerKey key, Trouble trouble) in memory.DangersDue(entry.Now.RunMs))
        {
            if (peers.GetValueOrDefault(key.Station) is not { } from || from.Epoch != key.Epoch)
            {
                memory.RemoveDanger(key);
            }
            else if (!trouble.IsOpen)
            {
                Tell(from, key, EventKind.CaseOpened, Severity.General, trouble);
                Keep(key, trouble with { DueRunMs = entry.Now.RunMs + PeerLimits.DangerHourMs, Hours = 0 });
            }
            else
            {
                Trouble older = trouble with { DueRunMs = trouble.DueRunMs + PeerLimits.DangerHourMs, Hours = trouble.Hours + 1 };
                if (older.Hours is PeerLimits.DangerDayHours or PeerLimits.DangerWeekHours or PeerLimits.DangerRedHours)
                {
                    Severity severity = older.Hours == PeerLimits.DangerRedHours ? Severity.Larger : Severity.General;
                    Tell(from, key, EventKind.CaseAged, severity, older);
                }

                Keep(key, older);
            }
        }
    }

    /// <summary>After a start: open dangers go on, and what is in trouble begins to wait anew, as nobody counted meanwhile.</summary>
    public static void Recall(IPeerRows rows, IEnumerable<PeerRegistration> peers, PeerMemory memory, long runMs)
    {
        ILookup<uint, PeerDanger> open = rows.Dangers().ToLookup(danger => danger.Station);
        int any = Mask(s_troubles.Values.SelectMany(bits => bits));
        foreach (PeerRegistration peer in peers)
        {
            foreach (PeerDanger danger in open[peer.Station])
            {
                memory.PutDanger(
                    new DangerKey(peer.Station, peer.Epoch, danger.Zone, danger.Kind),
                    new Trouble(runMs + PeerLimits.DangerHourMs, danger.Hours, danger.Fault, danger.ZoneKind));
            }

            foreach (PeerComponent part in rows.ComponentsWith(peer.Station, any))
            {
                foreach (BitMeaning bit in s_troubles[part.Key.What].Where(bit => (part.Status & (1 << bit.Bit)) != 0))
                {
                    DangerKey key = KeyOf(peer, part, bit);
                    if (!memory.Dangers.ContainsKey(key))
                    {
                        memory.PutDanger(key, new Trouble(runMs + PeerLimits.DangerAfterMs, -1, 0, Shown(part, bit)));
                    }
                }
            }
        }
    }

    private static int Mask(IEnumerable<BitMeaning> bits) => bits.Aggregate(0, (all, bit) => all | (1 << bit.Bit));

    private static DangerKey KeyOf(PeerRegistration from, PeerComponent part, BitMeaning bit) => part.Zone > 0
        ? new DangerKey(from.Station, from.Epoch, part.Zone, ZoneKind.None)
        : new DangerKey(from.Station, from.Epoch, 0, bit.Zone);

    private static ZoneKind Shown(PeerComponent part, BitMeaning bit) =>
        part.Zone > 0 ? StatusEvents.Zone(part.Key.What, part.ComponentType) : bit.Zone;

    /// <summary>Whether another part is in the same trouble: only what has no zone shares a place.</summary>
    private bool AnyOther(DangerKey key)
    {
        if (key.Zone > 0)
        {
            return false;
        }

        foreach ((PeerPart what, BitMeaning[] bits) in s_troubles)
        {
            int mask = Mask(bits.Where(bit => bit.Zone == key.Kind));
            if (mask != 0 && entry.Peers.AnyWithoutZone(key.Station, what, mask))
            {
                return true;
            }
        }

        return false;
    }

    private void End(PeerRegistration from, DangerKey key, Trouble trouble)
    {
        memory.RemoveDanger(key);
        if (trouble.IsOpen)
        {
            Tell(from, key, EventKind.CaseClosed, Severity.None, trouble);
            entry.Peers.EndDanger(key.Station, key.Zone, key.Kind);
        }
    }

    private void Keep(DangerKey key, Trouble trouble)
    {
        memory.PutDanger(key, trouble);
        entry.Peers.Put(new PeerDanger(key.Station, key.Zone, key.Kind, trouble.ZoneKind, trouble.Hours, trouble.Fault));
    }

    private void Tell(PeerRegistration from, DangerKey key, EventKind kind, Severity severity, Trouble trouble)
    {
        EventRecord record = new()
        {
            Kind = kind,
            Severity = severity,
            Zone = key.Zone,
            ZoneKind = trouble.ZoneKind,
            A = (int)trouble.Fault,
        };
        if (kind != EventKind.CaseOpened)
        {
            record.Value = trouble.Hours * (PeerLimits.DangerHourMs / 1_000);
            record.Unit = Contract.Unit.Second;
        }

        entry.Add(from, record, 0, null);
    }
}
