// Owns: showing every case of the device's tests to the test runner under its own name.
// Must never: hide a case that it cannot read.

using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace Gateway.Tests.Device.Host
{
    /// <summary>Marks the one method that runs each case of the device's tests.</summary>
    [XunitTestCaseDiscoverer(typeof(DeviceCaseDiscoverer))]
    public sealed class DeviceCasesAttribute : FactAttribute
    {
        public DeviceCasesAttribute([CallerFilePath] string file = null, [CallerLineNumber] int line = -1)
            : base(file, line)
        {
        }
    }

    /// <summary>One test case for each case of the device's tests.</summary>
    public sealed class DeviceCaseDiscoverer : IXunitTestCaseDiscoverer
    {
        public ValueTask<IReadOnlyCollection<IXunitTestCase>> Discover(
            ITestFrameworkDiscoveryOptions discoveryOptions, IXunitTestMethod testMethod, IFactAttribute factAttribute)
        {
            Type[] types = Assembly.GetExecutingAssembly().GetExportedTypes();
            IEnumerable<DeviceCase> all = DeviceCases.TestClasses(types).SelectMany(DeviceCases.Of);
            IXunitTestCase[] cases = all.Select(one => (IXunitTestCase)new XunitTestCase(
                testMethod,
                one.Name,
                one.Method.DeclaringType.FullName + "." + one.Method.Name + "." + one.Row,
                @explicit: false,
                testMethodArguments: new object[] { one.Method.DeclaringType.FullName, one.Method.Name, one.Row })).ToArray();
            return new ValueTask<IReadOnlyCollection<IXunitTestCase>>(cases);
        }
    }
}
