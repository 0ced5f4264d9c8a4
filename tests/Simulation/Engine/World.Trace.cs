// Owns: what a run tells of itself, line by line, for whoever looks for a cause.
// Must never: do anything when nobody looks.

using System.Globalization;
using Gateway.Contract;
using Gateway.Core;
using Gateway.County;

namespace Gateway.Simulation;

public sealed partial class World
{
    public void Trace(string text) => _trace?.Append(CultureInfo.InvariantCulture, $"{_nowMs,9} {text}\n");

    private void Publish(Outgoing answer)
    {
        if (answer.Topic != _topics.Down)
        {
            return;
        }

        if (_trace is not null)
        {
            MessageHeader header = new();
            DecodeResult result = header.DecodeDown(answer.Payload, answer.Payload.Length);
            uint[] held = new uint[Lanes.Count];
            DecodeResult body = header.Type == MessageType.Welcome
                ? Welcome.Decode(answer.Payload, answer.Payload.Length, held)
                : HeldThrough.Decode(answer.Payload, answer.Payload.Length, held);
            string session = $"{header.Boot}/{header.Session}";
            Trace($"county answers {(int)header.Type:x2} ({(int)result}/{(int)body}) session {session} held {held[0]}/{held[1]}/{held[2]}");
        }

        Told(answer.Payload);
        _network.Answer(_swarm.StrangePercent > 0 && _chance.Percent(_strangePercent) ? Strange(answer) : answer);
    }

    private void TraceFlash()
    {
        if (_trace is null)
        {
            return;
        }

        foreach (((FlashArea area, int number), byte[] file) in Flash.Files.OrderBy(f => f.Key))
        {
            bool records = (int)area < Lanes.Count || area == FlashArea.Kept;
            List<string> texts = [];
            for (int at = 0; at < file.Length; at += EventRecord.Size)
            {
                texts.Add(records ? RecordText(file, at) : $"{file[at]:x2}");
            }

            Trace($"file {(int)area}/{(uint)number}: {string.Join(' ', texts)}");
        }
    }

    private static string RecordText(byte[] file, int at) =>
        EventRecord.Check(file, at, Math.Min(file.Length, at + EventRecord.Size)) == DecodeResult.Ok
            ? $"{EventRecord.SequenceOf(file, at)}({EventKinds.Code((EventKind)Bytes.U16(file, at + 2))})"
            : "bad";

    private static string LanesIn(EventLog? log) => log is null
        ? "off"
        : string.Join(", ", Enumerable.Range(0, 3).Select(lane => log.At((Lane)lane)).Select(l =>
            $"{l.Oldest}..{l.Last} durable {l.Durable} held {l.Held}"));
}
