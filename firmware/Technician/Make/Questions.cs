// Owns: asking a person for what no option says, and saying what is missing where nobody can be asked.
// Must never: show a secret while it is typed.

using Spectre.Console;

namespace Gateway.Technician.Make;

/// <summary>Names and rules are in two languages, see <see cref="Tongue"/>.</summary>
internal sealed class Questions(Desk desk)
{
    private readonly Tongue _tongue = desk.Tongue;

    /// <summary>Whether anything was asked.</summary>
    public bool Asked { get; private set; }

    public static TroubleException Refused(Tongue tongue, string option, (string Found, string Allowed) wrong) => new(tongue.Of(
        $"{option}：{tongue.Of(wrong.Found)}。应为 {tongue.Of(wrong.Allowed)}。",
        $"{option}: {tongue.Of(wrong.Found)}. Allowed: {tongue.Of(wrong.Allowed)}."));

    /// <summary>What the option says, or the answer.</summary>
    /// <param name="problem">Found and allowed, or null when the value is good.</param>
    public string Value(string option, string name, string given, Func<string, (string Found, string Allowed)?> problem)
    {
        if (given.Length > 0)
        {
            return problem(given) is { } wrong ? throw Refused(_tongue, option, wrong) : given;
        }

        Need(option, name);
        return Prompt(name, problem, secret: false, optional: false);
    }

    public string Optional(string name, Func<string, (string Found, string Allowed)?> problem) =>
        Prompt(name, problem, secret: false, optional: true);

    public string Secret(string option, string name, Func<string, (string Found, string Allowed)?> problem)
    {
        Need(option, name);
        return Prompt(name, problem, secret: true, optional: false);
    }

    /// <summary>One of a list; <paramref name="usual"/> where neither the option nor a person says anything.</summary>
    public string Choice(string option, string name, string given, string usual, IReadOnlyList<string> all)
    {
        if (given.Length > 0)
        {
            return all.Contains(given) ? given
                : throw Refused(_tongue, option, (given, string.Join(", ", all)));
        }

        // Without questions so far the command line is meant to be whole: the usual board, as on the device.
        if (usual.Length > 0 || !Asked)
        {
            return usual.Length > 0 ? usual : all[0];
        }

        return desk.Terminal.Prompt(new SelectionPrompt<string> { Title = _tongue.Of(name) }.AddChoices(all));
    }

    public bool Yes(string question) => desk.Terminal.Prompt(new ConfirmationPrompt(Markup.Escape(_tongue.Of(question))));

    private void Need(string option, string name)
    {
        if (!desk.Asks)
        {
            throw Trouble.At(_tongue, option,
                $"没有写{_tongue.Of(name)}，这里又没有人可以问\nthe {_tongue.Of(name)} is missing, and nobody can be asked here",
                $"请加 {option}，或在终端里运行\nAdd {option}, or run it in a terminal");
        }
    }

    private string Prompt(string name, Func<string, (string Found, string Allowed)?> problem, bool secret, bool optional)
    {
        Asked = true;
        TextPrompt<string> prompt = new(Markup.Escape(_tongue.Of(name)))
        {
            IsSecret = secret,
            AllowEmpty = true,
            Validator = value => optional && value.Trim().Length == 0 ? ValidationResult.Success()
                : problem(value.Trim()) is not { } wrong ? ValidationResult.Success()
                : ValidationResult.Error(Markup.Escape(_tongue.Of($"{_tongue.Of(wrong.Found)}，应为 {_tongue.Of(wrong.Allowed)}",
                    $"{_tongue.Of(wrong.Found)}; allowed: {_tongue.Of(wrong.Allowed)}"))),
        };
        return desk.Terminal.Prompt(prompt).Trim();
    }
}
