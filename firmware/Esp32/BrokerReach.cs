// Owns: whether a broker takes a connection at all, asked before a TLS handshake with it is noted.
// Must never: send a byte, look a name up, which stops every thread, or be asked where the connection is in clear.

using System.Net;
using System.Net.Sockets;
using Gateway.Link;

namespace Gateway.Esp32
{
    /// <summary>
    /// A connect to a broker that is away takes minutes, and nearly all attempts of a day without a network stand in one. It stops no other
    /// thread; only the handshake behind it does, and the MQTT client has no seam between the two. So the broker is first reached without
    /// it, and a power cut in these minutes leaves no note. A broker that is known by a name is not reached: the client looks it up.
    /// </summary>
    internal sealed class BrokerReach
    {
        private readonly object _gate = new object();
        private readonly string _host;
        private readonly int _port;
        private Socket _socket;
        private bool _closed;

        public BrokerReach(LinkAccess access, int path)
        {
            _host = access.Host[path];
            _port = access.Port[path];
        }

        /// <summary>True when the broker took the connection, which is over then, or can't be asked. Throws when it did not; false after
        /// <see cref="Close"/>.</summary>
        public bool Try()
        {
            if (!InFigures())
            {
                return true;
            }

            Socket socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                lock (_gate)
                {
                    if (_closed)
                    {
                        return false;
                    }

                    _socket = socket;
                }

                socket.Connect(new IPEndPoint(IPAddress.Parse(_host), _port));
            }
            finally
            {
                socket.Close();
            }

            lock (_gate)
            {
                return !_closed;
            }
        }

        /// <summary>From another thread: the attempt is given up, and a connect that is under way ends.</summary>
        public void Close()
        {
            Socket socket;
            lock (_gate)
            {
                _closed = true;
                socket = _socket;
            }

            if (socket != null)
            {
                socket.Close();
            }
        }

        private bool InFigures()
        {
            bool figures = true;
            for (int i = 0; i < _host.Length; i++)
            {
                figures &= _host[i] == '.' || (_host[i] >= '0' && _host[i] <= '9');
            }

            return figures;
        }
    }
}
