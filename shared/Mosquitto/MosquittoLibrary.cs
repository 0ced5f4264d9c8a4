// Owns: loading libmosquitto once, checking its version, and its error texts.
// Must never: go on with a library whose structures this binding does not know.

using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Gateway.Mosquitto;

/// <summary>The loaded native library. Thread-safe.</summary>
public static unsafe class MosquittoLibrary
{
    /// <summary>Debian's package of the library.</summary>
    public const string Package = "libmosquitto1";

    internal const int ErrSuccess = 0;
    internal const int ErrNoMemory = 1;
    internal const int ErrNoConnection = 4;
    internal const int ErrErrno = 14;
    internal const int ErrKeepAlive = 19;
    internal const int OptionNoDelay = 11;

    // Large enough for the longest text of the library; a bound in case a foreign build lacks the closing zero.
    private const int ErrorTextMax = 256;

    private static readonly Lock Gate = new();
    private static Version? _version;

    /// <summary>Loads and initialises the library if that has not been done, and returns its version.</summary>
    /// <exception cref="MosquittoException">The library is missing or is not version 2.x.</exception>
    public static Version Load()
    {
        lock (Gate)
        {
            if (_version is not null)
            {
                return _version;
            }

            int major;
            int minor;
            int revision;
            try
            {
                NativeMethods.LibVersion(out major, out minor, out revision);
            }
            catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
            {
                throw new MosquittoException(
                    $"{NativeMethods.Mosquitto} cannot be loaded ({e.GetType().Name}). Install it: apt-get install {Package}", e);
            }

            if (major != 2)
            {
                throw new MosquittoException(
                    $"{NativeMethods.Mosquitto} has version {major}.{minor}.{revision}; this program needs 2.x: apt-get install {Package}");
            }

            int code = NativeMethods.LibInit();
            if (code != ErrSuccess)
            {
                throw new MosquittoException($"{NativeMethods.Mosquitto} does not start: {ErrorText(code)}");
            }

            return _version = new Version(major, minor, revision);
        }
    }

    /// <summary>The library's words for one of its error numbers; for "see errno" the system's words.</summary>
    internal static string ErrorText(int code, int errno = 0)
    {
        return code == ErrErrno && errno != 0 ? new Win32Exception(errno).Message : Text(NativeMethods.ErrorText(code));
    }

    internal static string ConnackText(int code) => Text(NativeMethods.ConnackText(code));

    private static string Text(byte* text)
    {
        if (text is null)
        {
            return "unknown";
        }

        int bytes = new ReadOnlySpan<byte>(text, ErrorTextMax).IndexOf((byte)0);
        return System.Text.Encoding.UTF8.GetString(text, bytes < 0 ? ErrorTextMax : bytes).TrimEnd('.');
    }
}

/// <summary>The native library is missing or refused an option; the message says which and what to do.</summary>
public sealed class MosquittoException : Exception
{
    public MosquittoException(string message)
        : base(message)
    {
    }

    public MosquittoException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public MosquittoException()
    {
    }
}
