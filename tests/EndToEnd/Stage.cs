// Owns: a broker, a county with its database, and one station with its flash, each of which can be killed and started again.
// Must never: look into a program's memory; what counts is in the files and on the wire.

using System.Net;
using Gateway.Contract;
using Gateway.County.Server;
using Gateway.Mqtt;
using Microsoft.Data.Sqlite;

// Most of a test here is waiting for programs, so more of them go at a time than a small machine has processors.
[assembly: CollectionBehavior(MaxParallelThreads = 8)]

namespace Gateway.Tests.EndToEnd;

/// <summary>The whole way from a button to the county's table.</summary>
public sealed class Stage : IDisposable
{
    public const uint Station = 330701;

    private const string Zones = """
        zone 1 kind=callpoint     wiring=line input=a1 name=值班室报警按钮
        zone 2 kind=smoke         wiring=line input=a2 name=仓库感烟
        zone 3 kind=heat          wiring=line input=a3 name=厨房感温
        zone 4 kind=pump-not-auto wiring=no   input=d2 name=消防泵房转换开关
        button silence input=d5
        button reset   input=d6
        button answer  input=d7
        button test    input=d8

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("stage-").FullName;
    private readonly OwnAuthority? _authority;

    /// <param name="proxied">The gateway's way to the broker leads through <see cref="Proxy"/>.</param>
    /// <param name="uplink">Further words of the uplink line.</param>
    /// <param name="host">The proxy listens at the near end of a <see cref="LossyNetwork"/> with this far end; null = on loopback.</param>
    /// <param name="twoPaths">There is a second broker, and the station knows it.</param>
    /// <param name="authority">The broker speaks TLS alone and wants certificates of this authority, of which the county has one.</param>
    public Stage(
        bool proxied = false, string uplink = "", IPAddress? host = null, bool twoPaths = false, OwnAuthority? authority = null)
    {
        _authority = authority;
        Broker = MosquittoBroker.Start([BrokerUser.County], extra: "", authority?.ForBroker);
        Second = twoPaths ? MosquittoBroker.Start(BrokerUser.County) : null;
        uplink += Second is null ? "" : $" host2=127.0.0.1 port2={Second.Port}";
        Proxy = proxied ? new TcpProxy(Broker.Port, host is null ? null : LossyNetwork.Near) : null;
        Database = Path.Combine(_folder, "county.db");
        string settings = Path.Combine(_folder, "station.txt");

        // Inside this process: the start of a program for each stage would prove nothing and cost a third of a second of a processor.
        StringWriter refused = new();
        Task<int> added = CommandLine.Run(
            [
                "station", "add", "--id", $"{Station}", "--county", "330726", "--township", "330726101", "--village", "330726101003",
                "--name", "金塘村微型消防站", "--uplink-host", $"{host ?? IPAddress.Loopback}",
                "--uplink-port", $"{Proxy?.Port ?? Broker.Port}", "--db", Database, "--out", settings,
            ], refused);
        Assert.True(added.GetAwaiter().GetResult() == 0, refused.ToString());
        StationFile = settings;
        SettingsFile = Path.Combine(_folder, "settings.txt");
        File.WriteAllText(SettingsFile, File.ReadAllText(settings).Replace(
            $"user=st{Station}", $"user=st{Station} {uplink}".TrimEnd(), StringComparison.Ordinal) + Zones);
        KeyFile = settings + ".secrets";
        string password = File.ReadLines(KeyFile)
            .Single(line => line.StartsWith("password ", StringComparison.Ordinal))["password ".Length..];
        StationUser = new BrokerUser($"st{Station}", password);
        Broker.Add(StationUser);
        Second?.Add(StationUser);
        File.WriteAllText(Path.Combine(_folder, "county.password"), BrokerUser.County.Password);
        FlashFolder = Path.Combine(_folder, "flash");
        CountySays = authority is null ? ["--user", BrokerUser.CountyName, "--password-file", PathOf("county.password")]
            : ["--ca", authority.Ca, "--cert", authority.Pem("county"), "--key", authority.Key("county")];
    }

    public MosquittoBroker Broker { get; }

    /// <summary>The station's second broker, or null.</summary>
    public MosquittoBroker? Second { get; }

    /// <summary>Between gateway and broker; the county is always at the broker itself.</summary>
    public TcpProxy? Proxy { get; }

    /// <summary>The station's name and password at the broker.</summary>
    public BrokerUser StationUser { get; }

    public string Database { get; }

    /// <summary>The lines that the county gave.</summary>
    public string StationFile { get; }

    public string SettingsFile { get; }

    /// <summary>By what the county comes in at the broker: its password, or its certificate.</summary>
    public IReadOnlyList<string> CountySays { get; set; }

    /// <summary>A gateway's certificates; null = it comes in clear.</summary>
    public string? TlsFolder { get; set; }

    /// <summary>The secrets file that gateways are started with.</summary>
    public string KeyFile { get; set; }

    public string FlashFolder { get; }

    /// <summary>A path of the stage's own folder.</summary>
    public string PathOf(string name) => Path.Combine(_folder, name);

    /// <summary>The county at the broker, and at the second one where there is one.</summary>
    public ChildProgram StartCounty() => ChildProgram.County(
        ["run", .. Brokers.SelectMany(one => (string[])["--broker", $"127.0.0.1:{one.Port}"]), .. CountySays, "--db", Database]);

    private IEnumerable<MosquittoBroker> Brokers => Second is null ? [Broker] : [Broker, Second];

    /// <summary>What a county inside this process comes in with.</summary>
    private MqttAccess CountyAt(MosquittoBroker broker) => _authority is null
        ? BrokerUser.County.At(broker.Port)
        : new MqttAccess
        {
            Host = MosquittoBroker.Host, Port = broker.Port, ClientId = BrokerUser.CountyName, Tls = _authority.Shown("county"),
        };

    /// <summary>The gateway on the stage's flash, playing a script.</summary>
    public ChildProgram StartGateway(string script)
    {
        string file = PathOf($"script-{Guid.NewGuid():N}.txt");
        File.WriteAllText(file, script);
        return ChildProgram.Gateway(
            [
                "--settings", SettingsFile, "--key", KeyFile, "--state", FlashFolder, "--script", file, "--plain",
                .. TlsFolder is null ? [] : (string[])["--tls", TlsFolder],
            ]);
    }

    /// <summary>The gateway on the stage's flash until it is killed.</summary>
    public ChildProgram RunGateway(params string[] more) =>
        ChildProgram.Gateway(["--settings", SettingsFile, "--key", KeyFile, "--state", FlashFolder, "--plain", .. more]);

    /// <summary>A copy of the county's database as it is now, also while it is in use.</summary>
    public string CopyDatabase()
    {
        string copy = PathOf($"copy-{Guid.NewGuid():N}.db");
        using var from = new SqliteConnection($"Data Source={Database};Mode=ReadOnly;Pooling=False");
        using var to = new SqliteConnection($"Data Source={copy};Pooling=False");
        from.Open();
        to.Open();
        from.BackupDatabase(to);
        return copy;
    }

    /// <summary>Puts a copy in the place of the county's database; the county must not run.</summary>
    public void RestoreDatabase(string copy)
    {
        foreach (string side in (string[])["", "-wal", "-shm"])
        {
            File.Delete(Database + side);
        }

        File.Copy(copy, Database);
    }

    /// <summary>Every good record in the station's flash, by its identity.</summary>
    public IReadOnlyDictionary<Identity, byte[]> InFlash()
    {
        var found = new Dictionary<Identity, byte[]>();
        foreach (string area in (string[])["fire", "condition", "routine", "kept"])
        {
            string folder = Path.Combine(FlashFolder, area);
            foreach (string file in Directory.Exists(folder) ? Directory.GetFiles(folder) : [])
            {
                byte[] bytes = File.ReadAllBytes(file);
                for (int at = 0; at + EventRecord.Size <= bytes.Length; at += EventRecord.Size)
                {
                    var record = new EventRecord();
                    if (record.Decode(bytes, at, bytes.Length) == DecodeResult.Ok)
                    {
                        found[Identity.Of(record)] = bytes[at..(at + EventRecord.Size)];
                    }
                }
            }
        }

        return found;
    }

    /// <summary>Every event in the county's table, by its identity.</summary>
    public IReadOnlyDictionary<Identity, byte[]> AtCounty()
    {
        var found = new Dictionary<Identity, byte[]>();
        using var connection = new SqliteConnection($"Data Source={Database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT epoch, lane, sequence, raw FROM events WHERE station = $station";
        command.Parameters.AddWithValue("$station", (long)Station);
        using SqliteDataReader rows = command.ExecuteReader();
        while (rows.Read())
        {
            found.Add(new Identity((uint)rows.GetInt64(0), (Lane)rows.GetInt32(1), (uint)rows.GetInt64(2)), (byte[])rows.GetValue(3));
        }

        return found;
    }

    /// <summary>One number from the county's database.</summary>
    public long Count(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>
    /// Lets everything run undisturbed until the gateway was told that all is held, then compares both ends byte by byte. Both run inside
    /// this process; no program of the test may still run.
    /// </summary>
    /// <param name="awaited">Lines of a script for what a start says only after it has looked at its inputs for a while.</param>
    public void SettleAndCompare(string awaited = "")
    {
        using (new NearCounty(Database, TimeSpan.Zero, [.. Brokers.Select(CountyAt)]))
        {
            NearScript.Play(this, $"wait until online within 300s\n{awaited}wait until county holds within 300s\nquit\n");
        }

        Compare();
    }

    /// <summary>The county's table is the station's flash, byte by byte, and no gap is left that nobody reports.</summary>
    public void Compare()
    {
        IReadOnlyDictionary<Identity, byte[]> flash = InFlash();
        IReadOnlyDictionary<Identity, byte[]> table = AtCounty();

        // Records that came into being after the last "held" belong to the end of the script itself.
        Assert.Empty(table.Keys.Except(flash.Keys));
        Assert.DoesNotContain(flash.Keys.Except(table.Keys), identity => identity.Lane == Lane.Fire);
        foreach (Identity identity in table.Keys)
        {
            AssertSame(flash[identity], table[identity]);
        }

        Assert.Equal(0, Count("SELECT COUNT(*) FROM conflicts"));
        Assert.Equal(0, Count("SELECT COUNT(*) FROM gaps WHERE owned_by = 0"));
    }

    /// <summary>
    /// Every byte, but for two things: the time of a record that was written before the clock was known is completed on its way to the
    /// county, and a loss record's age, which its flash keeps where others name zones, is taken out on the way.
    /// </summary>
    public static void AssertSame(byte[] flash, byte[] table)
    {
        var made = new EventRecord();
        var held = new EventRecord();
        Assert.Equal(DecodeResult.Ok, made.Decode(flash, 0, flash.Length));
        Assert.Equal(DecodeResult.Ok, held.Decode(table, 0, table.Length));
        byte[] expected = [.. flash];
        if (made.UtcQuality == UtcQuality.Unknown && held.UtcQuality == UtcQuality.BackFilled)
        {
            made.UtcMs = held.UtcMs;
            made.UtcQuality = held.UtcQuality;
            made.Encode(expected, 0);
        }

        if (made.Kind == EventKind.Loss)
        {
            made.Zone = 0;
            made.ZoneKind = ZoneKind.None;
            made.OtherZone = 0;
            made.Rule = 0;
            made.Encode(expected, 0);
        }

        Assert.Equal(expected, table);
    }

    public void Dispose()
    {
        Proxy?.Dispose();
        Broker.Dispose();
        Second?.Dispose();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>What makes a record one: its store's life, lane and sequence.</summary>
public readonly record struct Identity(uint Epoch, Lane Lane, uint Sequence)
{
    public static Identity Of(EventRecord record) => new(record.Epoch, record.LaneNumber, record.Sequence);
}
