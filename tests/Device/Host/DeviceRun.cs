// Owns: running a device test on .NET as the launcher does: without an object's state, setup once before its class, cleanup once after it.
// Must never: give a test a fresh setup; the device does not.

using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using nanoFramework.TestFramework;

namespace Gateway.Tests.Device.Host
{
    /// <summary>Owns what has been set up. Disposed after the last test.</summary>
    public sealed class DeviceRun : IDisposable
    {
        private readonly List<Type> _ready = new List<Type>();

        public void Run(DeviceCase one)
        {
            Type type = one.Method.DeclaringType;
            IReadOnlyList<string> problems = DeviceCases.Problems(type);
            if (problems.Count > 0)
            {
                throw new InvalidOperationException(string.Join(Environment.NewLine, problems));
            }

            if (!_ready.Contains(type))
            {
                RunMarked(type, typeof(SetupAttribute));
                _ready.Add(type);
            }

            Call(one.Method, one.Arguments);
        }

        public void Dispose()
        {
            foreach (Type type in _ready)
            {
                RunMarked(type, typeof(CleanupAttribute));
            }

            _ready.Clear();
        }

        private static void RunMarked(Type type, Type mark)
        {
            foreach (MethodInfo method in type.GetMethods().Where(one => one.GetCustomAttribute(mark) != null))
            {
                Call(method, Array.Empty<object>());
            }
        }

        // .NET insists on an object for an instance method; its constructor never ran, and Problems has seen that it has
        // no field.
        private static void Call(MethodInfo method, object[] arguments)
        {
            object target = method.IsStatic ? null : RuntimeHelpers.GetUninitializedObject(method.DeclaringType);
            method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null);
        }
    }
}
