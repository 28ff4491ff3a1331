using ProbLang.FactorGraphs;

namespace ProbLang.InferNet;

/// <summary>
/// Algorithms that have been compiled, by the structure of their factor graphs: a graph that differs from one before in data and sizes only runs at once. Those
/// that were not used for longest are given up, and their code is unloaded. Safe for use by several threads.
/// </summary>
/// <param name="capacity">How many to keep.</param>
public sealed class CompiledAlgorithms(int capacity = 64)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _recent = [];

    /// <summary>Those of the process, which every engine uses that is not given others.</summary>
    public static CompiledAlgorithms Shared { get; } = new();

    /// <summary>How many are kept.</summary>
    public int Capacity { get; } = capacity >= 1 ? capacity : throw new ArgumentOutOfRangeException(nameof(capacity), capacity, "less than 1");

    /// <summary>How many there are now.</summary>
    public int Count
    {
        get
        {
            lock (_lock) return _entries.Count;
        }
    }

    /// <summary>Gives all up.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _entries.Clear();
            _recent.Clear();
        }
    }

    /// <summary>What was compiled for a key, or is being compiled, or will be from now on; and whether it was there. That it cannot be compiled is kept too.</summary>
    internal (Task<T> Algorithm, bool WasThere) GetOrStart<T>(string key, Func<Task<T>> compile)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(key, out var found) && found.Value.Algorithm is Task<T> algorithm && (!algorithm.IsFaulted || algorithm.Exception.InnerException is FactorGraphException))
            {
                _recent.Remove(found);
                _recent.AddFirst(found);
                return (algorithm, true);
            }
            if (found is not null) _recent.Remove(found);
            var started = compile();
            _entries[key] = _recent.AddFirst(new Entry(key, started));
            while (_recent.Count > Capacity)
            {
                _entries.Remove(_recent.Last!.Value.Key);
                _recent.RemoveLast();
            }
            return (started, false);
        }
    }

    private sealed record Entry(string Key, Task Algorithm);
}
