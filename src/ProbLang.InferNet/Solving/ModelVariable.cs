using System.Diagnostics;
using Microsoft.ML.Probabilistic.Distributions;
using Microsoft.ML.Probabilistic.Models;
using Microsoft.ML.Probabilistic.Models.Attributes;
using ProbLang.FactorGraphs;
using Range = Microsoft.ML.Probabilistic.Models.Range;

namespace ProbLang.InferNet;

/// <summary>A variable of Infer.NET, or an array of such, whose type is known only at run time.</summary>
internal abstract class ModelVariable
{
    /// <summary>The whole.</summary>
    public abstract Variable Whole { get; }

    /// <summary>What is at these indices: an element, or with fewer indices than dimensions an array.</summary>
    public abstract Variable At(ReadOnlySpan<IModelExpression> indices);

    /// <summary>Makes it known.</summary>
    public abstract void Observe(object value);

    /// <summary>Says which range the values of its integers, or the elements of its vectors, are numbered by.</summary>
    public abstract void SetValueRange(Range values);

    /// <summary>Says of what family messages are, where no definition does.</summary>
    public void SetFamily(FactorDomain domain)
    {
        object? prototype = domain switch
        {
            FactorDomain.Gaussian => Gaussian.Uniform(),
            FactorDomain.Gamma => Gamma.Uniform(),
            FactorDomain.Beta => Beta.Uniform(),
            _ => null,
        };
        if (prototype is not null) Whole.AddAttribute(new MarginalPrototype(prototype));
    }

    /// <summary>Lets its messages start from what is observed under another name.</summary>
    public abstract void StartAt(string name);
}

/// <summary>Makes the variable once the type of its elements is known.</summary>
internal sealed class ModelVariableOf(string name, Range[] ranges) : IElementCase<ModelVariable>
{
    ModelVariable IElementCase<ModelVariable>.Of<T>(ElementReader<T> reader) => ranges switch
    {
        [] => new Single<T>(Variable.New<T>().Named(name)),
        [var i] => new ArrayOf<T>(Variable.Array<T>(i).Named(name)),
        [var i, var j] => new ArrayOfArrays<T>(Variable.Array(Variable.Array<T>(j), i).Named(name)),
        [var i, var j, var k] => new ArrayOfArraysOfArrays<T>(Variable.Array(Variable.Array(Variable.Array<T>(k), j), i).Named(name)),
        _ => throw new UnreachableException($"{name} has {ranges.Length} dimensions"),
    };

    /// <summary>A number that is part of the structure.</summary>
    public static ModelVariable Constant(double number) => new Single<double>(Variable.Constant(number));

    private sealed class Single<T>(Variable<T> variable) : ModelVariable
    {
        public override Variable Whole => variable;

        public override Variable At(ReadOnlySpan<IModelExpression> indices) => variable;

        public override void Observe(object value) => variable.ObservedValue = (T)value;

        public override void SetValueRange(Range values) => variable.SetValueRange(values);

        public override void StartAt(string name) => variable.InitialiseTo(Starts.Named<T>(name));
    }

    private sealed class ArrayOf<T>(VariableArray<T> array) : ModelVariable
    {
        public override Variable Whole => array;

        public override Variable At(ReadOnlySpan<IModelExpression> indices) => indices switch
        {
            [] => array,
            [var i, ..] => ((IJaggedVariableArray<Variable<T>>)array)[i],
        };

        public override void Observe(object value) => array.ObservedValue = (T[])value;

        public override void SetValueRange(Range values) => array.SetValueRange(values);

        public override void StartAt(string name) => array.InitialiseTo(Starts.Named<T[]>(name));
    }

    private sealed class ArrayOfArrays<T>(VariableArray<VariableArray<T>, T[][]> array) : ModelVariable
    {
        public override Variable Whole => array;

        public override Variable At(ReadOnlySpan<IModelExpression> indices) => indices switch
        {
            [] => array,
            [var i] => Row(i),
            [var i, var j, ..] => ((IJaggedVariableArray<Variable<T>>)Row(i))[j],
        };

        public override void Observe(object value) => array.ObservedValue = (T[][])value;

        public override void SetValueRange(Range values) => array.SetValueRange(values);

        public override void StartAt(string name) => array.InitialiseTo(Starts.Named<T[][]>(name));

        private VariableArray<T> Row(IModelExpression index) => ((IJaggedVariableArray<VariableArray<T>>)array)[index];
    }

    private sealed class ArrayOfArraysOfArrays<T>(VariableArray<VariableArray<VariableArray<T>, T[][]>, T[][][]> array) : ModelVariable
    {
        public override Variable Whole => array;

        public override Variable At(ReadOnlySpan<IModelExpression> indices) => indices switch
        {
            [] => array,
            [var i] => Slice(i),
            [var i, var j] => Row(i, j),
            [var i, var j, var k, ..] => ((IJaggedVariableArray<Variable<T>>)Row(i, j))[k],
        };

        public override void Observe(object value) => array.ObservedValue = (T[][][])value;

        public override void SetValueRange(Range values) => array.SetValueRange(values);

        public override void StartAt(string name) => array.InitialiseTo(Starts.Named<T[][][]>(name));

        private VariableArray<VariableArray<T>, T[][]> Slice(IModelExpression i) => ((IJaggedVariableArray<VariableArray<VariableArray<T>, T[][]>>)array)[i];

        private VariableArray<T> Row(IModelExpression i, IModelExpression j) => ((IJaggedVariableArray<VariableArray<T>>)Slice(i))[j];
    }
}

/// <summary>The distributions that messages start from.</summary>
internal static class Starts
{
    public static Variable<IDistribution<T>> Named<T>(string name)
    {
        var start = Variable.New<IDistribution<T>>().Named(name);
        start.ObservedValue = null!;
        return start;
    }
}
