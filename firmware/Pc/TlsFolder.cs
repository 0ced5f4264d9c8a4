// Owns: the certificates with which the brokers are known, and this station to them.
// Must never: let a station speak in clear because a file of it is missing.

using Gateway.Mqtt;
using Gateway.Start;

namespace Gateway.Pc;

/// <summary>
/// A folder with the files that the device has on its drive: ca.pem, and client.pem with client.key where they are asked for.
/// </summary>
public static class TlsFolder
{
    /// <summary>Null with errors when a file is missing.</summary>
    public static MqttTls? Read(string folder, ICollection<string> errors)
    {
        string ca = Path.Combine(folder, TlsNames.Ca);
        string certificate = Path.Combine(folder, TlsNames.Client);
        string key = Path.Combine(folder, TlsNames.ClientKey);
        bool own = File.Exists(certificate);

        // Whoever names a folder wants TLS, so here the authority is missing also when nothing else is there.
        string? missing = File.Exists(ca) ? TlsNames.Missing(hasCa: true, own, File.Exists(key)) : TlsNames.Ca;
        if (missing is not null)
        {
            errors.Add(PlaceNotes.Text(Path.Combine(folder, missing), 0, TlsNames.NoSuchFile, TlsNames.Allowed(missing)));
            return null;
        }

        MqttTls tls = new() { CaFile = ca, CertFile = own ? certificate : null, KeyFile = own ? key : null };
        if (tls.Problem() is { } problem)
        {
            errors.Add(problem);
            return null;
        }

        return tls;
    }
}
