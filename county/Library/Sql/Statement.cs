// Owns: one prepared SQL text and its numbered parameters.
// Must never: put a value into the text.

using System.Data;
using System.Data.Common;

namespace Gateway.County.Sql;

/// <summary>A prepared statement with parameters @p0, @p1 and so on.</summary>
internal sealed class Statement : IDisposable
{
    private readonly DbCommand _command;

    /// <param name="connection">Open.</param>
    /// <param name="sql">The text.</param>
    /// <param name="types">One type a parameter.</param>
    public Statement(DbConnection connection, string sql, params DbType[] types)
    {
        _command = connection.CreateCommand();
        _command.CommandText = sql;
        for (int i = 0; i < types.Length; i++)
        {
            DbParameter parameter = _command.CreateParameter();
            parameter.ParameterName = $"@p{i}";
            parameter.DbType = types[i];
            _command.Parameters.Add(parameter);
        }
    }

    /// <summary>Runs it and returns the number of changed rows.</summary>
    public int Run(DbTransaction? transaction, params ReadOnlySpan<object> values)
    {
        Bind(transaction, values);
        return _command.ExecuteNonQuery();
    }

    /// <summary>The first column of the first row, or null.</summary>
    public object? Scalar(DbTransaction? transaction, params ReadOnlySpan<object> values)
    {
        Bind(transaction, values);
        object? value = _command.ExecuteScalar();
        return value is DBNull ? null : value;
    }

    public DbDataReader Read(DbTransaction? transaction, params ReadOnlySpan<object> values)
    {
        Bind(transaction, values);
        return _command.ExecuteReader();
    }

    public void Dispose() => _command.Dispose();

    private void Bind(DbTransaction? transaction, ReadOnlySpan<object> values)
    {
        _command.Transaction = transaction;
        for (int i = 0; i < values.Length; i++)
        {
            _command.Parameters[i].Value = values[i] switch
            {
                uint number => (long)number,
                int number => (long)number,
                object value => value,
            };
        }
    }
}
