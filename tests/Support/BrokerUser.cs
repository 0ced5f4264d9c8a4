// Owns: who may come in at the brokers of tests and benchmarks, and what their connections are made with.
// Must never: give two stations one password.

using Gateway.Mqtt;

namespace Gateway.Tests.Support;

/// <summary>Who may log in. A name of the form st7 gets the rights of station 7; the county's name those of the county.</summary>
/// <param name="Name">User name.</param>
/// <param name="Password">In clear; the broker gets its hash.</param>
/// <param name="Place">County, township and village of a station; by default whatever the test's gateway says.</param>
/// <param name="Rights">Whose rights it has; by default those of its name. A user has one connection, so a second one needs a name.</param>
public sealed record BrokerUser(string Name, string Password, string Place = "+/+/+", string? Rights = null)
{
    /// <summary>Name of the county in the ACL that the tests use.</summary>
    public const string CountyName = "county";

    public static BrokerUser County { get; } = new(CountyName, "county-secret");

    /// <summary>The user of a station, with a password of its own.</summary>
    public static BrokerUser Station(uint station) => new($"st{station}", $"secret-{station}");

    /// <summary>What this user's connection to a broker is made with.</summary>
    /// <param name="port">The broker's.</param>
    /// <param name="host">Where it is.</param>
    /// <param name="clientId">By default its name.</param>
    /// <param name="will">What the broker says of its end.</param>
    /// <param name="tls">By which the broker is known.</param>
    /// <param name="inFlightMax">Messages on the wire without an answer.</param>
    /// <param name="answerMs">How long the broker may take.</param>
    public MqttAccess At(
        int port, string host = MosquittoBroker.Host, string? clientId = null, MqttWill? will = null, MqttTls? tls = null,
        int inFlightMax = MqttLimits.InFlightMax, int answerMs = MqttLimits.AnswerMs) => new()
    {
        Host = host,
        Port = port,
        ClientId = clientId ?? Name,
        User = Name,
        Password = Password,
        Will = will,
        Tls = tls,
        InFlightMax = inFlightMax,
        AnswerMs = answerMs,
    };
}
