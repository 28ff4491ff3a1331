using System.Collections.Immutable;
using ProbLang.Analysis;
using ProbLang.Graph;

namespace ProbLang.FactorGraphs;

/// <summary>Statements, class by class, and where their cells then are.</summary>
internal sealed partial class Translation
{
    private void Translate(PointClass own)
    {
        var statement = own.Statement;
        _place = statement.Place;
        // What is an element of a vector of quantities was defined with that.
        int[] points = [.. own.Points.Where(p => _parts[statement.Variable!, statement.Cells[p]].Part is null)];
        var groups = Alike(statement, points).ToArray();
        var isStep = own.IsStep || groups.Length > 1 && ReadsSteps(statement);
        foreach (var alike in groups) TranslateAlike(statement, alike, isStep);
    }

    /// <summary>The plates of what decides by gates: these stand outside of the plates that they do not depend on.</summary>
    private HashSet<Loop> DecidingLoops(PointStatement statement) => LoopsIn(ReadsIn(statement.Parts)
        .Where(r => ((VariableValue)r.Array).Variable is { Type: not ElementType.Real } variable && HasUnknown(variable)).SelectMany(r => r.Indices.OfType<AtIndex>()).Select(i => i.Position));

    /// <summary>Whether a statement follows a sequence, step by step.</summary>
    private bool ReadsSteps(PointStatement statement) => ReadsIn(statement.Parts).Any(r => _steps.Contains(((VariableValue)r.Array).Variable));

    private void TranslateAlike(PointStatement statement, int[] points, bool isStep)
    {
        if (points.Length == 0) return;
        (statement, points) = statement.With(DecidingLoops(statement), points);
        var variable = statement.Variable!;
        var frame = _frames.Of(statement, points, isStep);
        var isGiven = IsGiven(statement, statement.Cells[points[0]]);
        if (statement.Value is { } value && !isGiven && statement.Gates.IsEmpty && Alias(statement, Resolved(value, frame), points, frame)) return;
        var target = new Target(variable.Name + StepOf(statement, frame), frame, statement.Place)
        {
            Text = points.Length == 1 ? ElementOf(statement, points[0]) : variable.Name,
            TextOfElement = index => ElementAt(statement, points, frame, index),
            Observed = isGiven ? (domain, values, lowest) => Observations(statement, points, domain, lowest) : null,
            Demanded = _asIntegers.Contains(variable) ? FactorDomain.Integer : _demanded.TryGetValue(variable, out var demanded) ? demanded : null,
            Values = ValuesOf(variable),
            StartsRandomly = _startsRandomly.Contains(variable),
        };
        var power = 1.0;
        _branches.Clear();
        InGates(statement.Gates, frame, 0, opened =>
        {
            if (statement.Distribution is { } distribution) power = Draw(distribution, frame, opened, target);
            else Compute(statement.Value!, frame, opened, target);
        });
        if (!isGiven) Register(statement, points, frame, target.Variable!, power);
        if (!isGiven && statement is { Value: { } computed, Gates.IsEmpty: true } && frame.Axes.IsEmpty) _computed.Add((computed, target.Reference));
    }

    private string ElementAt(PointStatement statement, int[] points, Frame frame, int[] index)
    {
        var plates = frame.Axes.Where(a => !a.IsSwitch).ToArray();
        var at = Enumerable.Range(0, points.Length).First(p => plates.Index().All(a => a.Item.Places[p] == index[a.Index]));
        return ElementOf(statement, points[at]);
    }

    /// <summary>What a point defines, as the modeller writes it.</summary>
    private string ElementOf(PointStatement statement, int point)
    {
        var shape = _model[statement.Variable!].Shape;
        return ShapeText.Element(statement.Variable!.Name, shape[..^statement.EventRank], statement.Cells[point] / statement.EventSize);
    }

    /// <summary>Where a statement is translated step by step, which step it is.</summary>
    private static string StepOf(PointStatement statement, Frame frame) => string.Concat(
        Enumerable.Range(0, statement.Loops.Length).Where(l => frame.LoopValues[l].AsSpan().IndexOfAnyExcept(frame.LoopValues[l][0]) < 0 && statement.LoopValues[l].AsSpan().IndexOfAnyExcept(frame.LoopValues[l][0]) >= 0)
            .Select(l => "_" + frame.LoopValues[l][0].ToString(System.Globalization.CultureInfo.InvariantCulture)));

    private FactorData Observations(PointStatement statement, int[] points, FactorDomain domain, int lowest)
    {
        var state = _model[statement.Variable!];
        var numbers = new double[points.Length * statement.EventSize];
        for (var p = 0; p < points.Length; p++)
            for (var k = 0; k < statement.EventSize; k++)
            {
                var cell = statement.Cells[points[p]] + k;
                var value = _given.TryGetValue((state.Variable, cell), out var given) ? given : state.Values[cell];
                numbers[p * statement.EventSize + k] = domain is FactorDomain.Integer ? value - lowest : value;
            }
        // The elements of counts are elements of an array; those of a vector stand together.
        var itemShape = domain == FactorDomain.Count ? [] : state.Shape.AsSpan(state.Shape.Length - statement.EventRank).ToArray();
        return new FactorData(numbers, [.. itemShape]);
    }

    private void Register(PointStatement statement, int[] points, Frame frame, FactorVariable variable, double power)
    {
        var axes = frame.Axes.Where(a => !a.IsSwitch).ToArray();
        var isArray = variable.Ranges.Length > axes.Length;
        var size = statement.EventSize;
        var part = new Part
        {
            Variable = variable,
            Places = isArray ? [.. axes.Select(a => (int[])[.. a.Places.SelectMany(p => Enumerable.Repeat(p, size))]), [.. points.SelectMany(_ => Enumerable.Range(0, size))]] : [.. axes.Select(a => a.Places)],
            Power = power,
            Branches = [.. _branches.Select(b => (b.Selector.Variable, ElementsOf(b.Selector, frame), b.Value)).Where(b => b.Item2.Length > 0)],
            HasComponents = statement.EventRank > 0 && !isArray,
        };
        if (variable.Domain == FactorDomain.Vector) _lengths[variable] = size;
        for (var p = 0; p < points.Length; p++)
            for (var k = 0; k < size; k++)
                _parts.Add(statement.Variable!, statement.Cells[points[p]] + k, isArray ? new PartCell(part, p * size + k, 0) : new PartCell(part, p, k));
    }

    /// <summary>By point, which element of a variable a reference is; none where an index is more than that of a plate.</summary>
    private static int[] ElementsOf(FactorReference reference, Frame frame)
    {
        var offsets = new int[frame.Count];
        for (var d = 0; d < reference.Indices.Length; d++)
        {
            if (reference.Variable.Ranges[d].IsRagged || frame.Axes.FirstOrDefault(a => a.Index == reference.Indices[d]) is not { IsSwitch: false } axis) return [];
            for (var p = 0; p < offsets.Length; p++) offsets[p] = offsets[p] * axis.Range.Count + axis.Places[p];
        }
        return offsets;
    }

    /// <summary>
    /// What is computed as a multiple of a power of one unknown, or as that itself, is no variable of its own; false where it is something else. An unknown that is
    /// read in several multiples is.
    /// </summary>
    private bool Alias(PointStatement statement, Bound value, int[] points, Frame frame)
    {
        if (!IsRandom(value) || Selector(value, frame, false) is not null) return false;
        if (IsRead(value)) return Alias(statement, points, Read(value, frame), new PowerForm(null, value, 1), frame);
        if (value.Type != ElementType.Real || Power(value, frame) is not { Base: VariableValue or IndexedValue } power || power.Exponent == 1) return false;
        var reading = Read(power.Base, frame);
        return DomainOf(reading) == FactorDomain.Gamma && Alias(statement, points, reading, power, frame);
    }

    private bool Alias(PointStatement statement, int[] points, Reading reading, PowerForm power, Frame frame)
    {
        var scale = reading.Part.Scale is { } inner ? Array.ConvertAll(inner, s => Math.Pow(s, power.Exponent)) : null;
        if (power.Coefficient is { } coefficient)
        {
            scale ??= [.. Enumerable.Repeat(1.0, PartTable.CountOf(reading.Part))];
            var (number, seen) = (Scalar(coefficient), new double?[scale.Length]);
            for (var p = 0; p < points.Length; p++)
            {
                Set(frame, p);
                var (element, factor) = (reading.Cells[p].Element, number());
                if (seen[element] is { } other && other != factor) return false;
                if (seen[element] is null) scale[element] *= factor;
                seen[element] = factor;
            }
        }
        var part = new Part { Variable = reading.Part.Variable, Places = reading.Part.Places, Power = reading.Part.Power * power.Exponent, Scale = scale, HasComponents = reading.Part.HasComponents };
        // What is the same in every respect may be read beside it.
        if (part is { Scale: null } && part.Power == reading.Part.Power) part = reading.Part;
        for (var p = 0; p < points.Length; p++)
            for (var k = 0; k < statement.EventSize; k++)
                _parts.Add(statement.Variable!, statement.Cells[points[p]] + k, reading.Cells[p] with { Part = part, Component = reading.Cells[p].Component + k });
        return true;
    }

    private Dictionary<(Variable, int), CellBelief> Reports()
    {
        var reports = new Dictionary<(Variable, int), CellBelief>();
        foreach (var reported in Programs.ReportedCells.Of(_model))
            foreach (var cell in reported.Cells)
                if (_parts[reported.Variable, cell] is { Part: { } part } place)
                    reports.Add((reported.Variable, cell), new CellBelief(part.Variable, place.Element, place.Component)
                    {
                        Power = part.Power,
                        Scale = part.Scale?[place.Element] ?? 1,
                        Branches = part.Branches is [] ? [] : [.. part.Branches.Select(b => (b.Selector, b.Elements[place.Element], b.Value))],
                    });
        return reports;
    }
}
