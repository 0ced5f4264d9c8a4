// Owns: an authority as the county's page sets it up, by its script, for the time of a test.
// Must never: make a certificate in another way than the script, but for times of validity that the script does not give.

using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gateway.Mqtt;

namespace Gateway.Tests.Support;

/// <summary>Files in a folder of their own, gone with Dispose.</summary>
public sealed class OwnAuthority : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("authority-").FullName;

    /// <param name="server">Names of the broker.</param>
    public OwnAuthority(params string[] server)
    {
        Make("ca");
        Make(["server", .. server]);
    }

    /// <summary>What another has made so far, as if made here.</summary>
    public OwnAuthority(OwnAuthority other)
    {
        foreach (string file in Directory.EnumerateFiles(other._folder, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(_folder, Path.GetRelativePath(other._folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            System.IO.File.Copy(file, copy);
        }
    }

    public string Folder => _folder;

    /// <summary>What the broker gets: a folder without the authority's own key.</summary>
    public string ForBroker
    {
        get
        {
            string folder = Directory.CreateDirectory(Path.Combine(_folder, "broker")).FullName;
            foreach (string file in (string[])["ca.pem", "crl.pem", "server.pem", "server.key"])
            {
                System.IO.File.Copy(File(file), Path.Combine(folder, file), overwrite: true);
            }

            return folder;
        }
    }

    public string Ca => Pem("ca");

    public string Pem(string name) => File(name + ".pem");

    public string Key(string name) => File(name + ".key");

    /// <summary>What somebody with that certificate shows.</summary>
    public MqttTls Shown(string name) => new() { CaFile = Ca, CertFile = Pem(name), KeyFile = Key(name) };

    /// <summary>Runs the script; it has to succeed.</summary>
    public void Make(params string[] arguments)
    {
        (int code, string error) = Run(arguments);
        if (code != 0)
        {
            throw new InvalidOperationException($"certificates.sh {string.Join(' ', arguments)}: {error}");
        }
    }

    public (int Code, string Error) Run(params string[] arguments)
    {
        (int code, _, string error) = ChildProgram.Run(
            new ProcessStartInfo(Repository.Path("county", "mosquitto", "certificates.sh"), [_folder, .. arguments]));
        return (code, error);
    }

    /// <summary>A client's certificate of this authority that is good at another time; its files are called by the name.</summary>
    public void Timed(string file, string user, double fromDays, double toDays)
    {
        using X509Certificate2 authority = X509Certificate2.CreateFromPemFile(Ca, Key("ca"));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={user}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], critical: false));
        DateTimeOffset now = DateTimeOffset.UtcNow;
        X509SignatureGenerator signature = X509SignatureGenerator.CreateForECDsa(authority.GetECDsaPrivateKey()!);
        using X509Certificate2 made = request.Create(
            authority.SubjectName, signature, now.AddDays(fromDays), now.AddDays(toDays), RandomNumberGenerator.GetBytes(8));
        System.IO.File.WriteAllText(Pem(file), made.ExportCertificatePem());
        System.IO.File.WriteAllText(Key(file), key.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string File(string name) => Path.Combine(_folder, name);
}
