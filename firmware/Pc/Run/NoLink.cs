// Owns: the link of a gateway that has no broker to go to.
// Must never: say that anything was sent.

using Gateway.Core;

namespace Gateway.Pc.Run;

/// <summary>Fails every attempt, as a network without a cable does.</summary>
public sealed class NoLink : LinkPort
{
    private int _state = LinkState.Idle;

    public override int State() => _state;

    public override void Open(int path, string will) => _state = LinkState.Failed;

    public override void Close() => _state = LinkState.Idle;

    public override bool Send(int leaf, byte[] message, int count) => false;

    public override int Receive(byte[] into) => 0;
}
