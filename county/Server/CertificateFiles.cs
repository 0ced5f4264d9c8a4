// Owns: the files of certificates that `county run` is given, read and checked at its start.
// Must never: print what is in a key's file.

using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gateway.Mqtt;

namespace Gateway.County.Server;

internal static class CertificateFiles
{
    /// <summary>A server's certificate with its key.</summary>
    public static X509Certificate2 Certificate(string cert, string key, string certOption = "--cert", string keyOption = "--key")
    {
        try
        {
            using X509Certificate2 read = X509Certificate2.CreateFromPem(
                SecretFiles.Pem(certOption, cert), SecretFiles.Pem(keyOption, key));
            return X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null);
        }
        catch (CryptographicException e)
        {
            throw new CommandException(
                $"{certOption}, {keyOption}: '{cert}', '{key}': {e.Message}; allowed: a certificate and its key in PEM", e)
            {
                ExitCode = ExitCodes.Failed,
            };
        }
    }

    /// <summary>A wrong file is told at the start and not at each attempt.</summary>
    public static MqttTls Readable(string ca, string? cert, string? key)
    {
        SecretFiles.Pem("--ca", ca);
        Tried("--ca", new MqttTls { CaFile = ca });
        if (cert is not null)
        {
            SecretFiles.Pem("--cert", cert);
            SecretFiles.Pem("--key", key!);
        }

        return Tried("--cert, --key", new MqttTls { CaFile = ca, CertFile = cert, KeyFile = key });
    }

    private static MqttTls Tried(string option, MqttTls tls) =>
        tls.Problem() is { } problem ? throw new CommandException($"{option}: {problem}") { ExitCode = ExitCodes.Failed } : tls;

    /// <summary>
    /// The broker takes the name in the certificate for the user's. With another one the county would be connected and hear nothing.
    /// </summary>
    public static void CheckName(string cert, string user)
    {
        using X509Certificate2 own = X509Certificate2.CreateFromPem(SecretFiles.Pem("--cert", cert));
        string name = own.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        if (name != user)
        {
            throw new CommandException(
                $"--cert: '{cert}' is the certificate of '{ScreenText.Plain(name)}'; allowed: one of user '{user}' (--user), "
                + "or a password too")
            {
                ExitCode = ExitCodes.Failed,
            };
        }
    }

    /// <summary>A certificate that is no longer or not yet good ends nothing here: this machine's clock may be the wrong one.</summary>
    public static void TellEnd(string cert, LiveList list)
    {
        using X509Certificate2 own = X509Certificate2.CreateFromPem(SecretFiles.Pem("--cert", cert));
        DateTime now = DateTime.Now;
        if (now < own.NotBefore || now.AddDays(ServerLimits.CertificateDaysTold) > own.NotAfter)
        {
            list.Note("red", string.Create(
                CultureInfo.InvariantCulture, $"{cert}: 证书有效期 certificate is good {own.NotBefore:yyyy-MM-dd}..{own.NotAfter:yyyy-MM-dd}"));
        }
    }
}
