// Owns: making the link of a station from its settings and secrets, and ending it with the process.
// Must never: print what the key file holds.

using Gateway.Contract;
using Gateway.Core;
using Gateway.Link;

namespace Gateway.Pc.Mqtt;

/// <summary>The supervisor of the device with the PC's client behind it.</summary>
public static class PcLink
{
    /// <summary>An attempt that is under way is disposed within about two seconds; more is not waited for.</summary>
    private const int EndWaitMs = 5_000;

    private const int EndStepMs = 20;

    public static LinkSupervisor Create(Settings settings, StationKey key)
    {
        var access = new LinkAccess { ClientId = $"fgw-{settings.Station}", User = settings.User.Length == 0 ? null : settings.User };

        // A password without a name can't be sent; the broker then says what it thinks of the name's absence.
        access.Password = access.User is null ? null : key.Password;
        for (int path = 0; path < access.Host.Length; path++)
        {
            access.Host[path] = settings.Host[path];
            access.Port[path] = settings.Port[path];
        }

        var topics = new Topics(settings.County, settings.Township, settings.Village, settings.Station);
        return new LinkSupervisor(new MosquittoTransportFactory(access), topics);
    }

    /// <summary>Ends the link's threads as far as its client lets them.</summary>
    public static void End(LinkSupervisor link)
    {
        link.Shutdown();
        for (int waitedMs = 0; !link.Ended() && waitedMs < EndWaitMs; waitedMs += EndStepMs)
        {
            Thread.Sleep(EndStepMs);
        }
    }
}
