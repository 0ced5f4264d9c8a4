// Owns: the commands about boxes and frames as people type them.
// Must never: leave a file behind.

using Gateway.Tests.Support;

namespace Gateway.Tests.CountyGb26875;

public sealed class ProgramTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("boxes-program-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_box_is_registered_listed_asked_and_removed()
    {
        string[] add =
        [
            "peer", "add", "--id", "330801", "--address", "889", "--county", "330726", "--township", "330726101", "--village",
            "330726101003", "--name", "金塘厂房", "--from", "10.1.0.0/16", "--profile", "test-bit,bcd-time",
        ];
        Assert.Equal(0, Run(add).Code);
        (int code, string output) = Run(add);
        Assert.Equal(3, code);
        Assert.Contains("--id: 330801 is taken; allowed: ", output, StringComparison.Ordinal);
        add[3] = "330802";
        (code, output) = Run(add);
        Assert.Equal(3, code);
        Assert.Contains("--address: 790300000000 (889) is of 330801 金塘厂房, from 10.1.0.0/16; ", output, StringComparison.Ordinal);
        string list = Run("peer", "list").Output;
        Assert.Contains(
            "330801\t金塘厂房\t790300000000 (889)\t330726\t330726101\t330726101003\t10.1.0.0/16\ttest-bit,bcd-time\t从未收到", list,
            StringComparison.Ordinal);
        Assert.Equal(0, Run("peer", "parts", "--id", "330801").Code);
        Assert.Equal(3, Run("peer", "parts", "--id", "5").Code);
        Assert.Equal(0, Run("peer", "read", "--id", "330801", "--type", "85").Code);
        Assert.Equal(0, Run("command", "--station", "330801", "duty-check", "--minutes", "5").Code);
        string commands = Run("commands").Output;
        Assert.Contains("读用户信息传输装置软件版本（85）", commands, StringComparison.Ordinal);
        Assert.Equal(0, Run("peer", "unregistered").Code);
        Assert.Equal(0, Run("gb26875", "centres").Code);
        Assert.Equal(0, Run("peer", "remove", "--id", "330801").Code);
        Assert.Equal(3, Run("peer", "remove", "--id", "330801").Code);
    }

    [Fact]
    public void A_frame_is_decoded_and_encoded()
    {
        const string Duty = "404001000101203A091A090C385B010000007903000000000300015B010A0F2323";
        Assert.Equal(0, Run("gb26875", "decode", Duty).Code);
        Assert.Equal(1, Run("gb26875", "decode", Duty[..^2]).Code);
        string[] pairs = [.. Duty.Chunk(2).Select(pair => new string(pair))];
        string[] forms =
        [
            string.Join(' ', pairs), string.Join(" \n\t", pairs), "0x" + string.Join(", 0x", pairs), string.Join('-', pairs), "0X" + Duty,
        ];
        Assert.All(forms, form => Assert.Equal(0, Run("gb26875", "decode", form).Code));
        foreach ((string wrong, string says) in ((string, string)[])
            [
                ("40 4g", "character 5 'g'"), ("40 404", "character 4 '404': 3 digits"), ("0x4x", "character 4 'x'"),
                ("5 B", "character 1 '5': 1 digits"), ("0x", "character 1 '0x': 0 digits"),
            ])
        {
            (int refused, string said) = Run("gb26875", "decode", wrong);
            Assert.Equal(2, refused);
            Assert.Contains($"HEX: {says}", said, StringComparison.Ordinal);
        }

        (int code, string json) = Run("gb26875", "decode", "--json", Duty);
        Assert.Equal(0, code);
        Assert.Contains(json.Trim(), Run("gb26875", "decode", "--json", Duty[..48] + "E80302" + Duty).Output, StringComparison.Ordinal);
        Assert.Equal(Duty, Run("gb26875", "encode", json.Trim()).Output.Replace(" ", "", StringComparison.Ordinal).Trim());
    }

    private (int Code, string Output) Run(params string[] arguments)
    {
        (int code, string output, string error) = ChildProgram.Run(_folder, "county.dll", arguments);
        return (code, output + error);
    }
}
