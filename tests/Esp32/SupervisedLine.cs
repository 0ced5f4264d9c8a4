// Owns: the arithmetic of a supervised line: what share of the supply an input reads in each state, at its worst.
// Must never: know what the firmware's limits are; LineBandTests holds both against each other.

namespace Gateway.Tests.Hardware;

/// <summary>
/// Pull-up from the supply to the node, series resistor to the terminal,
/// two wires, and at their end the end-of-line resistor with call points
/// beside it. Shares are 1/10000 of the supply, as the firmware reads them.
/// </summary>
internal static class SupervisedLine
{
    public const double SupplyVolts = 3.3;
    public const double PullUpOhms = 4700;
    public const double EndOfLineOhms = 4700;
    public const double CallPointOhms = 2200;
    public const double SeriesOhms = 100;
    public const double LineOhmsMax = 100;
    public const double InsulationOhmsMin = 100e3;
    public const double LeakageAmperes = 5e-6;

    private const double Tolerance = 0.01;
    private const double SeriesTolerance = 0.05;
    private const double Nothing = 1e12;

    public enum State
    {
        Short,
        CallPoints,
        Normal,
        Open,
    }

    /// <summary>The share with every part at its nominal value and no line.</summary>
    public static double Nominal(State state, int callPoints = 0) =>
        Share(PullUpOhms, SeriesOhms, Load(state, EndOfLineOhms, CallPointOhms, callPoints), Nothing, 0);

    /// <summary>Least and greatest share over all corners of tolerance, line, insulation and leakage, at most the whole supply.</summary>
    public static (double Least, double Greatest) Worst(State state, int callPoints = 0)
    {
        double[] parts = [1 - Tolerance, 1 + Tolerance];
        double least = double.MaxValue;
        double greatest = double.MinValue;
        foreach (double pullUp in parts)
        {
            foreach (double endOfLine in parts)
            {
                foreach (double callPoint in parts)
                {
                    double load = Load(state, EndOfLineOhms * endOfLine, CallPointOhms * callPoint, callPoints);
                    foreach (double share in Corners(PullUpOhms * pullUp, load))
                    {
                        least = Math.Min(least, share);
                        greatest = Math.Max(greatest, share);
                    }
                }
            }
        }

        return (least, Math.Min(greatest, 10000));
    }

    private static IEnumerable<double> Corners(double pullUpOhms, double loadOhms) =>
        from series in (double[])[SeriesOhms * (1 - SeriesTolerance), SeriesOhms * (1 + SeriesTolerance)]
        from line in (double[])[0, LineOhmsMax]
        from insulation in (double[])[InsulationOhmsMin, Nothing]
        from leakage in (double[])[-LeakageAmperes, LeakageAmperes]
        select Share(pullUpOhms, series + line, loadOhms, insulation, leakage);

    private static double Share(double pullUpOhms, double seriesOhms, double loadOhms, double insulationOhms, double leakageAmperes)
    {
        double down = 1 / (seriesOhms + loadOhms) + 1 / insulationOhms;
        double up = 1 / pullUpOhms;
        return 10000 * (up + leakageAmperes / SupplyVolts) / (up + down);
    }

    private static double Load(State state, double endOfLineOhms, double callPointOhms, int callPoints) => state switch
    {
        State.Short => 0,
        State.Open => Nothing,
        State.CallPoints => 1 / (1 / endOfLineOhms + callPoints / callPointOhms),
        _ => endOfLineOhms,
    };
}
