// Owns: making the link of a station from its settings and secrets, and ending it with the process.
// Must never: print what the key file holds.

using Gateway.Contract;
using Gateway.Core;
using Gateway.Link;

namespace Gateway.Pc.Mqtt;

/// <summary>The supervisor of the device with the PC's client behind it.</summary>
public static class PcLink
{
    public static LinkSupervisor Create(Settings settings, StationKey key) =>
        new(Factory(settings, key, ""), TopicsOf(settings));

    /// <summary>
    /// Tries the broker that is not in use, by an account of its own, since both paths may lead to one broker and a name has one
    /// connection there; null when the settings have only one.
    /// </summary>
    public static LinkSupervisor? CreateProbe(Settings settings, StationKey key) =>
        settings.TwoPaths ? LinkSupervisor.Probe(Factory(settings, key, BrokerName.IdleSuffix), TopicsOf(settings)) : null;

    private static Topics TopicsOf(Settings settings) => new(settings.County, settings.Township, settings.Village, settings.Station);

    private static MqttTransportFactory Factory(Settings settings, StationKey key, string suffix)
    {
        var access = new LinkAccess
        {
            ClientId = BrokerName.Of(settings.Station) + suffix, User = settings.User.Length == 0 ? null : settings.User + suffix,
        };

        // A password without a name can't be sent; the broker then says what it thinks of the name's absence.
        access.Password = access.User is null ? null : key.Password;
        for (int path = 0; path < access.Host.Length; path++)
        {
            access.Host[path] = settings.Host[path];
            access.Port[path] = settings.Port[path];
        }

        return new MqttTransportFactory(access, key.Tls);
    }

    /// <summary>Ends the link's threads as far as its client lets them.</summary>
    public static void End(LinkSupervisor link)
    {
        link.Shutdown();
        for (int waitedMs = 0; !link.Ended() && waitedMs < PcLimits.LinkEndWaitMs; waitedMs += PcLimits.LinkEndStepMs)
        {
            Thread.Sleep(PcLimits.LinkEndStepMs);
        }
    }
}
