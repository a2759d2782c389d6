package org.companion.keycloak;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.AdminAuth;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/** The few writes the companion may do: memberships, decisions, pictures, checks of addresses. */
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class CompanionResource {
  private static final String PICTURE = "picture";
  private static final Duration NEW = Duration.ofHours(24);

  private final KeycloakSession session;
  private final RealmModel realm;

  CompanionResource(KeycloakSession session) {
    this.session = session;
    realm = session.getContext().getRealm();
  }

  /** Grants all memberships or none; the answer tells which were new. */
  @PUT
  @Path("memberships/{userId}")
  public Response grant(@PathParam("userId") String userId, InputStream body) {
    return answer(
        () -> {
          AdminAuth caller = CompanionCaller.authenticate(session);
          RequestBody request = RequestBody.read(body);
          UserModel user = account(userId);
          String inviteId = request.text("inviteId");
          List<Membership> asked = request.memberships();
          Memberships.Outcome outcome = Memberships.resolve(session, realm, asked).grant(user);
          if (!outcome.granted().isEmpty()) {
            record(caller, user, Map.of("granted", named(outcome.granted()), "inviteId", inviteId));
          }
          return outcome;
        });
  }

  /** Approves or denies a waiting newcomer; a repeated decision changes nothing. */
  @PUT
  @Path("approvals/{userId}")
  public Response decide(@PathParam("userId") String userId, InputStream body) {
    return answer(
        () -> {
          AdminAuth caller = CompanionCaller.authenticate(session);
          RequestBody request = RequestBody.read(body);
          UserModel user = account(userId);
          String reason = request.text("reason");
          Approval wanted = wanted(request);
          boolean changed = decide(user, wanted);
          if (changed) {
            record(caller, user, Map.of("approval", wanted.value(), "reason", reason));
          }
          return new Decided(wanted.value(), changed);
        });
  }

  /** Sets the account's picture, or takes it away. */
  @PUT
  @Path("pictures/{userId}")
  public Response show(@PathParam("userId") String userId, InputStream body) {
    return answer(
        () -> {
          AdminAuth caller = CompanionCaller.authenticate(session);
          RequestBody request = RequestBody.read(body);
          UserModel user = account(userId);
          String wanted = request.webAddress("url");
          boolean changed = !Objects.equals(wanted, user.getFirstAttribute(PICTURE));
          if (changed) {
            if (wanted == null) {
              user.removeAttribute(PICTURE);
            } else {
              user.setSingleAttribute(PICTURE, wanted);
            }
            record(caller, user, Map.of(PICTURE, wanted == null ? "removed" : "set"));
          }
          return Map.of("changed", changed);
        });
  }

  /** Has the person confirm the account's address at the next sign-in, unless that was done. */
  @PUT
  @Path("verifications/{userId}")
  public Response verify(@PathParam("userId") String userId, InputStream body) {
    return answer(
        () -> {
          AdminAuth caller = CompanionCaller.authenticate(session);
          RequestBody.read(body);
          UserModel user = account(userId);
          String action = UserModel.RequiredAction.VERIFY_EMAIL.name();
          boolean changed =
              !user.isEmailVerified() && user.getRequiredActionsStream().noneMatch(action::equals);
          if (changed) {
            user.addRequiredAction(action);
            record(caller, user, Map.of("verification", "required"));
          }
          return Map.of("changed", changed);
        });
  }

  /**
   * Tells which provider runs here, and what the companion answers to a signed question: 0 when it
   * does not answer.
   */
  @GET
  @Path("connection")
  public Response connection() {
    return answer(
        () -> {
          CompanionCaller.authenticate(session);
          CompanionClient client = session.getProvider(CompanionClient.class);
          return new Connection(
              client.probe(realm.getName()),
              ThisProvider.VERSION,
              ThisProvider.CONTRACT,
              ThisProvider.NODE);
        });
  }

  private static Approval wanted(RequestBody request) throws ProblemException {
    return switch (request.text("decision")) {
      case "approve" -> Approval.APPROVED;
      case "deny" -> Approval.DENIED;
      default -> throw RequestBody.malformed("decision must be approve or deny");
    };
  }

  private boolean decide(UserModel user, Approval wanted) throws ProblemException {
    Approval state = Approval.of(user);
    if (state == wanted) {
      return false;
    }
    boolean second = state == null && wanted == Approval.DENIED && isNewInvitee(user);
    if (state != Approval.PENDING && !second) {
      throw new ProblemException(
          Status.CONFLICT, "not_waiting", "The account does not wait for a decision");
    }
    if (wanted == Approval.APPROVED) {
      Approval.approve(user);
    } else {
      Approval.deny(session, realm, user);
    }
    return true;
  }

  /** The second account of one invite waits for nobody, but must be shut out; members must not. */
  private static boolean isNewInvitee(UserModel user) {
    Long created = user.getCreatedTimestamp();
    return user.getFirstAttribute(Approval.INVITE_ID) != null
        && created != null
        && Instant.now().isBefore(Instant.ofEpochMilli(created).plus(NEW));
  }

  private UserModel account(String userId) throws ProblemException {
    UserModel user = session.users().getUserById(realm, userId);
    if (user == null || user.getServiceAccountClientLink() != null) {
      throw new ProblemException(
          Status.NOT_FOUND, "account_unknown", "There is no account with this id");
    }
    return user;
  }

  /** As ACTION on the user: a grant of ours must not look like an admin who adds to a group. */
  private void record(AdminAuth caller, UserModel user, Map<String, String> act) {
    AdminEventBuilder event = Keycloak26.act(session, realm, caller, user);
    act.forEach(event::detail);
    event.success();
  }

  private static String named(List<Membership> memberships) {
    return memberships.stream().map(Membership::named).collect(Collectors.joining(", "));
  }

  private static Response answer(Act act) {
    try {
      return Response.ok(act.run()).build();
    } catch (ProblemException e) {
      return e.response();
    }
  }

  private record Decided(String approval, boolean changed) {}

  private record Connection(int status, String version, int contract, String node) {}

  private interface Act {
    Object run() throws ProblemException;
  }
}
