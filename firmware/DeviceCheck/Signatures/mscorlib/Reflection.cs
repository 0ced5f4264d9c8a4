// Owns: reflection.
// Must never: hold a body, or a member that the real library does not have (../../api lists them, and a test compares).

using System.Globalization;
using System.Reflection;

namespace System
{
    public abstract class Type : MemberInfo, IReflect
    {
        public override extern Type DeclaringType { get; }
        public static extern Type GetType(string typeName);
        public extern object InvokeMember(string name, BindingFlags invokeAttr, Binder binder, object target, object[] args);
        public abstract Assembly Assembly { get; }
        public static extern Type GetTypeFromHandle(RuntimeTypeHandle handle);
        public abstract string FullName { get; }
        public abstract string AssemblyQualifiedName { get; }
        public abstract Type BaseType { get; }
        public extern ConstructorInfo GetConstructor(Type[] types);
        public extern ConstructorInfo[] GetConstructors();
        public extern MethodInfo GetMethod(string name, Type[] types);
        public extern MethodInfo GetMethod(string name, BindingFlags bindingAttr);
        public extern MethodInfo GetMethod(string name);
        public extern MethodInfo[] GetMethods();
        public abstract MethodInfo[] GetMethods(BindingFlags bindingAttr);
        public abstract FieldInfo GetField(string name, BindingFlags bindingAttr);
        public extern FieldInfo GetField(string name);
        public extern FieldInfo[] GetFields();
        public abstract FieldInfo[] GetFields(BindingFlags bindingAttr);
        public abstract Type[] GetInterfaces();
        public extern bool IsNotPublic { get; }
        public extern bool IsPublic { get; }
        public extern bool IsClass { get; }
        public extern bool IsInterface { get; }
        public extern bool IsValueType { get; }
        public extern bool IsAbstract { get; }
        public extern bool IsEnum { get; }
        public extern bool IsSerializable { get; }
        public extern bool IsArray { get; }
        public abstract Type GetElementType();
        public virtual extern bool IsSubclassOf(Type c);
        public virtual extern bool IsInstanceOfType(object o);
        public override extern string ToString();
        protected extern Type();
    }
}

namespace System.Reflection
{
    public class Assembly
    {
        public virtual extern string FullName { get; }
        public static extern Assembly GetExecutingAssembly();
        public extern AssemblyName GetName();
        public static extern Assembly GetAssembly(Type type);
        public virtual extern Type GetType(string name);
        public virtual extern Type GetType(string name, bool throwOnError);
        public virtual extern Type[] GetTypes();
        public extern Assembly GetSatelliteAssembly(CultureInfo culture);
        public static extern Assembly Load(string assemblyString);
        public static extern Assembly Load(byte[] rawAssembly);
        public extern Assembly();
    }

    public sealed class AssemblyName
    {
        public extern string Name { get; }
        public extern string FullName { get; }
        public extern Version Version { get; }
        internal extern AssemblyName();
    }

    [Flags]
    public enum AssemblyNameFlags
    {
        None = 0,
        PublicKey = 1,
        EnableJITcompileOptimizer = 16384,
        EnableJITcompileTracking = 32768,
        Retargetable = 256,
    }

    public abstract class Binder
    {
        protected extern Binder();
    }

    [Flags]
    public enum BindingFlags
    {
        Default = 0,
        IgnoreCase = 1,
        DeclaredOnly = 2,
        Instance = 4,
        Static = 8,
        Public = 16,
        NonPublic = 32,
        FlattenHierarchy = 64,
        InvokeMethod = 256,
        CreateInstance = 512,
        GetField = 1024,
        SetField = 2048,
        GetProperty = 4096,
        SetProperty = 8192,
        PutDispProperty = 16384,
        PutRefDispProperty = 32768,
        ExactBinding = 65536,
        SuppressChangeType = 131072,
        OptionalParamBinding = 262144,
        IgnoreReturn = 16777216,
    }

    public abstract class ConstructorInfo : MethodBase
    {
        public override extern MemberTypes MemberType { get; }
        public extern object Invoke(object[] parameters);
        public override extern object[] GetCustomAttributes(bool inherit);
        protected extern ConstructorInfo();
    }

    [AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface)]
    public sealed class DefaultMemberAttribute : Attribute
    {
        public extern DefaultMemberAttribute(string memberName);
        public extern string MemberName { get; }
    }

    public abstract class FieldInfo : MemberInfo
    {
        public override extern MemberTypes MemberType { get; }
        public abstract Type FieldType { get; }
        public abstract object GetValue(object obj);
        public virtual extern void SetValue(object obj, object value);
        public override extern object[] GetCustomAttributes(bool inherit);
        protected extern FieldInfo();
    }

    public interface IReflect
    {
        MethodInfo GetMethod(string name, BindingFlags bindingAttr);
        FieldInfo GetField(string name, BindingFlags bindingAttr);
    }

    public abstract class MemberInfo
    {
        public abstract MemberTypes MemberType { get; }
        public abstract string Name { get; }
        public abstract Type DeclaringType { get; }
        public abstract object[] GetCustomAttributes(bool inherit);
        protected extern MemberInfo();
    }

    public enum MemberTypes
    {
        Constructor = 1,
        Event = 2,
        Field = 4,
        Method = 8,
        Property = 16,
        TypeInfo = 32,
        Custom = 64,
        NestedType = 128,
        All = 191,
    }

    public abstract class MethodBase : MemberInfo
    {
        public extern bool IsPublic { get; }
        public extern bool IsStatic { get; }
        public extern bool IsFinal { get; }
        public extern bool IsVirtual { get; }
        public extern bool IsAbstract { get; }
        public abstract ParameterInfo[] GetParameters();
        public extern object Invoke(object obj, object[] parameters);
        public override extern string Name { get; }
        public override extern Type DeclaringType { get; }
        protected extern MethodBase();
    }

    public enum MethodImplAttributes
    {
        CodeTypeMask = 3,
        IL = 0,
        Native = 1,
        OPTIL = 2,
        Runtime = 3,
        ManagedMask = 4,
        Unmanaged = 4,
        Managed = 0,
        ForwardRef = 16,
        PreserveSig = 128,
        InternalCall = 4096,
        Synchronized = 32,
        NoInlining = 8,
        MaxMethodImplVal = 65535,
    }

    public abstract class MethodInfo : MethodBase
    {
        public override extern MemberTypes MemberType { get; }
        public abstract Type ReturnType { get; }
        protected extern MethodInfo();
    }

    public abstract class ParameterInfo
    {
        public virtual extern Type ParameterType { get; }
        protected extern ParameterInfo();
    }

    public enum ProcessorArchitecture
    {
        None = 0,
        MSIL = 1,
        X86 = 2,
        IA64 = 3,
        Amd64 = 4,
    }

    public abstract class PropertyInfo : MemberInfo
    {
        public abstract Type PropertyType { get; }
        public virtual extern object GetValue(object obj, object[] index);
        public virtual extern void SetValue(object obj, object value, object[] index);
        protected extern PropertyInfo();
    }
}
