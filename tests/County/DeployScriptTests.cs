// Owns: what deploy's scripts say of wrong codes.
// Must never: run what they print.

namespace Gateway.County.Tests;

public sealed class DeployScriptTests
{
    [Theory]
    [InlineData("schemas.sh")]
    [InlineData("pages.sh")]
    public void Nothing_is_printed_where_one_code_of_several_is_wrong(string script)
    {
        (int code, string printed, string error) = ChildProgram.Shell($"'{Repository.Path("deploy", script)}' 330726 '330727; --'");
        Assert.Equal(2, code);
        Assert.Equal("", printed);
        Assert.Contains("'330727; --'; allowed: a county's code of 6 digits", error, StringComparison.Ordinal);
    }
}
