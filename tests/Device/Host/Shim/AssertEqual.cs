// Owns: equality in the device's test framework, once for each type, so that the compiler picks the same overload here as there.
// Must never: have a public member that the real framework lacks; a test compares them with its list.

using System;

namespace nanoFramework.TestFramework
{
    public sealed partial class Assert
    {
        public static void AreEqual(bool expected, bool actual, string message = "") => SameValue(expected, actual, message);

        public static void AreEqual(byte expected, byte actual, string message = "") => SameValue(expected, actual, message);

        public static void AreEqual(char expected, char actual, string message = "") => SameValue(expected, actual, message);

        public static void AreEqual(DateTime expected, DateTime actual, string message = "") => SameValue(expected, actual, message);

        public static void AreEqual(double expected, double actual, string message = "") => SameValue(expected, actual, message);

        public static void AreEqual(float expected, float actual, string message = "") => SameValue(expected, actual, message);

        public static void AreEqual(int expected, int actual, string message = "") => SameValue(expected, actual, message);

        public static void AreEqual(long expected, long actual, string message = "") => SameValue(expected, actual, message);

        public static void AreEqual(object expected, object actual, string message = "") => SameValue(expected, actual, message);

        public static void AreEqual(sbyte expected, sbyte actual, string message = "") => SameValue(expected, actual, message);

        public static void AreEqual(short expected, short actual, string message = "") => SameValue(expected, actual, message);

        public static void AreEqual(string expected, string actual, string message = "") => SameValue(expected, actual, message);

        public static void AreEqual(uint expected, uint actual, string message = "") => SameValue(expected, actual, message);

        public static void AreEqual(ulong expected, ulong actual, string message = "") => SameValue(expected, actual, message);

        public static void AreEqual(ushort expected, ushort actual, string message = "") => SameValue(expected, actual, message);

        public static void AreNotEqual(bool notExpected, bool actual, string message = "") => OtherValue(notExpected, actual, message);

        public static void AreNotEqual(byte notExpected, byte actual, string message = "") => OtherValue(notExpected, actual, message);

        public static void AreNotEqual(char notExpected, char actual, string message = "") => OtherValue(notExpected, actual, message);

        public static void AreNotEqual(DateTime notExpected, DateTime actual, string message = "") =>
            OtherValue(notExpected, actual, message);

        public static void AreNotEqual(double notExpected, double actual, string message = "") => OtherValue(notExpected, actual, message);

        public static void AreNotEqual(float notExpected, float actual, string message = "") => OtherValue(notExpected, actual, message);

        public static void AreNotEqual(int notExpected, int actual, string message = "") => OtherValue(notExpected, actual, message);

        public static void AreNotEqual(long notExpected, long actual, string message = "") => OtherValue(notExpected, actual, message);

        public static void AreNotEqual(object notExpected, object actual, string message = "") => OtherValue(notExpected, actual, message);

        public static void AreNotEqual(sbyte notExpected, sbyte actual, string message = "") => OtherValue(notExpected, actual, message);

        public static void AreNotEqual(short notExpected, short actual, string message = "") => OtherValue(notExpected, actual, message);

        public static void AreNotEqual(string notExpected, string actual, string message = "") => OtherValue(notExpected, actual, message);

        public static void AreNotEqual(uint notExpected, uint actual, string message = "") => OtherValue(notExpected, actual, message);

        public static void AreNotEqual(ulong notExpected, ulong actual, string message = "") => OtherValue(notExpected, actual, message);

        public static void AreNotEqual(ushort notExpected, ushort actual, string message = "") => OtherValue(notExpected, actual, message);

        private static void SameValue(object expected, object actual, string message)
        {
            if (!Equals(expected, actual))
            {
                Fail("AreEqual", "expected " + Show(expected) + ", got " + Show(actual), message);
            }
        }

        private static void OtherValue(object notExpected, object actual, string message)
        {
            if (Equals(notExpected, actual))
            {
                Fail("AreNotEqual", "both are " + Show(actual), message);
            }
        }
    }
}
