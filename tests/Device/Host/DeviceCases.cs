// Owns: which tests the device's launcher would find in an assembly, and what it could not run as written.
// Must never: find a test that the device would not.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using nanoFramework.TestFramework;

namespace Gateway.Tests.Device.Host
{
    /// <summary>One run of one test method.</summary>
    public sealed class DeviceCase
    {
        public DeviceCase(MethodInfo method, object[] arguments, int row)
        {
            Method = method;
            Arguments = arguments;
            Row = row;
        }

        public MethodInfo Method { get; }

        public object[] Arguments { get; }

        /// <summary>Which data row of its method, from 0; -1 for a test without arguments.</summary>
        public int Row { get; }

        /// <summary>Class.Method(arguments).</summary>
        public string Name => Method.DeclaringType.Name + "." + Method.Name
            + (Row < 0 ? "" : "(" + string.Join(", ",
                Arguments.Select(one => one is string ? "\"" + one + "\"" : Convert.ToString(one, CultureInfo.InvariantCulture))) + ")");
    }

    /// <summary>Finds tests by reflection, as the device's launcher does.</summary>
    public static class DeviceCases
    {
        public static IEnumerable<Type> TestClasses(IEnumerable<Type> types) =>
            types.Where(type => type.GetCustomAttribute<TestClassAttribute>() != null);

        public static IEnumerable<DeviceCase> Of(Type type)
        {
            foreach (MethodInfo method in type.GetMethods().OrderBy(one => one.MetadataToken))
            {
                object[][] rows = method.GetCustomAttributes<DataRowAttribute>().Select(one => one.MethodParameters).ToArray();
                if (rows.Length == 0 && method.GetCustomAttribute<TestMethodAttribute>() != null)
                {
                    yield return new DeviceCase(method, Array.Empty<object>(), -1);
                }

                for (int row = 0; row < rows.Length; row++)
                {
                    yield return new DeviceCase(method, rows[row], row);
                }
            }
        }

        /// <summary>What the device would not run, or would run otherwise than it reads; empty when there is nothing.</summary>
        public static IReadOnlyList<string> Problems(Type type)
        {
            const BindingFlags Everything = BindingFlags.Instance | BindingFlags.Static
                | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
            List<string> problems = new List<string>();
            bool isTestClass = type.GetCustomAttribute<TestClassAttribute>() != null;
            for (Type part = type; isTestClass && part != typeof(object); part = part.BaseType)
            {
                problems.AddRange(part.GetFields(Everything).Where(field => !field.IsStatic)
                    .Select(field => type.Name + "." + field.Name
                        + ": the device calls tests without an object, so a test class has no instance field"));
            }

            foreach (MethodInfo method in type.GetMethods(Everything))
            {
                IEnumerable<Attribute> marks = method.GetCustomAttributes<Attribute>()
                    .Where(one => one is TestMethodAttribute || one is DataRowAttribute || one is SetupAttribute
                        || one is CleanupAttribute);
                foreach (Attribute mark in marks)
                {
                    string problem = Problem(method, mark, isTestClass);
                    if (problem.Length > 0)
                    {
                        problems.Add(type.Name + "." + method.Name + ": " + problem);
                    }
                }
            }

            return problems;
        }

        private static string Problem(MethodInfo method, Attribute mark, bool isTestClass)
        {
            ParameterInfo[] wanted = method.GetParameters();
            object[] given = mark is DataRowAttribute row ? row.MethodParameters : Array.Empty<object>();
            if (!isTestClass)
            {
                return "its class lacks [TestClass], so the device does not run it";
            }

            if (!method.IsPublic || method.ReturnType != typeof(void))
            {
                return "the device runs only public methods that return nothing";
            }

            // A method with data rows may carry [TestMethod] too; the rows count.
            if (mark is TestMethodAttribute && method.GetCustomAttributes<DataRowAttribute>().Any())
            {
                return "";
            }

            if (given.Any(one => !(one is int) && !(one is string)))
            {
                return "a data row holds int and string, the types that are known to arrive on the device";
            }

            return wanted.Select(one => one.ParameterType).SequenceEqual(given.Select(one => one.GetType()))
                ? ""
                : "its arguments are not exactly of its parameters' types, and the device converts nothing";
        }
    }
}
