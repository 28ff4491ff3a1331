using ProbLang.Analysis;
using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Limits;

namespace ProbLang.Programs;

internal sealed partial class Lowering
{
    /// <summary>
    /// Where the cells of a variable come from: data; a formula that is written out where it is read; memory that
    /// statements fill. A variable may have both a formula and memory.
    /// </summary>
    private sealed class Storage
    {
        /// <summary>The values of a known or observed variable.</summary>
        public Buffer? Data { get; init; }

        /// <summary>The one definition of every cell, where its left side is just its plates' indices.</summary>
        public DefinitionState? Formula { get; init; }

        /// <summary>Memory for every cell; filled on first use.</summary>
        public Buffer? Memory { get; set; }

        /// <summary>The value of a scalar.</summary>
        public Term? Scalar { get; set; }
    }

    private readonly Dictionary<(Variable, int), Term> _ordered = [];
    private readonly Dictionary<LatentBlock, (BufferSlice Cells, Buffer LogJacobian)> _events = [];
    private readonly Dictionary<(Term, int), Term> _within = [];

    /// <summary>Whether the data alone decide every cell.</summary>
    private bool IsKnown(Variable variable)
    {
        if (_newRows is not null && (_newRows.Template.IsOfRow(variable) || _newRows.OffsetOf(variable) is not null)) return false;
        var state = _model[variable];
        for (var cell = 0; cell < state.Count; cell++)
            if (!(state.Roles[cell] is Role.Known or Role.Observed or Role.Undefined || state.Roles[cell] == Role.Computed && !double.IsNaN(state.Values[cell]))) return false;
        return true;
    }

    /// <summary>A cell, by 0-based indices.</summary>
    private Term Read(Variable variable, Term[] index)
    {
        if (_newRows?.Given(variable) is { } given) return ReadGiven(variable, given, index);
        var shape = ShapeOf(variable);
        var at = new Term[index.Length];
        for (var d = 0; d < at.Length; d++) at[d] = Within(Term.AsInteger(_table, index[d]), shape[d]);
        if (_plan?.Reaches(variable) == true) return ReadFinite(variable, at, Flat(at, shape));
        if (_newRows?.OffsetOf(variable) is { } drawn) return Term.Load(_table, _position, Flat(at, shape) + (double)drawn);
        var storage = StorageOf(variable);
        if (storage.Data is { } data) return Term.Load(_table, data, Flat(at, shape));
        var flat = Flat(at, shape);
        if (_inIteration.TryGetValue((variable, flat), out var current)) return current;
        if (shape.Length == 0 && storage.Scalar is { } scalar) return scalar;
        if (flat.Kind == TermKind.Constant && OrderedCell(variable, (int)flat.Value) is { } ordered) return ordered;
        if (flat.Kind == TermKind.Constant && _model[variable] is var state && state.Roles[(int)flat.Value] == Role.Observed) return state.Values[(int)flat.Value];
        if (storage.Formula is { } formula && !_groups.ContainsKey(variable) && (IsDirect(formula) || IsSweepOf(formula, at, shape) || IsOfRow(formula, at)))
        {
            if (!IsDirect(formula) && IsOfRow(formula, at)) return ReadOfRow(formula, at, shape);
            if (shape.Length > 0) return Formula(formula, at);
            AtTop(() => storage.Scalar = Formula(formula, at));
            return storage.Scalar!;
        }
        return Term.Load(_table, MemoryOf(variable), flat);
    }

    /// <summary>A variable as it lies in memory, where it does or must; null where its elements are better written out.</summary>
    private BufferSlice? Memory(Variable variable)
    {
        if (_plan?.Reaches(variable) == true) return null;
        if (_newRows?.OffsetOf(variable) is { } drawn) return new BufferSlice(_position, drawn);
        var storage = StorageOf(variable);
        if (storage.Data is { } data) return new BufferSlice(data, 0);
        if (storage.Memory is { } memory) return new BufferSlice(memory, 0);
        if (storage.Formula is { } formula && IsDirect(formula)) return new BufferSlice(_position, _coordinates[formula]!.Offset);
        if (storage.Formula is { } whole && _coordinates[whole] is { IsWhole: true }) return new BufferSlice(MemoryOf(variable), 0);
        return null;
    }

    private Storage StorageOf(Variable variable)
    {
        if (_storages.TryGetValue(variable, out var storage)) return storage;
        var state = _model[variable];
        if (IsKnown(variable))
        {
            var values = Blockwise.Map(state.Values, v => double.IsNaN(v) ? 0 : v);
            storage = new Storage { Data = new Buffer(variable.Name, state.Count, BufferKind.Data) { Initial = values } };
        }
        else
        {
            var definitions = _definitions[variable].ToArray();
            storage = new Storage { Formula = definitions is [var only] && (_newRows?.Template.IsOfRow(variable) == true ? HasPlainIndices(only) : IsPlain(only, state)) ? only : null };
        }
        _storages.Add(variable, storage);
        return storage;
    }

    /// <summary>Whether a definition gives every cell, in order, by its plates' own indices, and all of them in the same way.</summary>
    private bool IsPlain(DefinitionState definition, VariableState state)
    {
        if (!HasPlainIndices(definition)) return false;
        // Of what is computed some cells may be missing, which nothing reads; those of latents are their coordinates, in order.
        var isWhole = definition.Count * definition.BlockSize == state.Count && Array.TrueForAll(definition.First, f => f == 1);
        return (isWhole && state.IsAll(Role.Latent) || Array.TrueForAll(state.Roles, r => r is Role.Computed or Role.Undefined))
            && !_model.OrderBounds.Any(b => b.Variable == state.Variable);
    }

    private bool HasPlainIndices(DefinitionState definition)
    {
        var indices = definition.Definition.Indices;
        if (!definition.IsRectangular || definition.BlockLengths is not null || Groups(definition) is not null || indices.Length != definition.Definition.Plates.Length) return false;
        for (var p = 0; p < indices.Length; p++)
            if (indices[p] is not LoopValue loop || loop.Loop != definition.Definition.Plates[p].Loop) return false;
        return true;
    }

    /// <summary>Whether a latent is its coordinate as it is.</summary>
    private bool IsDirect(DefinitionState definition)
    {
        if (!definition.Definition.IsRandom || _coordinates[definition] is not { HasChoice: false, Transform: null }) return false;
        return definition.Definition.Variable is { Lower: null, Upper: null } && !MayBeBounded(definition.Definition.Distribution!);
    }

    /// <summary>Whether a distribution's support may have bounds; decided from its kind alone.</summary>
    private static bool MayBeBounded(BoundDistribution distribution) => distribution switch
    {
        CatalogDistribution { Distribution: ScalarDistribution } catalog => SupportProbe.Of(catalog).IsBounded,
        CatalogDistribution => false,
        RepeatedDistribution repeated => MayBeBounded(repeated.Base),
        ChoiceDistribution choice => MayBeBounded(choice.Then) || MayBeBounded(choice.Else),
        _ => true,
    };

    /// <summary>Whether indices run through the whole variable in step with the loops, so that what is written out is computed once a cell.</summary>
    private static bool IsSweep(Term[] index, int[] shape)
    {
        for (var d = 0; d < index.Length; d++)
            if (index[d].Kind != TermKind.Constant && (index[d].Kind != TermKind.Counter || index[d].Counter.Size != shape[d])) return false;
        return true;
    }

    /// <summary>Of what a net gives all of a row is in memory, so that any element of it is there to be read.</summary>
    private static bool IsSweepOf(DefinitionState formula, Term[] index, int[] shape)
    {
        var swept = formula.Definition.Value is NetValue ? formula.Definition.Plates.Length : shape.Length;
        return IsSweep(index[..swept], shape[..swept]);
    }

    /// <summary>A cell written out: the right side with the plates' indices put in.</summary>
    private Term Formula(DefinitionState definition, Term[] index)
    {
        var plates = definition.Definition.Plates.Length;
        var environment = Bindings.Empty;
        for (var p = 0; p < plates; p++) environment = environment.With(definition.Definition.Plates[p].Loop, index[p] + 1.0);
        return CellValue(definition, environment, index[plates..], Flat(index, ShapeOf(definition.Definition.Variable)));
    }

    /// <summary>The value of a cell; <paramref name="at"/> is its place among the latent cells of the definition.</summary>
    private Term CellValue(DefinitionState definition, Bindings environment, Term[] block, Term at)
    {
        if (definition.Definition.Value is { } value)
        {
            var view = Lower(value, environment);
            return Term.AsReal(view.Rank == 0 ? view.Scalar : view[block]);
        }
        var coordinates = _coordinates[definition]!;
        if (coordinates.IsWhole) return Term.Load(_table, CellsOf(coordinates), at);
        if (coordinates.HasChoice) return ChoiceValue(coordinates, environment, block, at);
        // Not even the distribution's arguments are looked at: they may read other cells of the same variable.
        if (IsDirect(definition)) return Raw(coordinates, at);
        return Constrain(Raw(coordinates, at), Support(definition, environment, ScalarBatch(definition, block)));
    }

    private Term Raw(LatentBlock block, Term at) => Term.Load(_table, _position, at + (double)block.Offset);

    private Term Raw(LatentBlock block, int cell) => Raw(block, (Term)(double)Array.IndexOf(block.Cells, cell));

    private Buffer CellsOf(LatentBlock block) => block.Transform is null ? VectorsOf(block) : EventsOf(block).Cells.Buffer;

    /// <summary>The cells of events that have a transform, in the order of their block, with its log-Jacobian.</summary>
    private (BufferSlice Cells, Buffer LogJacobian) EventsOf(LatentBlock block)
    {
        if (_events.TryGetValue(block, out var known)) return known;
        var name = block.Definition.Definition.Variable.Name;
        var result = (new BufferSlice(new Buffer($"{name}_rows", block.Cells.Length, BufferKind.Work), 0), new Buffer($"{name}_jacobian", 1, BufferKind.Work));
        _events.Add(block, result);
        var work = new BufferSlice(new Buffer("work", block.Transform!.Work, BufferKind.Scratch), 0);
        _program.Add(new KernelCall(block.Transform.Kernel(block.Events), [new BufferSlice(_position, block.Offset)], [result.Item1, new BufferSlice(result.Item2, 0)], [work]));
        return result;
    }

    // --- memory ---

    private Buffer MemoryOf(Variable variable)
    {
        if (_newRows?.Template.IsOfRow(variable) == true) throw Objection.OtherRows(_model.Graph.Source, variable);
        var storage = StorageOf(variable);
        if (storage.Memory is { } memory) return memory;
        if (_groups.TryGetValue(variable, out var group))
        {
            AtTop(() => ForAllRows(() => FillRecursive(group)));
            return storage.Memory!;
        }
        AtTop(() => ForAllRows(() => Fill(variable, storage)));
        return storage.Memory!;
    }

    private Buffer CreateMemory(Variable variable)
    {
        var state = _model[variable];
        var hasValues = state.Any(Role.Observed) || state.Any(Role.Known);
        return new Buffer(variable.Name, state.Count, BufferKind.Work)
        {
            Initial = hasValues ? Blockwise.Map(state.Values, v => double.IsNaN(v) ? 0 : v) : null,
        };
    }

    private void Fill(Variable variable, Storage storage)
    {
        if (storage.Formula is { } formula && _coordinates[formula] is { IsWhole: true } block)
        {
            storage.Memory = CellsOf(block);
            return;
        }
        storage.Memory = CreateMemory(variable);
        foreach (var definition in _definitions[variable]) Fill(definition, storage.Memory);
    }

    private static bool IsWanted(VariableState state, int cell) =>
        state.Roles[cell] == Role.Latent || state.Roles[cell] == Role.Computed;

    private void Fill(DefinitionState definition, Buffer memory)
    {
        var variable = definition.Definition.Variable;
        var state = _model[variable];
        ForEachCell(definition, 0, c => IsWanted(state, c) && !IsOrdered(definition, c), (environment, block, at) =>
            Effect(memory, Flat(TargetIndex(definition, environment, block), state.Shape), CellValue(definition, environment, block, at)));
        if (_coordinates[definition] is not { } latent) return;
        foreach (var cell in latent.Cells)
            if (IsOrdered(definition, cell)) Effect(memory, (double)cell, OrderedCell(variable, cell)!);
    }

    // --- cells bounded by others ---

    private bool IsOrdered(DefinitionState definition, int cell) => _isOrdered.Contains((definition.Definition.Variable, cell));

    /// <summary>The value of a cell that `given` orders against others; null for all other cells.</summary>
    private Term? OrderedCell(Variable variable, int cell)
    {
        if (_isOrdered.Count == 0 || !_model.OrderBounds.Any(b => b.Variable == variable)) return null;
        if (_ordered.TryGetValue((variable, cell), out var known)) return known;
        var definition = _definitions[variable].FirstOrDefault(d => _coordinates[d]?.Cells.Contains(cell) == true);
        if (definition is null) return null;
        Term value = 0.0;
        AtTop(() =>
        {
            var block = _coordinates[definition]!;
            value = Constrain(Raw(block, cell), OrderedSupport(block, cell));
        });
        return _ordered[(variable, cell)] = value;
    }

    private Bounds<Term> OrderedSupport(LatentBlock block, int cell)
    {
        var definition = block.Definition;
        var (environment, inner) = Locate(definition, cell);
        var support = Support(definition, environment, ScalarBatch(definition, inner));
        foreach (var order in _model.OrderBounds)
        {
            if (order.Variable != definition.Definition.Variable || order.Cell != cell) continue;
            var given = Bindings.Empty;
            foreach (var (loop, value) in order.LoopValues) given = given.With(loop, (double)value);
            var bound = Term.AsReal(Scalar(order.Bound, given));
            support = order.IsLower ? Cut(support, bound, null) : Cut(support, null, bound);
        }
        return support;
    }

    /// <summary>The iteration and the index within its block that define a cell.</summary>
    private static (Bindings Bindings, Term[] Block) Locate(DefinitionState definition, int cell)
    {
        for (var i = 0; i < definition.Count; i++)
        {
            var offset = cell - definition.Targets[i];
            if (offset < 0 || offset >= definition.SizeOf(i)) continue;
            var environment = Bindings.Empty;
            for (var p = 0; p < definition.Definition.Plates.Length; p++)
                environment = environment.With(definition.Definition.Plates[p].Loop, (double)definition.LoopValues[p][i]);
            return (environment, ConstantIndex(offset, definition.BlockShape));
        }
        throw new System.Diagnostics.UnreachableException($"no iteration defines cell {cell} of {definition.Definition.Variable}");
    }

    // --- indices out of bounds ---

    /// <summary>
    /// An index that is read even where its value is not used (the branch of a choice that is not taken) stays within the
    /// array.
    /// </summary>
    private Term Within(Term index, int size)
    {
        if (index.Kind == TermKind.Constant) return Math.Clamp(index.Value, 0, Math.Max(0, size - 1));
        if (IndexRange.Of(index) is var (low, high) && low >= 0 && high < size) return index;
        if (_within.TryGetValue((index, size), out var known)) return known;
        var free = index.Free;
        if (!index.IsData || !IndexRange.IsKnown(index) || Array.Exists(free, c => c.Size < 0))
            return Term.AsInteger(_table, Numerics.RealMath.Minimum(Numerics.RealMath.Maximum(Term.AsReal(index), 0.0), (double)(size - 1)));
        var values = IndexRange.Table(index, v => Math.Clamp(v, 0, Math.Max(0, size - 1)));
        var at = Flat(Array.ConvertAll(free, _table.Value), Array.ConvertAll(free, c => c.Size));
        return _within[(index, size)] = Term.Load(_table, new IntegerBuffer($"index{_within.Count}", values), at);
    }
}
