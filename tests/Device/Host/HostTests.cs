// Owns: the proof that this host runs what the device would run, refuses what it would not, and lets a failed expectation fail.
// Must never: be found by the device's tests; its sample classes are not public.

using System;
using System.Collections.Generic;
using System.Linq;
using nanoFramework.TestFramework;
using TestFrameworkShared;
using Xunit;
using DeviceAssert = nanoFramework.TestFramework.Assert;
using HostAssert = Xunit.Assert;

namespace Gateway.Tests.Device.Host
{
    public sealed class HostTests
    {
        [Theory]
        [InlineData(typeof(WithField), "no instance field")]
        [InlineData(typeof(WithProperty), "no instance field")]
        [InlineData(typeof(DerivedFromField), "no instance field")]
        [InlineData(typeof(Unmarked), "lacks [TestClass]")]
        [InlineData(typeof(Hidden), "only public methods")]
        [InlineData(typeof(Returning), "return nothing")]
        [InlineData(typeof(WrongType), "int and string")]
        [InlineData(typeof(TooFew), "not exactly")]
        [InlineData(typeof(WithoutRow), "not exactly")]
        [InlineData(typeof(SetupWithArgument), "not exactly")]
        public void A_class_that_the_device_would_not_run_as_written_is_refused(Type type, string why)
        {
            HostAssert.Contains(DeviceCases.Problems(type), problem => problem.Contains(why, StringComparison.Ordinal));
        }

        [Fact]
        public void Each_data_row_is_a_case_of_its_own_with_its_arguments_in_its_name()
        {
            string[] expected = { "Good.Plain", "Good.Rows(1, \"one\")", "Good.Rows(2, \"火\")", "Good.Both(3)" };
            HostAssert.Empty(DeviceCases.Problems(typeof(Good)));
            HostAssert.Equal(expected, DeviceCases.Of(typeof(Good)).Select(one => one.Name));
        }

        [Fact]
        public void Setup_runs_once_before_the_class_and_cleanup_once_after_it()
        {
            Good.Steps.Clear();
            using (DeviceRun run = new DeviceRun())
            {
                foreach (DeviceCase one in DeviceCases.Of(typeof(Good)))
                {
                    run.Run(one);
                }
            }

            HostAssert.Equal("setup plain 1one 2火 3 cleanup", string.Join(" ", Good.Steps));
        }

        [Fact]
        public void A_refused_class_does_not_run()
        {
            using DeviceRun run = new DeviceRun();
            HostAssert.Throws<InvalidOperationException>(() => run.Run(DeviceCases.Of(typeof(WithField)).Single()));
        }

        [Fact]
        public void A_failed_setup_fails_the_test()
        {
            using DeviceRun run = new DeviceRun();
            HostAssert.Throws<AssertFailedException>(() => run.Run(DeviceCases.Of(typeof(BadSetup)).Single()));
        }

        [Fact]
        public void A_failed_expectation_fails()
        {
            Action[] failing =
            {
                () => DeviceAssert.AreEqual(1, 2), () => DeviceAssert.AreEqual("a", "b"), () => DeviceAssert.AreEqual(1L, 2L),
                () => DeviceAssert.AreEqual((object)1, 1L),
                () => DeviceAssert.AreEqual(new byte[1], new byte[1]), () => DeviceAssert.AreNotEqual(1, 1),
                () => DeviceAssert.AreNotEqual("a", "a"),
                () => DeviceAssert.IsTrue(false), () => DeviceAssert.IsFalse(true), () => DeviceAssert.IsNull(1),
                () => DeviceAssert.IsNotNull(null),
                () => DeviceAssert.AreSame("a", new string('a', 1)), () => DeviceAssert.AreNotSame("a", "a"),
                () => DeviceAssert.IsInstanceOfType(1, typeof(object)),
                () => DeviceAssert.IsNotInstanceOfType(1, typeof(int)), () => DeviceAssert.Contains("x", "a"),
                () => DeviceAssert.DoesNotContains("a", "a"),
                () => DeviceAssert.Contains("x", null), () => DeviceAssert.StartsWith("b", "ab"), () => DeviceAssert.EndsWith("a", "ab"),
                () => DeviceAssert.ThrowsException(typeof(Exception), () => { }),
                () => DeviceAssert.ThrowsException(typeof(Exception), () => throw new ArgumentException("derived")),
                () => CollectionAssert.AreEqual(new[] { 1, 2 }, new[] { 1, 3 }),
                () => CollectionAssert.AreEqual(new[] { 1 }, new[] { 1, 3 }),
                () => CollectionAssert.AreEqual(null, new[] { 1 }), () => CollectionAssert.AreNotEqual(new[] { 1 }, new[] { 1 }),
                () => CollectionAssert.Empty(new[] { 1 }), () => CollectionAssert.NotEmpty(Array.Empty<int>()),
            };
            for (int i = 0; i < failing.Length; i++)
            {
                Exception thrown = Record.Exception(failing[i]);
                HostAssert.True(thrown is AssertFailedException, "expectation " + i + " should fail, and gave " + thrown);
            }
        }

        [Fact]
        public void A_met_expectation_passes()
        {
            DeviceAssert.AreEqual(1, 1);
            DeviceAssert.AreEqual("火", "火");
            DeviceAssert.AreNotEqual(1, 2);
            DeviceAssert.IsInstanceOfType(1, typeof(int));
            DeviceAssert.ThrowsException(typeof(ArgumentException), () => throw new ArgumentException("same"));
            DeviceAssert.Contains("b", "abc");
            CollectionAssert.AreEqual(new byte[] { 1, 2 }, new byte[] { 1, 2 });
            CollectionAssert.AreNotEqual(new byte[] { 1, 2 }, new byte[] { 2, 1 });
        }

        [TestClass]
        private class WithField
        {
            private int _count;

            [TestMethod]
            public void Counts() => _count++;
        }

        [TestClass]
        private class WithProperty
        {
            public int Count { get; set; }
        }

        [TestClass]
        private sealed class DerivedFromField : WithField
        {
        }

        private sealed class Unmarked
        {
            [TestMethod]
            public void Runs()
            {
            }
        }

        [TestClass]
        private sealed class Hidden
        {
            [TestMethod]
            internal void Runs()
            {
            }
        }

        [TestClass]
        private sealed class Returning
        {
            [TestMethod]
            public int Runs() => 1;
        }

        [TestClass]
        private sealed class WrongType
        {
            [DataRow((byte)1)]
            public void Runs(byte one) => DeviceAssert.AreEqual(1, (int)one);
        }

        [TestClass]
        private sealed class TooFew
        {
            [DataRow(1)]
            public void Runs(int one, int two) => DeviceAssert.AreEqual(one, two);
        }

        [TestClass]
        private sealed class WithoutRow
        {
            [TestMethod]
            public void Runs(int one) => DeviceAssert.AreEqual(1, one);
        }

        [TestClass]
        private sealed class SetupWithArgument
        {
            [Setup]
            public void Prepare(int one) => DeviceAssert.AreEqual(1, one);
        }

        [TestClass]
        private sealed class BadSetup
        {
            [Setup]
            public void Prepare() => DeviceAssert.IsTrue(false);

            [TestMethod]
            public void Runs()
            {
            }
        }

        [TestClass]
        private sealed class Good
        {
            public static readonly List<string> Steps = new List<string>();

            [Setup]
            public void Prepare() => Steps.Add("setup");

            [TestMethod]
            public void Plain() => Steps.Add("plain");

            [DataRow(1, "one")]
            [DataRow(2, "火")]
            public void Rows(int number, string text) => Steps.Add(number + text);

            [TestMethod]
            [DataRow(3)]
            public void Both(int number) => Steps.Add(number.ToString());

            [Cleanup]
            public void Tidy() => Steps.Add("cleanup");
        }
    }
}
