// Owns: sorting file numbers, since the device's library has no sort.
// Must never: recurse or allocate.

namespace Gateway.Core
{
    /// <summary>Shell's sort with the gaps of Ciura, enough for <see cref="Limits.SegmentsMax"/> numbers.</summary>
    public static class ShellSort
    {
        private static readonly int[] s_gaps = { 132, 57, 23, 10, 4, 1 };

        /// <summary>Sorts the first <paramref name="count"/> numbers as unsigned ones, since they are sequence numbers.</summary>
        public static void Ascending(int[] numbers, int count)
        {
            for (int g = 0; g < s_gaps.Length; g++)
            {
                int gap = s_gaps[g];
                for (int i = gap; i < count; i++)
                {
                    int number = numbers[i];
                    int k = i;
                    while (k >= gap && (uint)numbers[k - gap] > (uint)number)
                    {
                        numbers[k] = numbers[k - gap];
                        k -= gap;
                    }

                    numbers[k] = number;
                }
            }
        }
    }
}
