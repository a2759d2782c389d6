using Sandbox.Stories;

namespace Companion.EndToEndTests;

public sealed class StoryTests(RealWorld real) : RealServersTest(real)
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
