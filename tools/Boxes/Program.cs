// Owns: the command line of the box simulator.
// Must never: speak to anything but the address that it was given.

using System.Net;
using Gateway.Gb26875;
using Gateway.Tools.Boxes;

// boxes ADDRESS:PORT [HABIT] [BOX-ADDRESS]: one box that alarms, restores and asks for nothing; Ctrl-C ends it.
if (BoxOptions.Of(args, out string problem) is not { } options)
{
    Console.Error.WriteLine($"boxes: {problem}");
    Console.Error.WriteLine(BoxOptions.Usage);
    return 2;
}

(IPEndPoint to, BoxHabit habit, PeerAddress address) = options;
using CancellationTokenSource stop = new();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    stop.Cancel();
};
Box box = new(habit, address, to);
Task running = box.Run(stop.Token);
Console.WriteLine($"{habit.Name} {address} -> {to}");
for (uint i = 1; !stop.IsCancellationRequested; i++)
{
    foreach (ComponentBits bits in (ComponentBits[])[ComponentBits.Fire, ComponentBits.None, ComponentBits.Fault, ComponentBits.None])
    {
        BoxReport report = BoxReport.OfComponent(i % 20 + 1, bits, text: $"{i % 20 + 1}号探测器");
        box.Report(report);
        Console.WriteLine($"{DateTime.Now:HH:mm:ss} component {report.Component}: {bits}");
        while (!report.Confirmed && !stop.IsCancellationRequested)
        {
            await Task.Delay(200);
        }

        Console.WriteLine($"{DateTime.Now:HH:mm:ss} confirmed after {report.Sent} sendings");
        await Task.Delay(TimeSpan.FromSeconds(5), stop.Token).ContinueWith(_ => { }, TaskScheduler.Default);
    }
}

await running;
return 0;
