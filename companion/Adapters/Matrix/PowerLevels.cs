namespace Companion.Adapters.Matrix;

/// <summary>Who may invite, by a room's own state.</summary>
internal static class PowerLevels
{
    private const int FirstVersionWithCreators = 12;

    /// <param name="creator">Sender of the create event.</param>
    /// <param name="levels">Null when the room has none.</param>
    public static bool MayInvite(MatrixUserId user, CreateContent create, string? creator, PowerLevelsContent? levels) =>
        LevelOf(user.Value, create, creator, levels) >= (levels?.Invite ?? 0);

    private static long LevelOf(string user, CreateContent create, string? creator, PowerLevelsContent? levels)
    {
        // From version 12 creators stand above every level and are not listed.
        if (IsOwned(create) && (creator == user || create.AdditionalCreators?.Contains(user) == true))
        {
            return long.MaxValue;
        }

        if (levels is null)
        {
            return (create.Creator ?? creator) == user ? 100 : 0;
        }

        return levels.Users?.TryGetValue(user, out var level) == true ? level : levels.UsersDefault ?? 0;
    }

    private static bool IsOwned(CreateContent create) =>
        int.TryParse(create.RoomVersion, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version >= FirstVersionWithCreators;
}
