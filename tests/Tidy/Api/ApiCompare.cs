// Owns: comparing declared members with the list of those that the real library has.
// Must never: forgive a member that the list does not show.

using Mono.Cecil;

namespace Gateway.Tests.Tidy.Api;

/// <summary>What the signatures claim, against firmware/DeviceCheck/api.</summary>
internal static class ApiCompare
{
    /// <summary>The list of one assembly's real members.</summary>
    public static IReadOnlyList<string> RealMembers(string assembly) =>
        [.. File.ReadAllLines(Repo.Full($"firmware/DeviceCheck/api/{assembly}.txt")).Where(line => line.Length > 0)];

    /// <summary>Every claim that the real list does not bear out, each naming the member; empty when all is well.</summary>
    public static IReadOnlyList<string> Wrong(ModuleDefinition module, IReadOnlyList<string> real)
    {
        HashSet<string> known = [.. real];
        List<string> wrong = [];
        foreach (string line in ApiLines.Of(module))
        {
            if (!known.Contains(line) && !(line[0] == 'T' && IsSameTypeWithFewerInterfaces(line, real)))
            {
                string nearest = real.FirstOrDefault(one => Subject(one) == Subject(line)) ?? "nothing of that name";
                wrong.Add($"declared: {line}  real: {nearest}");
            }
        }

        // Whoever implements an interface, or hands a method to a delegate, needs all of it.
        HashSet<string> declared = [.. ApiLines.Of(module)];
        foreach (TypeDefinition type in module.GetTypes().Where(type => type.IsInterface))
        {
            string prefix = $"M {type.FullName.Replace('/', '.')}.";
            wrong.AddRange(real.Where(one => one.StartsWith(prefix, StringComparison.Ordinal) && IsDirectMember(one, prefix))
                .Where(one => !declared.Contains(one)).Select(one => $"missing from an interface: {one}"));
        }

        return wrong;
    }

    // A signature may leave out an interface whose type it does not declare, but its kind and base class must be the real ones.
    private static bool IsSameTypeWithFewerInterfaces(string line, IReadOnlyList<string> real)
    {
        string? head = real.FirstOrDefault(one => one[0] == 'T' && Subject(one) == Subject(line));
        if (head == null)
        {
            return false;
        }

        string[] words = line.Split(' ');
        string[] realWords = head.Split(' ');
        return Kind(words) == Kind(realWords) && words.All(realWords.Contains)
            && realWords.Except(words).All(left => IsInterfaceName(left));
    }

    // The lists do not say which name is the base class; the libraries' interfaces all begin with I and a capital.
    private static bool IsInterfaceName(string name)
    {
        string last = name[(name.LastIndexOf('.') + 1)..];
        return last.Length > 1 && last[0] == 'I' && char.IsUpper(last[1]);
    }

    private static string Kind(string[] words) =>
        string.Join(' ', words.SkipWhile(word => word != ":").TakeWhile(word => !word.Contains('.', StringComparison.Ordinal)));

    private static string Subject(string line)
    {
        int end = line.IndexOfAny([' ', '('], 2);
        return end < 0 ? line : line[..end];
    }

    private static bool IsDirectMember(string line, string prefix) =>
        !line[prefix.Length..line.IndexOf('(', StringComparison.Ordinal)].Contains('.', StringComparison.Ordinal);
}
