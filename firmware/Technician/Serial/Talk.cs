// Owns: asking something over a serial port and hearing the answer, or saying why none came.
// Must never: take noise, an echo, or half an answer of a pulled cable for an answer.

using System.Text;

namespace Gateway.Technician.Serial;

internal static class Talk
{
    /// <summary>The text that came after a line was sent; its lines end with \n.</summary>
    /// <param name="end">What ends the answer, so that nobody waits for more; null = nobody knows.</param>
    /// <exception cref="TroubleException">Nothing came, or no text, or only what was sent; or the port went away.</exception>
    public static string Ask(SerialPorts ports, Tongue tongue, ISerialLine line, string question, string? end = null)
    {
        byte[] sent = Encoding.UTF8.GetBytes(question + "\r\n");
        line.Write(sent);
        byte[] heard = Hear(ports, line, end is null ? [] : Encoding.UTF8.GetBytes(end));
        if (heard.Length == 0)
        {
            throw PortTrouble.Of(tongue, PortFault.Silent, line.Name);
        }

        string text = Encoding.UTF8.GetString(heard).ReplaceLineEndings("\n");
        int bad = text.Count(c => c == '\uFFFD' || (c < ' ' && c is not ('\n' or '\t' or '\u001B')));
        if (bad * 100 > text.Length * TechnicianLimits.GarbagePerHundredMax)
        {
            throw PortTrouble.Of(tongue, PortFault.Garbage, line.Name);
        }

        // A console may repeat what is typed before it answers; a wire that joins both ends does nothing else.
        List<string> lines = [.. text.Split('\n')];
        int repeated = lines.FindIndex(l => l.Trim() == question);
        if (repeated >= 0)
        {
            lines.RemoveAt(repeated);
        }

        string rest = string.Join('\n', lines).Trim();
        return rest.Length > 0 ? rest : throw PortTrouble.Of(tongue, PortFault.Echo, line.Name);
    }

    private static byte[] Hear(SerialPorts ports, ISerialLine line, byte[] end)
    {
        using MemoryStream heard = new();
        byte[] some = new byte[1024];
        int waitMs = ports.AnswerWaitMs;
        while (heard.Length < TechnicianLimits.AnswerBytesMax && line.Read(some, waitMs) is var count and > 0)
        {
            heard.Write(some, 0, count);
            waitMs = ports.AnswerQuietMs;
            if (end.Length > 0 && heard.GetBuffer().AsSpan(0, (int)heard.Length).EndsWith(end))
            {
                break;
            }
        }

        return heard.ToArray();
    }
}
