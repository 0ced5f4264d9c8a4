// Owns: comparing collections element by element, as the device's test framework does.
// Must never: have a public member that the real framework lacks; a test compares them with its list.

using System.Collections;

namespace nanoFramework.TestFramework
{
    /// <summary>Arrays are collections too; elements are compared by Equals, in order.</summary>
    public sealed class CollectionAssert
    {
        public static void Empty(ICollection collection, string message = "") =>
            Assert.Check(collection != null && collection.Count == 0, "Empty", "it has elements or is null", message);

        public static void NotEmpty(ICollection collection, string message = "") =>
            Assert.Check(collection != null && collection.Count != 0, "NotEmpty", "it is empty or null", message);

        public static void AreEqual(ICollection expected, ICollection actual, string message = "")
        {
            string difference = Difference(expected, actual);
            Assert.Check(difference.Length == 0, "AreEqual", difference, message);
        }

        public static void AreNotEqual(ICollection notExpected, ICollection actual, string message = "") =>
            Assert.Check(Difference(notExpected, actual).Length != 0, "AreNotEqual", "they have the same elements", message);

        // Empty when there is none.
        private static string Difference(ICollection expected, ICollection actual)
        {
            if (ReferenceEquals(expected, actual))
            {
                return "";
            }

            if (expected == null || actual == null)
            {
                return "one of them is null";
            }

            if (expected.Count != actual.Count)
            {
                return "expected " + expected.Count + " elements, got " + actual.Count;
            }

            IEnumerator one = expected.GetEnumerator();
            IEnumerator other = actual.GetEnumerator();
            for (int i = 0; one.MoveNext() && other.MoveNext(); i++)
            {
                if (!Equals(one.Current, other.Current))
                {
                    return "element " + i + ": expected " + Assert.Show(one.Current) + ", got " + Assert.Show(other.Current);
                }
            }

            return "";
        }
    }
}
