using System.Threading.Channels;
using ProbLang.Results;

namespace ProbLang.Inference;

/// <summary>A run whose draws are passed on while it lasts.</summary>
/// <param name="layout">What the numbers of a draw are.</param>
/// <param name="reader">Who takes the draws.</param>
/// <param name="stop">Ends the run; a chain that fails ends the others too.</param>
internal sealed class PassedRun(OutputLayout layout, ChannelWriter<Draw> reader, CancellationTokenSource stop)
{
    public DrawSink Open(int chain) => new PassedDraws(chain, layout, reader, stop.Token);

    public void Halt() => stop.Cancel();
}
