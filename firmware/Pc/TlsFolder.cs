// Owns: the certificates with which the brokers are known, and this station to them.
// Must never: let a station speak in clear because a file of it is missing.

using Gateway.Mqtt;

namespace Gateway.Pc;

/// <summary>
/// A folder with the files that the device has on its drive: ca.pem, and client.pem with client.key where they are asked for.
/// </summary>
public static class TlsFolder
{
    /// <summary>Null with errors when a file is missing.</summary>
    public static MqttTls? Read(string folder, ICollection<string> errors)
    {
        string ca = Path.Combine(folder, "ca.pem");
        string certificate = Path.Combine(folder, "client.pem");
        string key = Path.Combine(folder, "client.key");
        if (!File.Exists(ca))
        {
            errors.Add($"{ca}: 没有此文件 no such file; 允许 allowed: the certificate of the brokers' authority in PEM");
            return null;
        }

        if (File.Exists(certificate) != File.Exists(key))
        {
            string missing = File.Exists(certificate) ? key : certificate;
            errors.Add($"{missing}: 没有此文件 no such file; 允许 allowed: client.pem together with client.key");
            return null;
        }

        bool own = File.Exists(certificate);
        MqttTls tls = new() { CaFile = ca, CertFile = own ? certificate : null, KeyFile = own ? key : null };
        if (tls.Problem() is { } problem)
        {
            errors.Add(problem);
            return null;
        }

        return tls;
    }
}
