// Owns: finding a loopback port that nobody listens on.
// Must never: give the same port twice in a process.

using System.Net;
using System.Net.Sockets;

namespace Gateway.Tests.Support;

/// <summary>Ports for servers of tests.</summary>
public static class FreePort
{
    // Below the kernel's range for outgoing connections (32,768..), so that no client takes the port of a server that is restarted.
    private const int First = 20_000;
    private const int Last = 32_000;

    private static readonly HashSet<int> Given = [];

    /// <summary>A port on 127.0.0.1. Another process could take it before its user does: a broker then tries the next.</summary>
    public static int Next()
    {
        while (true)
        {
            int port = Random.Shared.Next(First, Last);
            lock (Given)
            {
                if (!Given.Add(port))
                {
                    continue;
                }
            }

            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken by somebody else.
            }
        }
    }
}
