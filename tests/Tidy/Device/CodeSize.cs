// Owns: how many bytes the code of an assembly has once the device's metadata processor has rewritten it.
// Must never: count what the processor leaves out, such as names of locals.

using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Gateway.Tests.Tidy.Device;

/// <summary>
/// The runtime finds a method's code by a 16-bit offset into its assembly's, and the processor refuses what is larger. It writes tokens and
/// far branches in two bytes where .NET has four, a switch's count in one, and its targets in two each.
/// </summary>
internal static class CodeSize
{
    /// <summary>Of 65,535, with room for some weeks of work: an assembly that passes it is to be split.</summary>
    public const int BytesMax = 60_000;

    private const int HandlerBytes = 12;

    public static IEnumerable<Finding> TooLarge(string name, ModuleDefinition module)
    {
        int bytes = module.GetTypes().SelectMany(type => type.Methods).Sum(Bytes);
        return bytes <= BytesMax ? []
            : [new Finding(name, $"has {bytes} bytes of code on the device, of at most {BytesMax}: move files to another assembly's list")];
    }

    public static int Bytes(MethodDefinition method)
    {
        if (!method.HasBody)
        {
            return 0;
        }

        int handlers = method.Body.ExceptionHandlers.Count;
        return method.Body.CodeSize - method.Body.Instructions.Sum(Saved) + (handlers == 0 ? 0 : handlers * HandlerBytes + 1);
    }

    private static int Saved(Instruction instruction) => instruction.OpCode.OperandType switch
    {
        OperandType.InlineSwitch => 3 + 2 * ((Instruction[])instruction.Operand).Length,
        OperandType.InlineString or OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType
            or OperandType.InlineBrTarget => 2,
        _ => 0,
    };
}
