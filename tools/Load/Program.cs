// Owns: the command line of the load generator.
// Must never: speak to anything but the addresses that it was given.

using System.Runtime.InteropServices;
using Gateway.Tools.Load;

if (LoadOptions.Of(args, out string problem) is not { } options)
{
    Console.Error.WriteLine($"load: {problem}");
    Console.Error.WriteLine(LoadOptions.Usage);
    return 2;
}

if (!options.Runs)
{
    foreach (IGrouping<string, Place> county in Place.All(options.Counties, options.Stations).GroupBy(place => place.County))
    {
        Place.Write(Path.Combine(options.Folder!, $"{county.Key}.csv"), county);
        Place.WriteDivisions(Path.Combine(options.Folder!, $"{county.Key}-divisions.csv"), county);
        Console.WriteLine($"{county.Key} {county.Count()}");
    }

    return 0;
}

using CancellationTokenSource stop = new();
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}

using PosixSignalRegistration interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using PosixSignalRegistration ended = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
LoadReport report = await new LoadRun(options, Console.WriteLine).Run(stop.Token);
foreach (string line in report.Lines())
{
    Console.WriteLine(line);
}

if (options.Folder is { } folder)
{
    report.Write(folder);
}

return report.Good ? 0 : 1;
