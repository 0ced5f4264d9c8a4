// Owns: the settings that a new station begins with where nobody names a template, by board.
// Must never: name an input that its board does not have; a test makes a station of each.

using Gateway.Start;

namespace Gateway.Technician.Make;

internal static class Templates
{
    private const string Keys = """
        button silence input=d1
        button reset   input=d2
        button answer  input=d3
        """;

    private const string Carrier = $"""
        # 部位按现场的接线增减 zones as they are wired
        zone 1 kind=callpoint wiring=line input=a1 name=值班室报警按钮
        zone 2 kind=tamper    wiring=nc   input=d4 name=箱门
        zone 3 kind=mains     wiring=nc   input=d5 name=主电

        {Keys}
        """;

    // Relays and inputs without supervised lines: the call point's break is not told.
    private const string Contacts = $"""
        # 部位按现场的接线增减；本板没有监视线路 zones as they are wired; this board has no supervised lines
        zone 1 kind=callpoint wiring=no unsupervised=yes input=d4 name=值班室报警按钮
        zone 2 kind=mains     wiring=nc   input=d5 name=主电

        {Keys}
        """;

    /// <summary>For a board of the list; what is none gets the carrier's, and the parser says what is wrong with its name.</summary>
    public static string Of(string board) => board is Kc868A6V3.Name or Kc868A16V3.Name ? Contacts : Carrier;
}
