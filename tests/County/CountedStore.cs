// Owns: a real store whose calls are counted, for tests of how much work a message makes.
// Must never: change what the store does.

using System.Collections;
using System.Reflection;

namespace Gateway.County.Tests;

/// <summary>Hands everything on; each call of a transaction counts one, and one more for each row that it returns.</summary>
internal class CountedStore : DispatchProxy
{
    private object _inner = new();
    private Counts _counts = new();

    public static (IEventStore Store, Counts Counts) Of(IEventStore store)
    {
        Counts counts = new();
        return (Make(store, counts), counts);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        object? result;
        try
        {
            result = targetMethod!.Invoke(_inner, args);
        }
        catch (TargetInvocationException e)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(e.InnerException!).Throw();
            throw;
        }

        if (targetMethod.ReturnType == typeof(ICaseRows))
        {
            return result is ICaseRows cases ? Make(cases, _counts) : null;
        }

        if (targetMethod.ReturnType == typeof(IHandOverRows))
        {
            return result is IHandOverRows rows ? Make(rows, _counts) : null;
        }

        if (_inner is IStoreTransaction)
        {
            _counts.Work += 1 + (result is ICollection all and not Array ? all.Count : 0);
        }

        return result is IStoreTransaction transaction ? Make(transaction, _counts) : result;
    }

    private static T Make<T>(T inner, Counts counts)
        where T : class
    {
        T proxy = Create<T, CountedStore>();
        CountedStore counted = (CountedStore)(object)proxy;
        counted._inner = inner;
        counted._counts = counts;
        return proxy;
    }
}

/// <summary>What was counted.</summary>
internal sealed class Counts
{
    /// <summary>Calls of transactions, and rows that they returned.</summary>
    public int Work { get; set; }
}
