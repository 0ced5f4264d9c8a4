// Owns: what is wrong with a technician's files as lines of this program's error output.
// Must never: print by itself.

using Gateway.Start;

namespace Gateway.Pc;

/// <param name="errors">Gets a line for each.</param>
public sealed class ErrorNotes(ICollection<string> errors) : PlaceNotes
{
    public override void Add(string line) => errors.Add(line);
}
