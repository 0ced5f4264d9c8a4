// Owns: the form of an error in a file, the same as that of settings errors.
// Must never: be given a secret.

namespace Gateway.Pc;

/// <summary>file:line: what was found; what is allowed.</summary>
public static class PlaceError
{
    /// <param name="line">From 1; 0 when the whole file is meant.</param>
    public static string Text(string file, int line, string found, string allowed) =>
        $"{file}:{line}: 错误 found: {found}; 允许 allowed: {allowed}";
}
