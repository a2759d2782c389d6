package org.companion.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keycloak.authentication.FormContext;
import org.keycloak.authentication.ValidationContext;
import org.keycloak.models.KeycloakTransaction;
import org.keycloak.models.UserModel;
import org.mockito.ArgumentCaptor;

class InviteBindTest {
  private final Scene scene = new Scene();
  private final InviteBind bind = new InviteBind();

  @Test
  void Whatever_address_was_posted_the_invited_one_is_used() {
    scene.letIn();
    scene.fields.addAll("email", "mallory@example.org", "eve@example.org");
    scene.fields.putSingle("username", "anna");
    ValidationContext step = scene.step(ValidationContext.class);
    bind.validate(step);
    assertThat(scene.fields.get("email")).containsExactly("Anna@example.org");
    assertThat(scene.fields.get("username")).containsExactly("anna");
    verify(scene.event).detail("invite_id", "0197-a");
    verify(step).success();
  }

  @Test
  void An_address_that_an_account_never_proved_is_free_if_an_account_comes_of_the_form() {
    for (boolean created : new boolean[] {true, false}) {
      Scene scene = new Scene();
      UserModel holder = mock(UserModel.class);
      when(holder.getId()).thenReturn("holder");
      when(holder.getRequiredActionsStream()).thenAnswer(call -> Stream.empty());
      when(scene.users.getUserByEmail(scene.realm, "Anna@example.org")).thenReturn(holder);
      scene.letIn();
      scene.fields.putSingle("username", "anna");
      ValidationContext step = scene.step(ValidationContext.class);
      when(step.getUser()).thenReturn(created ? scene.user : null);
      bind.validate(step);
      verify(holder).setEmail(null);
      var end = ArgumentCaptor.forClass(KeycloakTransaction.class);
      verify(scene.transactions).enlistPrepare(end.capture());
      end.getValue().begin();
      end.getValue().commit();
      verify(holder, times(created ? 0 : 1)).setEmail("Anna@example.org");
    }
  }

  @Test
  void An_address_that_an_account_has_proved_or_somebody_denied_has_stays_there() {
    for (String mark : new String[] {null, "denied"}) {
      UserModel holder = mock(UserModel.class);
      when(holder.isEmailVerified()).thenReturn(mark == null);
      when(holder.getFirstAttribute("invite_approval")).thenReturn(mark);
      when(holder.getRequiredActionsStream()).thenAnswer(call -> Stream.empty());
      when(scene.users.getUserByEmail(scene.realm, "Anna@example.org")).thenReturn(holder);
      scene.letIn();
      scene.fields.putSingle("username", "anna");
      bind.validate(scene.step(ValidationContext.class));
      verify(holder, never()).setEmail(any());
    }
  }

  @Test
  void The_empty_value_beside_ticked_boxes_is_dropped() {
    scene.letIn();
    scene.fields.put("interests", List.of("", "boats", "sailing"));
    scene.fields.put("note", List.of(""));
    bind.validate(scene.step(ValidationContext.class));
    assertThat(scene.fields.get("interests")).containsExactly("boats", "sailing");
    assertThat(scene.fields.get("note")).containsExactly("");
  }

  @Test
  void A_post_without_a_form_leads_back_to_the_form() {
    scene.letIn();
    ValidationContext step = scene.step(ValidationContext.class);
    Response response =
        catchThrowableOfType(WebApplicationException.class, () -> bind.validate(step))
            .getResponse();
    assertThat(response.getStatus()).isEqualTo(303);
    assertThat(response.getLocation()).hasToString(Scene.FORM_URL);
    verify(step, never()).success();
  }

  @Test
  void Who_did_not_pass_the_gate_registers_nothing() {
    scene.arrive();
    scene.fields.putSingle("email", "mallory@example.org");
    ValidationContext step = scene.step(ValidationContext.class);
    Response response =
        catchThrowableOfType(WebApplicationException.class, () -> bind.validate(step))
            .getResponse();
    assertThat(response.getStatus()).isEqualTo(403);
    verify(scene.transactions).setRollbackOnly();
    verify(step, never()).success();
    verify(scene.event).error("invite_missing");
  }

  @Test
  void The_form_shows_the_invited_address_and_who_invites() {
    scene.letIn();
    bind.buildPage(scene.step(FormContext.class), scene.pages);
    ArgumentCaptor<MultivaluedMap<String, String>> data = ArgumentCaptor.captor();
    verify(scene.pages).setFormData(data.capture());
    assertThat(data.getValue().get("email")).containsExactly("Anna@example.org");
    verify(scene.pages).setAttribute("inviteAddress", "Anna@example.org");
    verify(scene.pages).setAttribute("inviterName", "Alice");
    verify(scene.pages).setAttribute("communityName", "Harbour");
    verify(scene.pages, never()).createForm(any());
  }
}
