// Owns: the words of `pin`: unlocking, setting another one, locking.
// Must never: judge a PIN; the lock does.

namespace Gateway.Core
{
    /// <summary>`pin 1234`, `pin new 1234`, `pin lock`.</summary>
    public sealed class PinVerb : ConsoleVerb
    {
        public override string Name
        {
            get { return "pin"; }
        }

        public override string Words
        {
            get { return "DIGITS | new DIGITS | lock"; }
        }

        public override string Meaning(bool english)
        {
            return english ? "unlocks what changes something" : "输入密码后才能改动";
        }

        /// <summary>How a box gets its first PIN, or another one when it is lost.</summary>
        public static string HowToSet(bool english)
        {
            return english ? "close the service jumper in the open box, then type: pin new and 4 to 8 digits; take the jumper out again"
                : "打开箱门，插上维护跳线，再输入 pin new 和 4 至 8 位数字；设好后拔掉跳线";
        }

        public override bool Begin(ConsoleDesk desk, long nowMs)
        {
            ConsoleLock locked = desk.Lock;
            if (desk.Word(1) == "lock" && desk.Count == 2)
            {
                locked.Lock();
                desk.Out.Say("已锁上", "locked");
                return false;
            }

            bool anew = desk.Word(1) == "new" && desk.Count == 3;
            if (!anew && desk.Count != 2)
            {
                return desk.Wrong(desk.Word(1), Words);
            }

            Tell(desk, anew ? locked.Set(desk.Word(2), desk.Port.BoxIsOpen(), nowMs) : locked.Open(desk.Word(1), nowMs), nowMs);
            return false;
        }

        private static void Tell(ConsoleDesk desk, PinAnswer answer, long nowMs)
        {
            ConsoleText say = desk.Out;
            string waitS = desk.Lock.WaitS(nowMs).ToString();
            switch (answer)
            {
                case PinAnswer.Right:
                    say.Say("已解锁，10 分钟不用自动锁上", "unlocked, until nothing is typed for 10 minutes");
                    break;
                case PinAnswer.Wrong:
                    say.Say("密码不对；" + waitS + " 秒后再试", "wrong PIN; try again in " + waitS + " s");
                    break;
                case PinAnswer.Wait:
                    say.Say("等 " + waitS + " 秒再试；忘了密码：" + HowToSet(false), "wait " + waitS + " s; PIN lost: " + HowToSet(true));
                    break;
                case PinAnswer.NotKept:
                    say.Say("存储写不进，没有改动", "the flash did not take it; nothing was changed");
                    break;
                case PinAnswer.NoPin:
                    say.Say("应为 4 至 8 位数字", "4 to 8 digits are allowed");
                    break;
                default:
                    say.Say(HowToSet(false), HowToSet(true));
                    break;
            }
        }
    }
}
