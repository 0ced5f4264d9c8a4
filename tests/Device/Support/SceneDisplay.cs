// Owns: the small display of a gateway in a test: what stands on it. Whoever unplugs it sets that it is lost.
// Must never: draw later than it is told.

using Gateway.Core;

namespace Gateway.Tests.Device
{
    /// <summary>Takes a picture at once.</summary>
    public sealed class SceneDisplay : DisplayPort
    {
        public char[] Shown;
        public int Pictures;

        public override void Show(char[] cells, bool bright)
        {
            Shown = cells;
            Pictures++;
        }
    }
}
