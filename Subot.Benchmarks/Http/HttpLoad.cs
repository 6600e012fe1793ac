using System.Diagnostics;
using Subot.Benchmarks.Reporting;

namespace Subot.Benchmarks.Http;

/// <summary>How a load over HTTP went.</summary>
/// <param name="Milliseconds">Of each request that was answered, until the whole answer was there.</param>
/// <param name="Errors">Requests that failed, or were answered with anything but 200.</param>
/// <param name="Api">Processor time of the API.</param>
/// <param name="Load">Processor time of who asks.</param>
internal sealed record HttpLoadResult(IReadOnlyList<double> Milliseconds, int Errors, TimeSpan Elapsed, TimeSpan Api, TimeSpan Load)
{
    public double PerSecond => Milliseconds.Count / Elapsed.TotalSeconds;

    public override string ToString() =>
        $"median {Milliseconds.Median():0.0} ms, 99 % {Milliseconds.Percentile(0.99):0.0} ms; the API took {Api / Elapsed:0.00} cores, the load {Load / Elapsed:0.00}";
}

/// <summary>Asks the API over several connections that are kept, on each one question after the other.</summary>
internal sealed class HttpLoad(RunningApi api, int connections)
{
    private readonly ApiQuestions[] _questions = [.. Enumerable.Range(1, connections).Select(seed => new ApiQuestions(seed))];
    private int _errors;

    /// <summary>Asks for a while.</summary>
    public async Task<HttpLoadResult> RunAsync(Func<ApiQuestions, string> question, TimeSpan length, CancellationToken ct)
    {
        using var self = System.Diagnostics.Process.GetCurrentProcess();
        using var client = new HttpMessageInvoker(new SocketsHttpHandler { MaxConnectionsPerServer = connections });
        var (apiBefore, loadBefore, start) = (api.Process.ProcessorTime, self.TotalProcessorTime, Stopwatch.GetTimestamp());
        _errors = 0;
        var asking = _questions.Select(questions => Task.Run(() => AskAsync(client, questions, question, start, length, ct), ct));
        var times = (await Task.WhenAll(asking)).SelectMany(t => t).ToList();
        var elapsed = Stopwatch.GetElapsedTime(start);
        self.Refresh();
        return new HttpLoadResult(times, _errors, elapsed, api.Process.ProcessorTime - apiBefore, self.TotalProcessorTime - loadBefore);
    }

    private async Task<List<double>> AskAsync(
        HttpMessageInvoker client,
        ApiQuestions questions,
        Func<ApiQuestions, string> question,
        long start,
        TimeSpan length,
        CancellationToken ct)
    {
        var times = new List<double>();
        while (Stopwatch.GetElapsedTime(start) < length)
        {
            var sent = Stopwatch.GetTimestamp();
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(api.Address, question(questions)));
                using var answer = await client.SendAsync(request, ct);
                await answer.Content.CopyToAsync(Stream.Null, ct);
                if (answer.IsSuccessStatusCode)
                    times.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
                else
                    Interlocked.Increment(ref _errors);
            }
            catch (HttpRequestException)
            {
                Interlocked.Increment(ref _errors);
            }
        }

        return times;
    }
}
