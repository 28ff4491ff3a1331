namespace ProbLang.Results;

/// <summary>A file is not in the safetensors format, is cut off, or holds what is not read here; the message says what is wrong.</summary>
/// <param name="message">What is wrong, as a sentence.</param>
internal sealed class SafetensorsException(string message) : FormatException(message);
