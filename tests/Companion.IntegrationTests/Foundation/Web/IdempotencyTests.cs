using System.Text;
using Companion.Foundation.Web;
using Companion.IntegrationTests.Foundation.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace Companion.IntegrationTests.Foundation.Web;

public sealed class IdempotencyTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly StoreScene _store = new(database.DataSource);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_answer_is_given_again()
    {
        (await AnswerAsync("scope", "key-1", "request", "1")).ShouldBe("1");

        (await AnswerAsync("scope", "key-1", "request", "2")).ShouldBe("1");
        (await AnswerAsync("another scope", "key-1", "request", "3")).ShouldBe("3");
    }

    [Fact]
    public async Task Another_request_under_the_same_key_is_a_mismatch()
    {
        await AnswerAsync("scope", "key-2", "request", "1");

        await Should.ThrowAsync<IdempotencyMismatchException>(() => AnswerAsync("scope", "key-2", "other", "2"));
    }

    [Fact]
    public async Task Of_the_same_request_many_times_at_once_one_is_done()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(n => AnswerAsync("scope", "key-3", "request", $"{n}")));

        answers.Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Answers_are_deleted_when_they_may_not_be_asked_for_any_more()
    {
        await AnswerAsync("purge", "key", "request", "1");
        using var purge = new IdempotencyPurge(database.DataSource, _store.Clock, NullLogger<IdempotencyPurge>.Instance);

        (await purge.RunOnceAsync(Cancel)).ShouldBe(0);
        _store.Clock.Advance(Idempotency.Keep + TimeSpan.FromSeconds(1));

        (await purge.RunOnceAsync(Cancel)).ShouldBeGreaterThanOrEqualTo(1);
        (await AnswerAsync("purge", "key", "request", "2")).ShouldBe("2");
    }

    private Task<string> AnswerAsync(string scope, string key, string request, string answer) => _store.Transactions.RunAsync(
        Guid.CreateVersion7(),
        async (unit, ct) =>
        {
            var hash = Encoding.UTF8.GetBytes(request);
            if (await Idempotency.FindAsync(unit, scope, key, hash, ct) is { } stored)
            {
                return Encoding.UTF8.GetString(stored);
            }

            Idempotency.Store(unit, scope, key, hash, Encoding.UTF8.GetBytes(answer));
            return answer;
        },
        Cancel);
}
