// Owns: the tokens of the API, and cases as it reads them: a page at a time.
// Must never: hold a token; its hash is here.

using System.Data;

namespace Gateway.County.Sql;

public sealed partial class SqlStore
{
    /// <summary>False when the name is taken.</summary>
    /// <exception cref="StoreException">A field cannot be, or there are too many tokens.</exception>
    public bool AddToken(ApiToken token)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (token.Problem() is { } problem)
        {
            throw new StoreException(problem);
        }

        if (Convert.ToInt64(Scalar("SELECT COUNT(*) FROM api_tokens")) >= CountyLimits.ApiTokensMax)
        {
            throw new StoreException($"tokens: {CountyLimits.ApiTokensMax} are there; allowed: so many");
        }

        using Statement insert = new(
            _connection,
            "INSERT INTO api_tokens (name, hash, township, contacts, added_ms) VALUES (@p0, @p1, @p2, @p3, @p4) ON CONFLICT DO NOTHING",
            DbType.String, DbType.String, DbType.String, DbType.Int64, DbType.Int64);
        return insert.Run(null, token.Name, token.Hash, token.Township, token.Contacts ? 1L : 0L, token.AddedMs) > 0;
    }

    /// <summary>False when there was none.</summary>
    public bool RemoveToken(string name)
    {
        using Statement delete = new(_connection, "DELETE FROM api_tokens WHERE name = @p0", DbType.String);
        return delete.Run(null, name) > 0;
    }

    public IReadOnlyList<ApiToken> Tokens() =>
    [
        .. Rows(
            "SELECT name, hash, township, contacts, added_ms FROM api_tokens ORDER BY name",
            [],
            [],
            row => new ApiToken
            {
                Name = row.GetString(0),
                Hash = row.GetString(1),
                Township = row.GetString(2),
                Contacts = row.GetInt64(3) != 0,
                AddedMs = row.GetInt64(4),
            }),
    ];

    /// <summary>Cases, the newest first.</summary>
    /// <param name="query">Which; due times and levels are not looked at.</param>
    /// <param name="before">Only what stands behind this moment and name in that order; null = from the newest.</param>
    /// <param name="max">At most so many.</param>
    public IReadOnlyList<Case> NewestCases(CaseQuery query, (long OpenedMs, string Id)? before, int max)
    {
        ArgumentNullException.ThrowIfNull(query);
        return
        [
            .. NamedCases(
                SqlCaseStatements.SelectCases + " WHERE (@p0 = 0 OR closed_ms = 0) AND (@p1 = 0 OR station = @p1) "
                + "AND (@p2 = 0 OR class = @p2) AND (@p3 = '' OR township = @p3) "
                + "AND (opened_ms < @p4 OR (opened_ms = @p4 AND id < @p5)) ORDER BY opened_ms DESC, id DESC LIMIT @p6",
                [DbType.Int64, DbType.Int64, DbType.Int64, DbType.String, DbType.Int64, DbType.String, DbType.Int64],
                [
                    query.OpenOnly ? 1L : 0L, (long)(query.Station ?? 0), (long?)query.Class ?? 0L, query.Township ?? "",
                    before?.OpenedMs ?? long.MaxValue, before?.Id ?? "", (long)max,
                ]),
        ];
    }
}
