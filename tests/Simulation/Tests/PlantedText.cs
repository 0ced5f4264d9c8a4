// Owns: putting the faults of one source file into one text, in which each member asks which fault is on.
// Must never: change what a member does while no fault is on, or leave out a part of a fault.

using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Gateway.Tests.Simulation;

/// <summary>
/// A part is compiled once with all of its faults: a member that faults change has a body for each of them and the untouched one. To
/// compile and warm up a copy for each fault took most of the time of all simulations.
/// </summary>
internal static class PlantedText
{
    /// <summary>What each compiled part has besides its own text.</summary>
    public const string SwitchSource =
        "namespace Gateway.PlantedFaults { public static class Switch { public static int On; } }";

    /// <summary>Full name of the class above.</summary>
    public const string SwitchType = "Gateway.PlantedFaults.Switch";

    /// <summary>The text of the file with the faults in it, each under its number.</summary>
    public static string Woven(string source, CSharpParseOptions options, IReadOnlyList<(int Number, Planted Fault)> faults)
    {
        Body[] bodies = Bodies(source, options);
        string frame = Frame(source, bodies);
        StringBuilder[] chains = [.. bodies.Select(_ => new StringBuilder())];
        foreach ((int number, Planted fault) in faults)
        {
            string? mutated = fault.In(source);
            Assert.True(mutated is not null, $"{fault.Name}: {fault.Type} has no such place any more");
            Body[] its = Bodies(mutated, options);
            Assert.True(
                its.Length == bodies.Length && Frame(mutated, its) == frame,
                $"{fault.Name} changes more than the bodies of members, or does not compile");
            int changed = 0;
            for (int i = 0; i < its.Length; i++)
            {
                if (its[i].Statements != bodies[i].Statements)
                {
                    changed++;
                    chains[i].Append(CultureInfo.InvariantCulture, $"\nif (global::{SwitchType}.On == {number})");
                    chains[i].Append(CultureInfo.InvariantCulture, $"\n#line 1 \"{fault.Name}\"\n{its[i].Statements}\nelse");
                }
            }

            Assert.True(changed > 0, $"{fault.Name} changes nothing");
        }

        StringBuilder woven = new(source);
        for (int i = bodies.Length - 1; i >= 0; i--)
        {
            if (chains[i].Length > 0)
            {
                string all = $"{{{chains[i]}\n#line 1 \"untouched\"\n{bodies[i].Statements}\n}}\n#line default\n";
                woven.Remove(bodies[i].Start, bodies[i].Length).Insert(bodies[i].Start, bodies[i].IsProperty ? $"{{ get {all} }}" : all);
            }
        }

        return woven.ToString();
    }

    private static string Frame(string source, Body[] bodies)
    {
        StringBuilder frame = new(source);
        foreach (Body body in bodies.Reverse())
        {
            frame.Remove(body.Start, body.Length);
        }

        return frame.ToString();
    }

    /// <summary>In the order of the text; none lies within another.</summary>
    private static Body[] Bodies(string source, CSharpParseOptions options)
    {
        SyntaxNode root = CSharpSyntaxTree.ParseText(source, options).GetRoot();
        return [.. root.DescendantNodes().Select(BodyOf).OfType<Body>()];
    }

    private static Body? BodyOf(SyntaxNode node) => node switch
    {
        BaseMethodDeclarationSyntax { Body: { } block } => Of(block),
        AccessorDeclarationSyntax { Body: { } block } => Of(block),
        MethodDeclarationSyntax { ExpressionBody: { } arrow } m => Of(arrow, m.SemicolonToken, returns: !IsVoid(m.ReturnType)),
        ConstructorDeclarationSyntax { ExpressionBody: { } arrow } c => Of(arrow, c.SemicolonToken, returns: false),
        AccessorDeclarationSyntax { ExpressionBody: { } arrow } a =>
            Of(arrow, a.SemicolonToken, returns: a.IsKind(SyntaxKind.GetAccessorDeclaration)),
        PropertyDeclarationSyntax { ExpressionBody: { } arrow } p => Of(arrow, p.SemicolonToken, returns: true) with { IsProperty = true },
        _ => null,
    };

    private static bool IsVoid(TypeSyntax type) => type is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword };

    private static Body Of(BlockSyntax block) => new(block.SpanStart, block.Span.Length, block.ToString());

    private static Body Of(ArrowExpressionClauseSyntax arrow, SyntaxToken semicolon, bool returns)
    {
        bool says = returns && arrow.Expression is not ThrowExpressionSyntax;
        string statements = $"{{ {(says ? "return " : "")}{arrow.Expression}; }}";
        return new Body(arrow.SpanStart, semicolon.Span.End - arrow.SpanStart, statements);
    }

    /// <param name="Start">Where it stands.</param>
    /// <param name="Length">What of the text it is.</param>
    /// <param name="Statements">As a block.</param>
    private sealed record Body(int Start, int Length, string Statements)
    {
        /// <summary>It is all that a property has.</summary>
        public bool IsProperty { get; init; }
    }
}
