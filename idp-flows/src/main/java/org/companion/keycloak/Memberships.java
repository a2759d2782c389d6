package org.companion.keycloak;

import jakarta.ws.rs.core.Response.Status;
import java.util.ArrayList;
import java.util.List;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.organization.OrganizationProvider;

/** Memberships that were all found and are all allowed: granting them can't stop half-way. */
final class Memberships {
  /** What a call changed and what held already, in the order asked. */
  record Outcome(List<Membership> granted, List<Membership> already) {}

  private record Resolved(Membership named, OrganizationModel organization, GroupModel group) {}

  private final OrganizationProvider organizations;
  private final List<Resolved> resolved = new ArrayList<>();

  private Memberships(OrganizationProvider organizations) {
    this.organizations = organizations;
  }

  static Memberships resolve(KeycloakSession session, RealmModel realm, List<Membership> asked)
      throws ProblemException {
    Memberships memberships = new Memberships(session.getProvider(OrganizationProvider.class));
    for (Membership membership : asked) {
      memberships.resolved.add(
          new Resolved(
              membership,
              memberships.organization(membership.organization()),
              group(session, realm, membership.group())));
    }
    return memberships;
  }

  Outcome grant(UserModel user) {
    Outcome outcome = new Outcome(new ArrayList<>(), new ArrayList<>());
    for (Resolved membership : resolved) {
      boolean joined = join(user, membership.organization());
      boolean added = join(user, membership.group());
      (joined || added ? outcome.granted() : outcome.already()).add(membership.named());
    }
    return outcome;
  }

  private boolean join(UserModel user, OrganizationModel organization) {
    return organization != null && organizations.addMember(organization, user);
  }

  private static boolean join(UserModel user, GroupModel group) {
    if (group == null || user.isMemberOf(group)) {
      return false;
    }
    user.joinGroup(group);
    return true;
  }

  private OrganizationModel organization(String alias) throws ProblemException {
    if (alias == null) {
      return null;
    }
    OrganizationModel found =
        organizations != null && organizations.isEnabled() ? organizations.getByAlias(alias) : null;
    if (found == null || !found.isEnabled()) {
      throw new ProblemException(
          Status.NOT_FOUND, "organization_unknown", "There is no enabled organization " + alias);
    }
    return found;
  }

  private static GroupModel group(KeycloakSession session, RealmModel realm, String path)
      throws ProblemException {
    if (path == null) {
      return null;
    }
    GroupModel found = KeycloakModelUtils.findGroupByPath(session, realm, path);
    boolean exact =
        found != null
            && found.getType() == GroupModel.Type.REALM
            && KeycloakModelUtils.buildGroupPath(found).equals(path);
    if (!exact) {
      throw new ProblemException(
          Status.NOT_FOUND, "group_unknown", "There is no group with the path " + path);
    }
    if (!GroupPaths.covers(realm, GroupPaths.GRANTABLE, path)) {
      throw new ProblemException(
          Status.FORBIDDEN,
          "group_not_allowed",
          "Group " + path + " is not listed in realm attribute " + GroupPaths.GRANTABLE);
    }
    return found;
  }
}
