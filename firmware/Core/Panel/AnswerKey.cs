// Owns: which of several open questions one press of the answer key answers.
// Must never: let a press at the box stand for a look at another place.

namespace Gateway.Core
{
    /// <summary>Questions to the person on duty, as bits above those that parts show.</summary>
    public static class Question
    {
        /// <summary>Somebody is called to a fire elsewhere.</summary>
        public const int CallOut = 1 << 27;

        /// <summary>A fire that nobody has answered since its latest alarm.</summary>
        public const int Fire = 1 << 28;

        /// <summary>The county asks who is on duty.</summary>
        public const int Duty = 1 << 29;

        /// <summary>Somebody is to have a last look after hot work.</summary>
        public const int Look = 1 << 30;

        /// <summary>Those of parts: their lamp flashes.</summary>
        public const int OfParts = CallOut | Duty | Look;
    }

    /// <summary>The table is in docs/settings.md.</summary>
    public static class AnswerKey
    {
        /// <summary>
        /// Who answers a fire, or sets out for one elsewhere, is on duty too. The fire here goes first, and who answers it does not set
        /// out. A last look is made at another place and has a press of its own.
        /// </summary>
        public static int OnePress(int open)
        {
            int callOut = (open & Question.Fire) == 0 ? open & Question.CallOut : 0;
            int atTheBox = (open & (Question.Fire | Question.Duty)) | callOut;
            return atTheBox != 0 ? atTheBox : open;
        }
    }
}
