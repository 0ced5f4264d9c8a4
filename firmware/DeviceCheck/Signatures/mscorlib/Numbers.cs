// Owns: the number types, bool and char.
// Must never: hold a body, or a member that the real library does not have (../../api lists them, and a test compares).

namespace System
{
    public struct Boolean
    {
        private bool _held;
        public static readonly string FalseString;
        public static readonly string TrueString;
        public override extern string ToString();
    }

    public struct Byte
    {
        private byte _held;
        public const byte MaxValue = 255;
        public const byte MinValue = 0;
        public override extern string ToString();
        public extern string ToString(string format);
        public static extern byte Parse(string s);
        public static extern bool TryParse(string s, out byte result);
    }

    public struct SByte
    {
        private sbyte _held;
        public const sbyte MaxValue = 127;
        public const sbyte MinValue = -128;
        public override extern string ToString();
        public extern string ToString(string format);
        public static extern sbyte Parse(string s);
        public static extern bool TryParse(string s, out sbyte result);
    }

    public struct Int16
    {
        private short _held;
        public const short MaxValue = 32767;
        public const short MinValue = -32768;
        public override extern string ToString();
        public extern string ToString(string format);
        public static extern short Parse(string s);
        public static extern bool TryParse(string s, out short result);
    }

    public struct UInt16
    {
        private ushort _held;
        public const ushort MaxValue = 65535;
        public const ushort MinValue = 0;
        public override extern string ToString();
        public extern string ToString(string format);
        public static extern ushort Parse(string s);
        public static extern bool TryParse(string s, out ushort result);
    }

    public struct Int32
    {
        private int _held;
        public const int MaxValue = 2147483647;
        public const int MinValue = -2147483648;
        public override extern string ToString();
        public extern string ToString(string format);
        public static extern int Parse(string s);
        public static extern bool TryParse(string s, out int result);
    }

    public struct UInt32
    {
        private uint _held;
        public const uint MaxValue = 4294967295;
        public const uint MinValue = 0;
        public override extern string ToString();
        public extern string ToString(string format);
        public static extern uint Parse(string s);
        public static extern bool TryParse(string s, out uint result);
    }

    public struct Int64
    {
        private long _held;
        public const long MaxValue = 9223372036854775807;
        public const long MinValue = -9223372036854775808;
        public override extern string ToString();
        public extern string ToString(string format);
        public static extern long Parse(string s);
        public static extern bool TryParse(string s, out long result);
    }

    public struct UInt64
    {
        private ulong _held;
        public const ulong MaxValue = 18446744073709551615UL;
        public const ulong MinValue = 0UL;
        public override extern string ToString();
        public extern string ToString(string format);
        public static extern ulong Parse(string s);
        public static extern bool TryParse(string s, out ulong result);
    }

    public struct Single
    {
        private float _held;
        public const float MinValue = -3.4028235E+38F;
        public const float Epsilon = 1.401298E-45F;
        public const float MaxValue = 3.4028235E+38F;
        public const float NegativeInfinity = -1.0F / 0.0F;
        public const float PositiveInfinity = 1.0F / 0.0F;
        public const float NaN = 0.0F / 0.0F;
        public static extern bool IsInfinity(float f);
        public static extern bool IsNaN(float f);
        public static extern bool IsNegativeInfinity(float f);
        public static extern bool IsPositiveInfinity(float f);
        public extern int CompareTo(float value);
        public static extern float Parse(string s);
        public override extern string ToString();
        public extern string ToString(string format);
        public static extern bool TryParse(string s, out float result);
    }

    public struct Double
    {
        private double _held;
        public const double MinValue = -1.7976931348623157E+308;
        public const double MaxValue = 1.7976931348623157E+308;
        public const double Epsilon = 4.9406564584124654E-324;
        public const double NegativeInfinity = -1.0 / 0.0;
        public const double PositiveInfinity = 1.0 / 0.0;
        public const double NaN = 0.0 / 0.0;
        public extern int CompareTo(double value);
        public static extern bool IsInfinity(double d);
        public static extern bool IsNaN(double d);
        public static extern bool IsNegativeInfinity(double d);
        public static extern bool IsPositiveInfinity(double d);
        public static extern double Parse(string s);
        public override extern string ToString();
        public extern string ToString(string format);
        public static extern bool TryParse(string s, out double result);
    }

    public struct Char
    {
        private char _held;
        public const char MaxValue = '\uFFFF';
        public const char MinValue = '\0';
        public override extern string ToString();
        public extern char ToLower();
        public extern char ToUpper();
    }
}
