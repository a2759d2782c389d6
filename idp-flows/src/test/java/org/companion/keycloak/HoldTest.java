package org.companion.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

class HoldTest {
  private final RealmModel realm = mock(RealmModel.class);
  private final UserModel user = mock(UserModel.class);

  @ParameterizedTest
  @CsvSource({
    "pending, , WAITING",
    "pending, invite-approval, WAITING",
    ", invite-approval, WAITING",
    "denied, , DENIED",
    "approved, , ",
    "approved, invite-approval, ",
    ", , "
  })
  void The_mark_holds_without_the_action_and_the_action_without_a_mark(
      String mark, String action, Hold expected) {
    given(mark, false, action);
    assertThat(Hold.of(realm, user)).isEqualTo(expected);
    assertThat(Hold.undecided(user)).isEqualTo(expected);
  }

  @Test
  void Whoever_owes_the_proof_of_the_address_is_held_where_the_realm_asks_for_it() {
    given(null, false, "VERIFY_EMAIL");
    assertThat(Hold.of(realm, user)).isNull();
    on("VERIFY_EMAIL");
    assertThat(Hold.of(realm, user)).isEqualTo(Hold.ADDRESS_UNPROVEN);
    assertThat(Hold.undecided(user)).isNull();
    given(null, true, "VERIFY_EMAIL");
    assertThat(Hold.of(realm, user)).isNull();
    assertThat(Hold.atTheEnd(realm, user, null)).isNull();
  }

  @Test
  void An_invited_person_owes_the_proof_even_where_the_realm_has_switched_it_off() {
    given(null, false, "VERIFY_EMAIL");
    when(user.getFirstAttribute("invite_id")).thenReturn("0197");
    assertThat(Hold.of(realm, user)).isEqualTo(Hold.ADDRESS_UNPROVEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UPDATE_PASSWORD", "CONFIGURE_TOTP", "UPDATE_PROFILE", "UPDATE_EMAIL"})
  void A_sign_in_does_not_end_before_keycloaks_own_actions_are_done(String action) {
    given(null, true, action);
    assertThat(Hold.atTheEnd(realm, user, null)).isNull(); // off in the realm
    on(action);
    assertThat(Hold.atTheEnd(realm, user, null)).isEqualTo(Hold.ACTION_OWED);
    assertThat(Hold.of(realm, user)).isNull();
  }

  @Test
  void An_action_of_the_sign_in_alone_counts_as_well() {
    on("UPDATE_PASSWORD");
    given(null, true);
    var session = mock(AuthenticationSessionModel.class);
    when(session.getRequiredActions()).thenReturn(Set.of("UPDATE_PASSWORD"));
    assertThat(Hold.atTheEnd(realm, user, session)).isEqualTo(Hold.ACTION_OWED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"update_user_locale", "idp_link", "delete_credential", "delete_account"})
  void Actions_that_keycloak_passes_over_hold_nobody(String action) {
    on(action);
    given(null, true, action);
    assertThat(Hold.atTheEnd(realm, user, null)).isNull();
  }

  private void given(String mark, boolean verified, String... actions) {
    when(user.getFirstAttribute("invite_approval")).thenReturn(mark);
    when(user.isEmailVerified()).thenReturn(verified);
    when(user.getRequiredActionsStream())
        .thenAnswer(call -> Arrays.stream(actions).filter(action -> action != null));
  }

  private void on(String action) {
    var model = new RequiredActionProviderModel();
    model.setEnabled(true);
    when(realm.getRequiredActionProviderByAlias(action)).thenReturn(model);
  }
}
