// Owns: Assert of the device's test framework, for the same tests on .NET.
// Must never: be kinder than the real one: types and exceptions are compared exactly, arrays by reference.

using System;
using System.Diagnostics.CodeAnalysis;
using TestFrameworkShared;

namespace nanoFramework.TestFramework
{
    /// <summary>Each method returns when the expectation is met and throws <see cref="AssertFailedException"/> otherwise.</summary>
    public sealed partial class Assert
    {
        public static void IsTrue(bool condition, string message = "") => Check(condition, "IsTrue", "it is false", message);

        public static void IsFalse(bool condition, string message = "") => Check(!condition, "IsFalse", "it is true", message);

        public static void IsNull(object value, string message = "") => Check(value == null, "IsNull", "it is " + Show(value), message);

        public static void IsNotNull(object value, string message = "") => Check(value != null, "IsNotNull", "it is null", message);

        public static void AreSame(object expected, object actual, string message = "") =>
            Check(ReferenceEquals(expected, actual), "AreSame", "they are two objects", message);

        public static void AreNotSame(object notExpected, object actual, string message = "") =>
            Check(!ReferenceEquals(notExpected, actual), "AreNotSame", "they are one object", message);

        public static void IsInstanceOfType(object value, Type expected, string message = "") =>
            Check(value != null && value.GetType() == expected, "IsInstanceOfType", Show(value) + " is not exactly " + expected, message);

        public static void IsNotInstanceOfType(object value, Type notExpected, string message = "") =>
            Check(value == null || value.GetType() != notExpected, "IsNotInstanceOfType", Show(value) + " is " + notExpected, message);

        public static void Contains(string expected, string value, string message = "") =>
            Check(Text(value).Contains(Text(expected), StringComparison.Ordinal), "Contains", Show(value) + " lacks " + Show(expected),
                message);

        public static void DoesNotContains(string notExpected, string value, string message = "") =>
            Check(!Text(value).Contains(Text(notExpected), StringComparison.Ordinal), "DoesNotContains",
                Show(value) + " has " + Show(notExpected), message);

        public static void StartsWith(string expected, string value, string message = "") =>
            Check(Text(value).StartsWith(Text(expected), StringComparison.Ordinal), "StartsWith",
                Show(value) + " does not start with " + Show(expected), message);

        public static void EndsWith(string expected, string value, string message = "") =>
            Check(Text(value).EndsWith(Text(expected), StringComparison.Ordinal), "EndsWith",
                Show(value) + " does not end with " + Show(expected), message);

        public static void ThrowsException(Type exception, Action action, string message = "")
        {
            Type thrown = null;
            try
            {
                action();
            }
            catch (Exception one)
            {
                thrown = one.GetType();
            }

            Check(thrown == exception, "ThrowsException",
                "expected " + exception + ", got " + (thrown == null ? "none" : thrown.ToString()), message);
        }

        [DoesNotReturn]
        internal static void Fail(string assertion, string why, string message) =>
            throw new AssertFailedException(assertion + ": " + why + (string.IsNullOrEmpty(message) ? "" : ". " + message));

        internal static void Check(bool met, string assertion, string why, string message)
        {
            if (!met)
            {
                Fail(assertion, why, message);
            }
        }

        internal static string Show(object value) =>
            value switch { null => "null", string text => "\"" + text + "\"", _ => value.ToString() };

        private static string Text(string value)
        {
            if (value == null)
            {
                Fail("text", "a text that is compared must not be null", "");
            }

            return value;
        }
    }
}
