namespace Companion.Adapters.Keycloak.Realm;

/// <summary>The realm can't be read or changed; the message says what to do and holds no secret.</summary>
internal sealed class RealmException(string message, Exception? innerException = null) : Exception(message, innerException);
