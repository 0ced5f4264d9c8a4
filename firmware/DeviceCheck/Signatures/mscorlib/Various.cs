// Owns: console, garbage collector, Guid, Random, Version, weak references, SpanByte.
// Must never: hold a body, or a member that the real library does not have (../../api lists them, and a test compares).

namespace System
{
    public static class Console
    {
        public static extern void Write(string value);
        public static extern void WriteLine();
        public static extern void WriteLine(string value);
    }

    public sealed class DBNull
    {
        public static readonly DBNull Value;
        internal extern DBNull();
    }

    public static class GC
    {
        public static extern void WaitForPendingFinalizers();
        public static extern void SuppressFinalize(object obj);
        public static extern void ReRegisterForFinalize(object obj);
    }

    public struct Guid
    {
        private int _held;
        public static readonly Guid Empty;
        public extern Guid(int a, short b, short c, byte d, byte e, byte f, byte g, byte h, byte i, byte j, byte k);
        public extern Guid(uint a, ushort b, ushort c, byte d, byte e, byte f, byte g, byte h, byte i, byte j, byte k);
        public extern Guid(byte[] b);
        public extern Guid(string g);
        public extern int CompareTo(object value);
        public extern byte[] ToByteArray();
        public override extern string ToString();
        public override extern bool Equals(object o);
        public override extern int GetHashCode();
        public static extern Guid NewGuid();
    }

    public class Random
    {
        public extern Random();
        public extern Random(int seed);
        public virtual extern int Next();
        public virtual extern int Next(int maxValue);
        public virtual extern double NextDouble();
        public virtual extern void NextBytes(byte[] buffer);
    }

    public readonly ref struct SpanByte
    {
        private readonly int _held;
        public extern SpanByte(byte[] array);
        public extern SpanByte(byte[] array, int start, int length);
        public extern byte this[int index] { get; set; }
        public static extern SpanByte Empty { get; }
        public extern int Length { get; }
        public extern bool IsEmpty { get; }
        public extern void CopyTo(SpanByte destination);
        public extern SpanByte Slice(int start);
        public extern SpanByte Slice(int start, int length);
        public extern byte[] ToArray();
        public static extern implicit operator SpanByte(byte[] value);
    }

    public sealed class Version
    {
        public extern Version(int major, int minor, int build, int revision);
        public extern Version(int major, int minor);
        public extern int Major { get; }
        public extern int Minor { get; }
        public extern int Revision { get; }
        public extern int Build { get; }
        public override extern bool Equals(object obj);
        public override extern string ToString();
        public override extern int GetHashCode();
    }

    public class WeakReference
    {
        public extern WeakReference(object target);
        public virtual extern bool IsAlive { get; }
        public virtual extern object Target { get; set; }
    }
}
