// Owns: one attempt: a signed POST, and what came of it.
// Must never: follow a redirect, connect inside where that is not allowed, read an answer without end, or throw for a receiver's fault.

using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Gateway.County.HandOver;

internal sealed class HandOverSender : IDisposable
{
    private readonly bool _inside;
    private readonly TimeProvider _time;
    private readonly HttpClient _client;

    /// <param name="inside">Whether addresses of the county's own networks are allowed.</param>
    /// <param name="authorities">Of which one has to have signed the receiver's certificate; empty = those of the system.</param>
    /// <param name="time">The clock.</param>
    public HandOverSender(bool inside, X509Certificate2Collection authorities, TimeProvider time)
    {
        (_inside, _time) = (inside, time);
        SocketsHttpHandler handler = new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            MaxConnectionsPerServer = HandOverLimits.InFlightMax,
            PooledConnectionLifetime = TimeSpan.FromSeconds(HandOverLimits.ConnectionS),
            ConnectCallback = Connect,
        };
        if (authorities.Count > 0)
        {
            X509ChainPolicy policy = new()
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            policy.CustomTrustStore.AddRange(authorities);
            handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
        }

        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Posts once.</summary>
    /// <returns>What came of it, and the beginning of the answer.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<(Attempt Attempt, byte[] Answer)> Post(
        Uri url, byte[] body, string mediaType, IReadOnlyList<(string Name, string Value)> headers, CancellationToken stop)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(HandOverLimits.AttemptMs);
        try
        {
            using HttpRequestMessage request = new(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(mediaType) { CharSet = "utf-8" };
            foreach ((string name, string value) in headers)
            {
                request.Headers.Add(name, value);
            }

            using HttpResponseMessage answer =
                await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            byte[] bytes = await Bytes(answer, limit.Token).ConfigureAwait(false);
            int status = (int)answer.StatusCode;
            string words = RetryPlan.Delivered(status) ? "" : Plain(Encoding.UTF8.GetString(bytes));
            return (new Attempt(status, words, RetryAfterMs(answer.Headers.RetryAfter)), bytes);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return (new Attempt(0, $"对方{HandOverLimits.AttemptMs / 1_000}秒内无应答 no answer within {HandOverLimits.AttemptMs} ms"), []);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException)
        {
            return (new Attempt(0, Plain(e.GetBaseException().Message)), []);
        }
    }

    public void Dispose() => _client.Dispose();

    private static string Plain(string text) =>
        PlainText.Cut(PlainText.Clean(text.ReplaceLineEndings(" ").Trim()), HandOverLimits.AnswerWordsMax);

    private static async Task<byte[]> Bytes(HttpResponseMessage answer, CancellationToken stop)
    {
        byte[] bytes = new byte[HandOverLimits.AnswerBytesMax];
        int count = 0;
        try
        {
            using Stream stream = await answer.Content.ReadAsStreamAsync(stop).ConfigureAwait(false);
            count = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, stop).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            // The number of the answer is what counts.
        }

        return bytes[..count];
    }

    private long? RetryAfterMs(RetryConditionHeaderValue? asked) => asked switch
    {
        { Delta: { } delta } => (long)delta.TotalMilliseconds,
        { Date: { } date } => (long)(date - _time.GetUtcNow()).TotalMilliseconds,
        _ => null,
    };

    /// <summary>A name may stand for anything by the time of each connection, so its addresses are looked at here.</summary>
    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        IPAddress[] addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, stop).ConfigureAwait(false);
        IPAddress[] allowed = _inside ? addresses : [.. addresses.Where(address => !InsideAddress.Is(address))];
        if (allowed.Length == 0)
        {
            throw new IOException($"{context.DnsEndPoint.Host}: 内网地址未获允许 it is inside, which the settings do not allow");
        }

        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, stop).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
