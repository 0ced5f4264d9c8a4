// Owns: the certificates of a connection, and why one of the broker's is refused.
// Must never: accept a broker that the operating system's check refused.

using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Gateway.Mqtt;

/// <summary>
/// PEM files, read for each connection, so that renewed ones count from the next connection on. The broker's certificate must name the
/// host, as a name or as an IP address.
/// </summary>
public sealed class MqttTls
{
    /// <summary>Certificates of the authorities that may have signed the broker's; the machine's own do not count.</summary>
    public required string CaFile { get; init; }

    /// <summary>Our own certificate, together with <see cref="KeyFile"/>, where the broker asks for one.</summary>
    public string? CertFile { get; init; }

    public string? KeyFile { get; init; }

    /// <summary>Reads all files once, so that a wrong one is told at the start: place and what is allowed. Null: all are good.</summary>
    public string? Problem()
    {
        try
        {
            foreach (X509Certificate2 certificate in Authorities())
            {
                certificate.Dispose();
            }

            Own()?.Dispose();
            return null;
        }
        catch (IOException e)
        {
            return e.Message;
        }
    }

    /// <exception cref="IOException">The file cannot be read or has no certificate.</exception>
    internal X509Certificate2Collection Authorities() => Read(CaFile, "a readable PEM file with the brokers' authorities", () =>
    {
        X509Certificate2Collection found = [];
        found.ImportFromPemFile(CaFile);
        return found.Count > 0 ? found : throw new CryptographicException("no certificate in it");
    });

    /// <exception cref="IOException">One of the pair cannot be read, or they are no pair.</exception>
    internal X509Certificate2? Own()
    {
        if (CertFile is null && KeyFile is null)
        {
            return null;
        }

        if (CertFile is null || KeyFile is null)
        {
            throw new IOException(
                $"TLS: {CertFile ?? KeyFile}: 只有一半，应为 证书文件和它的密钥文件 / found: half a pair; allowed: a certificate file and its key file");
        }

        return Read(CertFile, $"a certificate in PEM with its key in {KeyFile}", () =>
        {
            using X509Certificate2 read = X509Certificate2.CreateFromPemFile(CertFile, KeyFile);

            // Windows takes no key that lives in memory alone.
            return X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null);
        });
    }

    /// <summary>What is wrong with a broker's certificate, in words; null when the system's check found nothing.</summary>
    internal static string? FaultOf(X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
        {
            return null;
        }

        List<string> faults = [];
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            faults.Add("对方没有证书 the broker shows no certificate");
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
        {
            foreach (X509ChainElement element in chain?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
            {
                faults.AddRange(element.ChainElementStatus.Select(status => FaultOf(element.Certificate, status)));
            }

            if (chain is not null && faults.Count == 0)
            {
                faults.AddRange(chain.ChainStatus.Select(status => FaultOf(null, status)));
            }
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            faults.Add($"证书属于别的主机 certificate of another host: {shown?.Subject}");
        }

        return string.Join("; ", faults.Distinct());
    }

    private static string FaultOf(X509Certificate2? certificate, X509ChainStatus status)
    {
        string whose = certificate?.Subject ?? "";
        if (status.Status == X509ChainStatusFlags.NotTimeValid && certificate is not null)
        {
            string own = $"本机时钟 own clock {Day(DateTime.UtcNow)}";
            return DateTime.Now < certificate.NotBefore
                ? $"证书尚未生效 certificate not yet valid before {Day(certificate.NotBefore.ToUniversalTime())}: {whose}, {own}"
                : $"证书已过期 certificate expired {Day(certificate.NotAfter.ToUniversalTime())}: {whose}, {own}";
        }

        return status.Status is X509ChainStatusFlags.UntrustedRoot or X509ChainStatusFlags.PartialChain
            ? $"证书机构未知 certificate of an unknown authority: {certificate?.Issuer ?? whose}"
            : $"证书有误 certificate {status.Status}: {whose}";
    }

    private static string Day(DateTime utc) => utc.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static T Read<T>(string path, string allowed, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new IOException($"TLS: {path}: 读不出 / found: {e.Message}; allowed: {allowed}", e);
        }
    }
}
