package org.companion.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountEditTest {
  /** mark, action and switch before; the same after; what follows. */
  @ParameterizedTest
  @CsvSource({
    // Waiting
    "PENDING, true, true,   PENDING, true, true,   NOTHING",
    "PENDING, true, true,   PENDING, true, false,  NOTHING",
    "PENDING, true, true,   PENDING, false, true,  APPROVE",
    "PENDING, true, true,   APPROVED, true, true,  APPROVE",
    "PENDING, true, true,   APPROVED, false, true, APPROVE",
    "PENDING, true, true,   DENIED, true, true,    DENY",
    "PENDING, true, true,   DENIED, false, true,   DENY",
    "PENDING, true, true,   , true, true,          DENY",
    "PENDING, true, true,   , false, true,         APPROVE",
    // Denied
    "DENIED, true, false,   DENIED, true, false,   NOTHING",
    "DENIED, true, false,   DENIED, true, true,    DENY",
    "DENIED, true, true,    DENIED, true, true,    DENY",
    "DENIED, true, false,   DENIED, false, false,  DENY",
    "DENIED, true, false,   , true, true,          DENY",
    "DENIED, true, false,   , false, true,         DENY",
    "DENIED, true, false,   APPROVED, true, true,  APPROVE",
    "DENIED, true, false,   APPROVED, false, false, APPROVE",
    "DENIED, true, false,   PENDING, true, true,   HOLD",
    "DENIED, true, false,   PENDING, false, true,  HOLD",
    // Approved
    "APPROVED, false, true, APPROVED, false, true, NOTHING",
    "APPROVED, false, true, APPROVED, true, true,  HOLD",
    "APPROVED, true, true,  APPROVED, true, true,  NOTHING",
    "APPROVED, false, true, PENDING, false, true,  HOLD",
    "APPROVED, false, true, PENDING, true, true,   HOLD",
    "APPROVED, false, true, DENIED, false, true,   DENY",
    "APPROVED, false, true, , false, true,         NOTHING",
    "APPROVED, false, true, , true, true,          HOLD",
    // Never held
    ", false, true,         , false, true,         NOTHING",
    ", false, true,         , true, true,          HOLD",
    ", false, true,         PENDING, false, true,  HOLD",
    ", false, true,         DENIED, false, true,   DENY",
    // Held by hand, without a mark
    ", true, true,          , true, true,          NOTHING",
    ", true, true,          , false, true,         APPROVE"
  })
  void An_edit_means(
      Approval mark,
      boolean held,
      boolean enabled,
      Approval markAfter,
      boolean heldAfter,
      boolean enabledAfter,
      AccountEdit expected) {
    assertThat(
            AccountEdit.of(
                new AccountEdit.State(mark, held, enabled),
                new AccountEdit.State(markAfter, heldAfter, enabledAfter)))
        .isEqualTo(expected);
  }

  @Test
  void No_edit_but_the_mark_itself_opens_a_denied_account() {
    var denied = new AccountEdit.State(Approval.DENIED, true, false);
    for (boolean held : new boolean[] {false, true}) {
      for (boolean enabled : new boolean[] {false, true}) {
        for (Approval mark : new Approval[] {null, Approval.PENDING, Approval.DENIED}) {
          assertThat(AccountEdit.of(denied, new AccountEdit.State(mark, held, enabled)))
              .isNotEqualTo(AccountEdit.APPROVE);
        }
      }
    }
  }
}
