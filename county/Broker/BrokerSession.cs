// Owns: one connected client: who it is, what it asked to hear, and what it has not answered.
// Must never: hold a message; the library's queue of the session does.

using MQTTnet;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace Gateway.County.Broker;

internal sealed class BrokerSession(BrokerAccount account, string clientId)
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _filters = [];
    private MqttSessionStatus? _status;
    private int _unanswered;

    public BrokerAccount Account => account;

    public string ClientId => clientId;

    /// <summary>False when it has as many filters as a client may have.</summary>
    public bool Join(string filter, MqttSessionStatus status)
    {
        lock (_gate)
        {
            _status = status;
            return _filters.Contains(filter) || (_filters.Count < BrokerLimits.FiltersMax && _filters.Add(filter));
        }
    }

    public void Leave(string filter)
    {
        lock (_gate)
        {
            _filters.Remove(filter);
        }
    }

    public bool Hears(string topic)
    {
        lock (_gate)
        {
            return _filters.Any(filter => MqttTopicFilterComparer.Compare(topic, filter) == MqttTopicFilterCompareResult.IsMatch);
        }
    }

    /// <summary>False when the client does not answer fast enough; the message is then dropped.</summary>
    public bool Send(string topic, byte[] payload)
    {
        MqttSessionStatus? status;
        lock (_gate)
        {
            status = _unanswered < BrokerLimits.UnansweredMax ? _status : null;
            _unanswered += status is null ? 0 : 1;
        }

        return status is not null && status.TryEnqueueApplicationMessage(
            new MqttApplicationMessage
            {
                Topic = topic,
                Payload = new System.Buffers.ReadOnlySequence<byte>(payload),
                QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
            },
            out _);
    }

    public void Answered()
    {
        lock (_gate)
        {
            _unanswered--;
        }
    }
}
