// Owns: the program's command line as a user meets it: exit codes, errors, the state without settings.
// Must never: need a broker.

using System.Diagnostics;
using System.Text;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Pc.Tests;

public sealed class ProgramTests : IDisposable
{
    private const int WithinMs = 120_000;
    private const string Secret = "5ecretWord";

    private readonly TempFolder _folder = new();
    private readonly string _demo = Repository.Path("firmware", "Pc", "demo", "settings.txt");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Demonstration_settings_pass_the_check()
    {
        (int code, string said) = Run("--check", _demo);
        Assert.Equal(0, code);
        Assert.Contains("配置通过 good, 6个部位 zones", said);
    }

    [Fact]
    public void Good_settings_that_may_surprise_pass_the_check_with_a_warning()
    {
        (int code, string said) = Run("--check", _demo);
        Assert.Equal(0, code);
        Assert.DoesNotContain("提醒", said);

        string text = File.ReadAllText(_demo).Replace("button answer", "# button answer")
            + "rule 1 if fire:any then message:1\n"
            + "rule 2 if fire:z1 and time:22:00-06:00 then message:2\n"
            + "rule 3 if fire:z1 and day:1-5 then message:3\n"
            + "rule 4 if fire:z1 and mode:night then message:4\n"
            + "rule 5 if fault:z1 and time:22:00-06:00 then message:5\n";
        string path = _folder.Write("surprising.txt", text);
        (code, said) = Run("--check", path);
        Assert.Equal(0, code);
        Assert.Contains("通过 good", said);
        string[] warnings = [.. said.Split('\n').Where(line => line.StartsWith($"{path}: 提醒 ", StringComparison.Ordinal))];
        Assert.Equal(3, warnings.Length);
        Assert.Contains("没有应答键", warnings[0]);
        Assert.Contains("规则 2 ", warnings[1]);
        Assert.Contains("规则 3 ", warnings[2]);
    }

    [Theory]
    [InlineData(8, true)]
    [InlineData(481, true)]
    [InlineData(-8, true)]
    [InlineData(480, false)]
    [InlineData(345, false)]
    public void Offset_of_local_time_that_is_no_quarter_of_an_hour_is_warned_of(int offset, bool warned)
    {
        string path = _folder.Write("offset.txt", File.ReadAllText(_demo).Replace("station ", $"station utcOffsetMin={offset} "));
        (int code, string said) = Run("--check", path);
        Assert.Equal((0, warned), (code, said.Contains($"提醒 utcOffsetMin={offset}：单位是分钟，中国为 480", StringComparison.Ordinal)));
    }

    [Fact]
    public void Wrong_settings_fail_the_check_with_every_place()
    {
        string wrong = File.ReadAllText(_demo).Replace("kind=smoke", "kind=smok").Replace("input=a1", "input=a17");
        string path = _folder.Write("wrong.txt", wrong);
        (int code, string said) = Run("--check", path);
        Assert.Equal(2, code);
        Assert.Contains($"{path}:5:", said);
        Assert.Contains($"{path}:6:", said);
        Assert.Contains("应为 ", said);
        Assert.Contains("; allowed: ", said);
    }

    [Fact]
    public void Without_settings_the_station_says_that_it_is_not_configured_and_blinks()
    {
        string script = _folder.Write("script.txt", "expect lamp-fault blink\nexpect lamp-power blink\nexpect siren off\n");
        (int code, string said) = Run("--state", State, "--script", script);
        Assert.Equal(0, code);
        Assert.Contains("未配置 not configured", said);
        Assert.Contains("输出 故障灯 lamp-fault: 慢闪 blink", said);
    }

    [Fact]
    public void Wrong_settings_are_told_and_the_last_good_ones_stay_in_force()
    {
        string key = Key($"key {new string('1', 64)}\npassword {Secret}\n");
        string script = _folder.Write("script.txt", "press 1\nexpect siren on\nexpect event fire-alarm zone 1\n");
        (int code, string said) = Run("--state", State, "--key", key, "--script", script, "--settings", _demo);
        Assert.True(code == 0, said);
        string wrong = _folder.Write("wrong.txt", "dance\n");
        (code, said) = Run("--state", State, "--key", key, "--script", script, "--settings", wrong);
        Assert.True(code == 1, said);
        Assert.Contains($"{wrong}:1:1: 第1行第1列：写成 dance，应为 下列之一 / found: dance; allowed: station, ", said);

        // The fire of the first start is still latched, so it is no new one.
        Assert.Contains("输出 声警报器 siren: 火警音 fire", said);
        Assert.Contains("✗ 第 3 行", said);
        Assert.DoesNotContain(Secret, said);
    }

    [Fact]
    public void Wrong_key_file_is_told_without_its_content()
    {
        string key = Key($"key {Secret}\npasswort {Secret}\n");
        (int code, string said) = Run("--state", State, "--settings", _demo, "--key", key);
        Assert.Equal(2, code);
        Assert.Contains($"{key}:1: ", said);
        Assert.Contains($"{key}:2: ", said);
        Assert.DoesNotContain(Secret, said);
    }

    [Theory]
    [InlineData("--settings")]
    [InlineData("--state")]
    [InlineData("--dance")]
    [InlineData("--state", "")]
    [InlineData("--check", "")]
    [InlineData("--settings-trial-s", "abc")]
    [InlineData("--settings-trial-s", "0")]
    public void Wrong_command_line_is_wrong_input_and_names_the_option(params string[] arguments)
    {
        (int code, string said) = Run(arguments);
        Assert.Equal(2, code);
        Assert.Contains(arguments[0], said);
        Assert.DoesNotContain("   at ", said);
    }

    [Theory]
    [InlineData("--log-status")]
    [InlineData("--export-settings")]
    public void Look_at_a_state_makes_no_folder_and_empties_none(string look)
    {
        (int code, string said) = Run("--state", State, look);
        Assert.Equal(2, code);
        Assert.Contains("is not there", said);
        Assert.False(Directory.Exists(State));
        Directory.CreateDirectory(State);
        (code, said) = Run("--state", State, look, "--reset-state");
        Assert.Equal(2, code);
        Assert.Contains("--reset-state", said);
    }

    [Fact]
    public void State_folder_that_cannot_be_made_is_told_with_what_is_allowed()
    {
        (int code, string said) = Run("--state", _folder.Write("file", "x"));
        Assert.Equal(2, code);
        Assert.Contains("; allowed: a folder that can be made", said);
    }

    [Fact]
    public void Missing_key_and_wrong_script_are_told_together()
    {
        string script = _folder.Write("script.txt", "press 9\n");
        (int code, string said) = Run("--state", State, "--settings", _demo, "--script", script);
        Assert.Equal(2, code);
        Assert.Contains("--key: 缺少，应为 站点的密钥文件 / found: missing; ", said);
        Assert.Contains($"{script}:1: ", said);
    }

    [Fact]
    public void Expectation_that_does_not_hold_gives_exit_code_1()
    {
        string script = _folder.Write("script.txt", "expect lamp-fire on within 100ms\n");
        (int code, string said) = Run("--state", State, "--script", script);
        Assert.Equal(1, code);
        Assert.Contains("✗ 第 1 行 line 1", said);
    }

    [Fact]
    public void Script_that_is_ended_before_its_last_line_is_no_success()
    {
        string script = _folder.Write("script.txt", "wait 10min\n");
        using ChildProgram process = ChildProgram.Beside("gateway-pc.dll", "--state", State, "--script", script);
        process.Await("输出", WithinMs);
        Signals.Send(process.Id, Signals.Terminate);
        Assert.Equal(1, process.Finish(WithinMs));
    }

    private string State => Path.Combine(_folder.Path, "state");

    private string Key(string text) => _folder.Write("station.key", text);

    private static (int Code, string Said) Run(params string[] arguments)
    {
        (int code, string output, string error) = ChildProgram.Run(AppContext.BaseDirectory, "gateway-pc.dll", arguments);
        return (code, output + error);
    }
}
