// Owns: putting an instruction counter into compiled code.
// Must never: change what the code does, or count the counter's own instructions.

using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Gateway.Tests.Benchmarks;

/// <summary>
/// Each basic block adds the number of its IL instructions to a static counter when it is entered. The device interprets IL, so that this
/// is its work, but for calls into native code (Array.Copy, the ports).
/// </summary>
internal static class Weaver
{
    public const string CounterType = "Gateway.Contract.InstructionCounter";
    public const string CounterField = "Count";
    public const string ProfileField = "OfMethod";

    /// <summary>Names of the methods whose instructions <see cref="ProfileField"/> holds, a line each.</summary>
    public const string ProfileNames = "methods.txt";

    private static readonly string[] s_parts = ["Gateway.Contract.dll", "Gateway.Core.dll", "Gateway.Tests.Benchmarks.dll"];

    public static void Weave(string from, string to)
    {
        FieldReference? counter = null;
        FieldReference? profile = null;
        List<string> names = [];
        foreach (string part in s_parts)
        {
            using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(Path.Combine(from, part));
            ModuleDefinition module = assembly.MainModule;
            if (counter == null || profile == null)
            {
                (counter, profile) = AddCounters(module);
            }

            FieldReference total = module.ImportReference(counter);
            FieldReference byMethod = module.ImportReference(profile);
            foreach (TypeDefinition type in module.GetAllTypes().Where(type => Counts(part, type)))
            {
                foreach (MethodDefinition method in type.Methods.Where(method => method.HasBody))
                {
                    Count(method, total, byMethod, names.Count);
                    names.Add(type.Name + "." + method.Name);
                }
            }

            assembly.Write(Path.Combine(to, part));
        }

        File.WriteAllLines(Path.Combine(to, ProfileNames), names);
    }

    /// <summary>Of this program only the plain loop is counted: it is what the firmware is compared with.</summary>
    private static bool Counts(string part, TypeDefinition type) =>
        type.FullName != CounterType && (!part.Contains("Benchmarks", StringComparison.Ordinal) || type.Name == nameof(PlainLoop));

    private static (FieldDefinition Total, FieldDefinition ByMethod) AddCounters(ModuleDefinition module)
    {
        TypeDefinition type = new("Gateway.Contract", "InstructionCounter",
            TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed, module.TypeSystem.Object);
        FieldDefinition field = new(CounterField, FieldAttributes.Public | FieldAttributes.Static, module.TypeSystem.Int64);
        ArrayType numbers = new(module.TypeSystem.Int64);
        FieldDefinition byMethod = new(ProfileField, FieldAttributes.Public | FieldAttributes.Static, numbers);
        type.Fields.Add(field);
        type.Fields.Add(byMethod);
        module.Types.Add(type);
        return (field, byMethod);
    }

    private static void Count(MethodDefinition method, FieldReference counter, FieldReference profile, int number)
    {
        MethodBody body = method.Body;
        body.SimplifyMacros();
        Instruction[] all = [.. body.Instructions];
        HashSet<Instruction> leaders = Leaders(body, all);
        Dictionary<Instruction, Instruction> moved = [];
        ILProcessor il = body.GetILProcessor();
        for (int at = 0; at < all.Length; at++)
        {
            if (!leaders.Contains(all[at]))
            {
                continue;
            }

            int end = at + 1;
            while (end < all.Length && !leaders.Contains(all[end]))
            {
                end++;
            }

            Instruction first = il.Create(OpCodes.Ldsfld, counter);
            il.InsertBefore(all[at], first);
            il.InsertBefore(all[at], il.Create(OpCodes.Ldc_I4, end - at));
            il.InsertBefore(all[at], il.Create(OpCodes.Conv_I8));
            il.InsertBefore(all[at], il.Create(OpCodes.Add));
            il.InsertBefore(all[at], il.Create(OpCodes.Stsfld, counter));
            il.InsertBefore(all[at], il.Create(OpCodes.Ldsfld, profile));
            il.InsertBefore(all[at], il.Create(OpCodes.Ldc_I4, number));
            il.InsertBefore(all[at], il.Create(OpCodes.Ldelema, method.Module.TypeSystem.Int64));
            il.InsertBefore(all[at], il.Create(OpCodes.Dup));
            il.InsertBefore(all[at], il.Create(OpCodes.Ldind_I8));
            il.InsertBefore(all[at], il.Create(OpCodes.Ldc_I4, end - at));
            il.InsertBefore(all[at], il.Create(OpCodes.Conv_I8));
            il.InsertBefore(all[at], il.Create(OpCodes.Add));
            il.InsertBefore(all[at], il.Create(OpCodes.Stind_I8));
            moved[all[at]] = first;
        }

        Retarget(body, all, moved);
        body.OptimizeMacros();
    }

    private static HashSet<Instruction> Leaders(MethodBody body, Instruction[] all)
    {
        HashSet<Instruction> leaders = [all[0]];
        foreach (Instruction one in all)
        {
            if (one.Operand is Instruction target)
            {
                leaders.Add(target);
            }
            else if (one.Operand is Instruction[] targets)
            {
                leaders.UnionWith(targets);
            }

            bool ends = one.OpCode.FlowControl is FlowControl.Branch or FlowControl.Cond_Branch or FlowControl.Return or FlowControl.Throw;
            if (ends && one.Next != null)
            {
                leaders.Add(one.Next);
            }
        }

        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            leaders.UnionWith(new[] { handler.TryStart, handler.HandlerStart, handler.FilterStart }.Where(start => start != null));
        }

        return leaders;
    }

    private static void Retarget(MethodBody body, Instruction[] all, Dictionary<Instruction, Instruction> moved)
    {
        foreach (Instruction one in all)
        {
            if (one.Operand is Instruction target)
            {
                one.Operand = moved[target];
            }
            else if (one.Operand is Instruction[] targets)
            {
                one.Operand = targets.Select(each => moved[each]).ToArray();
            }
        }

        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            handler.TryStart = moved[handler.TryStart];
            handler.HandlerStart = moved[handler.HandlerStart];
            handler.TryEnd = handler.TryEnd == null ? null : moved.GetValueOrDefault(handler.TryEnd, handler.TryEnd);
            handler.HandlerEnd = handler.HandlerEnd == null ? null : moved.GetValueOrDefault(handler.HandlerEnd, handler.HandlerEnd);
        }
    }
}
