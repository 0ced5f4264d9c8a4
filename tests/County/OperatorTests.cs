// Owns: what an operator sees when something fails: one sentence, and a county that works on without its output.
// Must never: print a key or password, not even when a test fails.

using System.Runtime.Versioning;
using Gateway.County.Server;
using Gateway.County.Sql;

namespace Gateway.County.Tests;

[SupportedOSPlatform("linux")]
public sealed class OperatorTests : ProgramRig
{
    [Fact]
    public void Password_is_taken_from_a_pipe_too()
    {
        // Goal: `--password-file <(...)` of a shell. Method: the wrong broker is told after the file was read.
        string error = Shell($"timeout 300 {County} run --broker 127.0.0.1 --user u --password-file <(echo secret) 2>&1").Output;
        Assert.Contains("HOST:PORT", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        error = Shell($"{County} run --broker 127.0.0.1:1 --user u --password-file <(true) 2>&1").Output;
        Assert.Contains("has no first line; allowed: ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("station list", ">&-", 1, "standard output: 已关闭 closed; ")]
    [InlineData("station list", ">/dev/full", 1, "standard output: No space left on device")]
    [InlineData("events --json", ">/dev/full", 1, "standard output: No space left on device")]
    [InlineData("events --json", ">&-", 1, "standard output: 已关闭 closed; ")]
    [InlineData("--help", ">&-", 1, "standard output: 已关闭 closed; ")]
    [InlineData("station list --db none.db", "2>/dev/full", 1, "")]
    [InlineData("fly", "2>&-", 2, "")]
    public void Output_that_takes_nothing_is_told_in_a_sentence(string arguments, string where, int code, string says)
    {
        Register();
        (int got, string output) = Shell($"({County} {arguments} {where}) 2>&1");
        Assert.Equal(code, got);
        Assert.Contains(says, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(">&-")]
    [InlineData(">/dev/full")]
    [InlineData("| true")]
    public async Task County_whose_output_takes_nothing_goes_on_receiving(string where)
    {
        // Goal: who closes the terminal does not stop the county. Method: it has told of two attempts at a broker before the signal comes,
        // and ends well then.
        Register();
        await Interrupted(run => $"(sleep 0.2; {run} 2>error.txt; echo $? >code.txt) {where}");
        Assert.Equal(("0", ""), (File.ReadAllText(In("code.txt")).Trim(), File.ReadAllText(In("error.txt"))));
    }

    [Fact]
    public void Database_that_is_locked_is_told_in_a_sentence()
    {
        Register();
        using (Microsoft.Data.Sqlite.SqliteConnection other = new($"Data Source={In("county.db")};Pooling=False"))
        {
            other.Open();
            using Microsoft.Data.Sqlite.SqliteCommand begin = other.CreateCommand();
            begin.CommandText = "BEGIN IMMEDIATE";
            begin.ExecuteNonQuery();
            Told("another program holds it locked; allowed: ", "station", "remove", "--id", "330701");
        }

        void Told(string says, params string[] arguments)
        {
            (int code, _, string error) = Run(arguments);
            Assert.Equal(1, code);
            Assert.Contains(says, error, StringComparison.Ordinal);
            Assert.Contains("county.db", error, StringComparison.Ordinal);
            Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
    }

    [Theory]
    [InlineData("CREATE TABLE bookmarks (a)")]
    [InlineData("CREATE TABLE meta (a)")]
    [InlineData("CREATE TABLE meta (name, value)")]
    [InlineData("CREATE TABLE meta (name, value); INSERT INTO meta VALUES ('schema', 'abc')")]
    [InlineData(null)]
    public async Task File_of_somebody_else_is_refused_and_not_changed_in_anything(string? tables)
    {
        // Goal: a slip in --db harms nothing, whoever makes it. Method: a file that all may read, which no command may touch.
        string path = In("theirs");
        if (tables is null)
        {
            File.WriteAllText(path, "127.0.0.1 localhost\n");
        }
        else
        {
            using Microsoft.Data.Sqlite.SqliteConnection other = new($"Data Source={path};Pooling=False");
            other.Open();
            using Microsoft.Data.Sqlite.SqliteCommand make = other.CreateCommand();
            make.CommandText = tables;
            make.ExecuteNonQuery();
        }

        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        File.SetUnixFileMode(path, Mode);
        byte[] before = File.ReadAllBytes(path);
        string[][] commands =
        [
            ["events"], ["station", "remove", "--id", "1"], ["backup", In("copy")], ["run", "--broker", "127.0.0.1:1"],
            [.. Add("7"), "--out", In("st7")],
        ];
        foreach (string[] command in commands)
        {
            (int code, string error) = await Told([.. command, "--db", path]);
            Assert.Equal(1, code);
            Assert.StartsWith($"county: db '{path}': ", error, StringComparison.Ordinal);
            Assert.Contains("; allowed: ", error, StringComparison.Ordinal);
            Assert.DoesNotContain("fault of this program", error, StringComparison.Ordinal);
            Assert.Equal(Mode, File.GetUnixFileMode(path));
            Assert.True(before.AsSpan().SequenceEqual(File.ReadAllBytes(path)), "the file was changed");
        }

        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void File_that_found_no_room_is_told_and_taken_away()
    {
        // Method: a limit of 0 bytes a file, in the place of a full disk; the runtime must not want files of its own.
        Register();
        string limit = "trap '' XFSZ; export DOTNET_EnableWriteXorExecute=0 DOTNET_EnableDiagnostics=0; ulimit -f 0";
        string add = $"{County} reader add --name fotang --county 1 --township 2 --out new.password";
        (int code, string output) = Shell($"({limit}; {add} 2>&1 | cat)");
        Assert.Equal(0, code);
        Assert.Contains("--out: 'new.password' cannot be written (", output, StringComparison.Ordinal);
        Assert.Contains("; allowed: a disk with free room", output, StringComparison.Ordinal);
        Assert.False(File.Exists(In("new.password")), "half a file was left");
    }

    [Fact]
    public void Lock_that_another_user_left_is_told_with_what_to_do()
    {
        // Method: the administrator leaves the files and runs as nobody; anybody else takes the right to write away.
        Register();
        File.WriteAllText(In("county.db.lock"), "");
        File.WriteAllText(In("county.db.receiver"), "user wang, process 4711, county1\n");
        bool root = Environment.UserName == "root";
        string nobody = root ? "setpriv --reuid=65534 --regid=65534 --clear-groups env HOME=/tmp " : "";
        string given = root ? "chmod 777 . && chown 65534 county.db" : "chmod 444 county.db.lock";
        (int code, string output) = Shell($"{given} && {nobody}timeout 300 {County} run --broker 127.0.0.1:1 2>&1");
        Assert.Equal(1, code);
        string says = "It was made by another user (user wang, process 4711, county1); allowed: run as that user, or remove the file";
        Assert.Contains(says, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(13, "the disk or the database is full; allowed: ")]
    [InlineData(5, "locked; allowed: ")]
    [InlineData(8, "it cannot be written; allowed: ")]
    [InlineData(10, "reading or writing failed")]
    [InlineData(11, "the file is damaged")]
    [InlineData(1, "allowed: a database made by this program")]
    public void Failure_of_the_database_is_one_sentence_with_its_place(int code, string says)
    {
        string sentence = OperatorError.Sentence(new Microsoft.Data.Sqlite.SqliteException("a\nb", code), "/data/county.db");
        Assert.StartsWith("db '/data/county.db': ", sentence, StringComparison.Ordinal);
        Assert.Contains(says, sentence, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', sentence);
    }

    [Theory]
    [InlineData(13, "the disk or the database is full; allowed: free room")]
    [InlineData(10, "reading or writing failed")]
    public void Disk_that_fails_while_a_database_is_opened_is_told_as_such(int code, string says)
    {
        StoreException whole = new("db 'x': not opened; allowed: a new database",
            new InvalidOperationException("script", new Microsoft.Data.Sqlite.SqliteException("a", code)));
        string sentence = OperatorError.Sentence(whole, "/data/county.db");
        Assert.StartsWith("db '/data/county.db': ", sentence, StringComparison.Ordinal);
        Assert.Contains(says, sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Disk_that_is_full_while_tables_are_made_is_told_and_not_the_rollback_behind_it()
    {
        SqliteDialect dialect = new(In("small.db"), create: true);
        using System.Data.Common.DbConnection connection = dialect.Open();
        using (System.Data.Common.DbCommand command = connection.CreateCommand())
        {
            command.CommandText = "PRAGMA max_page_count = 5";
            command.ExecuteNonQuery();
        }

        StoreException e = Assert.Throws<StoreException>(() => SqlUpgrade.Run(dialect, connection, "small.db"));
        Assert.Contains("the disk or the database is full", OperatorError.Sentence(e, "small.db"), StringComparison.Ordinal);
    }

    [Fact]
    public void Fault_of_the_program_itself_is_one_sentence_with_the_method()
    {
        Exception fault = Assert.ThrowsAny<Exception>(() => SecretFiles.ReadLine("--old", null!, "key "));
        string sentence = OperatorError.Sentence(fault, null);
        string place = $"NullReferenceException in {typeof(SecretFiles).FullName}.{nameof(SecretFiles.Bytes)}: ";
        Assert.Contains(place, sentence, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', sentence);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(40)]
    public async Task Lists_end_on_a_real_terminal_of_any_width(int width)
    {
        Register();
        string lists = string.Join("; ", ((string[])["stations", "events", "--help"]).Select(list => $"{County} {list}"));
        (int code, string output) = await Interrupted(
            run => $"timeout 300 script -qec 'stty cols {width} rows 24; {lists}; {run}; true' /dev/null");
        Assert.Equal(0, code);
        string text = output.Replace("\r\n", "", StringComparison.Ordinal);
        Assert.Contains("330701", text, StringComparison.Ordinal);
        Assert.Contains("接收端结束", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Host_of_the_broker_that_no_station_would_reach_is_refused()
    {
        (int code, _, string error) = Run([.. Add("9"), "--uplink-host", "[::1]"]);
        Assert.Equal(2, code);
        Assert.Contains("--uplink-host: '[::1]'; allowed: ", error, StringComparison.Ordinal);
    }
}
