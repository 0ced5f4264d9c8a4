// Owns: the shape of what is said about a settings text: sections, things in them, and what is said of each.
// Must never: hold a word that depends on a setting; those who fill it do.

using Gateway.Core;

namespace Gateway.Technician.Explain;

/// <summary>One statement; its label is the same in every text, so that two texts can be compared.</summary>
internal sealed record Clause(string Label, string Text);

/// <summary>One thing that a text describes, such as a zone.</summary>
internal sealed record Item(string Title, IReadOnlyList<Clause> Clauses)
{
    /// <summary>The same thing in another text has the same key.</summary>
    public required string Key { get; init; }
}

internal sealed record Section(string Title, IReadOnlyList<Item> Items);

/// <summary>All that a station will do with a text.</summary>
internal static class Explanation
{
    /// <param name="text">One that the device takes.</param>
    public static IReadOnlyList<Section> Of(Tongue tongue, StationText text)
    {
        Settings settings = text.Settings ?? throw new InvalidOperationException("a text that is refused does nothing");
        var station = new StationWords(tongue, settings);
        var village = new VillageWords(tongue, settings);
        return
        [
            new(tongue.Of("站点", "Station"), [station.Station(), station.Uplink()]),
            new(tongue.Of("部位", "Zones"), new ZoneWords(tongue, text, settings).All()),
            new(tongue.Of("组（多只确认）", "Groups"), village.Groups()),
            new(tongue.Of("输出", "Outputs"), station.Outputs()),
            new(tongue.Of("按键", "Keys"), station.Keys()),
            new(tongue.Of("时限和村级工作", "Clocks and village work"), village.Work()),
            new(tongue.Of("联动规则", "Rules"), new RuleText(tongue, settings).All(text.Rules)),
        ];
    }
}
