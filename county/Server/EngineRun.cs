// Owns: `county run --engine`: several counties of one process, each behind its queue.
// Must never: let one county's database or queue hold up another's.

using System.CommandLine;
using Gateway.County.Sql;

namespace Gateway.County.Server;

/// <summary>The options of a worker, and its threads.</summary>
internal sealed class EngineRun
{
    /// <summary>Stands for a county's code where an option is for several.</summary>
    public const string Place = "{county}";

    // What belongs to one machine is not run where any worker may take the county.
    private static readonly string[] s_besides =
        ["--broker", "--listen", "--cert", "--key", "--user", "--ca", "--handover-listen"];

    private readonly Option<string?> _engine = new("--engine")
    {
        Description = "An engine that speaks AMQP, such as RabbitMQ, as amqp://USER@HOST:PORT; a county's queue is county-CODE.",
        HelpName = "ADDRESS",
    };

    private readonly Option<string[]> _counties = Codes(
        "With --engine: a county to work at, once or several times; {county} in --db stands for its code.", required: false);

    public EngineRun()
    {
        _engine.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && EngineAddress.Parse(text) is null)
            {
                result.AddError(
                    $"--engine: not an address of an engine; allowed: {EngineAddress.Allowed}; the password by --password-file");
            }
        });
    }

    /// <summary>--county, once or several times: codes of counties alone.</summary>
    public static Option<string[]> Codes(string description, bool required)
    {
        Option<string[]> option = new("--county")
        {
            Description = description,
            HelpName = "CODE",
            Arity = ArgumentArity.OneOrMore,
            Required = required,
        };
        option.Validators.Add(result =>
        {
            foreach (string code in result.Tokens.Select(token => token.Value).Where(code => !Contract.Topics.LevelOk(code)))
            {
                result.AddError($"--county: '{code}'; allowed: a county's code, such as 330726");
            }
        });
        return option;
    }

    public IReadOnlyList<Option> All => [_engine, _counties];

    /// <summary>Those to work at; none without an engine.</summary>
    public IReadOnlyList<string> Counties(ParseResult parsed) => parsed.GetValue(_counties) ?? [];

    /// <summary>Null: no engine was asked for.</summary>
    public EngineAddress? Asked(ParseResult parsed)
    {
        IReadOnlyList<string> codes = Counties(parsed);
        if (parsed.GetValue(_engine) is not { } text)
        {
            return codes.FirstOrDefault() is not { } alone ? null
                : throw new CommandException($"--county: '{alone}' without --engine; allowed: with --engine alone");
        }

        Check(codes, parsed.GetValue<string>("--db") ?? "", " with --engine");

        foreach (string name in s_besides)
        {
            if (parsed.GetResult(name) is System.CommandLine.Parsing.OptionResult { Implicit: false })
            {
                throw new CommandException($"{name}: together with --engine; allowed: one or the other");
            }
        }

        return EngineAddress.Parse(text);
    }

    /// <exception cref="CommandException">No counties, or no database that has a place for each.</exception>
    public static void Check(IReadOnlyList<string> codes, string db, string where = "")
    {
        if (codes.Count == 0 || codes.Count > ServerLimits.EngineCountiesMax || codes.Distinct().Count() < codes.Count)
        {
            throw new CommandException($"--county: {codes.Count} codes; allowed: 1..{ServerLimits.EngineCountiesMax}{where}, each once");
        }

        if (!SqlStore.IsAddress(db) || (codes.Count > 1 && !db.Contains(Place, StringComparison.Ordinal)))
        {
            throw new CommandException(
                $"--db: '{SqlStore.Shown(db)}'{where}; allowed: postgres://USER:PASSWORD@HOST:PORT/NAME, with {Place} in it for several");
        }

        try
        {
            // What is no address never becomes one; a database that is not there is waited for.
            _ = new PostgresDialect(Of(db, codes[0]));
        }
        catch (StoreException e)
        {
            throw new CommandException($"--{e.Message}", e);
        }
    }

    /// <summary>The counties, each with a thread while it runs.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="engine">Where the queues are.</param>
    /// <param name="work">The service of a county.</param>
    /// <param name="told">A line for people.</param>
    public EngineSeats Seats(
        ParseResult parsed, EngineAddress engine, Func<string, SqlStore, IBroker, EngineWork> work, Action<bool, string> told)
    {
        EngineReach reach = new(engine);
        return new EngineSeats(reach, Counties(parsed), seats => county => new EngineSeat(
            county, Database(parsed, county), engine, reach, work, () => seats.Held, told));
    }

    public static string Database(ParseResult parsed, string county) => Of(parsed.GetRequiredValue<string>("--db"), county);

    private static string Of(string db, string county) => db.Replace(Place, Uri.EscapeDataString(county), StringComparison.Ordinal);
}

/// <summary>All counties of a process.</summary>
internal sealed class EngineSeats : IDisposable
{
    private readonly EngineReach _reach;
    private readonly EngineSeat[] _seats;

    public EngineSeats(EngineReach reach, IEnumerable<string> counties, Func<EngineSeats, Func<string, EngineSeat>> make)
    {
        _reach = reach;
        _seats = [.. counties.Select(make(this))];
    }

    /// <summary>How many this process works at.</summary>
    public int Held => _seats?.Count(seat => seat.Health is not null) ?? 0;

    /// <summary>Of those that this process works at; one that waits for them is well.</summary>
    public CountyHealth Health
    {
        get
        {
            CountyHealth[] all = [.. _seats.Select(seat => seat.Health).OfType<CountyHealth>()];
            return new CountyHealth(
                all.Max(one => one.SinceTurn), all.All(one => one.StoreWorks), all.Sum(one => one.BrokersConnected),
                all.Sum(one => one.Brokers));
        }
    }

    /// <summary>Works until it is told to stop and all have let go.</summary>
    public void Run(CancellationToken stop)
    {
        Thread[] threads =
            [.. _seats.Select(seat => new Thread(() => seat.Run(stop)) { Name = "county-seat", IsBackground = true })];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
    }

    public void Dispose() => _reach.Dispose();
}
