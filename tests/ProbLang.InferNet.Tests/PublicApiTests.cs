using ProbLang.Tests;
using Xunit;

namespace ProbLang.InferNet.Tests;

public class PublicApiTests
{
    [Fact]
    public void The_public_api_of_the_engines_is_the_approved_one() => ApprovedApi.Check(typeof(ExpectationPropagation).Assembly);
}
