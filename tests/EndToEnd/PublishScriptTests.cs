// Owns: what publish.sh says of its command line, where it puts what it makes, and what it leaves out of that.
// Must never: build anything: a program in the compiler's place makes files of the names that it would make.

using System.Diagnostics;
using System.Runtime.Versioning;

namespace Gateway.Tests.EndToEnd;

/// <summary>What is really made is played by tests/publish.sh.</summary>
[SupportedOSPlatform("linux")]
public sealed class PublishScriptTests : IDisposable
{
    private const string Compiler = """
        #!/usr/bin/env bash
        case $1 in
          msbuild) echo 1.2.3; exit ;;
          pack) made=a.nupkg ;;
          publish) made="county county.pdb county.staticwebassets.json gateway gateway-pc gateway-pc.xml web.config" ;;
        esac
        while [ "$1" != -o ]; do shift; done
        mkdir -p "$2"
        for file in $made; do echo x >"$2/$file"; done
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("交付 publish-").FullName;

    public PublishScriptTests()
    {
        foreach (string file in (string[])["publish.sh", "LICENSE", "NOTICE"])
        {
            File.Copy(Repository.Path(file), In(file));
        }

        Directory.CreateDirectory(In("bin"));
        Directory.CreateDirectory(In("别处 elsewhere"));
        File.WriteAllText(In("bin/dotnet"), Compiler);
        File.SetUnixFileMode(In("bin/dotnet"), File.GetUnixFileMode(In("publish.sh")));
    }

    [Theory]
    [InlineData("'--out' is no folder; allowed: a free name, --help, or nothing", "--out")]
    [InlineData("'' is no folder; allowed: ", "")]
    [InlineData("'b' after a folder; allowed: nothing more", "a", "b")]
    [InlineData("/别处 elsewhere/.' is there already; allowed: a free name", ".")]
    public void Wrong_line_is_refused_with_what_is_allowed_and_nothing_is_made(string says, params string[] arguments)
    {
        (int code, string output, string error) = Publish(arguments);
        Assert.Equal((1, ""), (code, output));
        Assert.Contains(says, error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(In("别处 elsewhere")));
    }

    [Theory]
    [InlineData("别处 elsewhere/交 付", "交 付")]
    [InlineData("publish")]
    public void What_is_made_lies_where_the_name_was_typed_or_beside_the_script(string folder, params string[] arguments)
    {
        (int code, string output, string error) = Publish(arguments);
        Assert.True(code == 0, error);
        Assert.Contains("version 1.2.3", output, StringComparison.Ordinal);
        foreach (string system in (string[])["linux-x64", "win-x64"])
        {
            Assert.Equal(
                ["LICENSE", "NOTICE", "county", "gateway", "gateway-pc"],
                Directory.GetFiles(In($"{folder}/{system}")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        }

        Assert.True(File.Exists(In($"{folder}/packages/a.nupkg")));
    }

    [Fact]
    public void Help_is_the_script_s_own_head()
    {
        (int code, string output, _) = Publish("--help");
        Assert.Equal(0, code);
        Assert.Contains("usage: publish.sh [FOLDER]", output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(_folder, "*help*", SearchOption.AllDirectories));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string In(string name) => Path.Combine(_folder, name);

    private (int Code, string Output, string Error) Publish(params string[] arguments)
    {
        ProcessStartInfo start = new("bash", ["../publish.sh", .. arguments]) { WorkingDirectory = In("别处 elsewhere") };
        start.Environment["PATH"] = $"{In("bin")}:{start.Environment["PATH"]}";
        return ChildProgram.Run(start);
    }
}
