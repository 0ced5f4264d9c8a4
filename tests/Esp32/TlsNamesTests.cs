// Owns: which certificate's file is missed beside which others.
// Must never: read a certificate.

using Gateway.Start;

namespace Gateway.Tests.Hardware;

public sealed class TlsNamesTests
{
    [Theory]
    [InlineData(false, false, false, null)]
    [InlineData(true, false, false, null)]
    [InlineData(true, true, true, null)]
    [InlineData(false, true, true, "ca.pem")]
    [InlineData(true, true, false, "client.key")]
    [InlineData(false, true, false, "client.key")]
    [InlineData(true, false, true, "client.pem")]
    [InlineData(false, false, true, "client.pem")]
    public void A_file_that_the_others_need_is_named(bool hasCa, bool hasClient, bool hasClientKey, string? missing)
    {
        Assert.Equal(missing, TlsNames.Missing(hasCa, hasClient, hasClientKey));
    }
}
