package org.companion.keycloak;

import java.util.Objects;
import org.jboss.logging.Logger;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.organization.OrganizationProvider;

/** Groups at the top of an organization whose name says what somebody is there. */
final class RoleGroups {
  static final String GRANTABLE = "companion.role.groups";
  private static final Logger LOG = Logger.getLogger(RoleGroups.class);

  private RoleGroups() {}

  /**
   * Finds the group, or makes it in a transaction of its own: the database takes a name only once,
   * and the grant of whoever comes second would break with the group.
   */
  static GroupModel ensure(KeycloakSession session, OrganizationModel organization, String name) {
    GroupModel existing = find(session, organization, name);
    if (existing != null) {
      return existing;
    }
    try {
      KeycloakModelUtils.runJobInTransaction(
          session.getKeycloakSessionFactory(),
          session.getContext(),
          own -> make(own, organization.getId(), name));
    } catch (ModelDuplicateException e) {
      LOG.debugf("Somebody else has made group %s of %s", name, organization.getAlias());
    }
    return Objects.requireNonNull(find(session, organization, name), name);
  }

  private static void make(KeycloakSession session, String organizationId, String name) {
    OrganizationProvider organizations = session.getProvider(OrganizationProvider.class);
    organizations.createGroup(organizations.getById(organizationId), name, null);
  }

  private static GroupModel find(
      KeycloakSession session, OrganizationModel organization, String name) {
    OrganizationProvider organizations = session.getProvider(OrganizationProvider.class);
    String top = organizations.getOrganizationGroup(organization).getId();
    return organizations
        .searchGroupsByName(organization, name, true, null, null)
        .filter(group -> group != null && top.equals(group.getParentId()))
        .filter(group -> name.equals(group.getName()))
        .findFirst()
        .orElse(null);
  }
}
