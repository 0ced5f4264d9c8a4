// Owns: what goes between gateway and county: order, and what is held.
// Must never: believe a cursor that no answer moved.

using Gateway.Contract;
using Gateway.Core;
using Gateway.County;

namespace Gateway.Simulation;

public sealed partial class World
{
    /// <summary>The gateway holds nothing for held that the county never said.</summary>
    private void CheckCursors(EventLog log)
    {
        for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
        {
            if (log.At(lane).Held == _heldSeen[(int)lane])
            {
                continue;
            }

            // In a session only its own answers count: what was said in an older one may be said again by anybody.
            bool more = log.At(lane).Held > _heldSeen[(int)lane];
            _heldSeen[(int)lane] = log.At(lane).Held;
            uint told = _told.GetValueOrDefault((log.Epoch, log.Boot, _sessionNow, lane));
            if (more && log.At(lane).Held > told)
            {
                throw new ViolationException(
                    $"cursor: lane {(int)lane} is taken for held through {log.At(lane).Held}, the county said {told}");
            }
        }
    }

    /// <summary>What an answer says, whether it arrives or not.</summary>
    private void Told(byte[] answer)
    {
        MessageHeader header = new();
        uint[] held = new uint[Lanes.Count];
        bool good = header.DecodeDown(answer, answer.Length) == DecodeResult.Ok && header.Type switch
        {
            MessageType.Welcome => Welcome.Decode(answer, answer.Length, held) == DecodeResult.Ok,
            MessageType.Held => HeldThrough.Decode(answer, answer.Length, held) == DecodeResult.Ok,
            _ => false,
        };
        for (Lane lane = Lane.Fire; good && (int)lane < Lanes.Count; lane++)
        {
            uint stored = _county.Store.Held(new LaneKey(Station, header.Epoch, lane));
            if (held[(int)lane] > stored)
            {
                throw new ViolationException($"acknowledged: lane {(int)lane} through {held[(int)lane]}, committed is {stored}");
            }

            (uint, uint, uint, Lane) key = (header.Epoch, header.Boot, header.Session, lane);
            _told[key] = Math.Max(held[(int)lane], _told.GetValueOrDefault(key));
        }

        if (good && header.Type == MessageType.Welcome)
        {
            NoteWelcome(header);
        }
    }

    private void GatewaySends(LinkLeaf leaf, ReadOnlyMemory<byte> message)
    {
        if (leaf == LinkLeaf.Hello)
        {
            _fireSent = 0;
            MessageHeader header = new();
            byte[] hello = message.ToArray();
            _sessionNow = header.DecodeUp(hello, hello.Length) == DecodeResult.Ok ? header.Session : 0;
        }

        if ((Lane)leaf > Lane.Routine)
        {
            return;
        }

        byte[] bytes = message.ToArray();
        int count = Batch.CountOf(bytes);
        uint last = EventRecord.SequenceOf(bytes, Batch.RecordsAt + ((count - 1) * EventRecord.Size));
        LaneLog fire = _loop!.Log.At(Lane.Fire);
        Trace($"batch lane {(int)leaf} after {Batch.AfterOf(bytes)}: {count} through {last}");
        if ((Lane)leaf == Lane.Fire)
        {
            // What the county asked to have again comes with old numbers between the new ones.
            _fireSent = _swarm.CommandEveryMs > 0 ? Math.Max(_fireSent, last) : last;
        }
        else if (fire.Durable > Math.Max(_fireSent, fire.Held) && !_swarm.Damages && _swarm.NoRoomPercent == 0)
        {
            throw new ViolationException($"order: lane {(int)leaf} is sent while fire {fire.Durable} waits (sent {_fireSent})");
        }
    }

    private void Stored(StoredEvent stored)
    {
        EventRecord r = stored.Record;
        if (r.Station != Station)
        {
            return;
        }

        string details = $"zone {r.Zone} value {r.Value} {r.A}..{r.B}";
        Trace($"county stores {r.Epoch:x8} lane {(int)r.LaneNumber} number {r.Sequence}: {EventKinds.Code(r.Kind)} {details}");
        if (_truth.Stored(stored) is { } alarm)
        {
            alarm.AtCounty = true;
        }

        if (r.Kind is EventKind.CommandDone or EventKind.CommandRefused)
        {
            CheckAnswer(r);
        }
    }
}
