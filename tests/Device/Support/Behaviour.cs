// Owns: playing one row of the behaviour tables.
// Must never: pass a row that has no name or nothing to expect.

using nanoFramework.TestFramework;

namespace Gateway.Tests.Device
{
    /// <summary>A row: its names, its settings, what happens, what is expected.</summary>
    public static class Behaviour
    {
        public static void Holds(string chinese, string english, string settings, string steps, string expected)
        {
            Assert.IsTrue(chinese.Length > 0 && english.Length > 0 && expected.Length > 0, "a row has two names and an expectation");
            Scene scene = new Scene(settings);
            scene.Pass(200, true);
            SceneSteps.Play(scene, steps);
            SceneExpect.All(scene, expected);
        }
    }
}
