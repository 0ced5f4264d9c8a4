// Owns: a command and what became of it, in words for people and as JSON for programs.
// Must never: hide what it does not know: an unknown code or result shows as its number.

using System.Text.Json;
using Gateway.Contract;
using Gateway.County.Gb26875;
using Gateway.Gb26875;

namespace Gateway.County.Server;

internal static class CommandText
{
    /// <summary>What is asked, such as "hot-work zones 1,2 60 min".</summary>
    public static string Words(StationCommand c) => c.Code == PeerRequest.ReadCode
        ? $"{Name((CommandCode)c.Code)} {c.A} {FrameNames.Type((UnitType)c.A)}" : OrderText.English(c);

    /// <summary>The same in Chinese, such as "动火 1、2号 60分".</summary>
    public static string Chinese(StationCommand c) => c.Code == PeerRequest.ReadCode
        ? $"{FrameNames.Type((UnitType)c.A)}（{c.A}）" : OrderText.Chinese(c);

    /// <summary>The word of a code; reading from another maker's box is the county's own.</summary>
    private static string Name(CommandCode code) => (int)code == PeerRequest.ReadCode ? "peer-read" : CommandCodes.Name(code);

    public static void Write(Utf8JsonWriter json, StationCommand c)
    {
        json.WriteStartObject();
        json.WriteNumber("station", c.Station);
        json.WriteNumber("number", c.Number);
        json.WriteString("command", Name((CommandCode)c.Code));
        json.WriteNumber("code", c.Code);
        json.WriteNumber("a", c.A);
        json.WriteNumber("b", c.B);
        json.WriteNumber("c", c.C);
        json.WriteNumber("textBytes", c.Text.Length);
        json.WriteString("state", c.StateName);
        json.WriteString("why", c.Why);
        json.WriteNumber("result", c.Result);
        json.WriteString("queuedAt", TimeText.Utc(c.QueuedMs));
        json.WriteString("expiresAt", TimeText.Utc(c.ExpiresMs));
        Moment(json, "sentAt", c.SentMs);
        json.WriteNumber("times", c.Times);
        Moment(json, "answeredAt", c.AnsweredMs);
        json.WriteEndObject();
    }

    private static void Moment(Utf8JsonWriter json, string name, long ms)
    {
        if (ms == 0)
        {
            json.WriteNull(name);
        }
        else
        {
            json.WriteString(name, TimeText.Utc(ms));
        }
    }
}
