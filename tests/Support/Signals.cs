// Owns: sending a signal to a process that a test started.
// Must never: need a program for it: a small Debian has no kill but the shell's own.

using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Gateway.Tests.Support;

/// <summary>Signals by their numbers on Linux.</summary>
public static partial class Signals
{
    public const int Hangup = 1;
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;
    public const int Continue = 18;
    public const int Stop = 19;

    /// <exception cref="Win32Exception">There is no such process, or it is not ours.</exception>
    public static void Send(int processId, int signal)
    {
        if (SendTo(processId, signal) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendTo(int processId, int signal);
}
