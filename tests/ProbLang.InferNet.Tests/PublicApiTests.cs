using ProbLang.Tests;
using Xunit;

namespace ProbLang.InferNet.Tests;

public class PublicApiTests
{
    /// <summary>With Infer.NET there is more: what its compiled algorithms call.</summary>
    [Fact]
    public void The_public_api_of_the_engines_is_the_approved_one() =>
        ApprovedApi.Check(typeof(ExpectationPropagation).Assembly, new ExpectationPropagation().Unavailable is null ? "PublicApi.with-infernet.approved.txt" : "PublicApi.approved.txt");
}
