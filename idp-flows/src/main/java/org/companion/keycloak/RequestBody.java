package org.companion.keycloak;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import org.keycloak.util.JsonSerialization;

/** What a caller of the realm resource sent; everything that can't be meant is malformed. */
record RequestBody(JsonNode json) {
  private static final int LONGEST = 16 * 1024;
  private static final int LONGEST_TEXT = 2_000;

  static RequestBody read(InputStream body) throws ProblemException {
    try {
      byte[] bytes = body.readNBytes(LONGEST + 1);
      if (bytes.length > LONGEST) {
        throw new ProblemException(
            Status.REQUEST_ENTITY_TOO_LARGE, "too_large", "Send at most " + LONGEST + " bytes");
      }
      JsonNode json = JsonSerialization.mapper.readTree(bytes);
      if (json.isObject()) {
        return new RequestBody(json);
      }
    } catch (IOException e) {
      // Malformed, like anything else that is no object.
    }
    throw malformed("Send a JSON object");
  }

  List<Membership> memberships() throws ProblemException {
    try {
      return AnswerReader.memberships(json.path("memberships"));
    } catch (IllegalArgumentException e) {
      throw malformed(e.getMessage());
    }
  }

  /** Empty when the field is missing. */
  String text(String field) throws ProblemException {
    JsonNode value = json.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    if (!value.isTextual() || value.textValue().length() > LONGEST_TEXT) {
      throw malformed(field + " must be a text of at most " + LONGEST_TEXT + " characters");
    }
    return value.textValue();
  }

  /** Null where the caller says null; a missing field is no answer. */
  String webAddress(String field) throws ProblemException {
    if (json.path(field).isNull()) {
      return null;
    }
    String address = text(field);
    if (!isWebAddress(address)) {
      throw malformed(field + " must be null or an http(s) URL with a host and no user info");
    }
    return address;
  }

  static ProblemException malformed(String message) {
    return new ProblemException(Status.BAD_REQUEST, "malformed", message);
  }

  private static boolean isWebAddress(String address) {
    try {
      URI url = URI.create(address);
      boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
      return web && url.getHost() != null && url.getRawUserInfo() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
