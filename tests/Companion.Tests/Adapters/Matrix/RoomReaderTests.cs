using System.Net;
using System.Text;
using Companion.Adapters.Matrix;
using Companion.Foundation.Kernel;
using Microsoft.Extensions.Options;

namespace Companion.Tests.Adapters.Matrix;

public sealed class RoomReaderTests : IDisposable
{
    private static readonly MatrixUserId Anna = new("@anna:test");

    private readonly Server _server = new();
    private readonly HttpClient _http;
    private readonly RoomReader _reader;

    public RoomReaderTests()
    {
        _http = new HttpClient(_server) { BaseAddress = new Uri("http://chat.test/") };
        var options = Options.Create(new MatrixOptions { AccessToken = "bot", AdminToken = "admin" });
        MatrixHttp matrix = new(_http, TimeProvider.System);
        _reader = new RoomReader(new MatrixClient(matrix, options), new SynapseAdminClient(matrix, options), hasAdmin: true, new HashSet<RoomId>());
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _http.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task Somebodys_memberships_are_read_once_however_many_rooms_are_asked_for()
    {
        foreach (var number in Enumerable.Range(0, 60))
        {
            var chain = new RoomChain([new RoomId($"!room{number}:test")], RoomUpgrade.None, true);
            (await _reader.PresenceAsync(chain, Anna, Cancel)).ShouldBe(number < 30 ? Presence.Joined : Presence.None);
        }

        _server.Asked.ShouldBe(["/_synapse/admin/v1/users/%40anna%3Atest/memberships"]);
    }

    [Fact]
    public async Task Another_person_has_other_memberships()
    {
        var chain = new RoomChain([new RoomId("!room1:test")], RoomUpgrade.None, true);
        await _reader.PresenceAsync(chain, Anna, Cancel);
        await _reader.PresenceAsync(chain, new MatrixUserId("@ben:test"), Cancel);

        _server.Asked.Count.ShouldBe(2);
    }

    private sealed class Server : HttpMessageHandler
    {
        public List<string> Asked { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add(request.RequestUri!.AbsolutePath);
            var rooms = string.Join(',', Enumerable.Range(0, 30).Select(number => $"\"!room{number}:test\":\"join\""));
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent($"{{\"memberships\":{{{rooms}}}}}", Encoding.UTF8, "application/json"),
            });
        }
    }
}
