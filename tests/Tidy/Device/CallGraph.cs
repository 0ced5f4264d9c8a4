// Owns: who calls whom in the parts that must not recurse: the device runs out of memory at a depth of a few hundred.
// Must never: miss a call through a base class or an interface; it takes every override for possible.

using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Gateway.Tests.Tidy.Device;

/// <summary>Cycles of calls over one or more assemblies together.</summary>
internal static class CallGraph
{
    /// <summary>Each cycle once, written as a chain of methods; empty when no method can come back to itself.</summary>
    public static IReadOnlyList<Finding> Cycles(params ModuleDefinition[] modules)
    {
        Dictionary<string, MethodDefinition> known = modules.SelectMany(Il.Methods).Where(one => one.HasBody)
            .ToDictionary(Key, StringComparer.Ordinal);
        ILookup<string, MethodDefinition> overrides = known.Values.Where(one => one.IsVirtual)
            .SelectMany(one => Bases(one).Select(slot => (slot, one)))
            .ToLookup(pair => pair.slot, pair => pair.one, StringComparer.Ordinal);
        Dictionary<string, string[]> calls =
            known.ToDictionary(one => one.Key, one => Callees(one.Value, known, overrides), StringComparer.Ordinal);

        List<Finding> cycles = [];
        HashSet<string> done = new(StringComparer.Ordinal);
        foreach (string start in known.Keys)
        {
            Visit(start, [], calls, done, chain => cycles.Add(
                new Finding(Il.Place(known[chain[0]]), "calls itself: " + string.Join(" -> ", chain.Select(Short)))));
        }

        return cycles;
    }

    private static void Visit(string at, List<string> path, Dictionary<string, string[]> calls, HashSet<string> done,
        Action<List<string>> found)
    {
        int seen = path.IndexOf(at);
        if (seen >= 0)
        {
            found([.. path[seen..], at]);
            return;
        }

        if (!done.Add(at))
        {
            return;
        }

        path.Add(at);
        foreach (string next in calls[at])
        {
            Visit(next, path, calls, done, found);
        }

        path.RemoveAt(path.Count - 1);
    }

    // A method whose address is taken counts as called: the delegate may be run by whoever gets it.
    private static string[] Callees(MethodDefinition method, Dictionary<string, MethodDefinition> known,
        ILookup<string, MethodDefinition> overrides) =>
        [.. method.Body.Instructions
            .Where(at => at.OpCode.Code is Code.Call or Code.Callvirt or Code.Newobj or Code.Ldftn or Code.Ldvirtftn)
            .Select(at => ((MethodReference)at.Operand, IsVirtual: at.OpCode.Code is Code.Callvirt or Code.Ldvirtftn))
            .SelectMany(call => call.IsVirtual ? overrides[Key(call.Item1)].Select(Key).Append(Key(call.Item1)) : [Key(call.Item1)])
            .Where(known.ContainsKey).Distinct(StringComparer.Ordinal)];

    // The slots that a method fills: those of its base classes and interfaces with the same name and parameters.
    private static IEnumerable<string> Bases(MethodDefinition method)
    {
        foreach (MethodReference slot in method.Overrides)
        {
            yield return Key(slot);
        }

        for (TypeDefinition? type = method.DeclaringType; type != null; type = type.BaseType?.Resolve())
        {
            IEnumerable<TypeDefinition?> holders = [type, .. type.Interfaces.Select(one => one.InterfaceType.Resolve())];
            foreach (TypeDefinition? holder in holders)
            {
                IEnumerable<MethodDefinition> slots = holder?.Methods.Where(one => one.IsVirtual && one != method) ?? [];
                foreach (MethodDefinition slot in slots.Where(one => Signature(one) == Signature(method)))
                {
                    yield return Key(slot);
                }
            }
        }
    }

    private static string Key(MethodReference method) => method.FullName;

    private static string Signature(MethodReference method) =>
        method.Name + string.Join(',', method.Parameters.Select(one => one.ParameterType.FullName));

    private static string Short(string key)
    {
        string name = key[(key.LastIndexOf(' ', key.IndexOf("::", StringComparison.Ordinal)) + 1)..];
        return name[..name.IndexOf('(', StringComparison.Ordinal)].Replace("::", ".", StringComparison.Ordinal);
    }
}
