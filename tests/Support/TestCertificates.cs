// Owns: certificates for the time of a test: an authority, the broker's for 127.0.0.1, a client's, and an authority nobody trusts.
// Must never: be used outside tests; the keys lie unprotected in a temporary folder.

using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Gateway.Tests.Support;

/// <summary>PEM files in a folder of their own, gone with Dispose.</summary>
public sealed class TestCertificates : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tls-").FullName;

    public TestCertificates()
    {
        using X509Certificate2 authority = Authority("Test CA", Ca);
        using X509Certificate2 stranger = Authority("Other CA", OtherCa);
        Leaf(authority, "broker", names => names.AddIpAddress(IPAddress.Loopback), ServerCert, ServerKey);
        Leaf(authority, "elsewhere", names => names.AddDnsName("elsewhere.invalid"), WrongNameCert, WrongNameKey);
        Leaf(authority, "broker", names => names.AddIpAddress(IPAddress.Loopback), ExpiredCert, ExpiredKey, fromDays: -20, toDays: -10);
        Leaf(authority, "broker", names => names.AddIpAddress(IPAddress.Loopback), FutureCert, FutureKey, fromDays: 10, toDays: 20);
        Leaf(authority, "st7", names => names.AddDnsName("st7"), ClientCert, ClientKey);
        Leaf(stranger, "st7", names => names.AddDnsName("st7"), StrangerCert, StrangerKey);
    }

    public string Ca => File("ca.pem");

    public string OtherCa => File("other-ca.pem");

    /// <summary>For the IP address 127.0.0.1.</summary>
    public string ServerCert => File("server.pem");

    public string ServerKey => File("server.key");

    /// <summary>For a name that the broker does not have.</summary>
    public string WrongNameCert => File("wrong-name.pem");

    public string WrongNameKey => File("wrong-name.key");

    /// <summary>For 127.0.0.1, ended ten days ago.</summary>
    public string ExpiredCert => File("expired.pem");

    public string ExpiredKey => File("expired.key");

    /// <summary>For 127.0.0.1, begins in ten days.</summary>
    public string FutureCert => File("future.pem");

    public string FutureKey => File("future.key");

    public string ClientCert => File("client.pem");

    public string ClientKey => File("client.key");

    /// <summary>A client's certificate that another authority signed.</summary>
    public string StrangerCert => File("stranger.pem");

    public string StrangerKey => File("stranger.key");

    /// <summary>Lines for <see cref="MosquittoBroker"/>: a further listener with TLS that asks for a client certificate.</summary>
    public string Listener(int port) => Listener(port, ServerCert, ServerKey);

    public string Listener(int port, string cert, string key)
    {
        return $"""
            listener {port} {MosquittoBroker.Host}
            cafile {Ca}
            certfile {cert}
            keyfile {key}
            require_certificate true

            """;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static X509Certificate2 Authority(string name, string path)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-30), DateTimeOffset.UtcNow.AddDays(30));
        System.IO.File.WriteAllText(path, made.ExportCertificatePem());
        return made;
    }

    private static void Leaf(
        X509Certificate2 authority, string name, Action<SubjectAlternativeNameBuilder> names, string certPath, string keyPath,
        double fromDays = -0.05, double toDays = 20)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var alternative = new SubjectAlternativeNameBuilder();
        names(alternative);
        request.CertificateExtensions.Add(alternative.Build());
        using X509Certificate2 made = request.Create(
            authority, DateTimeOffset.UtcNow.AddDays(fromDays), DateTimeOffset.UtcNow.AddDays(toDays), RandomNumberGenerator.GetBytes(8));
        System.IO.File.WriteAllText(certPath, made.ExportCertificatePem());
        System.IO.File.WriteAllText(keyPath, key.ExportPkcs8PrivateKeyPem());
    }

    private string File(string name) => Path.Combine(_folder, name);
}
