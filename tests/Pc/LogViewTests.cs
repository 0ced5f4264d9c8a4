// Owns: `--log-status`: what it says of a folder, and that it leaves the folder alone.
// Must never: test the reckoning; that is Core's.

using Gateway.Pc.Flash;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Pc.Tests;

public sealed class LogViewTests : IDisposable
{
    private readonly Rig _rig = new(settings: null, county: false);

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void Folder_without_a_log_is_said_to_have_none()
    {
        using var folder = new TempFolder();
        Assert.False(LogView.Print(new PcFlash(folder.Path), TextWriter.Null));
    }

    [Fact]
    public void Log_is_shown_and_not_a_byte_is_changed()
    {
        _rig.Play("press 1\nwait 1s\nquit\n");
        Dictionary<string, byte[]> before = Files();
        using var text = new StringWriter();
        Assert.True(LogView.Print(new PcFlash(_rig.Folder), text));
        Assert.Contains("fire: ", text.ToString());
        Assert.Contains("years", text.ToString());
        Assert.Contains("longest write in one tick", text.ToString());
        Assert.Equal(before, Files());
    }

    private Dictionary<string, byte[]> Files() =>
        Directory.GetFiles(_rig.Folder, "*", SearchOption.AllDirectories).ToDictionary(path => path, File.ReadAllBytes);
}
