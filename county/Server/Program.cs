// Owns: where the county's program begins.
// Must never: hold a rule of the command line.

using Gateway.County.Server;
using Gateway.Streams;

StandardStreams.Guard();
return await CommandLine.Run(args, Console.Error);
