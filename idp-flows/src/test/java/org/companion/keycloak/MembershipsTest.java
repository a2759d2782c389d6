package org.companion.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.models.GroupModel;
import org.keycloak.models.OrganizationModel;

class MembershipsTest {
  private static final Membership HARBOUR = new Membership("harbour", null);
  private static final Membership CREW = new Membership(null, "/members/crew");

  private final Scene scene = new Scene();
  private final OrganizationModel harbour = scene.organization("harbour", true);
  private final GroupModel crew = scene.group(scene.group(null, "members"), "crew");

  @Test
  void What_is_allowed_is_granted_and_what_holds_already_is_told_apart() throws ProblemException {
    allow(GroupPaths.GRANTABLE, "/members");
    when(scene.organizations.addMember(harbour, scene.user)).thenReturn(true);
    when(scene.user.isMemberOf(crew)).thenReturn(true);
    var outcome =
        Memberships.resolve(scene.session, scene.realm, List.of(HARBOUR, CREW)).grant(scene.user);
    assertThat(outcome.granted()).containsExactly(HARBOUR);
    assertThat(outcome.already()).containsExactly(CREW);
    verify(scene.user, never()).joinGroup(any());
  }

  @Test
  void A_group_of_the_realm_is_joined() throws ProblemException {
    allow(GroupPaths.GRANTABLE, "/members");
    Memberships.resolve(scene.session, scene.realm, List.of(CREW)).grant(scene.user);
    verify(scene.user).joinGroup(crew);
  }

  @Test
  void A_role_group_is_the_one_at_the_top_of_its_organization() throws ProblemException {
    allow(RoleGroups.GRANTABLE, "Admins");
    GroupModel top = scene.group(null, "top");
    GroupModel admins = scene.group(top, "Admins");
    GroupModel below = scene.group(admins, "Admins");
    when(top.getId()).thenReturn("top");
    when(admins.getId()).thenReturn("admins");
    when(admins.getParentId()).thenReturn("top");
    when(below.getParentId()).thenReturn("admins");
    when(scene.organizations.getOrganizationGroup(harbour)).thenReturn(top);
    when(scene.organizations.searchGroupsByName(harbour, "Admins", true, null, null))
        .thenAnswer(call -> Stream.of(below, admins));
    when(scene.organizations.getOrganizationGroupsByMember(harbour, scene.user))
        .thenAnswer(call -> Stream.empty());
    var admin = new Membership("harbour", "Admins");
    var outcome = Memberships.resolve(scene.session, scene.realm, List.of(admin)).grant(scene.user);
    assertThat(outcome.granted()).containsExactly(admin);
    verify(scene.organizations).addMember(harbour, scene.user);
    verify(scene.user).joinGroup(admins);
  }

  @ParameterizedTest
  @CsvSource({
    "nowhere, , organization_unknown",
    "asleep, , organization_unknown",
    "harbour, Owners, group_not_allowed",
    ", /nowhere, group_unknown",
    ", members/crew, group_unknown",
    ", /staff, group_not_allowed",
    ", /membership, group_not_allowed"
  })
  void One_that_is_not_allowed_keeps_all_others_from_being_granted(
      String organization, String group, String code) {
    allow(GroupPaths.GRANTABLE, "/members");
    allow(RoleGroups.GRANTABLE, "Admins");
    scene.organization("asleep", false);
    scene.group(null, "staff");
    scene.group(null, "membership");
    var asked = List.of(HARBOUR, CREW, new Membership(organization, group));
    var problem =
        catchThrowableOfType(
            ProblemException.class,
            () -> Memberships.resolve(scene.session, scene.realm, asked).grant(scene.user));
    assertThat(problem.response().getEntity())
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("code", code);
    verify(scene.user, never()).joinGroup(any());
    verify(scene.organizations, never()).addMember(any(), any());
  }

  @Test
  void Where_organizations_are_off_none_is_known() {
    when(scene.organizations.isEnabled()).thenReturn(false);
    var problem =
        catchThrowableOfType(
            ProblemException.class,
            () -> Memberships.resolve(scene.session, scene.realm, List.of(HARBOUR)));
    assertThat(problem.response().getStatus()).isEqualTo(404);
  }

  private void allow(String attribute, String value) {
    when(scene.realm.getAttribute(attribute)).thenReturn(value);
  }
}
