// Owns: a registered station for tests and benchmarks.
// Must never: give two stations one key.

using Gateway.County;

namespace Gateway.Tests.Support;

internal static class TestStation
{
    /// <param name="number">Its number.</param>
    /// <param name="password">At the broker; by default that of its <see cref="BrokerUser"/>.</param>
    /// <param name="county">Its county's code.</param>
    /// <param name="township">Its township's code.</param>
    /// <param name="village">Its village's code.</param>
    /// <param name="key">By default a new one.</param>
    public static StationRegistration Registered(
        uint number, string? password = null, string county = FakeGateway.County, string township = FakeGateway.Township,
        string village = FakeGateway.Village, byte[]? key = null) => new()
    {
        Station = number,
        County = county,
        Township = township,
        Village = village,
        Name = $"站{number}",
        Key = key is null ? StationKey.Create() : new StationKey(key),
        PasswordHash = BrokerPassword.Hash(password ?? BrokerUser.Station(number).Password),
    };
}
