package org.companion.keycloak;

import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.Config;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.events.admin.AdminEvent;
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
 * approving group, removing the required action, or setting the attribute.
 */
public final class InviteEvents implements EventListenerProvider {
  private static final Pattern USER = Pattern.compile("users/([^/]+)");
  private static final Pattern USER_GROUP = Pattern.compile("users/([^/]+)/groups/([^/]+)");

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
      approve(realm, user);
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
      approve(realm, user);
    } else if (approval == Approval.DENIED && user.isEnabled()) {
      Approval.deny(user);
      afterCommit(user, id -> new Message.Denied(realm.getName(), id, user.getId()));
    }
  }

  private void approve(RealmModel realm, UserModel user) {
    Approval.approve(user);
    afterCommit(user, id -> new Message.Approved(realm.getName(), id, user.getId()));
  }

  /** An account that came without an invite is none of the companion's business. */
  private void afterCommit(UserModel user, Function<String, Message> fact) {
    String inviteId = user.getFirstAttribute(Approval.INVITE_ID);
    if (inviteId == null) {
      return;
    }
    Message message = fact.apply(inviteId);
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
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
  }
}
