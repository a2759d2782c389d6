using System.Globalization;

namespace Sandbox.Worlds;

/// <summary>How the companion is configured for a world: what an operator would write into its environment.</summary>
internal static class CompanionSettings
{
    public static IReadOnlyDictionary<string, string?> Of(World world, WorldPlan plan)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Community__Name"] = Community.Name,
            ["Community__PublicUrl"] = world.Proxy.Url,
            ["Security__MasterKey"] = world.Secrets.MasterKey,
            ["Database__ConnectionString"] = world.Postgres.ConnectionString(World.Database, world.DatabaseRelay.Port),
            ["Authentication__AllowedOrigins__0"] = world.Keycloak.BaseUrl,
            ["Webhooks__Secret"] = world.Secrets.Webhook,
            ["Keycloak__BaseUrl"] = world.Keycloak.BaseUrl,
            ["Keycloak__PublicUrl"] = world.Keycloak.BaseUrl,
            ["Keycloak__Realm"] = World.Realm,
            ["Keycloak__ClientSecret"] = world.Secrets.CompanionClient,
            ["Directory__Groups__0__Path"] = Community.Group,
            ["Directory__Groups__0__InvitedBy__0"] = Community.Group,
        };
        AddMail(settings, world);
        AddMatrix(settings, world);
        AddApprovals(settings);
        AddPace(settings);
        foreach (var (name, value) in plan.Settings)
        {
            settings[name] = value;
        }

        return settings;
    }

    private static void AddMail(Dictionary<string, string?> settings, World world)
    {
        settings["Mail__Host"] = "localhost";
        settings["Mail__Port"] = world.Mail.Port.ToString(CultureInfo.InvariantCulture);
        settings["Mail__From"] = "invitations@harbour.example";
        settings["Mail__Username"] = World.BotName;
        settings["Mail__Password"] = world.Secrets.MailPassword;
        // OpenSSL's own way to name whom to trust: the mail server's certificate is made at its start.
        settings["SSL_CERT_FILE"] = world.Folder.File(World.MailCertificate);
    }

    private static void AddMatrix(Dictionary<string, string?> settings, World world)
    {
        settings["Matrix__BaseUrl"] = world.Synapse.BaseUrl;
        settings["Matrix__ServerName"] = World.Homeserver;
        settings["Matrix__BotUserId"] = world.Bot.Account.UserId;
        settings["Matrix__AccessToken"] = world.Bot.Account.AccessToken;
        settings["Matrix__AdminToken"] = world.Bot.Account.AccessToken;
        settings["Matrix__SpaceRoomId"] = world.Community.Space.Id;
        settings["Matrix__WelcomeText"] = "Welcome to Harbour Community.";
        foreach (var (index, room) in world.Community.Rooms.Index())
        {
            settings[string.Create(CultureInfo.InvariantCulture, $"Matrix__ManagedRooms__{index}__RoomId")] = room.Id;
            settings[string.Create(CultureInfo.InvariantCulture, $"Matrix__ManagedRooms__{index}__Name")] = room.Name;
        }
    }

    private static void AddApprovals(Dictionary<string, string?> settings)
    {
        settings["Approvals__Rules__0__Name"] = "unlisted-domains";
        settings["Approvals__Rules__0__Subject"] = "Newcomer";
        settings["Approvals__Rules__0__Approvers"] = Community.Moderators;
        settings["Approvals__Rules__0__When__DomainsNot__0"] = "example.org";
        settings["Approvals__Rules__0__When__DomainsNot__1"] = "harbour.example";
        settings["Approvals__Rules__0__When__DomainsNot__2"] = Community.WatchedDomain;
        settings["Approvals__Rules__1__Name"] = "young-accounts";
        settings["Approvals__Rules__1__Approvers"] = Community.Moderators;
        settings["Approvals__Rules__1__When__AccountAgeBelow"] = Community.Young.ToString();
        settings["Approvals__Rules__1__Sentence__en"] = "A moderator looks at invitations by members who are new themselves.";
        settings["Approvals__Rules__1__Sentence__de"] = "Das Moderationsteam sieht sich Einladungen von Mitgliedern an, die selbst neu sind.";
        settings["Approvals__Rules__2__Name"] = "watched-domain";
        settings["Approvals__Rules__2__Approvers"] = Community.Moderators;
        settings["Approvals__Rules__2__When__Domains__0"] = Community.WatchedDomain;
        settings["Approvals__Rules__2__Needed"] = "2";
        settings["Approvals__Rules__2__Panel"] = "3";
        settings["Approvals__Rules__2__Sentence__en"] = "Two of three moderators approve invitations to addresses of this domain.";
        settings["Approvals__Rules__2__Sentence__de"] = "Zwei von drei aus dem Moderationsteam stimmen Einladungen an Adressen dieser Domain zu.";
    }

    // Nobody waits minutes for a second try here, and one member invites more people in an hour than elsewhere in a year.
    private static void AddPace(Dictionary<string, string?> settings)
    {
        settings["Directory__CacheSeconds"] = "0";
        settings["Hosting__AnonymousRequestsPerMinute"] = "100000";
        settings["Hosting__TokenChecksPerMinute"] = "100000";
        settings["Invites__MaxOpen"] = "1000";
        settings["Invites__MaxPerDay"] = "1000";
        settings["Registrations__ClaimLease"] = "00:00:30";
        settings["Registrations__FirstLook"] = "00:00:03";
        settings["Registrations__LongestPause"] = "00:00:05";
        settings["Matrix__InviteBurst"] = "50"; // this homeserver's own limits are out of the way too
        settings["Outbox__RetryBase"] = "00:00:01";
        settings["Outbox__RetryCap"] = "00:00:03";
        settings["Outbox__Lease"] = "00:00:20";
        settings["Outbox__PollInterval"] = "00:00:02";
    }
}
