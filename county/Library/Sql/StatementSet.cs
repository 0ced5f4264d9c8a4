// Owns: the making and the end of prepared statements that belong together.
// Must never: know what one of them asks.

using System.Data;
using System.Data.Common;

namespace Gateway.County.Sql;

/// <summary>Prepared statements of one connection, disposed together.</summary>
internal abstract class StatementSet(DbConnection connection) : IDisposable
{
    private readonly List<Statement> _all = [];

    protected DbConnection Connection => connection;

    public virtual void Dispose() => _all.ForEach(s => s.Dispose());

    protected static DbType[] Numbers(int count) => Enumerable.Repeat(DbType.Int64, count).ToArray();

    protected Statement Make(string sql, params DbType[] types)
    {
        Statement statement = new(connection, sql, types);
        _all.Add(statement);
        return statement;
    }
}
