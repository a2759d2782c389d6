using Companion.Database;
using Companion.EventStore;
using Companion.Keycloak;
using Companion.Outbox;
using Companion.Registrations;
using Companion.Invites;
using Companion.Outbox;
using Companion.Timeline;

namespace Companion.Hosting;

/// <summary>Composes the service. Tests build the same application and override configuration by key.</summary>
internal static class CompanionApplication
{
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Services.AddHosting();
        builder.Services.AddDatabase();
        builder.Services.AddEventStore().AddStream(InviteStream.Type);
        builder.Services.AddOutbox();
        builder.Services.AddKeycloak();
        builder.Services.AddRegistrations();
        builder.Services.AddTimeline();
        return builder;
    }

    public static WebApplication Build(WebApplicationBuilder builder)
    {
        var app = builder.Build();
        app.UseHosting();
        app.MapRegistrations();
        app.MapTimeline();
        return app;
    }
}
