// Owns: that no input throws, hangs, or lets anything but a true frame through; and that reading allocates nothing.
// Must never: draw without a seed. FRAME_FUZZ=N asks for N inputs, FRAME_SEED=N for another beginning.

using Gateway.Gb26875;

namespace Gateway.Tests.Frames;

public class FuzzTests
{
    private const int InputsInATest = 200_000;

    [Fact]
    public void Made_up_streams_are_read_to_their_end()
    {
        int inputs = Number("FRAME_FUZZ", InputsInATest), seed = Number("FRAME_SEED", 1);
        Random random = new(seed);
        byte[][] good = [.. VectorCase.All.Where(one => one.IsFrame).Select(one => one.Bytes)];
        byte[] input = new byte[3000], buffer = new byte[FrameReader.BufferBytesMin], unit = new byte[FrameLayout.UnitBytesMax];
        long frames = 0;
        for (int i = 0; i < inputs; i++)
        {
            int length = Make(random, good, input);
            FrameReader reader = new((PeerFlags)random.Next(128), buffer);
            ReadOnlySpan<byte> left = input.AsSpan(0, length);
            int outcomes = 0;
            while (!left.IsEmpty)
            {
                int taken = reader.Add(left[..Math.Min(left.Length, 1 + random.Next(1500))]);
                Assert.True(taken > 0, $"seed {seed}, input {i}: no byte taken");
                left = left[taken..];
                ReadOutcome outcome;
                while ((outcome = reader.Read(out Frame frame)) != ReadOutcome.NeedMore)
                {
                    outcomes++;
                    Assert.True(outcomes <= 2 * length, $"seed {seed}, input {i}: more outcomes than bytes");
                    if (outcome == ReadOutcome.Frame)
                    {
                        frames++;
                        Check(frame, unit);
                    }
                }
            }
        }

        Assert.True(frames > inputs / 100, $"only {frames} frames: the inputs are too wild to say anything");
    }

    [Fact]
    public void Reading_and_writing_allocate_nothing()
    {
        byte[] stream = [.. VectorCase.All.Where(one => one.Result == "Frame").SelectMany(one => one.Bytes)];
        FrameReader reader = new();
        byte[] unit = new byte[FrameLayout.UnitBytesMax], answer = new byte[FrameLayout.FrameBytesMax];
        int Run()
        {
            int objects = 0;
            reader.Add(stream);
            while (reader.Read(out Frame frame) != ReadOutcome.NeedMore)
            {
                FrameWriter.Write(answer, FrameHead.Of(frame).Answer(FrameCommand.Confirm, frame.Time), default);
                UnitReader read = new(frame.Unit);
                if (read.Fault == UnitFault.None)
                {
                    UnitWriter write = new(unit, read.Type);
                    while (read.Next(out UnitObject one) && write.TryAdd(one))
                    {
                        objects++;
                    }
                }
            }

            return objects;
        }

        Assert.True(Run() > 0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        int sum = 0;
        for (int i = 0; i < 1000; i++)
        {
            sum += Run();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(sum > 0);
    }

    /// <summary>A frame that came through is true, and what can be decoded is encoded to the same bytes.</summary>
    private static void Check(in Frame frame, byte[] unit)
    {
        ReadOnlySpan<byte> bytes = frame.Bytes;
        Assert.True(bytes.Length == frame.Unit.Length + FrameLayout.OverheadBytes && bytes.StartsWith("@@"u8) && bytes.EndsWith("##"u8));
        UnitReader reader = new(frame.Unit);
        if (reader.Fault != UnitFault.None)
        {
            return;
        }

        UnitWriter writer = new(unit, reader.Type);
        bool all = true;
        while (reader.Next(out UnitObject one))
        {
            FrameText.Read(one.Text);
            one.Time.TryGetMoment(out _);
            all &= writer.TryAdd(one);
        }

        if (all && reader.Fault == UnitFault.None)
        {
            Assert.True(writer.Written.SequenceEqual(frame.Unit));
        }
    }

    /// <summary>Random bytes, given frames that were hurt, and frames with random units, glued together.</summary>
    private static int Make(Random random, byte[][] good, byte[] to)
    {
        int at = 0;
        Span<byte> room = stackalloc byte[120];
        do
        {
            switch (random.Next(4))
            {
                case 0:
                    int noise = random.Next(60);
                    random.NextBytes(to.AsSpan(at, noise));
                    at += noise;
                    break;
                case 1:
                    byte[] one = good[random.Next(good.Length)];
                    one.CopyTo(to, at);
                    for (int hurts = random.Next(3); hurts > 0; hurts--)
                    {
                        to[at + random.Next(one.Length)] = (byte)random.Next(256);
                    }

                    at += one.Length;
                    break;
                case 2:
                    random.NextBytes(room);
                    Span<byte> unit = room[..random.Next(room.Length)];
                    if (unit.Length > 1)
                    {
                        unit[0] = (byte)UnitLayout.Types[random.Next(UnitLayout.Types.Count)];
                        unit[1] = (byte)random.Next(4);
                    }

                    at += FrameWriter.Write(to.AsSpan(at), new FrameHead { MainVersion = 1, Command = (FrameCommand)random.Next(8) }, unit);
                    break;
                default:
                    "@@##@"u8.CopyTo(to.AsSpan(at));
                    at += 1 + random.Next(5);
                    break;
            }
        }
        while (at < 400 && random.Next(3) > 0);

        return at;
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), out int value) ? value : otherwise;
}
