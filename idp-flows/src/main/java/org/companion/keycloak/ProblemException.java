package org.companion.keycloak;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.Map;

/** An act that is not done, as the caller of the realm resource reads it. */
final class ProblemException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Status status;
  private final String code;

  ProblemException(Status status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  Response response() {
    return Response.status(status).entity(Map.of("code", code, "message", getMessage())).build();
  }
}
