// Owns: a folder that stands for the device's drive and is gone after the test.
// Must never: be shared between tests.

using Gateway.Esp32;
using Gateway.Start;

namespace Gateway.Tests.Hardware;

/// <summary>A drive: its root ends with the separator, as I:\ does on the device.</summary>
internal sealed class TempDrive : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("drive");

    public string Root => _folder.FullName + Path.DirectorySeparatorChar;

    public string Full(string name) => Root + name;

    public EspFlash Flash()
    {
        EspFlash flash = new(Root, CarrierS3.FlashBytes);
        Assert.True(flash.MakeFolders());
        return flash;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
