// Owns: how somebody wants to look at a station.
// Must never: hold anything of the station itself.

using Gateway.Contract;

namespace Gateway.Pc.Screen;

/// <param name="Chosen">Number of the zone that the tester's keys act on; 0 = the first.</param>
/// <param name="Note">What the last key did.</param>
/// <param name="English">False: Chinese alone.</param>
/// <param name="Engineer">True shows also what only an engineer needs.</param>
public sealed record Look(int Chosen = 0, string Note = "", bool English = false, bool Engineer = false)
{
    /// <summary>The words for what the contract numbers.</summary>
    public Catalogue Catalogue => English ? Catalogue.English : Catalogue.Chinese;

    /// <summary>One of two sentences.</summary>
    public string Say(string chinese, string english) => English ? english : chinese;

    public string Say(Word word) => word.In(English);
}
