// Owns: the client's thread and the native object.
// Must never: use the library's own loop: it selects on descriptors below 1,024 only, and a process with 500 clients has more.

using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Gateway.Mosquitto;

public sealed unsafe partial class MosquittoClient
{
    // The keepalive has a resolution of 1 s.
    private const int PollMs = 500;

    // During a TLS handshake the library does not say what it waits for.
    private const int HandshakePollMs = 20;
    private const int PacketsMax = 100;
    private const int EventNonBlocking = 0x800;
    private const int EventCloseOnExec = 0x80000;

    private void CreateNative()
    {
        _wake = NativeMethods.EventDescriptor(0, EventNonBlocking | EventCloseOnExec);
        if (_wake < 0)
        {
            throw new MosquittoException("no file descriptor is left: " + Marshal.GetLastPInvokeErrorMessage());
        }

        _native = NativeMethods.New(_options.ClientId, _options.CleanSession, GCHandle.ToIntPtr(_self));
        if (_native == 0)
        {
            throw new MosquittoException($"client id '{_options.ClientId}' is refused, or memory or file descriptors are used up");
        }

        Must(NativeMethods.SetThreaded(_native, threaded: true), "threads");
        Must(NativeMethods.SetOption(_native, MosquittoLibrary.OptionNoDelay, 1), "TCP_NODELAY");
        Must(NativeMethods.SetInflightMax(_native, (uint)_options.InflightMax), nameof(MosquittoOptions.InflightMax));
        if (_options.User is not null)
        {
            Must(NativeMethods.SetUser(_native, _options.User, _options.Password), nameof(MosquittoOptions.User));
        }

        if (_options.Will is { } will)
        {
            fixed (byte* payload = will.Payload)
            {
                int code = NativeMethods.SetWill(_native, will.Topic, will.Payload.Length, payload, will.Qos, will.Retain);
                Must(code, $"will on '{will.Topic}'");
            }
        }

        if (_options.Tls is { } tls)
        {
            RequireFile(tls.CaFile);
            RequireFile(tls.CertFile);
            RequireFile(tls.KeyFile);
            int code = NativeMethods.SetTls(_native, tls.CaFile, null, tls.CertFile, tls.KeyFile, 0);
            Must(code, $"TLS with {tls.CaFile}, {tls.CertFile ?? "no certificate"}, {tls.KeyFile ?? "no key"}");
        }

        // Static functions with the object in a handle: nothing here can be collected while the library may call it.
        NativeMethods.SetOnConnect(_native, &OnConnect);
        NativeMethods.SetOnDisconnect(_native, &OnDisconnect);
        NativeMethods.SetOnPublish(_native, &OnPublish);
        NativeMethods.SetOnMessage(_native, &OnMessage);
        NativeMethods.SetOnSubscribe(_native, &OnSubscribe);
    }

    private static void RequireFile(string? path)
    {
        if (path is not null && !File.Exists(path))
        {
            throw new MosquittoException($"TLS: no file '{path}'");
        }
    }

    private static void Must(int code, string what)
    {
        if (code != MosquittoLibrary.ErrSuccess)
        {
            throw new MosquittoException($"{what}: {MosquittoLibrary.ErrorText(code)}");
        }
    }

    private void Run()
    {
        try
        {
            MosquittoReason failed = new(MosquittoEnd.Network, 0, $"{_options.Host}: no address");
            foreach (string address in Addresses())
            {
                failed = Attempt(address, out bool reached);
                if (reached || _ending.IsCancellationRequested)
                {
                    break;
                }
            }

            End(failed);
        }
        catch (OperationCanceledException)
        {
            // Dispose or the time limit ended the look-up; the end is already noted.
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            End(new MosquittoReason(MosquittoEnd.Network, 0, $"{_options.Host}: {e.Message}"));
        }

        if (_wasConnected && !Silent())
        {
            Guard(() => Disconnected?.Invoke(_end));
        }

        FreeNative();
    }

    /// <summary>
    /// A literal as it is. A name in the clear becomes its addresses, to be tried in turn. A name with TLS stays a name, because the
    /// library compares it with the certificate; it then uses the resolver's first address.
    /// </summary>
    private string[] Addresses()
    {
        if (IPAddress.TryParse(_options.Host, out _))
        {
            return [_options.Host];
        }

        IPAddress[] found = Dns.GetHostAddressesAsync(_options.Host, _ending.Token).GetAwaiter().GetResult();
        return _options.Tls is not null ? [_options.Host] : Array.ConvertAll(found, a => a.ToString());
    }

    /// <summary>Runs one address to its end and says why it ended. Not reached: another address may do better.</summary>
    private MosquittoReason Attempt(string address, out bool reached)
    {
        reached = false;
        _errno = 0;
        int code = NativeMethods.ConnectAsync(_native, address, _options.Port, _options.KeepAliveS);
        if (code > MosquittoLibrary.ErrSuccess)
        {
            return Failure(code, Marshal.GetLastPInvokeError(), address);
        }

        while (!_ending.IsCancellationRequested)
        {
            code = Pass(ref reached);
            if (code != MosquittoLibrary.ErrSuccess)
            {
                return Failure(code, _errno != 0 ? _errno : Marshal.GetLastPInvokeError(), address);
            }
        }

        return Closed();
    }

    private MosquittoReason Failure(int code, int errno, string address)
    {
        if (_orderly)
        {
            return Closed();
        }

        string where = $"{address}:{_options.Port}: ";
        return code == MosquittoLibrary.ErrErrno
            ? new MosquittoReason(MosquittoEnd.Network, errno, where + MosquittoLibrary.ErrorText(code, errno))
            : new MosquittoReason(MosquittoEnd.Network, code, where + MosquittoLibrary.ErrorText(code));
    }

    /// <summary>Waits for the socket or a wake-up, then does everything that is due. Returns the library's code; 0 = go on.</summary>
    private int Pass(ref bool reached)
    {
        int socket = NativeMethods.Socket(_native);
        if (socket < 0)
        {
            return MosquittoLibrary.ErrNoConnection;
        }

        bool handshake = _options.Tls is not null && !_connected;
        PollEntry* entries = stackalloc PollEntry[2];
        entries[0] = new PollEntry { Descriptor = socket, Asked = PollEntry.In };
        entries[1] = new PollEntry { Descriptor = _wake, Asked = PollEntry.In };
        if (!reached || (!handshake && NativeMethods.WantWrite(_native)))
        {
            entries[0].Asked |= PollEntry.Out;
        }

        NativeMethods.Poll(entries, 2, handshake && reached ? HandshakePollMs : PollMs);
        if ((entries[1].Got & PollEntry.In) != 0)
        {
            ulong count;
            NativeMethods.Read(_wake, &count, sizeof(ulong));
        }

        short got = entries[0].Got;
        if ((got & PollEntry.Out) != 0 && (got & (PollEntry.Error | PollEntry.HangUp)) == 0)
        {
            reached = true;
        }

        int code = MosquittoLibrary.ErrSuccess;
        if (handshake || (got & (PollEntry.In | PollEntry.Error | PollEntry.HangUp)) != 0)
        {
            code = NativeMethods.LoopRead(_native, PacketsMax);
        }

        if (code == MosquittoLibrary.ErrSuccess && reached && NativeMethods.WantWrite(_native))
        {
            code = NativeMethods.LoopWrite(_native, PacketsMax);
        }

        return code == MosquittoLibrary.ErrSuccess ? NativeMethods.LoopMisc(_native) : code;
    }

    private void Wake()
    {
        ulong one = 1;
        NativeMethods.Write(_wake, &one, sizeof(ulong));
    }

    private void FreeNative()
    {
        lock (_gate)
        {
            _connected = false;
            if (_native != 0)
            {
                NativeMethods.Destroy(_native);
                _native = 0;
            }

            if (_wake >= 0)
            {
                NativeMethods.Close(_wake);
                _wake = -1;
            }

            if (_self.IsAllocated)
            {
                _self.Free();
            }
        }
    }
}
