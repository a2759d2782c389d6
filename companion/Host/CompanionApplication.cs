using Companion.Adapters.Keycloak;
using Companion.Adapters.Matrix;
using Companion.Adapters.Smtp;
using Companion.Community.Approvals;
using Companion.Community.Messages;
using Companion.Community.Pausing;
using Companion.Community.Timeline;
using Companion.Foundation.Outbox;
using Companion.Journey.Invites;
using Companion.Journey.Landing;
using Companion.Journey.Members;
using Companion.Journey.Onboarding;
using Companion.Journey.Registrations;
using Companion.Oversight.Erasing;
using Companion.Oversight.Moderation;
using Companion.Oversight.Webhooks;

namespace Companion.Host;

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
        builder.AddTelemetry();
        builder.Services.AddHosting();
        builder.Services.AddDatabase();
        builder.Services.AddEventStore().AddStream(InviteStream.Type).AddStream(OnboardingStream.Type).AddStream(MemberStream.Type).AddStream(ApprovalStream.Type)
            .AddStream(PauseStream.Type);
        builder.Services.AddOutbox();
        builder.Services.AddDelivery();
        builder.Services.AddLanding();
        builder.Services.AddKeycloak();
        builder.Services.AddSmtp();
        builder.Services.AddRegistrations();
        builder.Services.AddMatrix();
        builder.Services.AddOnboarding();
        builder.Services.AddInvites();
        builder.Services.AddMembers();
        builder.Services.AddApprovals();
        builder.Services.AddModeration();
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
        app.MapModeration();
        return app;
    }
}
