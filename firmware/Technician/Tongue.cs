// Owns: the language in which the technician is spoken to.
// Must never: mix two languages in one sentence, but for the words that stand in a settings text.

using System.Runtime.InteropServices;
using Gateway.Contract;
using Gateway.Core;

namespace Gateway.Technician;

/// <param name="chinese">False = English.</param>
internal sealed partial class Tongue(bool chinese)
{
    // The primary language of a Windows language number, and Chinese among them.
    private const int PrimaryMask = 0x3FF;
    private const int ChinesePrimary = 0x04;

    public bool Chinese => chinese;

    /// <summary>The contract's words.</summary>
    public Catalogue Words => chinese ? Catalogue.Chinese : Catalogue.English;

    public string Of(string inChinese, string inEnglish) => chinese ? inChinese : inEnglish;

    /// <summary>A text in two languages, see <see cref="SettingsWords"/>.</summary>
    public string Of(string both) => chinese ? SettingsWords.Chinese(both) : SettingsWords.English(both);

    /// <summary>
    /// Chinese, " / found: ", English: a sentence of the device by its halves; only a value that a person wrote may hold the same words.
    /// One without these words is the same in both.
    /// </summary>
    public static (string Chinese, string English) Halves(string sentence)
    {
        int english = sentence.LastIndexOf(" / found: ", StringComparison.Ordinal);
        return english < 0 ? (sentence, sentence) : (sentence[..english], sentence[(english + " / ".Length)..]);
    }

    /// <summary>The number of something, with the English word for one and for several.</summary>
    public string Count(int count, string inChinese, string one, string several) =>
        chinese ? $"{count}{inChinese}" : $"{count} {(count == 1 ? one : several)}";

    /// <summary>Words one behind the other.</summary>
    public string List(IEnumerable<string> words) => string.Join(chinese ? "、" : ", ", words);

    /// <summary>Whether the machine speaks Chinese: its locale, or Windows' own.</summary>
    public static bool SystemIsChinese()
    {
        if (OperatingSystem.IsWindows())
        {
            return (GetUserDefaultUILanguage() & PrimaryMask) == ChinesePrimary;
        }

        // In the order of POSIX.
        string? locale = new[] { "LC_ALL", "LC_MESSAGES", "LANG" }
            .Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => !string.IsNullOrEmpty(value));
        return locale?.StartsWith("zh", StringComparison.OrdinalIgnoreCase) == true;
    }

    [LibraryImport("kernel32.dll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial ushort GetUserDefaultUILanguage();
}
