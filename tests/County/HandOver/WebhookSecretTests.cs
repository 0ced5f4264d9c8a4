// Owns: that a signature is the one of Standard Webhooks, and that nothing else is believed.
// Must never: sign what it checks by another way than a receiver would.

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Gateway.County.HandOver;

namespace Gateway.County.Tests.HandOver;

public class WebhookSecretTests
{
    private const string OwnSecret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private const string Id = "330701-7-0-41-1";
    private const long At = 1_795_701_162;

    private const string Body =
        """{"specversion":"1.0","id":"330701-7-0-41-1","source":"/fgw/330726","type":"cn.fgw.alarm.raised","subject":"330701-7-0-41","""
        + "\"time\":\"2026-11-26T13:52:41.250Z\",\"datacontenttype\":\"application/json\",\"data\":{\"station\":{\"number\":330701,"
        + "\"name\":\"金塘村微型消防站\"}}}";

    [Theory]
    [InlineData(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, "{\"test\": 2432232314}",
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData(OwnSecret, Id, At, Body, "v1,TRZhQ/KcEDTrX5jw80ib8RyqLAxmKkadAwb2eklEyt8=")]
    [InlineData(OwnSecret, "test-92", At, "{\"data\":{\"text\":\"联通测试\"}}", "v1,Y0PPgUsHyoWcfqQRHM/AMb2aBzCg4aNwZPeNMkcNdNo=")]
    public void Signature_is_the_one_of_the_vectors(string secret, string id, long at, string body, string signature) =>
        Assert.Equal(signature, WebhookSecret.Parse(secret)!.Sign(id, at, Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void Vectors_on_the_integrators_page_are_right()
    {
        string page = File.ReadAllText(Repository.Path("county/HandOver/HANDOVER.md")).ReplaceLineEndings("\n");
        string[][] vectors = [.. page.Split("```\n").Where(block => block.StartsWith("whsec_", StringComparison.Ordinal))
            .Select(block => block.TrimEnd().Split('\n'))];
        Assert.Equal(2, vectors.Length);
        foreach (string[] one in vectors)
        {
            byte[] signed = Encoding.UTF8.GetBytes($"{one[1]}.{one[2]}.{one[3]}");
            byte[] mac = HMACSHA256.HashData(Convert.FromBase64String(one[0]["whsec_".Length..]), signed);
            Assert.Equal(one[4], "v1," + Convert.ToBase64String(mac));
            Assert.Equal(one[4], WebhookSecret.Parse(one[0])!.Sign(
                one[1], long.Parse(one[2], CultureInfo.InvariantCulture), Encoding.UTF8.GetBytes(one[3])));
        }
    }

    [Fact]
    public void One_good_signature_of_several_suffices_and_either_secret_is_good_while_it_changes()
    {
        WebhookSecret old = WebhookSecret.Parse(OwnSecret)!;
        WebhookSecret next = WebhookSecret.Parse(WebhookSecret.Create())!;
        string good = old.Sign(Id, At, "{}"u8);
        string other = WebhookSecret.Parse(WebhookSecret.Create())!.Sign(Id, At, "{}"u8);
        Assert.Null(WebhookSecret.Problem([next, old], Id, $"{At}", $"{other} v1a,AAAA {good}", "{}"u8, At + 300));
        Assert.NotNull(WebhookSecret.Problem([next], Id, $"{At}", $"{other} {good}", "{}"u8, At));
    }

    [Theory]
    [InlineData("another byte", Id, "1795701162", 0, "{} ")]
    [InlineData("another id", "330701-7-0-41-2", "1795701162", 0, "{}")]
    [InlineData("a dot in the id", "330701.7", "1795701162", 0, "{}")]
    [InlineData("no id", "", "1795701162", 0, "{}")]
    [InlineData("another time", Id, "1795701163", 0, "{}")]
    [InlineData("the same time otherwise written", Id, "01795701162", 0, "{}")]
    [InlineData("six minutes old", Id, "1795701162", 360, "{}")]
    [InlineData("six minutes ahead", Id, "1795701162", -360, "{}")]
    [InlineData("no time", Id, "now", 0, "{}")]
    [InlineData("a time that no number holds", Id, "99999999999999999999", 0, "{}")]
    [InlineData("a time below all", Id, "-9223372036854775808", 0, "{}")]
    public void Anything_changed_is_refused(string what, string id, string timestamp, int laterS, string body)
    {
        WebhookSecret secret = WebhookSecret.Parse(OwnSecret)!;
        string signature = secret.Sign(Id, At, "{}"u8);
        Assert.Null(WebhookSecret.Problem([secret], Id, $"{At}", signature, "{}"u8, At));
        Assert.True(
            WebhookSecret.Problem([secret], id, timestamp, signature, Encoding.UTF8.GetBytes(body), At + laterS) is not null, what);
    }

    [Theory]
    [InlineData("")]
    [InlineData("v1,")]
    [InlineData("v1,AAAA")]
    [InlineData("v1,====")]
    [InlineData("v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    public void What_is_no_signature_is_refused(string signature) =>
        Assert.NotNull(WebhookSecret.Problem([WebhookSecret.Parse(OwnSecret)!], Id, $"{At}", signature, "{}"u8, At));

    [Theory]
    [InlineData("")]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")]
    [InlineData("whsec_")]
    [InlineData("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRY=")]
    [InlineData("whsec_not base64")]
    public void What_is_no_secret_is_refused(string text) => Assert.Null(WebhookSecret.Parse(text));

    [Fact]
    public void Secret_has_from_24_to_64_bytes_and_is_never_shown()
    {
        Assert.NotNull(WebhookSecret.Parse("whsec_" + Convert.ToBase64String(new byte[24])));
        Assert.NotNull(WebhookSecret.Parse("whsec_" + Convert.ToBase64String(new byte[64])));
        Assert.Null(WebhookSecret.Parse("whsec_" + Convert.ToBase64String(new byte[65])));
        Assert.Equal("(secret)", WebhookSecret.Parse(OwnSecret)!.ToString());
    }
}
