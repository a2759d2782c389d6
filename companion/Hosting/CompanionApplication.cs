using Companion.Adapters.Smtp;
using Companion.Approvals;
using Companion.Database;
using Companion.Delivery;
using Companion.Erasing;
using Companion.EventStore;
using Companion.Invites;
using Companion.Keycloak;
using Companion.Landing;
using Companion.Matrix;
using Companion.Members;
using Companion.Onboarding;
using Companion.Outbox;
using Companion.Pausing;
using Companion.People;
using Companion.Registrations;
using Companion.Timeline;
using Companion.Webhooks;
using Microsoft.Extensions.Options;

namespace Companion.Hosting;

/// <summary>Composes the service. Tests build the same application and override configuration by key.</summary>
internal static class CompanionApplication
{
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        // Settings and templates lie beside the program, wherever it is started from.
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddSecretFiles();
        builder.AddLogging();
        builder.Services.AddHosting();
        builder.Services.AddDatabase();
        builder.Services.AddEventStore().AddStream(InviteStream.Type).AddStream(OnboardingStream.Type).AddStream(MemberStream.Type).AddStream(ApprovalStream.Type)
            .AddStream(PauseStream.Type);
        builder.Services.AddOutbox();
        builder.Services.AddDelivery();
        builder.Services.AddSmtp();
        builder.Services.AddLanding();
        builder.Services.AddKeycloak();
        builder.Services.AddRegistrations();
        builder.Services.AddMatrix();
        builder.Services.AddOnboarding();
        builder.Services.AddInvites();
        builder.Services.AddMembers();
        builder.Services.AddApprovals();
        builder.Services.AddPeople();
        builder.Services.AddPausing();
        builder.Services.AddErasing();
        builder.Services.AddTimeline();
        builder.Services.AddOutgoingWebhooks();
        return builder;
    }

    public static WebApplication Build(WebApplicationBuilder builder)
    {
        var app = builder.Build();
        // Before anything that needs a setting is made, so that all that is missing is told at once.
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        app.UseHosting();
        app.MapLanding();
        app.MapRegistrations();
        app.MapOnboarding();
        app.MapTimeline();
        app.MapInvites();
        app.MapMembers();
        app.MapApprovals();
        app.MapPeople();
        app.MapPausing();
        return app;
    }
}
