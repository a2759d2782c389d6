using Sandbox.Stories;

namespace Companion.EndToEndTests;

public abstract class StoryTests(WorldFixture world) : WorldTest(world)
{
    [Fact]
    public async Task One_invitation_leads_from_the_inviter_to_an_account_in_its_rooms()
    {
        _ = Chat; // the steps look into the rooms
        using var story = new Story(World, NewAddress());
        foreach (var step in story.Steps)
        {
            TestContext.Current.TestOutputHelper!.WriteLine($"{step.Title}: {await step.PlayAsync(Ct)}");
        }
    }
}

public sealed class RealStoryTests(RealWorld world) : StoryTests(world);

public sealed class StandInStoryTests(StandInWorld world) : StoryTests(world);
