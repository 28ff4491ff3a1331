using System.Collections.Concurrent;

namespace ProbLang.Limits;

/// <summary>Values by key, made when they are first asked for, of which those that were asked for last are kept. Safe to share between threads.</summary>
/// <param name="most">How many are kept.</param>
/// <param name="make">Makes one, at no great cost: others wait for it.</param>
internal sealed class Recent<TKey, TValue>(int most, Func<TKey, TValue> make) where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<TKey, Entry> _entries = [];
    private long _asked;

    public int Count => _entries.Count;

    public TValue this[TKey key]
    {
        get
        {
            if (!_entries.TryGetValue(key, out var entry)) return Added(key);
            Volatile.Write(ref entry.Asked, Interlocked.Increment(ref _asked));
            return entry.Value;
        }
    }

    private TValue Added(TKey key)
    {
        lock (_gate)
        {
            var entry = _entries.GetOrAdd(key, k => new Entry(make(k)));
            entry.Asked = Interlocked.Increment(ref _asked);
            while (_entries.Count > most) _entries.TryRemove(_entries.MinBy(e => Volatile.Read(ref e.Value.Asked)).Key, out _);
            return entry.Value;
        }
    }

    private sealed class Entry(TValue value)
    {
        /// <summary>When it was last asked for, as the number of askings before.</summary>
        public long Asked;

        public TValue Value => value;
    }
}
