package org.companion.keycloak;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.keycloak.util.JsonSerialization;

/** Turns a 200 body into a decision. A body that leaves anything open decides nothing. */
final class AnswerReader {
  private static final Logger LOG = Logger.getLogger(AnswerReader.class);
  private static final Pattern ID = Pattern.compile("[0-9A-Za-z-]{1,64}");
  private static final Pattern CODE = Pattern.compile("[a-z_]{1,64}");
  private static final int MOST_MEMBERSHIPS = 100;

  private AnswerReader() {}

  static Decision<Invitation> inspected(byte[] body) {
    return read(body, AnswerReader::invitation);
  }

  static Decision<Grant> claimed(byte[] body) {
    return read(body, AnswerReader::grant);
  }

  /** Null for an answer that breaks the contract: the page then stands without it. */
  static Waiting waiting(byte[] body) {
    try {
      JsonNode answer = JsonSerialization.mapper.readTree(body);
      JsonNode usual = answer.path("usualWaitSeconds");
      return new Waiting(
          instant(optional(answer, "since")),
          usual.canConvertToLong() && usual.longValue() >= 0 ? usual.longValue() : null,
          optional(answer, "question"),
          answer.path("added").intValue(),
          flag(answer, "mayAdd"),
          refused(answer.path("refusal")));
    } catch (IOException e) {
      LOG.error("The companion's answer is not JSON");
    } catch (IllegalArgumentException | DateTimeParseException e) {
      LOG.errorf("The companion's answer breaks the contract: %s", e.getMessage());
    }
    return null;
  }

  private static Waiting.Refused refused(JsonNode refusal) {
    return refusal.isObject()
        ? new Waiting.Refused(matching(refusal, "code", CODE), optional(refusal, "argument"))
        : null;
  }

  private static Instant instant(String text) {
    return text == null ? null : Instant.parse(text);
  }

  private static <T> Decision<T> read(byte[] body, Function<JsonNode, T> accepted) {
    try {
      JsonNode answer = JsonSerialization.mapper.readTree(body);
      return switch (text(answer, "decision")) {
        case "accept" -> new Decision.Accept<>(accepted.apply(answer));
        case "refuse" -> new Decision.Refuse<>(refusal(answer));
        default -> throw new IllegalArgumentException("unknown decision");
      };
    } catch (IOException e) {
      LOG.error("The companion's answer is not JSON");
    } catch (IllegalArgumentException e) {
      LOG.errorf("The companion's answer breaks the contract: %s", e.getMessage());
    }
    return new Decision.Unavailable<>();
  }

  private static Invitation invitation(JsonNode answer) {
    String address = text(answer, "address");
    if (address.indexOf('@') < 1) {
      throw new IllegalArgumentException("address is no address");
    }
    return new Invitation(
        matching(answer, "inviteId", ID),
        address,
        answer.path("inviterName").textValue(),
        answer.path("communityName").textValue(),
        answer.path("language").textValue());
  }

  private static Grant grant(JsonNode answer) {
    return new Grant(
        matching(answer, "inviteId", ID),
        flag(answer, "approvalRequired"),
        flag(answer, "addressVerified"),
        memberships(answer.path("memberships")));
  }

  /** Reads a list of memberships, also from a caller of the realm resource. */
  static List<Membership> memberships(JsonNode list) {
    if (!list.isArray() || list.size() > MOST_MEMBERSHIPS) {
      throw new IllegalArgumentException(
          "memberships must be a list of at most " + MOST_MEMBERSHIPS);
    }
    List<Membership> memberships = new ArrayList<>();
    for (JsonNode entry : list) {
      Membership membership =
          new Membership(optional(entry, "organization"), optional(entry, "group"));
      if (membership.organization() == null && membership.group() == null) {
        throw new IllegalArgumentException("a membership must name an organization or a group");
      }
      memberships.add(membership);
    }
    return List.copyOf(memberships);
  }

  private static Refusal refusal(JsonNode answer) {
    return new Refusal(matching(answer, "code", CODE), link(answer.path("landingUrl").textValue()));
  }

  private static String link(String url) {
    if (url == null) {
      return null;
    }
    String scheme = URI.create(url).getScheme();
    return "https".equals(scheme) || "http".equals(scheme) ? url : null;
  }

  private static String matching(JsonNode node, String field, Pattern pattern) {
    String value = text(node, field);
    if (!pattern.matcher(value).matches()) {
      throw new IllegalArgumentException(field + " is malformed");
    }
    return value;
  }

  private static String text(JsonNode node, String field) {
    String value = node.path(field).textValue();
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(field + " is missing");
    }
    return value;
  }

  private static String optional(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    return text(node, field);
  }

  private static boolean flag(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isBoolean()) {
      throw new IllegalArgumentException(field + " is missing");
    }
    return value.booleanValue();
  }
}
