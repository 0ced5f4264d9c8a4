// Owns: what the programs write to their standard output and error, also when nobody takes it.
// Must never: write into a file that only happens to have the number of a closed output, or end a program because of its error output.

using System.Text;

namespace Gateway.Streams;

/// <summary>What was written found no taker; the message is a sentence for the person who started the program.</summary>
internal sealed class OutputException(string message, Exception? inner = null) : IOException(message, inner);

/// <summary>Standard output and error of a program. Compiled into each of them.</summary>
internal static class StandardStreams
{
    private const int CloseOnExec = 0x80000;
    private const string Allowed = "允许 allowed: an open terminal, file or pipe with room";

    /// <summary>Called first of all: from then on the console's writers fail with a sentence, and the error output never.</summary>
    public static void Guard()
    {
        UTF8Encoding utf8 = new(encoderShouldEmitUTF8Identifier: false);
        try
        {
            Console.OutputEncoding = utf8;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without a console there is no encoding to set.
        }

        Console.SetOut(new StreamWriter(Output(), utf8) { AutoFlush = true });
        Console.SetError(new StreamWriter(Closed(2) ? Stream.Null : new Guarded(Console.OpenStandardError(), silent: true), utf8)
        {
            AutoFlush = true,
        });
    }

    /// <summary>Standard output as bytes, with the same sentences.</summary>
    public static Stream Output() => new Guarded(Closed(1) ? null : Console.OpenStandardOutput(), silent: false);

    /// <summary>
    /// Whether the program was started without this output. The number may since belong to a file that the runtime opened; what was
    /// handed over by the one who started the program is not closed by starting another, and what the runtime opens is.
    /// </summary>
    private static bool Closed(int number)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        try
        {
            string flags = File.ReadLines($"/proc/self/fdinfo/{number}").First(l => l.StartsWith("flags:", StringComparison.Ordinal));
            return (Convert.ToInt32(flags[6..].Trim(), 8) & CloseOnExec) != 0;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Directory.Exists("/proc/self/fdinfo");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    /// <summary>A stream whose failures are sentences, or nothing at all.</summary>
    private sealed class Guarded(Stream? inner, bool silent) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (inner is null)
            {
                throw new OutputException($"standard output: 已关闭 closed; {Allowed}");
            }

            try
            {
                inner.Write(buffer);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                if (!silent)
                {
                    throw new OutputException($"standard output: {e.Message}; {Allowed}", e);
                }
            }
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
