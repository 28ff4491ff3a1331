namespace ProbLang.Inference;

/// <summary>A training cannot go on from a checkpoint: it is of another model, of other data or of other options, or the file is not one; the message says which.</summary>
/// <param name="message">Why, as a sentence.</param>
/// <param name="inner">What was wrong with the file; null when it could be read.</param>
internal sealed class CheckpointException(string message, Exception? inner = null) : Exception(message, inner);
