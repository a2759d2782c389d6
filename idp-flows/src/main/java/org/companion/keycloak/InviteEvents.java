package org.companion.keycloak;

import java.util.function.Supplier;
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
 * Has the last word on sign-ins, and understands what is done to a newcomer by Keycloak's own
 * means: joining an approving group, an edit of the account by an admin, or its deletion.
 */
public final class InviteEvents implements EventListenerProvider {
  private static final Pattern USER = Pattern.compile("users/([^/]+)");
  private static final Pattern USER_GROUP = Pattern.compile("users/([^/]+)/groups/[^/]+");

  /** Before the id of an account that is deleted in this session: the invite it waited with. */
  private static final String DELETED = "companion.deleted.";

  /** Before the id of an account that is approved by a group: the fact that tells of it. */
  private static final String JOINED = "companion.joined.";

  private final KeycloakSession session;

  InviteEvents(KeycloakSession session) {
    this.session = session;
  }

  @Override
  public void onEvent(Event event) {
    SignInVeto.consider(session, event);
  }

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

  /** The account is approved already, by joining; now it is known who did it. */
  private void addedToGroup(AdminEvent event) {
    Matcher path = USER_GROUP.matcher(event.getResourcePath());
    Approved approved =
        path.matches() ? session.getAttribute(JOINED + path.group(1), Approved.class) : null;
    if (approved != null) {
      approved.by = actor(event);
    }
  }

  private void updated(AdminEvent event) {
    Matcher path = USER.matcher(event.getResourcePath());
    if (!path.matches()) {
      return;
    }
    RealmModel realm = session.realms().getRealm(event.getRealmId());
    UserModel user = session.users().getUserById(realm, path.group(1));
    Before before = user == null ? null : Before.of(session, realm, user.getId());
    if (before == null) {
      return;
    }
    AccountEdit edit = AccountEdit.of(before.state(), AccountEdit.State.of(user));
    if (before.inviteId() != null && user.getFirstAttribute(Approval.INVITE_ID) == null) {
      user.setSingleAttribute(Approval.INVITE_ID, before.inviteId());
    }
    switch (edit) {
      case APPROVE -> {
        Approval.approve(user);
        decided(event, Approval.APPROVED, user.getFirstAttribute(Approval.INVITE_ID), user.getId());
      }
      case DENY -> {
        Approval.deny(session, realm, user);
        decided(event, Approval.DENIED, user.getFirstAttribute(Approval.INVITE_ID), user.getId());
      }
      case HOLD -> Approval.hold(session, realm, user);
      case NOTHING -> {}
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

  /** By whatever way: an admin, a workflow, a directory. Only an admin's act says who it was. */
  private static void joined(GroupModel.GroupMemberJoinEvent joining) {
    KeycloakSession session = joining.getKeycloakSession();
    RealmModel realm = joining.getRealm();
    UserModel user = joining.getUser();
    boolean approves =
        realm.getEventsListenersStream().anyMatch(Factory.ID::equals)
            && !Memberships.areGranted(session)
            && Approval.of(user) == Approval.PENDING
            && GroupPaths.covers(
                realm, GroupPaths.APPROVING, KeycloakModelUtils.buildGroupPath(joining.getGroup()));
    if (approves) {
      Approval.approve(user);
      String inviteId = user.getFirstAttribute(Approval.INVITE_ID);
      if (inviteId != null) {
        Approved approved = new Approved(realm.getName(), inviteId, user.getId());
        session.setAttribute(JOINED + user.getId(), approved);
        afterCommit(session, approved::message);
      }
    }
  }

  /** An account that came without an invite is none of the companion's business. */
  private void decided(AdminEvent event, Approval decision, String inviteId, String userId) {
    if (inviteId != null) {
      String realm = session.realms().getRealm(event.getRealmId()).getName();
      String by = actor(event);
      Message message =
          decision == Approval.APPROVED
              ? new Message.Approved(realm, inviteId, userId, by)
              : new Message.Denied(realm, inviteId, userId, by);
      afterCommit(session, () -> message);
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

  private static void afterCommit(KeycloakSession session, Supplier<Message> message) {
    Background background = Background.of(session);
    session
        .getTransactionManager()
        .enlistAfterCompletion(
            new AbstractKeycloakTransaction() {
              @Override
              protected void commitImpl() {
                background.tell(message.get());
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

  /** An approval whose actor may become known later in the same session. */
  private static final class Approved {
    private final String realm;
    private final String inviteId;
    private final String userId;
    private String by;

    Approved(String realm, String inviteId, String userId) {
      this.realm = realm;
      this.inviteId = inviteId;
      this.userId = userId;
    }

    Message message() {
      return new Message.Approved(realm, inviteId, userId, by);
    }
  }

  /** The account as the database has it, before what this session has changed. */
  private record Before(AccountEdit.State state, String inviteId) {
    static Before of(KeycloakSession session, RealmModel realm, String userId) {
      return KeycloakModelUtils.runJobInTransactionWithResult(
          session.getKeycloakSessionFactory(),
          own -> {
            RealmModel same = own.realms().getRealm(realm.getId());
            own.getContext().setRealm(same);
            UserModel user = own.users().getUserById(same, userId);
            return user == null
                ? null
                : new Before(
                    AccountEdit.State.of(user), user.getFirstAttribute(Approval.INVITE_ID));
          });
    }
  }

  /** Listens in realms that name it among their event listeners. */
  public static final class Factory implements EventListenerProviderFactory {
    private static final String ID = "invite-events";

    @Override
    public EventListenerProvider create(KeycloakSession session) {
      return new InviteEvents(session);
    }

    @Override
    public String getId() {
      return ID;
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {
      factory.register(
          happened -> {
            if (happened instanceof UserModel.UserPreRemovedEvent removal) {
              remember(removal.getKeycloakSession(), removal.getUser());
            } else if (happened instanceof GroupModel.GroupMemberJoinEvent joining) {
              joined(joining);
            }
          });
    }

    @Override
    public void close() {}
  }
}
