using Companion.Contacts;
using Companion.Database;
using Companion.EventStore;
using Npgsql;

namespace Companion.Registrations;

/// <summary>The address that an invite went to.</summary>
internal static class InviteContacts
{
    private const string Sql = "select address from companion.contact where contact_id = @id and address is not null";

    /// <returns>Null when it was erased.</returns>
    public static async Task<EmailAddress?> FindAsync(NpgsqlDataSource dataSource, ContactId contact, CancellationToken cancellationToken) =>
        (await dataSource.QueryAsync(Sql, Read, [Param.Uuid("id", contact.Value)], cancellationToken)).SingleOrDefault();

    /// <inheritdoc cref="FindAsync(NpgsqlDataSource, ContactId, CancellationToken)"/>
    public static async Task<EmailAddress?> FindAsync(UnitOfWork unit, ContactId contact, CancellationToken cancellationToken) =>
        (await unit.QueryAsync(Sql, Read, [Param.Uuid("id", contact.Value)], cancellationToken)).SingleOrDefault();

    private static EmailAddress Read(NpgsqlDataReader reader) => EmailAddress.FromStored(reader.GetString(0));
}
