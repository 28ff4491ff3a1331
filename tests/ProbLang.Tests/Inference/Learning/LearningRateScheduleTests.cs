using ProbLang.Inference;
using Xunit;

namespace ProbLang.Tests.Inference.Learning;

public class LearningRateScheduleTests
{
    [Fact]
    public void A_cosine_goes_from_the_full_rate_to_the_floor_by_way_of_their_mean()
    {
        var schedule = new LearningRateSchedule.Cosine(0.1);
        Assert.Equal(1, schedule.FactorAt(0, 100, 10));
        Assert.Equal(0.55, schedule.FactorAt(50, 100, 10), 1e-12);
        Assert.Equal(0.1, schedule.FactorAt(100, 100, 10), 1e-12);
        for (var i = 0; i < 100; i++) Assert.True(schedule.FactorAt(i + 1, 100, 10) < schedule.FactorAt(i, 100, 10));
    }

    [Fact]
    public void A_warm_up_rises_to_where_the_rest_begins()
    {
        var schedule = new LearningRateSchedule.Cosine { WarmUp = 4 };
        Assert.Equal([0.2, 0.4, 0.6, 0.8, 1], Enumerable.Range(0, 5).Select(i => Math.Round(schedule.FactorAt(i, 100, 10), 12)));
        Assert.Equal(0, schedule.FactorAt(100, 100, 10), 1e-12);
    }

    [Fact]
    public void A_rate_by_steps_is_kept_for_its_epochs()
    {
        var schedule = new LearningRateSchedule.Steps(2, 0.5);
        Assert.Equal([1, 1, 0.5, 0.5, 0.25], new[] { 0, 19, 20, 39, 40 }.Select(i => schedule.FactorAt(i, 1000, 10)));
    }

    [Fact]
    public void An_exponential_rate_falls_by_its_factor_an_epoch()
    {
        var schedule = new LearningRateSchedule.Exponential(0.9);
        Assert.Equal(0.9, schedule.FactorAt(10, 1000, 10), 1e-12);
        Assert.Equal(0.81, schedule.FactorAt(20, 1000, 10), 1e-12);
    }

    [Fact]
    public void Only_the_cosine_depends_on_how_long_training_lasts()
    {
        Assert.True(new LearningRateSchedule.Cosine().DependsOnLength);
        foreach (var schedule in (LearningRateSchedule[])[LearningRateSchedule.Constant, new LearningRateSchedule.Steps(1), new LearningRateSchedule.Exponential(0.9)])
        {
            Assert.False(schedule.DependsOnLength);
            for (var i = 0; i < 30; i++) Assert.Equal(schedule.FactorAt(i, 30, 10), schedule.FactorAt(i, 500, 10));
        }
    }

    [Fact]
    public void Different_schedules_have_different_descriptions()
    {
        LearningRateSchedule[] schedules =
        [
            LearningRateSchedule.Constant, new LearningRateSchedule.Cosine(), new LearningRateSchedule.Cosine(0.1), new LearningRateSchedule.Cosine { WarmUp = 3 },
            new LearningRateSchedule.Steps(2), new LearningRateSchedule.Steps(3), new LearningRateSchedule.Steps(2, 0.2), new LearningRateSchedule.Exponential(0.1),
        ];
        Assert.Equal(schedules.Length, schedules.Select(s => s.Description).Distinct().Count());
    }
}
