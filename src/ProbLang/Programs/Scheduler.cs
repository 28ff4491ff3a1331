using System.Diagnostics;
using ProbLang.Limits;

namespace ProbLang.Programs;

/// <summary>
/// Puts a program in an order in which it can run: statements after what they read, loops over the same counter that do
/// not need each other's results as one loop, and everything outside of the loops that it does not depend on.
/// </summary>
internal sealed class Scheduler
{
    private readonly ILookup<Buffer, Statement> _writers;
    private readonly HoistedData _hoisted;

    private Scheduler(ArrayProgram program, HoistedData hoisted)
    {
        _hoisted = hoisted;
        _writers = program.Statements.SelectMany(s => s.Writes.Select(b => (b, s))).ToLookup(p => p.b, p => p.s);
    }

    /// <summary>The program as one block; its total is computed there.</summary>
    public static Block Schedule(ArrayProgram program, HoistedData hoisted)
    {
        var scheduler = new Scheduler(program, hoisted);
        return scheduler.Build([], null, [.. program.Statements.Select(Item.Of)], [hoisted.Resolve(program.Total)]).Block;
    }

    private Scope Build(Counter[] chain, Scope? parent, List<Item> items, Term[] results)
    {
        var scope = new Scope(this, chain, parent);
        scope.Fill(items, results);
        return scope;
    }

    /// <summary>A statement with the loops that are still to be put around it.</summary>
    private sealed record Item(Statement Statement, Counter[] Loops)
    {
        public static Item Of(Statement statement) => new(statement, statement switch
        {
            Store store => store.Counters,
            Scan scan => scan.Counters,
            _ => [],
        });
    }

    private sealed class Scope(Scheduler owner, Counter[] chain, Scope? parent)
    {
        private readonly HashSet<Term> _available = [];
        private readonly Dictionary<Term, int> _ranks = [];
        private readonly Dictionary<Statement, int> _statementRanks = [];

        public Block Block { get; } = new();

        private bool IsTop => parent is null;

        public void Fill(List<Item> items, Term[] results)
        {
            var sums = new List<Term>();
            var seen = new HashSet<Term>();
            foreach (var item in items.Watched())
                foreach (var term in ResolvedTerms(item.Statement))
                    CollectSums(term, seen, sums);
            foreach (var result in results) CollectSums(result, seen, sums);

            var ranked = new SortedDictionary<int, (List<Item> Items, List<Term> Sums)>();
            (List<Item> Items, List<Term> Sums) At(int rank)
            {
                if (!ranked.TryGetValue(rank, out var at)) ranked.Add(rank, at = ([], []));
                return at;
            }
            Budget.Current.Check();
            foreach (var item in items.Watched()) At(Rank(item.Statement)).Items.Add(item);
            foreach (var sum in sums) At(Rank(sum)).Sums.Add(sum);

            foreach (var (_, (level, levelSums)) in ranked) FillLevel(level, levelSums);
            foreach (var result in results) Require(result);
        }

        /// <summary>Everything of one rank: no two of these depend on each other.</summary>
        private void FillLevel(List<Item> items, List<Term> sums)
        {
            var loops = new List<(Counter Counter, List<Item> Items, List<Term> Sums)>();
            (Counter Counter, List<Item> Items, List<Term> Sums) Over(Counter counter)
            {
                var at = loops.FindIndex(l => l.Counter == counter);
                if (at < 0)
                {
                    at = loops.Count;
                    loops.Add((counter, [], []));
                }
                return loops[at];
            }
            foreach (var item in items)
                if (item.Statement is Store && item.Loops.Length > 0) Over(item.Loops[0]).Items.Add(item with { Loops = item.Loops[1..] });
            foreach (var sum in sums) Over(sum.Counter).Sums.Add(sum);
            foreach (var (counter, loopItems, loopSums) in loops) AddLoop(counter, loopItems, loopSums);

            foreach (var item in items)
            {
                switch (item.Statement)
                {
                    case Store store when item.Loops.Length == 0:
                        Require(owner._hoisted.Resolve(store.Index));
                        Require(owner._hoisted.Resolve(store.Value));
                        Block.Instructions.Add(new Write(store));
                        break;
                    case KernelCall call:
                        Block.Instructions.Add(new Call(call));
                        break;
                    case Scan scan:
                        AddScan(scan);
                        break;
                }
            }
        }

        private void AddLoop(Counter counter, List<Item> items, List<Term> sums)
        {
            Require(counter.Extent);
            var body = owner.Build([.. chain, counter], this, items, [.. sums.Select(s => owner._hoisted.Resolve(s.Arguments[0]))]);
            Block.Instructions.Add(new ForLoop(counter, body.Block, [.. sums], false, false));
            foreach (var sum in sums) _available.Add(sum);
        }

        private void AddScan(Scan scan)
        {
            var scope = this;
            var nest = new List<(Scope Scope, Counter Counter)>();
            foreach (var counter in scan.Counters)
            {
                scope.Require(counter.Extent);
                scope = new Scope(owner, [.. scope.Chain, counter], scope);
                nest.Add((scope, counter));
            }
            foreach (var store in scan.Stores)
            {
                // A scan's stores run in their order, each with its further loops.
                var inner = Item.Of(store) with { Loops = [.. store.Counters.Except(scan.Counters)] };
                scope._statementRanks.Clear();
                scope._ranks.Clear();
                scope.FillSequential(inner);
            }
            var body = scope.Block;
            for (var i = nest.Count - 1; i >= 0; i--)
            {
                var outer = i == 0 ? this : nest[i - 1].Scope;
                outer.Block.Instructions.Add(new ForLoop(nest[i].Counter, body, [], true, scan.IsReversed));
                body = outer.Block;
            }
        }

        private Counter[] Chain => chain;

        private void FillSequential(Item item)
        {
            var sums = new List<Term>();
            var seen = new HashSet<Term>();
            foreach (var term in ResolvedTerms(item.Statement)) CollectSums(term, seen, sums);
            foreach (var level in sums.Where(s => !_available.Contains(s)).GroupBy(Rank).OrderBy(g => g.Key))
                foreach (var group in level.GroupBy(s => s.Counter))
                    AddLoop(group.Key, [], [.. group]);
            FillLevel([item], []);
        }

        private IEnumerable<Term> ResolvedTerms(Statement statement) => statement.Terms.Select(owner._hoisted.Resolve);

        /// <summary>The sums that must be computed in this very scope: all of whose free counters are around it.</summary>
        private void CollectSums(Term term, HashSet<Term> seen, List<Term> sums)
        {
            var stack = new Stack<Term>([term]);
            while (stack.TryPop(out var next))
            {
                if (!seen.Add(next) || IsOutside(next)) continue;
                if (next.Kind is TermKind.Sum or TermKind.Max && IsHere(next)) sums.Add(next);
                foreach (var argument in next.Arguments) stack.Push(owner._hoisted.Resolve(argument));
                if (next.Kind is TermKind.Sum or TermKind.Max) stack.Push(next.Counter.Extent);
            }
        }

        /// <summary>Whether a term is computed by a scope around this one.</summary>
        private bool IsOutside(Term term) =>
            !IsTop && !term.DependsOn(chain[^1]) && !Array.Exists(term.Free, c => Array.IndexOf(chain, c) < 0);

        /// <summary>Whether everything that a term depends on is around this scope.</summary>
        private bool IsHere(Term term) => Array.TrueForAll(term.Free, c => Array.IndexOf(chain, c) >= 0);

        /// <summary>How many loops must run one after the other before a term is known.</summary>
        private int Rank(Term term)
        {
            if (_ranks.TryGetValue(term, out var rank)) return rank;
            if (IsOutside(term)) return 0;
            // Deep graphs are walked with a stack of our own.
            var stack = new Stack<Term>([term]);
            while (stack.TryPeek(out var next))
            {
                var waits = false;
                foreach (var argument in next.Arguments)
                {
                    var resolved = owner._hoisted.Resolve(argument);
                    if (IsOutside(resolved) || _ranks.ContainsKey(resolved)) continue;
                    stack.Push(resolved);
                    waits = true;
                }
                if (waits) continue;
                stack.Pop();
                if (!_ranks.ContainsKey(next)) _ranks.Add(next, RankOfNode(next));
            }
            return _ranks[term];
        }

        private int RankOfNode(Term term)
        {
            var rank = 0;
            foreach (var argument in term.Arguments)
            {
                var resolved = owner._hoisted.Resolve(argument);
                if (!IsOutside(resolved)) rank = Math.Max(rank, _ranks[resolved]);
            }
            if (IsTop && term.Kind == TermKind.Load)
                foreach (var writer in owner._writers[term.Buffer]) rank = Math.Max(rank, Rank(writer));
            return term.Kind is TermKind.Sum or TermKind.Max && IsHere(term) ? rank + 1 : rank;
        }

        private int Rank(Statement statement)
        {
            if (_statementRanks.TryGetValue(statement, out var known)) return known;
            var rank = 0;
            if (statement is Scan scan) rank = RankBefore(scan);
            else
                foreach (var term in ResolvedTerms(statement)) rank = Math.Max(rank, Rank(term));
            if (IsTop)
                foreach (var buffer in statement.Reads)
                    foreach (var writer in owner._writers[buffer])
                        if (writer.Order < statement.Order) rank = Math.Max(rank, Rank(writer));
            _statementRanks.Add(statement, rank + 1);
            return rank + 1;
        }

        /// <summary>A scan reads what it writes: it waits for the writers before it only.</summary>
        private int RankBefore(Scan scan)
        {
            var rank = 0;
            var seen = new HashSet<Term>();
            var stack = new Stack<Term>(ResolvedTerms(scan));
            while (stack.TryPop(out var term))
            {
                if (!seen.Add(term)) continue;
                if (term.Kind == TermKind.Load)
                {
                    foreach (var writer in owner._writers[term.Buffer])
                        if (writer.Order < scan.Order) rank = Math.Max(rank, Rank(writer));
                }
                else if (term.Kind is TermKind.Sum or TermKind.Max && term.Free.Length == 0) rank = Math.Max(rank, Rank(term));
                foreach (var argument in term.Arguments) stack.Push(owner._hoisted.Resolve(argument));
            }
            return rank;
        }

        /// <summary>Computes a term here, or in the scope around this one that it belongs to, unless it is there already.</summary>
        private void Require(Term term)
        {
            var stack = new Stack<(Term Term, bool Ready)>([(term, false)]);
            while (stack.TryPop(out var top))
            {
                var next = top.Term;
                if (next.Kind is TermKind.Constant or TermKind.Counter || _available.Contains(next)) continue;
                if (IsOutside(next))
                {
                    parent!.Require(next);
                    continue;
                }
                if (top.Ready)
                {
                    _available.Add(next);
                    Block.Instructions.Add(new Let(next));
                    continue;
                }
                if (next.Kind is TermKind.Sum or TermKind.Max) throw new UnreachableException($"{next} is needed before its loop");
                stack.Push((next, true));
                foreach (var argument in next.Arguments) stack.Push((owner._hoisted.Resolve(argument), false));
            }
        }
    }
}
