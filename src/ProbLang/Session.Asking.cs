using System.Collections.Immutable;
using ProbLang.Inference;
using ProbLang.Limits;
using ProbLang.Text;

namespace ProbLang;

/// <content>Questions to a session.</content>
public sealed partial class Session
{
    /// <summary>Whether a text asks rather than states: it has no <c>~</c> and no <c>=</c> outside of brackets, or only in conditions behind a bar.</summary>
    public static bool IsQuestion(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return QuestionReader.IsQuestion(new SourceText("entry", text));
    }

    /// <summary>
    /// Answers a question about what is known after the data: an expression, whose value or distribution is the answer, or <c>P</c>, <c>E</c>, <c>SD</c>, <c>Var</c> of one, or <c>Q(tau, 0.9)</c>;
    /// behind a bar stands what is given beside the data, <c>P(rain | wet, cloudy = true)</c>.
    /// The answer is exact where the model allows it, else by draws, which are made once and serve all questions with the same data.
    /// </summary>
    /// <param name="question">The question.</param>
    /// <param name="place">What messages call it.</param>
    /// <param name="progress">Told where draws are made.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; the session is as it was.</exception>
    /// <exception cref="InsufficientMemoryException">The draws do not fit into memory.</exception>
    public Answer Ask(string question, string place = "entry", IProgress<ChainProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        // All that is computed on the way, sums in expressions too, looks at the budget.
        return Budget.Run(ResourceLimits.None, default, _ => Answered(question, place, progress, cancellation), cancellation);
    }

    private Answer Answered(string question, string place, IProgress<ChainProgress>? progress, CancellationToken cancellation)
    {
        var source = new SourceText(place, question);
        var none = new Answer { Kind = QuestionKind.Distribution, Question = question };
        if (QuestionReader.Read(source, HasFunction, out var mistakes) is not { } read) return none with { Diagnostics = mistakes };
        try
        {
            return new Asking(this, read, none with { Kind = read.Kind }, progress, cancellation).Answer();
        }
        catch (DataException mistake)
        {
            return AnswerOfPart(question, place, mistake, progress, cancellation) ?? none with { Diagnostics = [.. mistake.Diagnostics] };
        }
        catch (EngineException objection)
        {
            return none with { Diagnostics = [.. objection.Diagnostics] };
        }
    }

    /// <summary>What is wrong with a question, without an answer to it; empty where nothing is.</summary>
    /// <param name="question">The question.</param>
    /// <param name="place">What messages call it.</param>
    public ImmutableArray<Diagnostic> Check(string question, string place = "entry")
    {
        ArgumentNullException.ThrowIfNull(question);
        if (QuestionReader.Read(new SourceText(place, question), HasFunction, out var mistakes) is not { } read) return mistakes;
        try
        {
            _ = QuestionModel.Of(this, read);
            return [];
        }
        catch (DataException mistake)
        {
            return [.. mistake.Diagnostics];
        }
    }

    /// <summary>The functions and nets of the model's own text, which win over the words that ask.</summary>
    private bool HasFunction(string name) => Statements.Any(s => s.Targets.Any(t => t.Kind == TargetKind.Function && t.Name == name));

    /// <summary>The model with more statements behind it.</summary>
    /// <exception cref="DataException">They are mistaken.</exception>
    internal (Model Model, PlacedText Written) Extended(IEnumerable<PlacedText> statements)
    {
        var written = _written.Value.With(PlacedText.Join(statements.SelectMany(s => new[] { s, PlacedText.Of("\n") })));
        var (compilation, diagnostics) = Compile(written);
        return compilation.Success ? (compilation.Model, written) : throw new DataException([.. diagnostics.Where(d => d.Severity == Severity.Error)]);
    }

    /// <summary>A model of this session with data; places are those of what was written.</summary>
    /// <exception cref="DataException">They do not fit.</exception>
    internal Problem Conditioned((Model Model, PlacedText Written) extended, Data data) =>
        extended.Model.TryCondition(data, out var problem, out var diagnostics) ? problem! : throw new DataException(Placed(extended.Written, diagnostics));

    /// <summary>Mistakes with their places in what was written.</summary>
    internal ImmutableArray<Diagnostic> Placed(PlacedText written, IEnumerable<Diagnostic> diagnostics)
    {
        var read = new SourceText(Options.Compile.Path, written.Text);
        return [.. diagnostics.Where(d => d.Severity == Severity.Error).Select(d => written.Placed(d, read))];
    }

    /// <summary>Messages about the session's model with their places in what was entered.</summary>
    /// <param name="diagnostics">As the model or its problem reports them.</param>
    public ImmutableArray<Diagnostic> InPlace(IEnumerable<Diagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(diagnostics);
        var read = new SourceText(Options.Compile.Path, Text);
        return [.. diagnostics.Select(d => _written.Value.Placed(d, read))];
    }

    /// <summary>The mistakes of the session's own model with their places in what was written.</summary>
    internal ImmutableArray<Diagnostic> Placed(IEnumerable<Diagnostic> diagnostics) => Placed(_written.Value, diagnostics);

    /// <summary>Whether the model, with what the session gives, has exact answers; true where it cannot be told before more is given.</summary>
    internal bool MayBeExact => _mayBeExact.Value;

    internal Basis BasisOf(string key, Data data) => _bases.Of(key, data);
}
