// Owns: what an engine has to have for counties: queues, their bindings, and where what matches none goes.
// Must never: let a queue come to be after the stations may publish: what matches no queue is acknowledged to them and gone.

using System.Text.Json;

namespace Gateway.County.Server;

/// <summary>Names, and RabbitMQ's definitions file.</summary>
internal static class EngineTopology
{
    /// <summary>Where the engine's MQTT publishes, and from where a station's subscription is served.</summary>
    public const string Exchange = "amq.topic";

    private const string Unrouted = "unrouted";

    public static string QueueOf(string county) => $"county-{county}";

    /// <summary>A level of a topic has no dot.</summary>
    public static string KeyOf(string topic) => topic.Replace('/', '.');

    public static string TopicOf(string key) => key.Replace('.', '/');

    /// <summary>The definitions, to be loaded before the listener opens.</summary>
    public static string Definitions(IEnumerable<string> counties)
    {
        object Queue(string name, Dictionary<string, object> arguments) =>
            new { name, vhost = "/", durable = true, auto_delete = false, arguments };
        object Binding(string source, string destination, string key) => new
        {
            source, vhost = "/", destination, destination_type = "queue", routing_key = key, arguments = new { },
        };
        string[] all = [.. counties];
        return JsonSerializer.Serialize(
            new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["vhosts"] = new[] { new { name = "/" } },
                ["exchanges"] = new[]
                {
                    new
                    {
                        name = Unrouted, vhost = "/", type = "topic", durable = true, auto_delete = false, @internal = false,
                        arguments = new { },
                    },
                },
                ["queues"] = (object[])
                [
                    .. all.Select(county => Queue(QueueOf(county), new(StringComparer.Ordinal)
                    {
                        ["x-queue-type"] = "quorum",
                        ["x-single-active-consumer"] = true,
                        ["x-max-length-bytes"] = ServerLimits.EngineQueueBytesMax,
                        ["x-queue-leader-locator"] = "balanced",
                    })),
                    Queue(Unrouted, new(StringComparer.Ordinal) { ["x-max-length"] = ServerLimits.EngineUnroutedMax }),
                ],
                ["bindings"] = (object[])
                [
                    .. all.Select(county => Binding(Exchange, QueueOf(county), KeyOf(Contract.Topics.Root) + county + ".*.*.*.up.#")),
                    Binding(Unrouted, Unrouted, KeyOf(Contract.Topics.Root) + "*.*.*.*.up.#"),
                ],
                ["policies"] = (object[])
                [
                    new
                    {
                        vhost = "/", name = Unrouted, pattern = "^amq\\.topic$", priority = 0,
                        definition = new Dictionary<string, object>(StringComparer.Ordinal) { ["alternate-exchange"] = Unrouted },
                        @apply_to = "exchanges",
                    },
                    new
                    {
                        vhost = "/", name = "county", pattern = "^county-", priority = 0,
                        definition = new Dictionary<string, object>(StringComparer.Ordinal)
                        {
                            ["delivery-limit"] = ServerLimits.EngineDeliveriesMax,
                        },
                        @apply_to = "queues",
                    },
                ],
            },
            new JsonSerializerOptions { WriteIndented = true, NewLine = "\n" })
            .Replace("\"apply_to\"", "\"apply-to\"", StringComparison.Ordinal) + "\n";
    }
}
