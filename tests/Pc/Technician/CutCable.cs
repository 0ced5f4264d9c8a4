// Owns: a cable between the technician's command and a box that runs, pulled when a certain thing has gone through it.
// Must never: end the box: what it holds afterwards is what a test is after.

using System.Runtime.Versioning;
using System.Text;
using Gateway.Pc.Board;
using Gateway.Technician.Serial;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Technician.Tests;

/// <summary>A pseudo-terminal of its own before the box's; a pulled cable takes it away.</summary>
[SupportedOSPlatform("linux")]
internal sealed class CutCable : IDisposable
{
    private const int IdleMs = 2;

    private readonly TerminalPort _port;
    private readonly ISerialLine _box;
    private readonly Thread[] _ways;
    private volatile bool _cut;

    /// <param name="asked">The end of what the command sends, behind which the cable is out; null = it may send all.</param>
    /// <param name="answered">Likewise of what the box says.</param>
    public CutCable(BoxRig rig, string? asked, string? answered)
    {
        Name = rig.In("cable");
        List<string> errors = [];
        _port = TerminalPort.Open(Name, boxIsOpen: false, errors)!;
        Assert.Empty(errors);
        _box = new SerialPorts(new Tongue(chinese: true)).Open(rig.Port);
        byte[] from = new byte[1024];
        Tail to = new(asked), back = new(answered);
        _ways =
        [
            Way(to, FromTool, bytes => _box.Write(bytes)),
            Way(back, () => from[.._box.Read(from, IdleMs)], bytes => _port.Write(bytes, 0, bytes.Length)),
        ];

        byte[] FromTool()
        {
            byte[] some = new byte[1024];
            _port.Look();
            return some[.._port.Read(some, some.Length)];
        }
    }

    public string Name { get; }

    /// <summary>Until it is out.</summary>
    public void WaitCut()
    {
        Patience.Until(() => _cut, "the cable that is pulled");
        Array.ForEach(_ways, way => way.Join());
    }

    public void Dispose()
    {
        _cut = true;
        Array.ForEach(_ways, way => way.Join());
        _box.Dispose();
        _port.Dispose();
    }

    private Thread Way(Tail tail, Func<byte[]> take, Action<byte[]> give)
    {
        Thread way = new(() =>
        {
            while (!_cut)
            {
                byte[] bytes = take();
                int whole = tail.Through(bytes);
                give(bytes[..whole]);
                if (tail.Seen)
                {
                    // The name goes first: with it the command sees at once that the port is gone.
                    _cut = true;
                    File.Delete(Name);
                }
                else if (bytes.Length == 0)
                {
                    Thread.Sleep(IdleMs);
                }
            }
        });
        way.Start();
        return way;
    }

    /// <summary>What went through one way, as far as its end is looked for.</summary>
    private sealed class Tail(string? end)
    {
        private readonly byte[] _end = Encoding.UTF8.GetBytes(end ?? "");
        private readonly List<byte> _seen = [];

        public bool Seen { get; private set; }

        /// <summary>How many of these bytes still go through.</summary>
        public int Through(byte[] bytes)
        {
            for (int i = 0; i < bytes.Length && _end.Length > 0; i++)
            {
                _seen.Add(bytes[i]);
                if (_seen.Count >= _end.Length && _seen[^_end.Length..].SequenceEqual(_end))
                {
                    Seen = true;
                    return i + 1;
                }
            }

            return bytes.Length;
        }
    }
}
