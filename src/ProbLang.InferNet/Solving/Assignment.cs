using System.Diagnostics;
using Microsoft.ML.Probabilistic.Math;
using Microsoft.ML.Probabilistic.Models;

namespace ProbLang.InferNet;

/// <summary>Defines a variable whose type is known only at run time.</summary>
internal static class Assignment
{
    public static void Assign(Variable target, Variable value)
    {
        switch (target, value)
        {
            case (VariableArray<int> x, VariableArray<int> y):
                x.SetTo(y);
                break;
            case (Variable<bool> x, Variable<bool> y):
                x.SetTo(y);
                break;
            case (Variable<int> x, Variable<int> y):
                x.SetTo(y);
                break;
            case (Variable<double> x, Variable<double> y):
                x.SetTo(y);
                break;
            case (Variable<Vector> x, Variable<Vector> y):
                x.SetTo(y);
                break;
            case (Variable<PositiveDefiniteMatrix> x, Variable<PositiveDefiniteMatrix> y):
                x.SetTo(y);
                break;
            default:
                throw new UnreachableException($"{target.GetType()} = {value.GetType()}");
        }
    }
}
