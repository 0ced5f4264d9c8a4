// Owns: the link of a station that has no key or no settings.
// Must never: open; what can't be signed is not sent.

using Gateway.Core;

namespace Gateway.Start
{
    /// <summary>Fails every attempt, so the panel shows the link's fault after its time,
    /// while alarms sound and are stored as ever.</summary>
    public sealed class ClosedLink : LinkPort
    {
        private LinkState _state = LinkState.Idle;

        public override LinkState State()
        {
            return _state;
        }

        public override void Open(int path, string will)
        {
            _state = LinkState.Failed;
        }

        public override void Close()
        {
            _state = LinkState.Idle;
        }

        public override bool Send(LinkLeaf leaf, byte[] message, int count)
        {
            return false;
        }

        public override int Receive(byte[] into)
        {
            return 0;
        }
    }
}
