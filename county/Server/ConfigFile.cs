// Owns: `county.json`: its keys are the options of `county run`, and its values go through the same checks.
// Must never: take a secret, or give a key another meaning than its option has.

using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;

namespace Gateway.County.Server;

/// <summary>
/// Settings of `county run` from a file. `silentAfter` is the option --silent-after; what the command line gives goes above the file.
/// </summary>
internal sealed class ConfigFile
{
    private const string Allowed =
        "a readable JSON file of at most 65536 bytes with one object, such as { \"broker\": [\"127.0.0.1:1883\"] }";


    // What people put here first; it would be readable to all who may read the settings.
    private static readonly string[] s_secrets = ["password", "pgPassword", "key", "secret"];

    private readonly string _path;
    private readonly Dictionary<string, string> _keyOf = [];

    private ConfigFile(string path) => _path = path;

    /// <summary>The option that names the file.</summary>
    public static Option<string?> Option() => new("--config")
    {
        Description = "Settings from this file, below the command line. Its keys are the options' names, such as silentAfter.",
        HelpName = "FILE",
    };

    /// <summary>An option's name as a key: --silent-after is silentAfter.</summary>
    public static string KeyOf(Option option)
    {
        string[] words = option.Name.TrimStart('-').Split('-');
        return words[0] + string.Concat(words.Skip(1).Select(w => char.ToUpperInvariant(w[0]) + w[1..]));
    }

    /// <summary>The options that a file may give.</summary>
    public static IReadOnlyList<Option> Options(Command run) =>
        [.. run.Options.Where(o => o.Name is not ("--config" or "--help" or "--version") && !o.Hidden)];

    /// <summary>
    /// The command line with what the file of --config says, where the command line does not say otherwise; null without such a file.
    /// </summary>
    /// <exception cref="CommandException">The file is wrong; the message says place, value and what is allowed.</exception>
    public static (ConfigFile File, ParseResult Parsed)? Above(RootCommand root, ParseResult parsed, string[] args)
    {
        Command run = parsed.CommandResult.Command;
        if (run.Options.FirstOrDefault(o => o.Name == "--config") is not Option<string?> option
            || parsed.GetResult(option) is not { Implicit: false, Errors: var errors } || errors.Any()
            || parsed.GetValue(option) is not { } path)
        {
            return null;
        }

        ConfigFile file = new(path);
        List<string> merged = [.. args];
        foreach ((Option given, string[] texts) in file.ReadAll(root, run))
        {
            if (parsed.GetResult(given) is null or { Implicit: true })
            {
                file._keyOf[given.Name] = KeyOf(given);
                merged.AddRange(texts.SelectMany(text => Given(given, text)));
            }
        }

        return (file, root.Parse(merged));
    }

    /// <summary>The message of an option's value with the place where that value stands.</summary>
    public string Placed(string message)
    {
        int colon = message.IndexOf(':', StringComparison.Ordinal);
        string? option = colon > 0 ? message[..colon].Split(", ").FirstOrDefault(_keyOf.ContainsKey) : null;
        return option is null ? message : $"{_path}: {_keyOf[option]}{message[colon..]}";
    }

    private IEnumerable<(Option Option, string[] Texts)> ReadAll(RootCommand root, Command run)
    {
        try
        {
            return Read(root, run);
        }
        catch (InvalidOperationException e)
        {
            // JSON may hold what is no text at all: bytes that are no UTF-8, or half a character.
            throw Wrong($"{e.Message} allowed: {Allowed}");
        }
    }

    private IEnumerable<(Option Option, string[] Texts)> Read(RootCommand root, Command run)
    {
        IReadOnlyList<Option> options = Options(run);
        using JsonDocument document = Parse();
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw Wrong($"{Name(document.RootElement)}; allowed: {Allowed}");
        }

        HashSet<string> seen = new(StringComparer.Ordinal);
        List<(Option, string[])> read = [];
        foreach (JsonProperty property in document.RootElement.EnumerateObject())
        {
            Option? option = options.FirstOrDefault(o => KeyOf(o) == property.Name);
            if (option is null)
            {
                throw Unknown(property.Name, [.. options.Select(KeyOf)]);
            }

            if (!seen.Add(property.Name))
            {
                throw Wrong($"{property.Name} a second time; allowed: each key once");
            }

            read.Add((option, Texts(root, run, option, property.Value)));
        }

        return read;
    }

    private JsonDocument Parse()
    {
        byte[] bytes = SecretFiles.Bytes("--config", _path, ServerLimits.ConfigBytesMax, Allowed);
        try
        {
            JsonDocumentOptions options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };
            return JsonDocument.Parse(bytes, options);
        }
        catch (JsonException e)
        {
            throw Wrong($"line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}: no JSON; allowed: {Allowed}");
        }
    }

    private string[] Texts(RootCommand root, Command run, Option option, JsonElement value)
    {
        string key = KeyOf(option);
        bool many = option.ValueType.IsArray;
        string type = many ? "a text, or an array of texts" : TypeName(option.ValueType);
        JsonElement[] values = many && value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];
        List<string> texts = [];
        foreach (JsonElement one in values)
        {
            string text = Text(one, many ? typeof(string) : option.ValueType) ?? throw Wrong($"{key}: {Name(one)}; allowed: {type}");
            if (text.Contains("://", StringComparison.Ordinal) && Uri.TryCreate(text, UriKind.Absolute, out Uri? uri)
                && uri.UserInfo.Contains(':', StringComparison.Ordinal))
            {
                throw Wrong($"{key}: an address with a password; allowed: the address without it, and the password in the environment's "
                    + "PGPASSWORD or in ~/.pgpass");
            }

            string? problem = root.Parse([run.Name, .. Given(option, text)]).Errors
                .FirstOrDefault(e => e.SymbolResult is OptionResult result && result.Option == option)?.Message;
            if (problem is not null)
            {
                string prefix = option.Name + ": ";
                throw Wrong($"{key}: {(problem.StartsWith(prefix, StringComparison.Ordinal) ? problem[prefix.Length..] : problem)}");
            }

            texts.Add(text);
        }

        return texts.Count > 0 ? [.. texts] : throw Wrong($"{key}: []; allowed: at least one");
    }

    // A text may begin like an option; one that is empty needs a word of its own to be there at all.
    private static string[] Given(Option option, string text) => text.Length == 0 ? [option.Name, text] : [$"{option.Name}={text}"];

    /// <summary>The value as a command line would have it; null when it is of another type.</summary>
    private static string? Text(JsonElement value, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return value.ValueKind switch
        {
            JsonValueKind.String when type == typeof(string) => value.GetString(),
            JsonValueKind.True or JsonValueKind.False when type == typeof(bool) => value.GetBoolean() ? "true" : "false",
            JsonValueKind.Number when type != typeof(string) && type != typeof(bool) => value.GetRawText(),
            _ => null,
        };
    }

    private static string TypeName(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(bool) ? "true or false" : type == typeof(string) ? "a text" : "a number";
    }

    private static string Name(JsonElement value) =>
        PlainText.Cut(value.GetRawText().ReplaceLineEndings(" "), ServerLimits.ValueShownMax);

    private CommandException Unknown(string key, string[] keys)
    {
        string nearest = keys.MinBy(k => Distance(k.ToUpperInvariant(), key.ToUpperInvariant()))!;
        bool near = Distance(nearest.ToUpperInvariant(), key.ToUpperInvariant()) <= Math.Max(2, key.Length / 3);
        string hint = s_secrets.Contains(key, StringComparer.OrdinalIgnoreCase)
            ? "no secrets here; passwordFile, or the environment's COUNTY_PASSWORD"
            : near ? $"{nearest}?" : string.Join(", ", keys);
        return Wrong($"{ScreenText.Plain(key)}: no such key; allowed: {hint}");
    }

    private CommandException Wrong(string message) => new($"{_path}: {message}");

    /// <summary>How many letters have to be changed, added or left out.</summary>
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
