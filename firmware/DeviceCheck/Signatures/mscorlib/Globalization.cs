// Owns: culture data, of which the device has the invariant one.
// Must never: hold a body, or a member that the real library does not have (../../api lists them, and a test compares).

namespace System.Globalization
{
    public class CultureInfo
    {
        public extern CultureInfo(string name);
        public static extern CultureInfo CurrentUICulture { get; }
        public virtual extern CultureInfo Parent { get; }
        public virtual extern string Name { get; }
        public override extern string ToString();
        public virtual extern NumberFormatInfo NumberFormat { get; }
        public virtual extern DateTimeFormatInfo DateTimeFormat { get; }
    }

    public sealed class DateTimeFormatInfo
    {
        public static extern DateTimeFormatInfo CurrentInfo { get; }
        public extern string AMDesignator { get; }
        public extern string DateSeparator { get; }
        public extern string FullDateTimePattern { get; }
        public extern string LongDatePattern { get; }
        public extern string LongTimePattern { get; }
        public extern string MonthDayPattern { get; }
        public extern string PMDesignator { get; }
        public extern string RFC1123Pattern { get; }
        public extern string ShortDatePattern { get; }
        public extern string ShortTimePattern { get; }
        public extern string SortableDateTimePattern { get; }
        public extern string TimeSeparator { get; }
        public extern string UniversalSortableDateTimePattern { get; }
        public extern string YearMonthPattern { get; }
        public extern string[] AbbreviatedDayNames { get; }
        public extern string[] DayNames { get; }
        public extern string[] AbbreviatedMonthNames { get; }
        public extern string[] MonthNames { get; }
        internal extern DateTimeFormatInfo();
    }

    public sealed class NumberFormatInfo
    {
        public extern int[] NumberGroupSizes { get; }
        public static extern NumberFormatInfo CurrentInfo { get; }
        public extern string NegativeSign { get; }
        public extern string NumberDecimalSeparator { get; }
        public extern string NumberGroupSeparator { get; }
        public extern string PositiveSign { get; }
        internal extern NumberFormatInfo();
    }
}
