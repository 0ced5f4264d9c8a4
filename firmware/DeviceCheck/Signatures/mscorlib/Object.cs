// Owns: the root types of the device's mscorlib: object, value types, attributes' base, delegates' base, runtime handles.
// Must never: hold a body, or a member that the real library does not have (../../api lists them, and a test compares).

using System.Reflection;

namespace System
{
    public class Object
    {
        public extern Object();
        public virtual extern string ToString();
        public virtual extern bool Equals(object obj);
        public static extern bool Equals(object objA, object objB);
        public static extern bool ReferenceEquals(object objA, object objB);
        public virtual extern int GetHashCode();
        public extern Type GetType();
        protected extern object MemberwiseClone();
    }

    public abstract class ValueType
    {
        public override extern bool Equals(object obj);
        protected extern ValueType();
    }

    public abstract class Enum : ValueType
    {
        public extern bool HasFlag(Enum flag);
        public override extern string ToString();
        protected extern Enum();
    }

    public struct Void
    {
    }

    [AttributeUsage(AttributeTargets.All)]
    public abstract class Attribute
    {
        protected extern Attribute();
    }

    public abstract class Delegate
    {
        public override extern bool Equals(object obj);
        public static extern Delegate Combine(Delegate a, Delegate b);
        public extern MethodInfo Method { get; }
        public virtual extern Delegate[] GetInvocationList();
        public extern object Target { get; }
        public static extern Delegate Remove(Delegate source, Delegate value);
        public static extern bool operator ==(Delegate d1, Delegate d2);
        public static extern bool operator !=(Delegate d1, Delegate d2);
        protected extern Delegate();
    }

    public abstract class MulticastDelegate : Delegate
    {
        public static extern bool operator ==(MulticastDelegate d1, MulticastDelegate d2);
        public static extern bool operator !=(MulticastDelegate d1, MulticastDelegate d2);
        public override extern bool Equals(object obj);
        protected extern MulticastDelegate();
    }

    public abstract class MarshalByRefObject
    {
        protected extern MarshalByRefObject();
    }

    public struct IntPtr
    {
        private int _held;
    }

    public struct UIntPtr
    {
        private int _held;
    }

    public struct RuntimeFieldHandle
    {
        private int _held;
    }

    public struct RuntimeMethodHandle
    {
        private int _held;
    }

    public struct RuntimeTypeHandle
    {
        private int _held;
    }
}
