// Owns: what differs between the SQL databases that the county can use.
// Must never: contain a rule or a query that all of them understand.

using System.Data.Common;
using DbUp.Builder;

namespace Gateway.County.Sql;

/// <summary>One database product. A further one is one more file with a subclass.</summary>
public abstract class SqlDialect
{
    /// <summary>The type of a column of bytes.</summary>
    public abstract string BytesType { get; }

    /// <summary>Opens a connection whose commits are durable. Readers open theirs beside a working county.</summary>
    /// <exception cref="StoreException">It cannot be opened; the message says what, why and what is allowed, without a
    /// password.</exception>
    public abstract DbConnection Open();

    /// <summary>Begins to bring the tables up to date, on the open connection; waits for another process that does so.</summary>
    public abstract string BeginUpgrade { get; }

    /// <summary>Counts the tables of the name meta: 0 in a database without tables of ours.</summary>
    public abstract string CountMetaTables { get; }

    /// <summary>The upgrade of this product on the open connection, to be given the scripts.</summary>
    /// <param name="connection">Open; left open.</param>
    /// <param name="journal">The name of the table of the scripts that were run.</param>
    public abstract UpgradeEngineBuilder Upgrade(DbConnection connection, string journal);

    /// <summary>Copies the database as it is at one moment into a file that is there and empty; others go on writing.</summary>
    /// <exception cref="StoreException">It cannot be copied; the message says why and what is allowed.</exception>
    public abstract void Backup(DbConnection connection, string file, CancellationToken stop);

    /// <summary>Whether a file begins with these bytes.</summary>
    protected static bool Begins(string file, ReadOnlySpan<byte> bytes)
    {
        byte[] head = new byte[bytes.Length];
        using FileStream opened = File.OpenRead(file);
        return opened.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && bytes.SequenceEqual(head);
    }

    /// <summary>Where it is noted which keys were given out and which ended; null = nowhere.</summary>
    internal virtual KeyHistory? Keys => null;

    /// <summary>Begins a transaction that will write; waits for another writer instead of failing at its first write.</summary>
    public virtual DbTransaction Begin(DbConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return connection.BeginTransaction();
    }

    /// <summary>
    /// Makes this process the one that receives into the database; asked again on each new connection. Null when it is, else who is, or
    /// what stands in the way, and what is allowed.
    /// </summary>
    public virtual string? BecomeReceiver(DbConnection connection) => null;

    /// <summary>Has the database end a receiver's connection on which nothing is asked any more, and its lock with it.</summary>
    public virtual void EndWhenSilent(DbConnection connection)
    {
    }

    /// <summary>Whether any process receives into the database.</summary>
    public virtual bool HasReceiver(DbConnection connection) => true;

    /// <summary>Lets go what does not end with the connection.</summary>
    public virtual void EndReceiving()
    {
    }

    /// <summary>Whether each statement waits for an answer over a wire, so that many rows are better read and written together.</summary>
    public virtual bool HasWire => false;

    /// <summary>What the database itself finds broken of its own structure, in words.</summary>
    public virtual IReadOnlyList<string> Problems(DbConnection connection) => [];

    /// <summary>Reads the rows of many keys by one statement; asked only where there is a wire.</summary>
    /// <param name="connection">The one that reads.</param>
    /// <param name="transaction">Its transaction, if one is open.</param>
    /// <param name="columns">What is read.</param>
    /// <param name="join">Table, condition and order; the keys' columns are k1, k2 and so on, and place is their order.</param>
    /// <param name="keys">The keys, a list a column.</param>
    /// <param name="take">Called at each row.</param>
    public virtual void ReadMany(
        DbConnection connection, DbTransaction? transaction, string columns, string join, IReadOnlyList<long[]> keys,
        Action<DbDataReader> take) =>
        throw new NotSupportedException();

    /// <summary>Inserts many rows by one statement; asked only where there is a wire.</summary>
    /// <param name="transaction">The one that writes.</param>
    /// <param name="before">The statement up to its rows.</param>
    /// <param name="after">The statement after its rows.</param>
    /// <param name="rows">At least one; values in the order of the columns.</param>
    public virtual void InsertMany(DbTransaction transaction, string before, string after, IReadOnlyList<object[]> rows) =>
        throw new NotSupportedException();

    /// <summary>Adds or replaces rows: together where there is a wire, else each by itself.</summary>
    /// <param name="transaction">The one that writes.</param>
    /// <param name="text">Of the table.</param>
    /// <param name="one">Its statement for one row.</param>
    /// <param name="rows">Values in the order of the columns.</param>
    internal void Put(DbTransaction transaction, Upsert text, Statement one, IReadOnlyList<object[]> rows)
    {
        if (HasWire && rows.Count > 1)
        {
            InsertMany(transaction, text.Before, text.After, rows);
            return;
        }

        foreach (object[] row in rows)
        {
            one.Run(transaction, row);
        }
    }

    /// <summary>
    /// Inserts events whose keys are not there yet, and tells which were new.
    /// </summary>
    /// <param name="connection">Open.</param>
    /// <param name="transaction">The one that writes.</param>
    /// <param name="rows">Values in the order of the columns.</param>
    public abstract bool[] InsertEvents(DbConnection connection, DbTransaction transaction, IReadOnlyList<object[]> rows);
}

/// <summary>A store that cannot be used as asked; the message is for the person who asked.</summary>
public sealed class StoreException : Exception
{
    public StoreException()
    {
    }

    public StoreException(string message)
        : base(message)
    {
    }

    public StoreException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
