// Owns: one connected client: who it is, what it asked to hear, and what it has not answered.
// Must never: hold a message; the library's queue of the session does.

using MQTTnet;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace Gateway.County.Broker;

internal sealed class BrokerSession(BrokerAccount account, string clientId)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, MqttQualityOfServiceLevel> _filters = [];
    private MqttSessionStatus? _status;
    private int _unanswered;

    public BrokerAccount Account => account;

    public string ClientId => clientId;

    /// <summary>False when it has as many filters as a client may have.</summary>
    public bool Join(string filter, MqttQualityOfServiceLevel qos, MqttSessionStatus status)
    {
        lock (_gate)
        {
            _status = status;
            if (!_filters.ContainsKey(filter) && _filters.Count >= BrokerLimits.FiltersMax)
            {
                return false;
            }

            _filters[filter] = qos;
            return true;
        }
    }

    public void Leave(string filter)
    {
        lock (_gate)
        {
            _filters.Remove(filter);
        }
    }

    /// <summary>
    /// With the best quality that it asked for. False when it did not ask for the topic, or does not read or answer fast enough; the
    /// message is then dropped.
    /// </summary>
    public bool Send(string topic, byte[] payload)
    {
        MqttSessionStatus? status;
        MqttQualityOfServiceLevel qos;
        lock (_gate)
        {
            if (Heard(topic) is not { } heard)
            {
                return false;
            }

            qos = heard;
            status = _unanswered < BrokerLimits.UnansweredMax ? _status : null;

            // What needs no answer is bounded by the library's own queue.
            _unanswered += status is null || qos == MqttQualityOfServiceLevel.AtMostOnce ? 0 : 1;
        }

        return status is not null && status.TryEnqueueApplicationMessage(
            new MqttApplicationMessage
            {
                Topic = topic,
                Payload = new System.Buffers.ReadOnlySequence<byte>(payload),
                QualityOfServiceLevel = qos,
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

    private MqttQualityOfServiceLevel? Heard(string topic)
    {
        MqttQualityOfServiceLevel? best = null;
        foreach ((string filter, MqttQualityOfServiceLevel qos) in _filters)
        {
            if ((best is null || qos > best) && MqttTopicFilterComparer.Compare(topic, filter) == MqttTopicFilterCompareResult.IsMatch)
            {
                best = qos;
            }
        }

        return best;
    }
}
