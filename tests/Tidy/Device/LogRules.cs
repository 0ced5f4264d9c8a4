// Owns: the rule that events have one way into the log.
// Must never: take a reader of the log for a writer.

using Mono.Cecil;

namespace Gateway.Tests.Tidy.Device;

/// <summary>An event is a method with a name of the contract, of the panel's queue or of the log; nobody else fills a record.</summary>
internal static class LogRules
{
    private static readonly string[] s_writers = ["EventLog", "PanelEvents"];

    public static IEnumerable<Finding> OtherWays(ModuleDefinition module) =>
        from one in Il.Instructions(module)
        where !s_writers.Contains(one.Method.DeclaringType.Name, StringComparer.Ordinal)
        where one.At.Operand is MethodReference { DeclaringType.Name: "EventLog", Name: "Blank" or "Add" }
        select new Finding(Il.Place(one.Method, one.At), "fills a record of its own: give the event a method of PanelEvents or EventLog");
}
