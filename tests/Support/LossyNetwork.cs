// Owns: a network device of this process that loses and delays packets, so that the kernel's own TCP has to live with it.
// Must never: be made outside a network namespace of its own: it needs to configure interfaces.

using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;

namespace Gateway.Tests.Support;

/// <summary>
/// A TUN device. What a program sends to <see cref="Far"/> comes back, late or never, as if from there and for <see cref="Near"/>: a
/// listener at Near is reached through Far. Swapping both addresses leaves every checksum as it is.
/// </summary>
public sealed partial class LossyNetwork : IDisposable
{
    private const int InterfaceRequest = 0x400454ca;
    private const short TunWithoutInfo = 0x1001;
    private const int ReadWriteWithoutWaiting = 0x802;
    private const int PacketBytesMax = 2048;
    private const int HeaderBytes = 20;

    private readonly int _device;
    private readonly int _delayMs;
    private readonly double _loss;
    private readonly Random _random;
    private readonly Queue<(long DueMs, byte[] Packet)> _waiting = new();
    private readonly Lock _gate = new();
    private readonly Thread _taking;
    private readonly Thread _giving;
    private volatile bool _end;

    /// <param name="loss">0..1, each way.</param>
    /// <param name="delayMs">Each way.</param>
    /// <param name="seed">Of the losses.</param>
    public LossyNetwork(double loss, int delayMs, int seed)
    {
        _loss = loss;
        _delayMs = delayMs;
        _random = new Random(seed);
        _device = Open("/dev/net/tun", ReadWriteWithoutWaiting);
        byte[] request = new byte[40];
        Encoding.ASCII.GetBytes("lossy0").CopyTo(request, 0);
        BitConverter.TryWriteBytes(request.AsSpan(16), TunWithoutInfo);
        if (_device < 0 || Control(_device, InterfaceRequest, request) != 0)
        {
            throw new IOException($"no TUN device: error {Marshal.GetLastPInvokeError()}; allowed: inside `unshare --map-root-user --net`");
        }

        Ip("link set lo up");
        Ip($"addr add {Near}/24 dev lossy0");
        Ip("link set lossy0 up");
        _taking = new Thread(Take) { IsBackground = true, Name = "lossy-in" };
        _giving = new Thread(Give) { IsBackground = true, Name = "lossy-out" };
        _taking.Start();
        _giving.Start();
    }

    /// <summary>Where a listener listens.</summary>
    public static IPAddress Near { get; } = IPAddress.Parse("10.213.0.1");

    /// <summary>Where a client finds it.</summary>
    public static IPAddress Far { get; } = IPAddress.Parse("10.213.0.2");

    /// <summary>Packets that came through.</summary>
    public int Passed { get; private set; }

    /// <summary>Packets that were lost.</summary>
    public int Lost { get; private set; }

    public void Dispose()
    {
        _end = true;
        _taking.Join();
        _giving.Join();
        _ = Close(_device);
    }

    private static void Ip(string arguments)
    {
        using Process process = Process.Start("ip", arguments);
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new IOException($"ip {arguments} ended with {process.ExitCode}");
        }
    }

    private void Take()
    {
        byte[] buffer = new byte[PacketBytesMax];
        while (!_end)
        {
            nint count = Read(_device, buffer, buffer.Length);
            if (count < 0)
            {
                Thread.Sleep(1);
                continue;
            }

            if (count < HeaderBytes || buffer[0] >> 4 != 4)
            {
                continue;
            }

            lock (_gate)
            {
                if (_random.NextDouble() < _loss)
                {
                    Lost++;
                    continue;
                }

                Passed++;
                byte[] packet = buffer[..(int)count];
                buffer.AsSpan(12, 4).CopyTo(packet.AsSpan(16));
                buffer.AsSpan(16, 4).CopyTo(packet.AsSpan(12));
                _waiting.Enqueue((Environment.TickCount64 + _delayMs, packet));
            }
        }
    }

    private void Give()
    {
        while (!_end)
        {
            byte[]? packet = null;
            lock (_gate)
            {
                if (_waiting.TryPeek(out (long DueMs, byte[] Packet) next) && next.DueMs <= Environment.TickCount64)
                {
                    packet = _waiting.Dequeue().Packet;
                }
            }

            if (packet is null)
            {
                Thread.Sleep(1);
            }
            else
            {
                _ = Write(_device, packet, packet.Length);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(int device, nint request, byte[] argument);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(int device, [Out] byte[] buffer, nint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int device, byte[] buffer, nint count);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int device);
}
