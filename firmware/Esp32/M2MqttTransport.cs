// Owns: one connection attempt through nanoFramework.M2Mqtt.
// Must never: hold a clock or a rule, call Disconnect, which can block for seconds on a dead socket, or let an exception out of a handler.

using System;
using System.Security.Cryptography.X509Certificates;
using Gateway.Link;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Messages;

namespace Gateway.Esp32
{
    /// <summary>Makes a fresh client for each attempt: one that has failed keeps threads and a socket until it is disposed.</summary>
    public sealed class M2MqttTransportFactory : TransportFactory
    {
        private readonly LinkAccess _access;
        private readonly X509Certificate _ca;
        private readonly X509Certificate _client;

        /// <param name="access">Brokers and our name.</param>
        /// <param name="ca">
        /// PEM of the authority that signed the brokers' certificates; null = without TLS. Validity dates are checked, so the clock must
        /// be set before. A handshake stops every thread for 1 to 3 s, 14 s was seen; a broker that stalls stops them for ever.
        /// </param>
        /// <param name="clientCert">PEM of our own certificate; null = the device's stored one, where the broker asks for one.</param>
        /// <param name="clientKey">PEM of its key, or null.</param>
        public M2MqttTransportFactory(LinkAccess access, string ca, string clientCert, string clientKey)
        {
            _access = access;
            _ca = ca == null ? null : new X509Certificate(ca);
            _client = clientCert == null ? null : new X509Certificate2(clientCert, clientKey, "");
        }

        public override Transport Create(int path, string willTopic, string will, TransportSink sink)
        {
            return new M2MqttTransport(_access, _ca, _client, path, willTopic, will, sink);
        }
    }

    /// <summary>See <see cref="Transport"/>. The client's own threads call the handlers, one at a time.</summary>
    internal sealed class M2MqttTransport : Transport
    {
        private readonly object _gate = new object();
        private readonly LinkAccess _access;
        private readonly X509Certificate _ca;
        private readonly X509Certificate _clientCert;
        private readonly int _path;
        private readonly string _willTopic;
        private readonly string _will;
        private readonly TransportSink _sink;
        private MqttClient _client;
        private bool _disposed;
        private string _fault;

        public M2MqttTransport(
            LinkAccess access, X509Certificate ca, X509Certificate clientCert, int path, string willTopic, string will, TransportSink sink)
        {
            _access = access;
            _ca = ca;
            _clientCert = clientCert;
            _path = path;
            _willTopic = willTopic;
            _will = will;
            _sink = sink;
        }

        public override bool Connect()
        {
            // The constructor looks the name up, so it belongs inside the attempt.
            bool secure = _ca != null;
            MqttClient client = new MqttClient(
                _access.Host[_path],
                _access.Port[_path],
                secure,
                _ca,
                _clientCert,
                secure ? MqttSslProtocols.TLSv1_2 : MqttSslProtocols.None);
            client.MqttMsgPublishReceived += OnMessage;
            client.MqttMsgPublished += OnPublished;
            client.MqttMsgSubscribed += OnSubscribed;
            client.ConnectionClosed += OnClosed;
            lock (_gate)
            {
                _client = client;
                if (_disposed)
                {
                    return false;
                }
            }

            MqttReasonCode answer = client.Connect(
                _access.ClientId,
                _access.User,
                _access.Password,
                false,
                MqttQoSLevel.AtLeastOnce,
                _will != null,
                _will == null ? null : _willTopic,
                _will,
                true,
                LinkLimits.KeepAliveS);
            if (answer == MqttReasonCode.Success)
            {
                return true;
            }

            // For a technician only: a broker that closes at once can hide its code, so all refusals are one to the link.
            _fault = "the broker answered " + ((int)answer).ToString();
            return false;
        }

        public override bool Subscribe(string topic)
        {
            _client.Subscribe(new string[] { topic }, new MqttQoSLevel[] { MqttQoSLevel.AtMostOnce });
            return true;
        }

        public override bool Publish(string topic, byte[] message, int count)
        {
            if (!_client.IsConnected)
            {
                // A dead client goes on taking messages without a word.
                _sink.Closed("not connected any more");
                return false;
            }

            // The client keeps the array until the broker has acknowledged it.
            byte[] copy = new byte[count];
            Array.Copy(message, 0, copy, 0, count);
            _client.Publish(topic, copy, null, null, MqttQoSLevel.AtLeastOnce, false);
            return true;
        }

        public override void Dispose()
        {
            MqttClient client;
            lock (_gate)
            {
                _disposed = true;
                client = _client;
            }

            if (client == null)
            {
                return;
            }

            try
            {
                client.Dispose();
            }
            catch (Exception)
            {
                // What it could not close it will not close the next time either.
            }
        }

        public override string Fault()
        {
            return _fault;
        }

        private void OnMessage(object sender, MqttMsgPublishEventArgs e)
        {
            try
            {
                if (e.Message != null)
                {
                    _sink.Message(e.Message, e.Message.Length);
                }
            }
            catch (Exception)
            {
                // An exception here would close the connection.
            }
        }

        private void OnPublished(object sender, MqttMsgPublishedEventArgs e)
        {
            try
            {
                _sink.Published(e.IsPublished);
            }
            catch (Exception)
            {
                // As above.
            }
        }

        private void OnSubscribed(object sender, MqttMsgSubscribedEventArgs e)
        {
            try
            {
                MqttQoSLevel[] granted = e.GrantedQoSLevels;
                _sink.Subscribed(granted != null && granted.Length > 0 && granted[0] != MqttQoSLevel.GrantedFailure);
            }
            catch (Exception)
            {
                // As above.
            }
        }

        private void OnClosed(object sender, EventArgs e)
        {
            try
            {
                _sink.Closed("connection closed");
            }
            catch (Exception)
            {
                // As above.
            }
        }
    }
}
