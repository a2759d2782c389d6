package org.companion.keycloak;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;
import java.util.Map;

/** What is sent to the companion. Names are the wire format; none prints what it carries. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
sealed interface Message {
  String endpoint();

  @JsonTypeName("inspect")
  record Inspect(String realm, String handle) implements Message {
    @Override
    public String endpoint() {
      return "inspect";
    }

    @Override
    public String toString() {
      return "Inspect";
    }
  }

  @JsonTypeName("claim")
  record Claim(
      String realm,
      String handle,
      String claimKey,
      String accountId,
      String address,
      String displayName,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, List<String>> answers)
      implements Message {
    @Override
    public String endpoint() {
      return "claim";
    }

    Release release() {
      return new Release(realm, handle, claimKey, accountId);
    }

    Registered registered(String inviteId) {
      return new Registered(realm, inviteId, claimKey, accountId, displayName);
    }

    @Override
    public String toString() {
      return "Claim[" + accountId + "]";
    }
  }

  @JsonTypeName("release")
  record Release(String realm, String handle, String claimKey, String accountId)
      implements Message {
    @Override
    public String endpoint() {
      return "release";
    }

    @Override
    public String toString() {
      return "Release[" + accountId + "]";
    }
  }

  @JsonTypeName("registered")
  record Registered(
      String realm, String inviteId, String claimKey, String accountId, String displayName)
      implements Message {
    @Override
    public String endpoint() {
      return "facts";
    }

    @Override
    public String toString() {
      return "Registered[" + accountId + "]";
    }
  }

  @JsonTypeName("approved")
  record Approved(
      String realm,
      String inviteId,
      String accountId,
      @JsonInclude(JsonInclude.Include.NON_NULL) String by)
      implements Message {
    @Override
    public String endpoint() {
      return "facts";
    }
  }

  @JsonTypeName("denied")
  record Denied(
      String realm,
      String inviteId,
      String accountId,
      @JsonInclude(JsonInclude.Include.NON_NULL) String by)
      implements Message {
    @Override
    public String endpoint() {
      return "facts";
    }
  }

  /** With a text it adds that, else it only asks. */
  @JsonTypeName("waiting")
  record Waiting(
      String realm,
      String inviteId,
      String accountId,
      @JsonInclude(JsonInclude.Include.NON_NULL) String text)
      implements Message {
    /** What is left of a text that is cut is still too long for the companion, which says so. */
    private static final int MOST_BYTES = 12 * 1024;

    public Waiting {
      text = text == null ? null : JsonText.cut(text, MOST_BYTES);
    }

    @Override
    public String endpoint() {
      return "waiting";
    }

    @Override
    public String toString() {
      return "Waiting[" + accountId + "]";
    }
  }
}
