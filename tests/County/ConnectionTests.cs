// Owns: how the county's program comes to a broker, as it is on the wire.
// Must never: hold what the contract's page says: its table is what the program is held to.

using System.Runtime.Versioning;
using Gateway.Contract;
using Gateway.County.Server;
using Gateway.Mqtt;

namespace Gateway.County.Tests;

[SupportedOSPlatform("linux")]
public sealed class ConnectionTests : ProgramRig
{
    private const int WaitMs = 120_000;

    [Fact]
    public void A_county_connects_as_the_page_says()
    {
        using WireBroker broker = new();
        File.WriteAllText(In("password"), "secret");
        using ChildProgram county = ChildProgram.Beside(
            "county.dll", "run", "--broker", $"127.0.0.1:{broker.Port}", "--user", "county-user", "--password-file", In("password"),
            "--db", In("county.db"));
        Patience.Until(() => broker.Packets.Count >= 2);
        foreach (IReadOnlyDictionary<string, string> row in MarkdownTable.Under("10a Connection", "what").Rows
            .Where(row => row["what"] != "publishes"))
        {
            Assert.Equal(row["county"], Said(row["what"], broker.Packets));
        }
    }

    [Fact]
    public void What_a_county_publishes_goes_as_the_page_says()
    {
        using WireBroker broker = new();
        using MqttLink link = new(new MqttAccess { Host = "127.0.0.1", Port = broker.Port, ClientId = "county" });
        Assert.Null(link.Connect(Topics.AllUp, WaitMs));
        string down = new Topics("c", "t", "v", 7).Down;
        Assert.True(link.Publish(down, [1]));
        Patience.Until(() => broker.Packets.Any(packet => packet.Type == 3));
        WirePacket sent = broker.Packets.Single(packet => packet.Type == 3);
        Assert.Equal(down, sent.Topic);
        IReadOnlyDictionary<string, string> row =
            MarkdownTable.Under("10a Connection", "what").Rows.Single(row => row["what"] == "publishes");
        Assert.Equal(row["county"], $"QoS {sent.Qos}, {(sent.Retain ? "retained" : "not retained")}");
    }

    private static string Said(string what, IReadOnlyList<WirePacket> said)
    {
        WirePacket connect = said[0];
        WirePacket subscribe = said[1];
        Assert.Equal((1, 8), (connect.Type, subscribe.Type));
        return what switch
        {
            "protocol" => connect.Protocol == "MQTT 4" ? "MQTT 3.1.1" : connect.Protocol,
            "client id" => $"`{connect.ClientId}`, or what it is told",
            "user" => connect.User == "county-user" ? "what it is told" : connect.User,
            "password" => connect.Password == "secret" ? "what it is told" : connect.Password,
            "clean session" => connect.Clean ? "yes" : "no",
            "keep-alive" => $"{connect.KeepAliveS} s",
            "will" => connect.WillTopic.Length == 0 ? "none" : connect.WillTopic,
            "subscribes" => $"`{subscribe.Topic}` with QoS {subscribe.Qos}, before all else",
            _ => throw new ArgumentOutOfRangeException(nameof(what), what, "a row that nobody looked for on the wire"),
        };
    }
}
