package org.companion.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTest {
  @ParameterizedTest
  @CsvSource({
    "invite_missing, 403",
    "invite_by_organization, 403",
    "address_mismatch, 403",
    "invite_waiting, 403",
    "a_code_of_tomorrow, 403",
    "invite_unknown, 404",
    "invite_in_use, 409",
    "invite_expired, 410",
    "invite_revoked, 410",
    "invite_redeemed, 410",
    "invite_declined, 410",
    "invite_denied, 410",
    "inviter_gone, 410",
    "inviting_paused, 503",
    "approval_unavailable, 503",
    "companion_unavailable, 503"
  })
  void Every_code_has_its_status(String code, int status) {
    assertThat(new Refusal(code, null).status().getStatusCode()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"companion_unavailable, true", "inviting_paused, false", "invite_expired, false"})
  void Only_an_absent_companion_is_worth_another_try(String code, boolean mayRetry) {
    assertThat(new Refusal(code, null).mayRetry()).isEqualTo(mayRetry);
  }
}
