namespace ProbLang.FactorGraphs;

/// <summary>An occurrence of a variable in a factor graph.</summary>
/// <param name="Reference">What occurs.</param>
/// <param name="Block">The block that the statement stands in directly; of a selector that around its gate.</param>
/// <param name="Role">As what.</param>
/// <param name="Statement">The statement.</param>
internal sealed record FactorUse(FactorReference Reference, StatementBlock Block, UseRole Role, FactorStatement Statement)
{
    /// <summary>All occurrences in the statements of a graph.</summary>
    public static ILookup<FactorVariable, FactorUse> Of(StatementBlock root)
    {
        var uses = new List<FactorUse>();
        Visit(root);
        return uses.ToLookup(u => u.Reference.Variable);

        void Visit(StatementBlock block)
        {
            foreach (var item in block.Items)
            {
                if (item.Block is { } inner)
                {
                    if (inner.Opener is GateStatement gate) Add(gate.Selector, block, gate.Kind == GateKind.Switch ? UseRole.Switch : UseRole.Selector, gate);
                    Visit(inner);
                }
                else AddLeaf(item.Statement!, block);
            }
        }

        void AddLeaf(FactorStatement statement, StatementBlock block)
        {
            if (statement is DefineStatement define)
            {
                Add(define.Target, block, UseRole.Target, define);
                foreach (var argument in define.Arguments) Add(argument, block, UseRole.Argument, define);
            }
            else if (statement is ConstrainStatement constrain)
                foreach (var argument in constrain.Arguments) Add(argument, block, UseRole.Argument, constrain);
        }

        void Add(FactorReference reference, StatementBlock block, UseRole role, FactorStatement statement)
        {
            uses.Add(new(reference, block, role, statement));
            foreach (var index in reference.Indices.OfType<ValueIndex>()) Add(index.Value, block, UseRole.Index, statement);
        }
    }
}

/// <summary>As what a variable occurs in a statement.</summary>
internal enum UseRole
{
    /// <summary>It is defined.</summary>
    Target,

    /// <summary>It is read.</summary>
    Argument,

    /// <summary>It is an index.</summary>
    Index,

    /// <summary>A gate that is open for one of its values goes by it.</summary>
    Selector,

    /// <summary>A gate that is open for each of its values goes by it.</summary>
    Switch,
}
