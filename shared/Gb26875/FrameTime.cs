// Owns: the six bytes of a time: second, minute, hour, day, month, year less 2000, in Beijing time.
// Must never: call a time real that no calendar has; a peer's clock is often wrong, and the reader of it decides.

namespace Gateway.Gb26875;

/// <summary>Six bytes of a time as they were sent. Beijing time, UTC+8 without summer time.</summary>
public readonly struct FrameTime : IEquatable<FrameTime>
{
    /// <summary>Bytes on the wire.</summary>
    public const int Bytes = 6;

    private const int FirstYear = 2000;
    private const int BcdMax = 99;
    private static readonly TimeSpan s_beijing = TimeSpan.FromHours(8);

    private FrameTime(ReadOnlySpan<byte> from)
    {
        Second = from[0];
        Minute = from[1];
        Hour = from[2];
        Day = from[3];
        Month = from[4];
        Year = from[5];
    }

    /// <summary>0 .. 59 when real.</summary>
    public byte Second { get; }

    /// <summary>0 .. 59 when real.</summary>
    public byte Minute { get; }

    /// <summary>0 .. 23 when real.</summary>
    public byte Hour { get; }

    /// <summary>1 .. 31 when real.</summary>
    public byte Day { get; }

    /// <summary>1 .. 12 when real.</summary>
    public byte Month { get; }

    /// <summary>Years since 2000.</summary>
    public byte Year { get; }

    /// <summary>Six zeros: the sender left the time out.</summary>
    public bool IsEmpty => (Second | Minute | Hour | Day | Month | Year) == 0;

    /// <summary>Reads the first six bytes, whatever they are.</summary>
    public static FrameTime Read(ReadOnlySpan<byte> from) => new(from);

    /// <summary>The time that a frame carries for a moment. Moments before 2000 or after 2255 have none.</summary>
    /// <param name="moment">Any offset.</param>
    /// <param name="bcd">True for a peer that reads two decimal digits a byte; its last year is 2099.</param>
    public static FrameTime Of(DateTimeOffset moment, bool bcd = false)
    {
        DateTimeOffset local = moment.ToOffset(s_beijing);
        int year = local.Year - FirstYear;
        int last = bcd ? BcdMax : byte.MaxValue;
        if (year < 0 || year > last)
        {
            throw new ArgumentOutOfRangeException(nameof(moment), moment, $"allowed: years 2000 .. {FirstYear + last}");
        }

        ReadOnlySpan<byte> bytes =
        [
            Raw(local.Second, bcd), Raw(local.Minute, bcd), Raw(local.Hour, bcd), Raw(local.Day, bcd), Raw(local.Month, bcd),
            Raw(year, bcd),
        ];
        return new FrameTime(bytes);
    }

    /// <summary>Writes six bytes.</summary>
    public void Write(Span<byte> to)
    {
        to[0] = Second;
        to[1] = Minute;
        to[2] = Hour;
        to[3] = Day;
        to[4] = Month;
        to[5] = Year;
    }

    /// <summary>The moment, when the bytes are a real date and time; false otherwise.</summary>
    /// <param name="moment">The moment at offset +8.</param>
    /// <param name="bcd">True for a peer that writes two decimal digits a byte.</param>
    public bool TryGetMoment(out DateTimeOffset moment, bool bcd = false)
    {
        int second = Value(Second, bcd), minute = Value(Minute, bcd), hour = Value(Hour, bcd);
        int day = Value(Day, bcd), month = Value(Month, bcd), year = FirstYear + Value(Year, bcd);
        bool real = second is >= 0 and < 60 && minute is >= 0 and < 60 && hour is >= 0 and < 24
            && month is >= 1 and <= 12 && year >= FirstYear && day >= 1 && day <= DateTime.DaysInMonth(year, month);
        moment = real ? new DateTimeOffset(year, month, day, hour, minute, second, s_beijing) : default;
        return real;
    }

    /// <summary>yyyy-MM-dd HH:mm:ss of the raw numbers, real or not.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{FirstYear + Year:0000}-{Month:00}-{Day:00} {Hour:00}:{Minute:00}:{Second:00}");

    /// <inheritdoc/>
    public bool Equals(FrameTime other) =>
        Second == other.Second && Minute == other.Minute && Hour == other.Hour
        && Day == other.Day && Month == other.Month && Year == other.Year;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is FrameTime other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => ((((((((Year * 16) + Month) * 32) + Day) * 32) + Hour) * 64) + Minute) * 64 + Second;

    /// <summary>Same six bytes.</summary>
    public static bool operator ==(FrameTime left, FrameTime right) => left.Equals(right);

    /// <summary>Other bytes.</summary>
    public static bool operator !=(FrameTime left, FrameTime right) => !left.Equals(right);

    private static byte Raw(int value, bool bcd) => (byte)(bcd ? (value / 10 << 4) | (value % 10) : value);

    /// <summary>-1 when a byte is no pair of decimal digits.</summary>
    private static int Value(byte raw, bool bcd)
    {
        if (!bcd)
        {
            return raw;
        }

        int tens = raw >> 4, ones = raw & 15;
        return tens > 9 || ones > 9 ? -1 : (10 * tens) + ones;
    }
}
