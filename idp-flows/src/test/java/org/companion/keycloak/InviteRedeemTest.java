package org.companion.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.authentication.FormContext;
import org.keycloak.authentication.ValidationContext;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.UserModel.RequiredAction;
import org.keycloak.services.ErrorPageException;
import org.mockito.InOrder;

class InviteRedeemTest {
  private static final String VERIFY_EMAIL = RequiredAction.VERIFY_EMAIL.name();

  private final Scene scene = new Scene();
  private final InviteRedeem redeem = new InviteRedeem();
  private final OrganizationModel harbour = scene.organization("harbour", true);

  @BeforeEach
  void open() {
    scene.requiredAction(InviteApproval.ID, true);
    scene.requiredAction(VERIFY_EMAIL, true);
  }

  @Test
  void A_granted_claim_marks_the_account_and_puts_it_where_the_invite_says() {
    scene.letIn();
    when(scene.user.getFirstName()).thenReturn("Anna");
    when(scene.user.getLastName()).thenReturn("Anders");
    grants(new Grant("0197-a", false, true, List.of(new Membership("harbour", null))));
    redeem.success(scene.step(FormContext.class));
    verify(scene.companion)
        .claim(
            new Message.Claim(
                "community",
                "handle",
                InviteNotes.claimKey(scene.tab),
                "account",
                "anna@example.org",
                "Anna Anders",
                Map.of()));
    verify(scene.user).setSingleAttribute("invite_id", "0197-a");
    verify(scene.user).setEmailVerified(true);
    verify(scene.user, never()).addRequiredAction(anyString());
    verify(scene.user, never()).addRequiredAction(any(RequiredAction.class));
    verify(scene.organizations).addMember(harbour, scene.user);
    verify(scene.transactions, never()).setRollbackOnly();
  }

  @Test
  void How_the_transaction_ends_is_watched_before_the_claim_is_sent() {
    scene.letIn();
    grants(new Grant("0197-a", false, true, List.of()));
    redeem.success(scene.step(FormContext.class));
    InOrder order = inOrder(scene.transactions, scene.companion);
    order.verify(scene.transactions).enlistAfterCompletion(scene.afterwards);
    order.verify(scene.companion).claim(any());
  }

  @Test
  void An_account_that_must_be_approved_is_held() {
    scene.letIn();
    grants(new Grant("0197-a", true, true, List.of()));
    redeem.success(scene.step(FormContext.class));
    verify(scene.user).addRequiredAction(InviteApproval.ID);
  }

  @Test
  void An_address_that_nobody_proved_has_to_be_confirmed() {
    scene.letIn();
    grants(new Grant("0197-a", false, false, List.of()));
    redeem.success(scene.step(FormContext.class));
    verify(scene.user).addRequiredAction(RequiredAction.VERIFY_EMAIL);
    verify(scene.user, never()).setEmailVerified(true);
  }

  @ParameterizedTest
  @CsvSource({"true, true, approval_unavailable", "false, false, companion_unavailable"})
  void What_the_realm_can_not_keep_is_rolled_back(
      boolean approvalRequired, boolean addressVerified, String code) {
    scene.letIn();
    scene.requiredAction(InviteApproval.ID, false);
    scene.requiredAction(VERIFY_EMAIL, false);
    grants(new Grant("0197-a", approvalRequired, addressVerified, List.of()));
    assertThat(rolledBack(code).getStatus()).isEqualTo(503);
  }

  @Test
  void A_membership_that_can_not_be_granted_leaves_no_account() {
    scene.letIn();
    grants(new Grant("0197-a", false, true, List.of(new Membership("gone", null))));
    rolledBack("companion_unavailable");
  }

  @Test
  void A_refused_claim_leaves_no_account_and_is_not_released() {
    scene.letIn();
    when(scene.companion.claim(any()))
        .thenReturn(new Decision.Refuse<>(new Refusal("invite_in_use", null)));
    assertThat(rolledBack("invite_in_use").getStatus()).isEqualTo(409);
    scene.afterwards.rollback();
    verify(scene.companion, never()).tell(any());
  }

  @Test
  void Without_an_answer_there_is_no_account() {
    scene.letIn();
    when(scene.companion.claim(any())).thenReturn(new Decision.Unavailable<>());
    rolledBack("companion_unavailable");
  }

  @Test
  void Another_address_than_the_invited_one_claims_nothing() {
    scene.letIn();
    when(scene.user.getEmail()).thenReturn("mallory@example.org");
    rolledBack("address_mismatch");
    verifyNoInteractions(scene.companion);
  }

  @Test
  void Who_did_not_pass_the_gate_claims_nothing() {
    rolledBack("invite_missing");
    verifyNoInteractions(scene.companion);
  }

  @Test
  void What_breaks_is_rolled_back_before_anything_else_is_tried() {
    scene.letIn();
    when(scene.companion.claim(any())).thenThrow(new IllegalStateException("broken"));
    assertThat(rolledBack("companion_unavailable").getStatus()).isEqualTo(503);
    InOrder order = inOrder(scene.transactions, scene.event, scene.pages);
    order.verify(scene.transactions).setRollbackOnly();
    order.verify(scene.event).error("companion_unavailable");
    order.verify(scene.pages).createForm(anyString());
  }

  @Test
  void Where_even_the_page_can_not_be_made_the_form_is_opened_anew() {
    scene.letIn();
    when(scene.companion.claim(any())).thenThrow(new IllegalStateException("broken"));
    when(scene.pages.createForm(anyString()))
        .thenThrow(new IllegalStateException("the transaction is aborted"));
    Response response = rolledBack("companion_unavailable");
    assertThat(response.getStatus()).isEqualTo(303);
    assertThat(response.getLocation()).hasToString(Scene.FORM_URL);
  }

  @Test
  void Where_not_even_the_event_can_be_written_no_account_is_left() {
    scene.letIn();
    when(scene.companion.claim(any())).thenThrow(new IllegalStateException("broken"));
    when(scene.event.event(any()))
        .thenThrow(new IllegalStateException("the transaction is aborted"));
    Response response = end();
    assertThat(response.getStatus()).isEqualTo(303);
    verify(scene.transactions).setRollbackOnly();
  }

  @Test
  void A_mistake_in_the_form_puts_no_address_into_the_log() {
    ValidationContext step = scene.step(ValidationContext.class);
    redeem.validate(step);
    for (String detail : List.of("email", "username", "first_name", "last_name")) {
      verify(scene.event).removeDetail(detail);
    }
    verify(step).success();
  }

  private void grants(Grant grant) {
    when(scene.companion.claim(any())).thenReturn(new Decision.Accept<>(grant));
  }

  private Response rolledBack(String code) {
    Response response = end();
    verify(scene.transactions).setRollbackOnly();
    verify(scene.event).error(code);
    return response;
  }

  private Response end() {
    return catchThrowableOfType(
            ErrorPageException.class, () -> redeem.success(scene.step(FormContext.class)))
        .getResponse();
  }
}
