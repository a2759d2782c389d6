package org.companion.keycloak;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.Config;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.AuthDetails;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Understands what an admin does to a waiting newcomer by Keycloak's own means: adding to an
 * approving group, removing the required action, setting the attribute, or deleting the account.
 */
public final class InviteEvents implements EventListenerProvider {
  private static final Pattern USER = Pattern.compile("users/([^/]+)");
  private static final Pattern USER_GROUP = Pattern.compile("users/([^/]+)/groups/([^/]+)");

  /** Before the id of an account that is deleted in this session: the invite it waited with. */
  private static final String DELETED = "companion.deleted.";

  private final KeycloakSession session;

  InviteEvents(KeycloakSession session) {
    this.session = session;
  }

  @Override
  public void onEvent(Event event) {}

  @Override
  public void onEvent(AdminEvent event, boolean includeRepresentation) {
    if (is(event, ResourceType.GROUP_MEMBERSHIP, OperationType.CREATE)) {
      addedToGroup(event);
    } else if (is(event, ResourceType.USER, OperationType.UPDATE)) {
      updated(event);
    } else if (is(event, ResourceType.USER, OperationType.DELETE)) {
      deleted(event);
    }
  }

  private void addedToGroup(AdminEvent event) {
    Matcher path = USER_GROUP.matcher(event.getResourcePath());
    if (!path.matches()) {
      return;
    }
    RealmModel realm = session.realms().getRealm(event.getRealmId());
    UserModel user = session.users().getUserById(realm, path.group(1));
    GroupModel group = session.groups().getGroupById(realm, path.group(2));
    if (user == null || group == null || Approval.of(user) != Approval.PENDING) {
      return;
    }
    if (GroupPaths.covers(realm, GroupPaths.APPROVING, KeycloakModelUtils.buildGroupPath(group))) {
      approve(event, user);
    }
  }

  private void updated(AdminEvent event) {
    Matcher path = USER.matcher(event.getResourcePath());
    if (!path.matches()) {
      return;
    }
    RealmModel realm = session.realms().getRealm(event.getRealmId());
    UserModel user = session.users().getUserById(realm, path.group(1));
    Approval approval = user == null ? null : Approval.of(user);
    if (approval == null) {
      return;
    }
    boolean held = Approval.isHeld(user);
    if (approval == Approval.PENDING && !held || approval == Approval.APPROVED && held) {
      approve(event, user);
    } else if (approval == Approval.DENIED && user.isEnabled()) {
      Approval.deny(user);
      decided(event, Approval.DENIED, user.getFirstAttribute(Approval.INVITE_ID), user.getId());
    }
  }

  private void deleted(AdminEvent event) {
    Matcher path = USER.matcher(event.getResourcePath());
    if (path.matches()) {
      String userId = path.group(1);
      String inviteId = session.getAttribute(DELETED + userId, String.class);
      decided(event, Approval.DENIED, inviteId, userId);
    }
  }

  /** The admin's event comes when the account can't be read any more. */
  private static void remember(KeycloakSession session, UserModel user) {
    if (Approval.of(user) == Approval.PENDING) {
      session.setAttribute(DELETED + user.getId(), user.getFirstAttribute(Approval.INVITE_ID));
    }
  }

  private void approve(AdminEvent event, UserModel user) {
    Approval.approve(user);
    decided(event, Approval.APPROVED, user.getFirstAttribute(Approval.INVITE_ID), user.getId());
  }

  /** An account that came without an invite is none of the companion's business. */
  private void decided(AdminEvent event, Approval decision, String inviteId, String userId) {
    if (inviteId != null) {
      String realm = session.realms().getRealm(event.getRealmId()).getName();
      String by = actor(event);
      afterCommit(
          decision == Approval.APPROVED
              ? new Message.Approved(realm, inviteId, userId, by)
              : new Message.Denied(realm, inviteId, userId, by));
    }
  }

  /** Null unless it is an account of this realm or one of the server's admins. */
  private String actor(AdminEvent event) {
    AuthDetails who = event.getAuthDetails();
    if (who == null) {
      return null;
    }
    String home = who.getRealmId();
    boolean known =
        event.getRealmId().equals(home)
            || session.realms().getRealmByName(Config.getAdminRealm()).getId().equals(home);
    return known ? who.getUserId() : null;
  }

  private void afterCommit(Message message) {
    Background background = Background.of(session);
    session
        .getTransactionManager()
        .enlistAfterCompletion(
            new AbstractKeycloakTransaction() {
              @Override
              protected void commitImpl() {
                background.tell(message);
              }

              @Override
              protected void rollbackImpl() {}
            });
  }

  private static boolean is(AdminEvent event, ResourceType type, OperationType operation) {
    return event.getResourceType() == type && event.getOperationType() == operation;
  }

  @Override
  public void close() {}

  /** Listens in realms that name it among their event listeners. */
  public static final class Factory implements EventListenerProviderFactory {
    @Override
    public EventListenerProvider create(KeycloakSession session) {
      return new InviteEvents(session);
    }

    @Override
    public String getId() {
      return "invite-events";
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {
      factory.register(
          happened -> {
            if (happened instanceof UserModel.UserPreRemovedEvent removal) {
              remember(removal.getKeycloakSession(), removal.getUser());
            }
          });
    }

    @Override
    public void close() {}
  }
}
