// Owns: the device's tests on .NET.
// Must never: run two of them at once; on the device they share statics and run one after the other.

using System;
using System.Linq;
using System.Reflection;
using Xunit;

namespace Gateway.Tests.Device.Host
{
    public sealed class DeviceTests : IClassFixture<DeviceRun>
    {
        private readonly DeviceRun _run;

        public DeviceTests(DeviceRun run)
        {
            _run = run;
        }

        [DeviceCases]
        public void Device(string testClass, string method, int row)
        {
            Type type = Assembly.GetExecutingAssembly().GetType(testClass, throwOnError: true);
            _run.Run(DeviceCases.Of(type).Single(one => one.Method.Name == method && one.Row == row));
        }

        [Fact]
        public void Every_test_is_one_that_the_device_runs_too()
        {
            Xunit.Assert.NotEmpty(DeviceCases.TestClasses(Assembly.GetExecutingAssembly().GetExportedTypes()));
            string[] problems = Assembly.GetExecutingAssembly().GetExportedTypes().SelectMany(DeviceCases.Problems).ToArray();
            Xunit.Assert.True(problems.Length == 0, string.Join(Environment.NewLine, problems));
        }
    }
}
