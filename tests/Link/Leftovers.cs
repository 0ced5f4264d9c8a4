// Owns: counting what a connection could leave in this process: descriptors and threads.
// Must never: take a thread of the pool that a busy machine made for one that was left: the pool lets it go.

using System.Diagnostics;
using Gateway.Tests.Support;

namespace Gateway.Link.Tests;

internal static class Leftovers
{
    public static (int Descriptors, int Threads) Now()
    {
        using Process self = Process.GetCurrentProcess();
        return (Directory.GetFileSystemEntries("/proc/self/fd").Length, self.Threads.Count);
    }

    public static void AtMost(int descriptors, int threads) => Patience.Until(
        () => Now() is var now && now.Descriptors <= descriptors && now.Threads <= threads,
        () => $"at most {descriptors} descriptors and {threads} threads, there are {Now()}");
}
