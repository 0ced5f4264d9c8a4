// Owns: settings of another board that the county sends: they are refused, and the box stays as it is.
// Must never: judge what a technician puts on the box, who sees which board it is.

using System.Text;
using Gateway.Contract;
using Gateway.Core;
using Gateway.Tests.Device;

namespace Gateway.Tests.PanelProperties;

public class SettingsBoardTests
{
    [Theory]
    [InlineData("wall", "", true)]
    [InlineData("wall", "wall", false)]
    [InlineData("wall", "carrier", true)]
    [InlineData("", "", false)]
    [InlineData("", "carrier", false)]
    [InlineData("", "wall", true)]
    public void Settings_of_another_board_are_refused(string inForce, string sent, bool refused)
    {
        TrialScene scene = new(new Device.MemoryFlash(), Shape());
        byte[] first = Text(inForce, "1");
        Assert.Equal(0, scene.Start(first).Total);
        scene.Pass(TrialScene.LimitMs + 2000);
        int starts = scene.Starts;
        byte[] text = Text(sent, "1 2");
        scene.Pieces(text);
        scene.Commit(text);
        scene.Pass(2000);
        Assert.Equal((int)(refused ? CommandOutcome.WrongSettings : CommandOutcome.Done), scene.Outcome());
        Assert.Equal(refused ? starts : starts + 1, scene.Starts);
        Assert.True(scene.InForce(refused ? first : text));
        EventRecord record = new();
        if (refused)
        {
            scene.Newest(EventKind.SettingsRefused, record);
            Assert.Equal((int)Origin.County | ((int)SettingsReason.OtherBoard << 8), record.C);
        }
    }

    private static byte[] Text(string board, string zones)
    {
        string text = Encoding.UTF8.GetString(TrialScene.Text("good", zones));
        return Encoding.UTF8.GetBytes(board.Length == 0 ? text : text.Insert(text.IndexOf('\n') + 1, $"board {board}\n"));
    }

    private static BoardShape Shape()
    {
        BoardShape carrier = SceneBoard.Shape();
        BoardShape wall = SceneBoard.Shape();
        (carrier.Name, wall.Name) = ("carrier", "wall");
        carrier.Family = [carrier, wall];
        return carrier;
    }
}
