// Owns: the bounds of call-outs, each with its reason.
// Must never: bound how often a person may call.

namespace Gateway.County;

public static partial class CountyLimits
{
    /// <summary>
    /// The first help has to be there within so many seconds of its call where the plan says nothing: the third of 1, 3 and 5 min; and at
    /// most, since in the country the nearest brigade has a quarter of an hour, and beyond two hours it is none.
    /// </summary>
    public const int CalloutWithinS = 300;
    public const int CalloutWithinMaxS = 7_200;

    /// <summary>Rings of a plan, and parties in it: more than a desk can speak to by telephone in the time they have.</summary>
    public const int CalloutRingMax = 9;
    public const int CalloutPartiesMax = 32;

    /// <summary>Where nobody of a ring has set out, the next one is called after this, ms: a volunteer's way to the station.</summary>
    public const int CalloutRingAfterMs = 120_000;

    /// <summary>Farthest neighbour that a plan takes by distance, m: a quarter of an hour on a village road.</summary>
    public const int CalloutMetresMax = 20_000;

    /// <summary>
    /// Characters of a telephone number with its breaks and an extension, and of a name that another program gave: as of its messages.
    /// </summary>
    public const int TelephoneMax = 40;
    public const int ReferenceMax = 128;

    /// <summary>Bytes of a form that registers a danger: its longest words in escapes.</summary>
    public const int DangerFormBytesMax = 16_384;

    /// <summary>How far ahead of the clock a person may say that something happened, ms: two clocks are never the same.</summary>
    public const int ActAheadMs = 60_000;
}
