// Owns: the player's command line; for a broker that runs already.
// Must never: take a password from the command line, where every user of the machine can read it.

using System.CommandLine;
using System.Data.Common;
using System.Text;
using Gateway.County.Server;
using Gateway.Mqtt;

namespace Gateway.Stories;

/// <summary>Exit codes: 0 = everything held, 1 = something did not, 2 = wrong input.</summary>
public static class Program
{
    private const int SpeedMax = 100_000;

    public static int Main(string[] args)
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

        // Exit and not return: a client that does not let go of its thread must not keep the process.
        Environment.Exit(Command().Parse(args).Invoke());
        return 0;
    }

    private static RootCommand Command()
    {
        Option<string> script = Required("--script", "FILE", "情景（演示脚本） the story");
        Option<string> settings = Required("--settings", "FILE", "情景未带的配置 settings for a story that brings none");
        Option<string> broker = Required("--broker", "HOST:PORT", "where the broker is");
        Option<string> user = Required("--user", "NAME", "the county's name at the broker");
        Option<string> password = Required("--password-file", "FILE", "the county's password, in its first line");
        Option<string> database = Required("--db", "FILE", "the county's database, in which the station is registered");
        Option<string> station = Required("--station", "FILE", "the lines that `county station add` wrote");
        Option<string> key = Required("--key", "FILE", "the station's key and password, likewise");
        Option<string> folder = Required("--state", "DIR", "folder for the gateway's flash");
        var plain = new Option<bool>("--plain") { Description = "逐行输出 one line a change, also on a terminal" };
        var speed = new Option<int>("--speed")
        {
            Description = "seconds of the story in a second at most, 0 = as fast as it goes",
            HelpName = "N",
        };
        broker.Validators.Add(result =>
        {
            string text = result.GetValueOrDefault<string>() ?? "";
            if (!IsAddress(text))
            {
                result.AddError($"--broker: '{text}'; allowed: HOST:PORT with a port 1..65535, such as 127.0.0.1:1883");
            }
        });
        speed.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > SpeedMax)
            {
                result.AddError($"--speed: '{result.Tokens[0].Value}'; allowed: 0..{SpeedMax}");
            }
        });
        const string About = "Plays a story with a county of its own. `./run.sh --script FILE` prepares everything by itself.";
        var command = new RootCommand(About)
        {
            script, settings, broker, user, password, database, station, key, folder, plain, speed,
        };
        command.SetAction(parsed => Guarded(() =>
        {
            string address = parsed.GetRequiredValue(broker);
            int colon = address.LastIndexOf(':');
            var access = new MqttAccess
            {
                Host = address[..colon],
                Port = int.Parse(address.AsSpan(colon + 1)),
                ClientId = "county",
                User = parsed.GetRequiredValue(user),
                Password = File.ReadLines(parsed.GetRequiredValue(password)).FirstOrDefault(""),
            };
            var stage = new StoryStage
            {
                Link = () => new MqttLink(access),
                Database = parsed.GetRequiredValue(database),
                StationFile = parsed.GetRequiredValue(station),
                KeyFile = parsed.GetRequiredValue(key),
                Folder = parsed.GetRequiredValue(folder),
            };
            var play = new StoryPlay(stage, Console.Out) { Plain = parsed.GetValue(plain), Speed = parsed.GetValue(speed) };
            return (int)play.Play(parsed.GetRequiredValue(script), parsed.GetRequiredValue(settings));
        }));
        return command;
    }

    /// <summary>A file that can't be read or a database that can't be opened is the user's, not a bug.</summary>
    private static int Guarded(Func<int> play)
    {
        try
        {
            return play();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DbException)
        {
            Console.Error.WriteLine(e.Message);
            return (int)StoryOutcome.WrongInput;
        }
    }

    private static bool IsAddress(string text)
    {
        int colon = text.LastIndexOf(':');
        return colon > 0 && ushort.TryParse(text.AsSpan(colon + 1), out ushort port) && port > 0;
    }

    private static Option<string> Required(string name, string value, string description) =>
        new(name) { HelpName = value, Description = description, Required = true };
}
