using System.Threading.Channels;
using ProbLang.Results;

namespace ProbLang.Inference;

/// <summary>Draws that are passed on as they are made and kept nowhere. Where the reader is slow the chain waits, so that memory stays bounded.</summary>
/// <param name="chain">The chain, from 1.</param>
/// <param name="layout">What they are.</param>
/// <param name="reader">Who takes them.</param>
/// <param name="cancellation">Ends the waiting.</param>
internal sealed class PassedDraws(int chain, OutputLayout layout, ChannelWriter<Draw> reader, CancellationToken cancellation) : DrawSink
{
    private double[] _values = [];
    private double[] _statistics = [];

    public override Span<double> Outputs(int draw) => _values = new double[layout.Count];

    public override Span<double> Statistics(int draw) => _statistics = new double[ChainDraws.StatisticCount];

    public override bool Finish(int draw)
    {
        var made = new Draw(layout, chain, draw + 1, _values, _statistics);
        while (!reader.TryWrite(made))
        {
            if (cancellation.IsCancellationRequested) return false;
            try
            {
                // A chain has a thread of its own, which may wait.
                if (!reader.WaitToWriteAsync(cancellation).AsTask().GetAwaiter().GetResult()) return false;
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }
        return true;
    }

    public override ChainDraws Kept(int count) => new(layout.Count, 0, [], []);
}
