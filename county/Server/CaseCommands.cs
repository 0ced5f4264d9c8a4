// Owns: `county cases` and `county case …`: the lists, and the acts of people.
// Must never: act without a name.

using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text;
using Gateway.County.Sql;

namespace Gateway.County.Server;

internal static class CaseCommands
{
    /// <summary>`county case N` is `county case show N`: a case's name begins with a digit, and no word of a command does.</summary>
    public static string[] WithShow(string[] args) =>
        args is ["case", [>= '0' and <= '9', ..], ..] ? ["case", "show", .. args[1..]] : args;

    public static Command List()
    {
        Option<bool> all = new("--all") { Description = "Also those that are over." };
        Option<bool> overdue = new("--overdue") { Description = "Only those that were due and are not closed." };
        Option<int?> of = Word("--class", "CLASS", "Only of this class.", CaseNames.Classes);
        Option<int?> level = Word("--level", "LEVEL", "Only those that this level owns.", CaseNames.Levels);
        Option<uint?> station = CommonOptions.Station("Only of this station.");
        Option<string?> township = EventsCommand.Township("Only of this township.");
        Option<bool> json = CommonOptions.Json();
        Option<string> db = CommonOptions.Db();
        Command command = new("cases", "Alarms, dangers, silent stations and risks that are not closed, the oldest first. 案件。")
        {
            all, overdue, of, level, station, township, json, db,
        };
        command.SetAction(parsed =>
        {
            using SqlStore store = SqlStore.Open(parsed.GetRequiredValue(db), create: false);
            StationCommands.TellUnknown(store, parsed.GetValue(station));
            long nowMs = NowMs();
            IReadOnlyList<Case> cases = store.Cases(new CaseQuery
            {
                OpenOnly = !parsed.GetValue(all),
                Station = parsed.GetValue(station),
                Class = (CaseClass?)parsed.GetValue(of),
                Township = parsed.GetValue(township),
                Level = (EscalationLevel?)parsed.GetValue(level),
                OverdueAtMs = parsed.GetValue(overdue) ? nowMs : null,
            });
            if (parsed.GetValue(json))
            {
                JsonArray.Write(cases, (writer, one) => CaseText.Write(writer, one, store.RelapseOf(one), steps: null));
                return ExitCodes.Done;
            }

            ReportTable table = new("案件", "类别", "站点", "内容", "等级", "归", "状态", "开始", "期限", "受理人");
            foreach (Case c in cases)
            {
                table.Add(
                    c.Id, CaseText.Class(c), $"{c.Station}", CaseText.Title(c) + (store.RelapseOf(c) is null ? "" : " [复发]"),
                    CaseText.Grade(c.Grade), CaseNames.Chinese(c.Level), CaseText.State(c), TimeText.Local(c.OpenedMs),
                    CaseText.Due(c, nowMs), c.Owner);
            }

            table.Show();
            return ExitCodes.Done;
        });
        return command;
    }

    public static Command Create() => new(
        "case",
        """
        One case: what happened, and what people do with it. `county case N` is `county case show N`. 案件办理。
        """)
    {
        Show(),
        Act("take", CaseActKind.Take, "Somebody takes the case. 受理。"),
        Judge(),
        Act("note", CaseActKind.Note, "Adds words to a case, also to one that is closed. 备注。"),
        Grade(),
        Act("pass-up", CaseActKind.PassUp, "Passes a case to the next level: village, township, county. 送上一级。"),
        Act("close", CaseActKind.Close,
            "Strikes a case off: a person of the level that owns it, and never while its fault or fire is still there. 销号。"),
        Rebuild(),
    };

    public static Command Danger()
    {
        Option<uint?> station = CommonOptions.Station("The station of the village where the danger is.");
        station.Required = true;
        Option<int?> grade = Word("--grade", "GRADE", "How grave the danger is.", CaseNames.Grades);
        grade.Required = true;
        Option<string> words = Text("--words", "What the danger is, and where.", 1, CountyLimits.CaseWordsMax, required: true);
        (Option<string> by, Option<int?> level) = Person();
        Option<string> db = CommonOptions.Db();
        Command add = new("add", "Enters a danger that somebody found. It is closed by a person of the level that owns it. 登记隐患。")
        {
            station, grade, words, by, level, db,
        };
        add.SetAction(parsed =>
        {
            uint number = parsed.GetValue(station) ?? 0;
            using SqlStore store = StationCommands.OpenFor(number, parsed.GetRequiredValue(db));
            StationRegistration at = store.Registered(number)!;
            Done(() => CaseDesk.Found(
                store,
                new FoundDanger(at, (CaseGrade)(parsed.GetValue(grade) ?? 0), parsed.GetRequiredValue(words), parsed.GetRequiredValue(by),
                    (EscalationLevel)(parsed.GetValue(level) ?? 0)),
                NowMs()));
            return ExitCodes.Done;
        });
        return new Command("danger", "Dangers that people found. 巡查隐患。") { add, Form() };
    }

    private static Command Form()
    {
        Argument<string> file = new("FILE") { Description = $"JSON: {DangerForm.Allowed}." };
        Option<string> db = CommonOptions.Db();
        Command form = new(
            "form", "Enters a danger by the form that programs use, and answers as they are answered; a reference enters it once. 表单登记。")
        {
            file, db,
        };
        form.SetAction(parsed =>
        {
            byte[] bytes = SecretFiles.Bytes("FILE", parsed.GetRequiredValue(file), CountyLimits.DangerFormBytesMax, DangerForm.Allowed);
            using SqlStore store = SqlStore.Open(parsed.GetRequiredValue(db), create: false);
            try
            {
                FoundDanger danger = DangerForm.Read(bytes, number => store.Registered(number));
                Console.WriteLine(Encoding.UTF8.GetString(DangerForm.Answer(CaseDesk.Found(store, danger, NowMs()))));
            }
            catch (CaseRefusedException e)
            {
                throw new CommandException(e.Message, e) { ExitCode = ExitCodes.Failed };
            }

            return ExitCodes.Done;
        });
        return form;
    }

    /// <summary>A text within bounds that can be seen.</summary>
    public static Option<string> Text(string name, string description, int least, int most, bool required)
    {
        Option<string> option = new(name)
        {
            Description = description,
            HelpName = "TEXT",
            Required = required,
            DefaultValueFactory = required ? null : _ => "",
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && PlainText.Problem(name, text, least, most) is { } problem)
            {
                result.AddError(problem);
            }
        });
        return option;
    }

    public static long NowMs() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    /// <summary>One word of a list; its place from 1.</summary>
    public static Option<int?> Word(string name, string helpName, string description, ImmutableArray<string> words) => new(name)
    {
        Description = $"{description} {string.Join(", ", words)}.",
        HelpName = helpName,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (words.IndexOf(text) is >= 0 and var at)
            {
                return at + 1;
            }

            result.AddError($"{name}: '{PlainText.Clean(text)}'; allowed: {string.Join(", ", words)}");
            return null;
        },
    };

    private static (Option<string> By, Option<int?> Level) Person()
    {
        Option<int?> level = Word("--level", "LEVEL", "Of what level that person is; without it, county.", CaseNames.Levels);
        level.DefaultValueFactory = _ => (int)EscalationLevel.County;
        return (Text("--by", "Who does it: a name.", 1, CountyLimits.CaseNameMax, required: true), level);
    }

    private static Argument<string> Name() => new("CASE") { Description = "A case's name, such as 330701-77-0-41." };

    private static Command Show()
    {
        Argument<string> name = Name();
        Option<string?> report = new("--report") { Description = "One page of the case for printing. 一案一报。", HelpName = "FILE" };
        CommonOptions.NotEmpty(report, "a free name for a file");
        Option<bool> json = CommonOptions.Json();
        Option<string> db = CommonOptions.Db();
        Command command = new("show", "What happened in a case, step by step. 时间线。") { name, report, json, db };
        command.SetAction(parsed =>
        {
            using SqlStore store = SqlStore.Open(parsed.GetRequiredValue(db), create: false);
            Case one = Find(store, parsed.GetRequiredValue(name));
            IReadOnlyList<CaseStep> steps = [.. store.Steps(one.Id).OrderBy(step => step.AtMs).ThenBy(step => step.N)];
            if (parsed.GetValue(report) is { } path)
            {
                SecretFiles.Write("--report", path, CaseReport.Page(store, one, steps, NowMs()));
                Console.WriteLine($"case {one.Id}: {path}");
            }
            else if (parsed.GetValue(json))
            {
                JsonArray.Write([one], (writer, c) => CaseText.Write(writer, c, store.RelapseOf(c), steps, store.Place(c.Station)));
            }
            else
            {
                Show(store, one, steps);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static void Show(SqlStore store, Case one, IReadOnlyList<CaseStep> steps)
    {
        foreach ((string head, string text) in CaseReport.Heads(store, one, NowMs()))
        {
            Console.WriteLine($"{head}：{ScreenText.Plain(text)}");
        }

        Console.WriteLine();
        ReportTable table = new("时间", "步骤", "办理人");
        foreach (CaseStep step in steps)
        {
            table.Add(CaseText.Time(step), CaseText.Words(step), CaseText.Who(step));
        }

        table.Show();
    }

    /// <summary>A verb of people about one case.</summary>
    /// <param name="verb">Its word.</param>
    /// <param name="kind">What it does.</param>
    /// <param name="description">For the help.</param>
    /// <param name="own">The options that it alone has.</param>
    /// <param name="with">Puts what they say into what is asked for.</param>
    public static Command OfCase(
        string verb, CaseActKind kind, string description, IEnumerable<Option> own, Func<ParseResult, CaseRequest, CaseRequest> with)
    {
        Argument<string> name = Name();
        (Option<string> by, Option<int?> level) = Person();
        int least = kind == CaseActKind.Note ? 1 : 0;
        Option<string> words = Text("--words", "What there is to say.", least, CountyLimits.CaseWordsMax, required: least > 0);
        Option<string> db = CommonOptions.Db();
        Command command = new(verb, description) { name };
        foreach (Option option in (Option[])[.. own, by, level, words, db])
        {
            command.Add(option);
        }

        command.SetAction(parsed =>
        {
            using SqlStore store = SqlStore.Open(parsed.GetRequiredValue(db), create: false);
            CaseRequest asked = new()
            {
                Case = parsed.GetRequiredValue(name),
                Kind = kind,
                By = parsed.GetRequiredValue(by),
                Level = (EscalationLevel)(parsed.GetValue(level) ?? 0),
                Words = parsed.GetRequiredValue(words),
            };
            Done(() => CaseDesk.Act(store, with(parsed, asked), NowMs()));
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>A verb that can be held to the version of the case that the person saw.</summary>
    private static Command Act(
        string verb, CaseActKind kind, string description, IEnumerable<Option>? own = null,
        Func<ParseResult, CaseRequest, CaseRequest>? with = null)
    {
        Option<int?> seen = new("--seen")
        {
            Description = "Only if nobody changed the case since this version, which --json shows.",
            HelpName = "VERSION",
            CustomParser = result =>
            {
                if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int version))
                {
                    return version;
                }

                result.AddError($"--seen: '{PlainText.Clean(result.Tokens[0].Value)}'; allowed: 0..{int.MaxValue}");
                return null;
            },
        };
        Command command = OfCase(
            verb, kind, description, own ?? [],
            (parsed, asked) => (with?.Invoke(parsed, asked) ?? asked) with { Version = parsed.GetValue(seen) });

        // The help has what is needed first, and --db last.
        command.Options.Insert(command.Options.Count - 1, seen);
        return command;
    }

    private static Command Judge()
    {
        Option<int?> judged = Word("--as", "JUDGEMENT", "What the alarm was.", CaseNames.Judgements);
        judged.Required = true;
        Option<string> cause = Text("--cause", "Why an alarm was false; needed then.", 0, CountyLimits.CaseNameMax, required: false);
        return Act(
            "judge", CaseActKind.Judge, "Says what an alarm was; with its reset, that closes it. 结论。", [judged, cause],
            (parsed, asked) => asked with
            {
                Judgement = (CaseJudgement)(parsed.GetValue(judged) ?? 0), Cause = parsed.GetRequiredValue(cause),
            });
    }

    private static Command Grade()
    {
        Option<int?> grade = Word("--grade", "GRADE", "How grave the case is.", CaseNames.Grades);
        grade.Required = true;
        return Act(
            "grade", CaseActKind.Grade, "Gives a case another grade, and so another owner and due time. 定级。", [grade],
            (parsed, asked) => asked with { Grade = (CaseGrade)(parsed.GetValue(grade) ?? 0) });
    }

    private static Command Rebuild()
    {
        Option<uint?> station = CommonOptions.Station("Only of this station; without it, of all.");
        Option<string> db = CommonOptions.Db();
        Command command = new("rebuild", "Goes over all cases anew from events, acts and the settings of then; the result is the same. 重建。")
        {
            station, db,
        };
        command.SetAction(parsed =>
        {
            using SqlStore store = SqlStore.Open(parsed.GetRequiredValue(db), create: false);
            StationCommands.TellUnknown(store, parsed.GetValue(station));
            uint[] stations = parsed.GetValue(station) is { } one ? [one]
                : [.. store.Lanes(null).Select(lane => lane.Key.Station).Concat(store.RegisteredNumbers()).Concat(store.StationsOfActs())
                    .Distinct().Order()];
            int changed = stations.Sum(number => CaseDesk.Rebuild(store, store, number, NowMs()));
            Console.WriteLine($"stations {stations.Length}, cases changed {changed}");
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>Acts, and says what came of it or why not.</summary>
    private static void Done(Func<Case> act)
    {
        try
        {
            Case one = act();
            Console.WriteLine($"case {one.Id}: {CaseText.Title(one)}，{CaseText.State(one)}");
        }
        catch (CaseRefusedException e)
        {
            bool unknown = e.Why == CaseRefusal.Unknown;
            throw new CommandException(e.Message, e) { ExitCode = unknown ? ExitCodes.NoSuchStation : ExitCodes.Failed };
        }
    }

    private static Case Find(SqlStore store, string name) => store.Case(name) ?? throw new CommandException(
        $"CASE: '{PlainText.Clean(name)}' is not there; allowed: a case of `county cases --all`") { ExitCode = ExitCodes.NoSuchStation };
}
