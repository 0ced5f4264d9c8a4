// Owns: the names of townships in the database, as a list of divisions has them.
// Must never: keep more of them than there are townships with a station or a box.

using System.Data;
using System.Data.Common;

namespace Gateway.County.Sql;

public sealed partial class SqlStore
{
    private const string UsedTownships = "SELECT township FROM stations UNION SELECT township FROM peers";

    private static readonly Upsert s_putTownship = new("townships", "code, name", keys: 1);

    /// <summary>Names townships of stations and boxes that are registered already.</summary>
    public void NameTownships(IReadOnlyDictionary<string, string> divisions)
    {
        ArgumentNullException.ThrowIfNull(divisions);
        ChangeRegistry(transaction =>
        {
            PutTownships(transaction, divisions);
            return 1;
        });
    }

    /// <summary>Of the names, those of townships that are in the registry by now; a code that is not among them keeps its name.</summary>
    private void PutTownships(DbTransaction transaction, IReadOnlyDictionary<string, string> names)
    {
        using Statement forget = new(_connection, $"DELETE FROM townships WHERE code NOT IN ({UsedTownships})");
        forget.Run(transaction);
        List<object[]> rows = [];
        using (Statement used = new(_connection, UsedTownships))
        using (DbDataReader row = used.Read(transaction))
        {
            while (row.Read())
            {
                string code = row.GetString(0);
                if (names.TryGetValue(code, out string? name) && name.Length > 0)
                {
                    rows.Add([code, name]);
                }
            }
        }

        using Statement put = new(_connection, s_putTownship.OfOne, DbType.String, DbType.String);
        _dialect.Put(transaction, s_putTownship, put, rows);
    }
}
