// Owns: what the hand-over has to know of one to whom it hands over.
// Must never: write rows, or decide when something is sent.

namespace Gateway.County.HandOver;

/// <summary>A platform, a group's robot, a gateway for SMS. Sends may run on any thread.</summary>
public interface IHandOverReceiver : IDisposable
{
    /// <summary>Names it in rows, lines and metrics.</summary>
    string Name { get; }

    /// <summary>Whether it is sent to; else it fetches.</summary>
    bool Sends { get; }

    /// <summary>How many messages one request can tell; 1 = each goes by itself.</summary>
    int TogetherMax { get; }

    /// <summary>Least time between the beginnings of two requests, ms.</summary>
    int ApartMs { get; }

    /// <summary>Whether it is told of a step.</summary>
    bool Wants(Case one, CaseStep step, long nowMs);

    /// <summary>What it is told, written with the step.</summary>
    byte[] Body(HandOverFacts facts);

    /// <summary>What it is told of a drill; null where it is told of none.</summary>
    /// <param name="id">The message's name.</param>
    /// <param name="drill">Its beginning or end.</param>
    /// <param name="number">The message's.</param>
    /// <param name="rows">Names and places.</param>
    byte[]? Drill(string id, StoredEvent drill, long number, IHandOverRows rows) => null;

    /// <summary>Sends once.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    Task<Attempt> Send(IReadOnlyList<HandOverRow> rows, CancellationToken stop);
}
