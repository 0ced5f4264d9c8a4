// Owns: writing the generated files into the repository, all of them at each run; with `sounds FOLDER` the box's sounds into a folder,
// with `glyphs FILE` the small display's characters out of a font.
// Must never: be needed by a build or a test: the files are committed, and tests say when they are out of date.

using System.Reflection;
using Gateway.Contract;
using Gateway.County.Duty.Api;
using Gateway.Tests.Support;
using Gateway.Tests.Wire;

if (args is ["sounds", string folder])
{
    SoundFile.WriteAll(folder);
    return;
}

if (args is ["glyphs", string font])
{
    Write(GlyphFile.File, GlyphFile.Make(font));
    return;
}

Write(DeviceVectorsText.File, DeviceVectorsText.Make(VectorFile.LoadAll()));
Write(FrontLabel.File, FrontLabel.Make());
Write(PublicApiText.File, PublicApiText.Of(typeof(EventRecord).Assembly));
Write(ApiDocument.File, await ApiDocument.Make());
Write(SettingsPage.File, SettingsPage.Make(File.ReadAllText(Repository.Path(SettingsPage.File.Split('/')))));

string deviceCheck = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>()
    .Single(one => one.Key == "DeviceCheckFolder").Value!;
Write(BudgetText.File, BudgetText.Make(deviceCheck));

static void Write(string path, string text)
{
    string full = Repository.Path(path.Split('/'));
    bool changed = !File.Exists(full) || !string.Equals(File.ReadAllText(full), text, StringComparison.Ordinal);
    if (changed)
    {
        File.WriteAllText(full, text);
    }

    Console.WriteLine($"{path}: {(changed ? "written" : "as it was")}");
}
