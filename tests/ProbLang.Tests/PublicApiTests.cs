using Xunit;

namespace ProbLang.Tests;

public class PublicApiTests
{
    [Fact]
    public void The_public_api_of_the_library_is_the_approved_one() => ApprovedApi.Check(typeof(Model).Assembly);
}
