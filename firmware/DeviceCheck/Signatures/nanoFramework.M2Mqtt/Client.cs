// Owns: the MQTT client, its settings and exceptions; the packet classes inside it are left out.
// Must never: hold a body, or a member that the real library does not have (../../api lists them, and a test compares).

using System;
using System.Collections;
using System.Security.Cryptography.X509Certificates;
using nanoFramework.M2Mqtt.Messages;

namespace nanoFramework.M2Mqtt
{
    public class MqttClient : IMqttClient, IDisposable
    {
        public extern bool IsConnected { get; }
        public extern string ClientId { get; }
        public extern bool CleanSession { get; }
        public extern bool WillFlag { get; }
        public extern MqttQoSLevel WillQosLevel { get; }
        public extern string WillTopic { get; }
        public extern string WillMessage { get; }
        public extern MqttProtocolVersion ProtocolVersion { get; set; }
        public extern string AuthenticationMethod { get; set; }
        public extern byte[] AuthenticationData { get; set; }
        public extern uint SessionExpiryInterval { get; set; }
        public extern bool RequestProblemInformation { get; set; }
        public extern bool RequestResponseInformation { get; set; }
        public extern ushort ReceiveMaximum { get; set; }
        public extern ushort TopicAliasMaximum { get; set; }
        public extern uint WillDelayInterval { get; set; }
        public extern ArrayList UserProperties { get; }
        public extern uint MaximumPacketSize { get; set; }
        public extern bool IsAuthenticationFlow { get; set; }
        public extern MqttSettings Settings { get; }
        public extern MqttClient(string brokerHostName);
        public extern MqttClient(string brokerHostName, int brokerPort, bool secure, X509Certificate caCert,
            X509Certificate clientCert, MqttSslProtocols sslProtocol);
        public extern void Init(string brokerHostName, int brokerPort, bool secure, byte[] caCert, byte[] clientCert,
            MqttSslProtocols sslProtocol);
        public extern MqttReasonCode Connect(string clientId);
        public extern MqttReasonCode Connect(string clientId, bool cleanSession);
        public extern MqttReasonCode Connect(string clientId, string username, string password);
        public extern MqttReasonCode Connect(string clientId, string username, string password, bool cleanSession, ushort keepAlivePeriod);
        public extern MqttReasonCode Connect(string clientId, string username, string password, bool willRetain,
            MqttQoSLevel willQosLevel, bool willFlag, string willTopic, string willMessage, bool cleanSession, ushort keepAlivePeriod);
        public extern void Disconnect();
        public extern void Close();
        public extern void Dispose();
        public extern ushort Subscribe(string[] topics, MqttQoSLevel[] qosLevels);
        public extern ushort Unsubscribe(string[] topics);
        public extern ushort Publish(string topic, byte[] message);
        public extern ushort Publish(string topic, byte[] message, string contentType);
        public extern ushort Publish(string topic, byte[] message, string contentType, ArrayList userProperties);
        public extern ushort Publish(string topic, byte[] message, string contentType, ArrayList userProperties,
            MqttQoSLevel qosLevel, bool retain);
        public extern event IMqttClient.MqttMsgPublishEventHandler MqttMsgPublishReceived;
        public extern event IMqttClient.MqttMsgPublishedEventHandler MqttMsgPublished;
        public extern event IMqttClient.MqttMsgSubscribedEventHandler MqttMsgSubscribed;
        public extern event IMqttClient.MqttMsgUnsubscribedEventHandler MqttMsgUnsubscribed;
        public extern event ConnectionOpenedEventHandler ConnectionOpened;
        public extern event IMqttClient.ConnectionClosedEventHandler ConnectionClosed;
        public extern event ConnectionClosedRequestEventHandler ConnectionClosedRequest;
        public extern event MqttMsgAuthenticationEventHandler Authentication;

        public delegate void MqttMsgPublishEventHandler(object sender, MqttMsgPublishEventArgs e);

        public delegate void MqttMsgPublishedEventHandler(object sender, MqttMsgPublishedEventArgs e);

        public delegate void MqttMsgSubscribedEventHandler(object sender, MqttMsgSubscribedEventArgs e);

        public delegate void MqttMsgUnsubscribedEventHandler(object sender, MqttMsgUnsubscribedEventArgs e);

        public delegate void MqttMsgAuthenticationEventHandler(object sender, MqttMsgAuthenticationEventArgs e);

        public delegate void ConnectionOpenedEventHandler(object sender, ConnectionOpenedEventArgs e);

        public delegate void ConnectionClosedEventHandler(object sender, EventArgs e);

        public delegate void ConnectionClosedRequestEventHandler(object sender, ConnectionClosedRequestEventArgs e);
    }

    public class MqttSettings
    {
        public const int BrokerDefaultPort = 1883;
        public const int BrokerDefaultSslPort = 8883;
        public const int DefaultTimeout = 30000;
        public const int MaximumAttemptsRetry = 3;
        public const int DefaultDelayRetry = 1000;
        public const int ConnectTimeout = 30000;
        public const int DefaultInflightQueueSize = 2147483647;
        public extern int Port { get; }
        public extern int SslPort { get; }
        public extern int TimeoutOnConnection { get; }
        public extern int TimeoutOnReceiving { get; }
        public extern int AttemptsOnRetry { get; }
        public extern int DelayOnRetry { get; }
        public extern int InflightQueueSize { get; set; }
        public extern bool ValidateServerCertificate { get; set; }
        public static extern MqttSettings Instance { get; }
        internal extern MqttSettings();
    }

    public enum MqttProtocolVersion
    {
        Version_3_1 = 3,
        Version_3_1_1 = 4,
        Version_5 = 5,
    }
}

namespace nanoFramework.M2Mqtt.Exceptions
{
    public enum MqttClientErrorCode
    {
        WillWrong = 1,
        KeepAliveWrong = 2,
        TopicWildcard = 3,
        TopicLength = 4,
        QosNotAllowed = 5,
        TopicsEmpty = 6,
        QosLevelsEmpty = 7,
        TopicsQosLevelsNotMatch = 8,
        WrongBrokerMessage = 9,
        WrongMessageId = 10,
        InflightQueueFull = 11,
        InvalidFlagBits = 12,
        InvalidConnectFlags = 13,
        InvalidClientId = 14,
        InvalidProtocolName = 15,
    }

    public class MqttClientException : Exception
    {
        public extern MqttClientException(MqttClientErrorCode errorCode);
        public extern MqttClientErrorCode ErrorCode { get; set; }
    }

    public class MqttCommunicationException : Exception
    {
        public extern MqttCommunicationException();
        public extern MqttCommunicationException(Exception e);
    }

    public class MqttConnectionException : Exception
    {
        public extern MqttConnectionException(string message, Exception innerException);
    }

    public class MqttTimeoutException : Exception
    {
        public extern MqttTimeoutException();
    }
}

namespace nanoFramework.M2Mqtt.Messages
{
    public class ConnectionClosedRequestEventArgs : EventArgs
    {
        public extern MqttMsgDisconnect Message { get; }
        public extern ConnectionClosedRequestEventArgs(MqttMsgDisconnect disconnect);
    }

    public class ConnectionOpenedEventArgs : EventArgs
    {
        public extern MqttMsgConnack Message { get; }
        public extern ConnectionOpenedEventArgs(MqttMsgConnack connact);
    }

    public enum MqttMessageType
    {
        Connect = 1,
        ConnectAck = 2,
        Publish = 3,
        PublishAck = 4,
        PublishReceived = 5,
        PublishRelease = 6,
        PublishComplete = 7,
        Subscribe = 8,
        SubscribeAck = 9,
        Unsubscribe = 10,
        UnsubscribeAck = 11,
        PingRequest = 12,
        PingResponse = 13,
        Disconnect = 14,
        Authentication = 15,
    }

    public abstract class MqttMsgBase
    {
        public extern MqttMessageType Type { get; set; }
        public extern bool DupFlag { get; set; }
        public extern MqttQoSLevel QosLevel { get; set; }
        public extern bool Retain { get; set; }
        public extern ushort MessageId { get; set; }
        public extern ArrayList UserProperties { get; }
        public extern uint MaximumPacketSize { get; set; }
        public abstract byte[] GetBytes(MqttProtocolVersion protocolVersion);
        protected extern int EncodeVariableByte(int remainingLength, byte[] buffer, int index);
        protected extern MqttMsgBase();
    }

    public class MqttMsgConnack : MqttMsgBase
    {
        public extern bool SessionPresent { get; set; }
        public extern MqttReasonCode ReturnCode { get; set; }
        public extern uint SessionExpiryInterval { get; set; }
        public extern ushort ReceiveMaximum { get; set; }
        public extern bool MaximumQoS { get; set; }
        public extern bool RetainAvailable { get; set; }
        public extern string AssignedClientIdentifier { get; set; }
        public extern ushort TopicAliasMaximum { get; set; }
        public extern string Reason { get; set; }
        public extern bool WildcardSubscriptionAvailable { get; set; }
        public extern bool SubscriptionIdentifiersAvailable { get; set; }
        public extern bool SharedSubscriptionAvailable { get; set; }
        public extern ushort ServerKeepAlive { get; set; }
        public extern string ResponseInformation { get; set; }
        public extern string ServerReference { get; set; }
        public extern string AuthenticationMethod { get; set; }
        public extern byte[] AuthenticationData { get; set; }
        public extern MqttMsgConnack();
        public override extern byte[] GetBytes(MqttProtocolVersion protocolVersion);
        public override extern string ToString();
    }

    public class MqttMsgDisconnect : MqttMsgBase
    {
        public extern uint SessionExpiryInterval { get; set; }
        public extern string Reason { get; set; }
        public extern string ServerReference { get; set; }
        public extern MqttReasonCode ResonCode { get; set; }
        public extern MqttMsgDisconnect();
        public override extern byte[] GetBytes(MqttProtocolVersion protocolVersion);
        public override extern string ToString();
    }

    public class MqttMsgAuthentication : MqttMsgBase
    {
        public extern string AuthenticationMethod { get; set; }
        public extern byte[] AuthenticationData { get; set; }
        public extern string Reason { get; set; }
        public extern MqttReasonCode ReasonCode { get; set; }
        public extern MqttMsgAuthentication();
        public override extern byte[] GetBytes(MqttProtocolVersion protocolVersion);
    }

    public class MqttMsgAuthenticationEventArgs : EventArgs
    {
        public extern MqttMsgAuthentication Message { get; }
        public extern MqttMsgAuthenticationEventArgs(MqttMsgAuthentication authentication);
    }
}
