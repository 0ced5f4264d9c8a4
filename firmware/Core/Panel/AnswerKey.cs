// Owns: which of several open questions one press of the answer key answers.
// Must never: let a press at the box stand for a look at another place.

using System;

namespace Gateway.Core
{
    /// <summary>Open questions to the person on duty.</summary>
    [Flags]
    public enum Question : int
    {
        None = 0,

        /// <summary>Somebody is called to a fire elsewhere.</summary>
        CallOut = 1,

        /// <summary>A fire that nobody has acknowledged since its latest alarm.</summary>
        Fire = 2,

        /// <summary>The county asks who is on duty.</summary>
        Duty = 4,

        /// <summary>Somebody is to have a last look after hot work.</summary>
        Look = 8,
    }

    /// <summary>The table is in docs/settings.md.</summary>
    public static class AnswerKey
    {
        /// <summary>
        /// Who acknowledges a fire, or sets out for one elsewhere, is on duty too. The fire here goes first, and who acknowledges it does
        /// not set out. A last look is made at another place and has a press of its own.
        /// </summary>
        public static Question OnePress(Question open)
        {
            Question callOut = (open & Question.Fire) == 0 ? open & Question.CallOut : 0;
            Question atTheBox = (open & (Question.Fire | Question.Duty)) | callOut;
            return atTheBox != 0 ? atTheBox : open;
        }
    }
}
