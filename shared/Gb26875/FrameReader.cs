// Owns: the way from a stream of bytes to frames, over rubbish, cut frames and false starts.
// Must never: throw on input, allocate for a frame, lose a good frame behind a bad one, or grow.

using System.Buffers.Binary;

namespace Gateway.Gb26875;

/// <summary>What <see cref="FrameReader.Read"/> found.</summary>
public enum ReadOutcome
{
    /// <summary>No whole frame yet: add bytes.</summary>
    NeedMore,

    /// <summary>A good frame.</summary>
    Frame,

    /// <summary>A start whose length is above 1,024; one byte was dropped.</summary>
    TooLong,

    /// <summary>No end where the length says; one byte was dropped.</summary>
    BadTail,

    /// <summary>Start, length and end agree, the sum does not; one byte was dropped. The frame's head is there for a deny.</summary>
    BadSum,

    /// <summary>A whole frame of another main version, refused by the peer's profile and dropped.</summary>
    BadVersion,
}

/// <summary>
/// Reads one peer's stream. Bytes go in by <see cref="Add"/>, then <see cref="Read"/> is called until it needs more. For UDP one reader
/// takes one datagram; what is left of it is dropped by <see cref="Clear"/>. Not safe for two threads.
/// </summary>
public sealed class FrameReader
{
    /// <summary>The least buffer: two of the longest frames, so that a whole one always fits behind a rest.</summary>
    public const int BufferBytesMin = 2048;

    private const ushort StartDigits = 0x4040;

    private readonly byte[] _buffer;
    private readonly PeerFlags _flags;
    private int _start;
    private int _end;
    private int _halfDigit = -1;
    private ushort _lastDigits;

    /// <param name="flags">The peer's profile.</param>
    /// <param name="buffer">At least <see cref="BufferBytesMin"/> bytes, owned by the reader from now on; none makes one.</param>
    public FrameReader(PeerFlags flags = PeerFlags.None, byte[]? buffer = null)
    {
        if (buffer is not null && buffer.Length < BufferBytesMin)
        {
            throw new ArgumentException($"{buffer.Length} bytes; allowed: {BufferBytesMin} or more", nameof(buffer));
        }

        _flags = flags;
        _buffer = buffer ?? new byte[BufferBytesMin];
    }

    /// <summary>Bytes that wait for the rest of their frame.</summary>
    public int Waiting => _end - _start;

    /// <summary>Bytes dropped since the beginning because they belong to no frame.</summary>
    public long RubbishBytes { get; private set; }

    /// <summary>The digits of a start were met where a start belongs: the peer sends ASCII, and its profile does not say so.</summary>
    public bool LooksLikeAsciiHex { get; private set; }

    /// <summary>Takes bytes of the stream. Returns how many were taken: all, unless whole frames wait to be read.</summary>
    public int Add(ReadOnlySpan<byte> bytes)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, Waiting).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if ((_flags & PeerFlags.AsciiHex) != PeerFlags.None)
        {
            return AddDigits(bytes);
        }

        int taken = Math.Min(bytes.Length, _buffer.Length - _end);
        bytes.Slice(0, taken).CopyTo(_buffer.AsSpan(_end));
        _end += taken;
        return taken;
    }

    /// <summary>The next frame, or why there is none. After anything but <see cref="ReadOutcome.NeedMore"/> call it again.</summary>
    public ReadOutcome Read(out Frame frame)
    {
        frame = default;
        LooksLikeAsciiHex |= _buffer.AsSpan(_start, Waiting).StartsWith("4040"u8);
        SkipToStart();
        ReadOnlySpan<byte> waiting = _buffer.AsSpan(_start, Waiting);
        if (waiting.Length < FrameLayout.Unit)
        {
            return ReadOutcome.NeedMore;
        }

        int length = BinaryPrimitives.ReadUInt16LittleEndian(waiting.Slice(FrameLayout.UnitLength));
        if (length > FrameLayout.UnitBytesMax)
        {
            Drop(1);
            return ReadOutcome.TooLong;
        }

        int whole = length + FrameLayout.OverheadBytes;
        if (waiting.Length < whole)
        {
            return ReadOutcome.NeedMore;
        }

        ReadOnlySpan<byte> bytes = waiting.Slice(0, whole);
        if (bytes[whole - 1] != FrameLayout.EndByte || bytes[whole - 2] != FrameLayout.EndByte)
        {
            Drop(1);
            return ReadOutcome.BadTail;
        }

        frame = new Frame(bytes);
        if (FrameLayout.Sum(bytes.Slice(FrameLayout.Sequence, whole - 5)) != frame.CarriedSum && !SumIgnored(frame.Command))
        {
            Drop(1);
            return ReadOutcome.BadSum;
        }

        _start += whole;
        return (_flags & PeerFlags.StrictVersion) != PeerFlags.None && frame.MainVersion != FrameLayout.StandardVersion
            ? ReadOutcome.BadVersion
            : ReadOutcome.Frame;
    }

    /// <summary>
    /// Gives up the frame that waits, because the peer was silent for too long between two of its bytes (10 s is usual).
    /// Reading goes on one byte behind its start. Returns false when nothing waits.
    /// </summary>
    public bool DropStalled()
    {
        // After a pause the next digit begins a byte.
        _halfDigit = -1;
        if (Waiting == 0)
        {
            return false;
        }

        Drop(1);
        return true;
    }

    /// <summary>
    /// Gives up the start that waits when a whole good frame stands behind it: then the start was a false one, and what stands behind it
    /// need not wait for its length. To be called when the peer pauses within a frame (a second is usual). Returns whether there is one.
    /// </summary>
    public bool DropFalseStart()
    {
        for (int at = _start + 1; _end - at >= FrameLayout.OverheadBytes; at++)
        {
            int start = _buffer.AsSpan(at, _end - at).IndexOf("@@"u8);
            if (start < 0)
            {
                return false;
            }

            at += start;
            if (IsWhole(_buffer.AsSpan(at, _end - at)))
            {
                Drop(at - _start);
                return true;
            }
        }

        return false;
    }

    /// <summary>Forgets what waits: the end of a datagram or of a connection.</summary>
    public void Clear()
    {
        RubbishBytes += Waiting;
        _start = _end = 0;
        _halfDigit = -1;
        _lastDigits = 0;
    }

    private static bool IsWhole(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < FrameLayout.OverheadBytes)
        {
            return false;
        }

        int whole = BinaryPrimitives.ReadUInt16LittleEndian(bytes.Slice(FrameLayout.UnitLength)) + FrameLayout.OverheadBytes;
        return whole <= Math.Min(bytes.Length, FrameLayout.FrameBytesMax)
            && bytes[whole - 1] == FrameLayout.EndByte && bytes[whole - 2] == FrameLayout.EndByte
            && FrameLayout.Sum(bytes.Slice(FrameLayout.Sequence, whole - 5)) == bytes[whole - 3];
    }

    private bool SumIgnored(FrameCommand command) =>
        (_flags & PeerFlags.IgnoreAnswerSum) != PeerFlags.None && command is FrameCommand.Confirm or FrameCommand.Deny;

    /// <summary>Drops what can be no start. A single 0x40 at the end stays: it may be half of one.</summary>
    private void SkipToStart()
    {
        ReadOnlySpan<byte> waiting = _buffer.AsSpan(_start, Waiting);
        int at = waiting.IndexOf("@@"u8);
        if (at < 0)
        {
            at = waiting.Length > 0 && waiting[waiting.Length - 1] == FrameLayout.StartByte ? waiting.Length - 1 : waiting.Length;
        }

        Drop(at);
    }

    private void Drop(int count)
    {
        RubbishBytes += count;
        _start += count;
    }

    private int AddDigits(ReadOnlySpan<byte> digits)
    {
        int taken = 0;
        while (taken < digits.Length && _end < _buffer.Length)
        {
            int value = Digit(digits[taken]);
            taken++;
            if (value < 0)
            {
                // A line's end or a blank: what follows begins with a first digit.
                _halfDigit = -1;
                _lastDigits = 0;
                continue;
            }

            _lastDigits = (ushort)((_lastDigits << 4) | value);
            if (_halfDigit < 0)
            {
                _halfDigit = value;
                if (_lastDigits == StartDigits && _buffer.AsSpan(_start, Waiting).IndexOf("@@"u8) < 0)
                {
                    BeginHere();
                }

                continue;
            }

            _buffer[_end] = (byte)((_halfDigit << 4) | value);
            _end++;
            _halfDigit = -1;
        }

        return taken;
    }

    /// <summary>A start across the pairs: one digit too many came before, and pairs begin with the start from now on.</summary>
    private void BeginHere()
    {
        RubbishBytes += Waiting;
        _end = _start;
        _buffer[_end++] = FrameLayout.StartByte;
        _buffer[_end++] = FrameLayout.StartByte;
        _halfDigit = -1;
    }

    private static int Digit(byte character) => character switch
    {
        >= (byte)'0' and <= (byte)'9' => character - '0',
        >= (byte)'A' and <= (byte)'F' => character - 'A' + 10,
        >= (byte)'a' and <= (byte)'f' => character - 'a' + 10,
        _ => -1,
    };
}
