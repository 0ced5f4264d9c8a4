// Owns: that the pages and the drawing name modules that fit, and that the pages say what no other test can hold: what an input's filter,
// TLS and a restart ask of who builds a box.
// Must never: know a module by anything but its maker's name.

using System.Globalization;
using System.Text.RegularExpressions;
using Gateway.Start;
using Gateway.Tests.Support;

namespace Gateway.Tests.Hardware;

public sealed partial class BoardPageTests
{
    private const string None = "";
    private const string LowVolts = "memory at 1.8 V, which GPIO47 and 48 have too";
    private const string NoOctal = "no octal PSRAM";
    private const string NoDrive = "a drive of another size";

    private static readonly Netlist s_drawn = Netlist.Carrier;

    [Theory]
    [InlineData("ESP32-S3-WROOM-1-N16R8", None)]
    [InlineData("ESP32-S3-WROOM-1U-N16R8", None)]
    [InlineData("ESP32-S3-WROOM-1-N16R16V", LowVolts)]
    [InlineData("ESP32-S3-WROOM-2-N16R8V", LowVolts)]
    [InlineData("ESP32-S3-WROOM-2-N32R16V", LowVolts)]
    [InlineData("ESP32-S3-WROOM-1-N16R2", NoOctal)]
    [InlineData("ESP32-S3-WROOM-1-N16", NoOctal)]
    [InlineData("ESP32-S3-WROOM-1-N8R8", NoDrive)]
    public void A_module_fits_by_its_name(string module, string wrong) => Assert.Equal(wrong, Wrong(module, CarrierS3.Make()));

    [Theory]
    [InlineData("esp32-s3-n16r8", CarrierS3.Name)]
    [InlineData("kc868-a16v3", Kc868A16V3.Name)]
    [InlineData("kc868-a6v3", Kc868A6V3.Name)]
    [InlineData("esp32-poe-wrover", OlimexPoeWrover.Name)]
    public void A_board_s_page_names_modules_and_each_of_them_fits(string page, string board)
    {
        string[] modules = Modules(Page($"hardware/boards/{page}.md"));
        Assert.True(modules.Length > 0, $"hardware/boards/{page}.md names no module");
        Assert.All(modules, module => Assert.Equal(None, Wrong(module, BoardList.Named(BoardList.All(), board))));
    }

    [Fact]
    public void The_drawing_has_a_module_of_the_page()
    {
        string drawn = s_drawn.Parts["U1"].Value;
        Assert.Contains(drawn, Modules(Page("hardware/boards/esp32-s3-n16r8.md")));
        Assert.Contains($"## Espressif {drawn} ", Page("hardware/PARTS.md"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hardware/README.md", "The module must be an N16R8")]
    [InlineData("hardware/README.md", "modules with 1.8 V memory (N16R16V, N32R8V, R8V chips) put GPIO47 and 48 on 1.8 V")]
    [InlineData("hardware/boards/esp32-s3-n16r8.md", "with 1.8 V memory (a V at the end of its name, WROOM-2) does not fit")]
    [InlineData("hardware/boards/kc868-a6v3.md", "no other fits")]
    [InlineData("hardware/boards/esp32-poe-wrover.md", "inputs 0..2, each behind [a line input](../README.md)")]
    [InlineData("hardware/README.md", "**TLS needs this part.**")]
    [InlineData("hardware/README.md", "use MQTT in clear inside a VPN: every message is signed")]
    [InlineData("hardware/boards/esp32-s3-n16r8.md", "| orderly restart of the chip | pins keep their levels through it")]
    [InlineData("hardware/boards/esp32-s3-n16r8.md", "| watchdog, button (EN) | off until the program opens the pin")]
    public void The_pages_say_what_a_builder_must_know(string page, string words) =>
        Assert.Contains(words, Page(page), StringComparison.Ordinal);

    [Fact]
    public void The_filter_is_no_option_with_the_values_of_the_drawing()
    {
        string resistor = Only("line-input.inc Rfilter")[..^1];
        string capacitor = Only("line-input.inc Cfilter")[..^1];
        Assert.Contains($"The filter of {resistor} kΩ and {capacitor} nF is no option", Page("hardware/README.md"),
            StringComparison.Ordinal);
    }

    private static string Only(string circuit) =>
        Assert.Single(s_drawn.Parts.Values.Where(part => part.Circuit == circuit).Select(part => part.Value).Distinct());

    private static string Page(string path) => File.ReadAllText(Path.Combine(Repository.Root, path)).ReplaceLineEndings(" ");

    /// <summary>Also what is short for one: "or -WROOM-1U-N16R8".</summary>
    private static string[] Modules(string page) =>
        [.. Named().Matches(page).Select(match => match.Value[0] == '-' ? "ESP32-S3" + match.Value : match.Value).Distinct()];

    private static string Wrong(string module, Board board)
    {
        Match name = Parts().Match(module);
        Assert.True(name.Success, $"{module} is no module's name");
        if (name.Groups["row"].Value == "WROOM-2" || name.Groups["low"].Length > 0)
        {
            return LowVolts;
        }

        if (name.Groups["psram"].Value != "8")
        {
            return NoOctal;
        }

        // The images' tables of partitions: drive I: by the flash of the module.
        int drive = int.Parse(name.Groups["flash"].Value, CultureInfo.InvariantCulture) switch
        {
            4 => 256 * 1024,
            8 => 2 * 1024 * 1024,
            16 => 3 * 1024 * 1024,
            _ => 0,
        };
        return drive == board.FlashBytes ? None : NoDrive;
    }

    [GeneratedRegex(@"(ESP32(-S3)?)?-(WROOM|WROVER)-\w+-N\d+\w*", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Named();

    [GeneratedRegex(@"^ESP32(-S3)?-(?<row>WROOM-\d|WROVER)(U|-E|-IE)?-N(?<flash>\d+)(R(?<psram>\d+))?(?<low>V?)$",
        RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Parts();
}
