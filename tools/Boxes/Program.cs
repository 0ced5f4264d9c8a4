// Owns: the command line of the box simulator.
// Must never: speak to anything but the address that it was given.

using System.Net;
using Gateway.Gb26875;
using Gateway.Tools.Boxes;

// boxes ADDRESS:PORT [HABIT] [BOX-ADDRESS]: one box that alarms, restores and asks for nothing; Ctrl-C ends it.
if (args.Length is < 1 or > 3 || !IPEndPoint.TryParse(args[0], out IPEndPoint? to) || to.Port == 0
    || (args.Length > 1 && BoxHabit.All.All(one => one.Name != args[1])))
{
    Console.Error.WriteLine($"usage: boxes ADDRESS:PORT [{string.Join('|', BoxHabit.All.Select(one => one.Name))}] [BOX-ADDRESS]");
    return 2;
}

BoxHabit habit = BoxHabit.All.First(one => args.Length < 2 || one.Name == args[1]);
PeerAddress address = args.Length > 2 && PeerAddress.TryParseHex(args[2], out PeerAddress hex) ? hex : new PeerAddress(889);
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
