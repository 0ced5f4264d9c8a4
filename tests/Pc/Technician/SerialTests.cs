// Owns: talking to a board over a serial port that is a real pseudo-terminal, and a cable that is pulled in each phase.
// Must never: wait for a fixed time.

using System.Runtime.Versioning;
using Gateway.Technician.Serial;
using Xunit;

namespace Gateway.Technician.Tests;

[SupportedOSPlatform("linux")]
public sealed class SerialTests
{
    private static readonly Tongue s_chinese = new(chinese: true);

    // A machine that is busy with other tests is given time.
    private static readonly SerialPorts s_ports = new(s_chinese) { AnswerWaitMs = 120_000, AnswerQuietMs = 3_000 };

    [Theory]
    [InlineData("while read l; do echo \"gateway 330701 值班 $l\"; done", "gateway 330701 值班 status")]
    [InlineData("while read l; do echo \"$l\"; echo; printf 'two\\r\\nlines\\r\\n'; done", "two\nlines")]
    [InlineData("read l; printf 'in '; sleep 0.05; printf 'parts'; sleep 1000", "in parts")]
    public void Answer_comes_whole_whatever_the_console_repeats(string device, string answer)
    {
        using var pty = new PseudoPort(device);
        using ISerialLine line = s_ports.Open(pty.Name);
        Assert.Contains(answer, Talk.Ask(s_ports, s_chinese, line, "status"), StringComparison.Ordinal);
    }

    [Fact]
    public void Cable_that_is_pulled_before_a_question_and_between_two_is_told()
    {
        using var pty = new PseudoPort("while read l; do echo good; done");
        ISerialLine line = s_ports.Open(pty.Name);
        Assert.Equal("good", Talk.Ask(s_ports, s_chinese, line, "status"));
        pty.Pull();
        for (int i = 0; i < 3; i++)
        {
            TroubleException told = Assert.Throws<TroubleException>(() => Talk.Ask(s_ports, s_chinese, line, "status"));
            Assert.Contains("串口中途消失", told.Message, StringComparison.Ordinal);
            Assert.Equal(ExitCodes.NoAnswer, told.ExitCode);
        }

        line.Dispose();
        pty.WaitGone();
        Assert.Contains("没有这个串口", Assert.Throws<TroubleException>(() => s_ports.Open(pty.Name)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Board_that_prints_without_end_is_not_heard_without_end()
    {
        using var pty = new PseudoPort("read l; yes gateway");
        using ISerialLine line = s_ports.Open(pty.Name);
        Assert.InRange(Talk.Ask(s_ports, s_chinese, line, "status").Length, 1, TechnicianLimits.AnswerBytesMax + 1024);
    }

    [Fact]
    public void Port_is_taken_by_itself_only_where_there_is_one()
    {
        Assert.Contains("有几个串口：/dev/ttyACM0 /dev/ttyACM1", Only("/dev/ttyACM0", "/dev/ttyACM1"), StringComparison.Ordinal);
        Assert.Contains("没有串口", Only(), StringComparison.Ordinal);
        Assert.Equal("/dev/ttyACM0\n", Told.At(["/dev/ttyACM0"], "ports", "--lang", "zh").Said);

        static string Only(params string[] ports)
        {
            var desk = new Desk(s_chinese, TextWriter.Null, TextWriter.Null, Asks: false)
            {
                Terminal = Spectre.Console.AnsiConsole.Console,
                Ports = new ListedPorts(s_chinese, ports),
            };
            return Assert.Throws<TroubleException>(() => PortsCommand.Only(desk, null)).Message;
        }
    }
}
