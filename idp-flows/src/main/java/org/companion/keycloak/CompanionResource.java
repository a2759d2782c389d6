package org.companion.keycloak;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.AdminAuth;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.util.JsonSerialization;

/** The few writes the companion may do: grant memberships and decide about newcomers. */
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class CompanionResource {
  private static final int LONGEST_BODY = 16 * 1024;
  private static final int LONGEST_TEXT = 2_000;
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
          JsonNode request = read(body);
          UserModel user = account(userId);
          String inviteId = text(request, "inviteId");
          List<Membership> asked = memberships(request);
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
          JsonNode request = read(body);
          UserModel user = account(userId);
          String reason = text(request, "reason");
          Approval wanted = wanted(request);
          boolean changed = decide(user, wanted);
          if (changed) {
            record(caller, user, Map.of("approval", wanted.value(), "reason", reason));
          }
          return new Decided(wanted.value(), changed);
        });
  }

  /** Tells what the companion answers to a signed question; 0 when it does not answer. */
  @GET
  @Path("connection")
  public Response connection() {
    return answer(
        () -> {
          CompanionCaller.authenticate(session);
          CompanionClient client = session.getProvider(CompanionClient.class);
          return Map.of("status", client.probe(realm.getName()));
        });
  }

  private static Approval wanted(JsonNode request) throws ProblemException {
    return switch (text(request, "decision")) {
      case "approve" -> Approval.APPROVED;
      case "deny" -> Approval.DENIED;
      default -> throw malformed("decision must be approve or deny");
    };
  }

  private static boolean decide(UserModel user, Approval wanted) throws ProblemException {
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
      Approval.deny(user);
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

  private static JsonNode read(InputStream body) throws ProblemException {
    try {
      byte[] bytes = body.readNBytes(LONGEST_BODY + 1);
      if (bytes.length > LONGEST_BODY) {
        throw new ProblemException(
            Status.REQUEST_ENTITY_TOO_LARGE,
            "too_large",
            "Send at most " + LONGEST_BODY + " bytes");
      }
      return JsonSerialization.mapper.readTree(bytes);
    } catch (IOException e) {
      throw malformed("Send a JSON object");
    }
  }

  private static List<Membership> memberships(JsonNode request) throws ProblemException {
    try {
      return AnswerReader.memberships(request.path("memberships"));
    } catch (IllegalArgumentException e) {
      throw malformed(e.getMessage());
    }
  }

  private static String text(JsonNode request, String field) throws ProblemException {
    JsonNode value = request.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    if (!value.isTextual() || value.textValue().length() > LONGEST_TEXT) {
      throw malformed(field + " must be a text of at most " + LONGEST_TEXT + " characters");
    }
    return value.textValue();
  }

  private static ProblemException malformed(String message) {
    return new ProblemException(Status.BAD_REQUEST, "malformed", message);
  }

  /** As ACTION on the user: a grant of ours must not look like an admin who adds to a group. */
  private void record(AdminAuth caller, UserModel user, Map<String, String> act) {
    AdminEventBuilder event =
        new AdminEventBuilder(realm, caller, session, session.getContext().getConnection())
            .resource(ResourceType.USER)
            .operation(OperationType.ACTION)
            .resourcePath("users", user.getId(), "companion");
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

  private interface Act {
    Object run() throws ProblemException;
  }
}
