package org.companion.keycloak;

import org.keycloak.locale.LocaleSelectorProvider;
import org.keycloak.sessions.AuthenticationSessionModel;

/** What the registration session remembers: the handle it came with, and the accepted invite. */
final class InviteNotes {
  private static final String HANDLE = Keycloak26.noteOfParameter("invite");
  private static final String ID = "invite-id";
  private static final String ADDRESS = "invite-address";
  private static final String INVITER = "invite-inviter";
  private static final String COMMUNITY = "invite-community";
  private static final String FORMER_HOLDER = "invite-former-holder";
  private static final String LANGUAGE = LocaleSelectorProvider.CLIENT_REQUEST_LOCALE;

  private InviteNotes() {}

  /** Null when the person came without one. */
  static String handle(AuthenticationSessionModel session) {
    String handle = session.getClientNote(HANDLE);
    return handle == null || handle.isBlank() ? null : handle;
  }

  /** The form then speaks the invite's language, unless the link or the person asks for another. */
  static void keep(AuthenticationSessionModel session, Invitation invitation) {
    session.setAuthNote(ID, invitation.inviteId());
    session.setAuthNote(ADDRESS, invitation.address());
    session.setAuthNote(INVITER, invitation.inviterName());
    session.setAuthNote(COMMUNITY, invitation.communityName());
    if (session.getClientNote(LANGUAGE) == null && invitation.language() != null) {
      session.setClientNote(LANGUAGE, invitation.language());
    }
  }

  /** Null unless the gate let this session in. */
  static Invitation invitation(AuthenticationSessionModel session) {
    String address = session.getAuthNote(ADDRESS);
    return address == null || handle(session) == null
        ? null
        : new Invitation(
            session.getAuthNote(ID),
            address,
            session.getAuthNote(INVITER),
            session.getAuthNote(COMMUNITY),
            session.getClientNote(LANGUAGE));
  }

  /** The account whose unproved address this form takes. */
  static void keepFormerHolder(AuthenticationSessionModel session, String accountId) {
    session.setAuthNote(FORMER_HOLDER, accountId);
  }

  /** Null where nobody had the address. */
  static String takeFormerHolder(AuthenticationSessionModel session) {
    String accountId = session.getAuthNote(FORMER_HOLDER);
    session.removeAuthNote(FORMER_HOLDER);
    return accountId;
  }

  /** The same for every attempt in one browser tab, and for nobody else. */
  static String claimKey(AuthenticationSessionModel session) {
    return Hash.of(session.getParentSession().getId() + "." + session.getTabId());
  }
}
