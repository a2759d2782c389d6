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

  /** Of organization and group one is null: role groups are looked up, or made, when granted. */
  private record Resolved(Membership named, OrganizationModel organization, GroupModel group) {}

  private static final String GRANTING = "companion.granting";

  private final KeycloakSession session;
  private final OrganizationProvider organizations;
  private final List<Resolved> resolved = new ArrayList<>();

  private Memberships(KeycloakSession session) {
    this.session = session;
    organizations = session.getProvider(OrganizationProvider.class);
  }

  static Memberships resolve(KeycloakSession session, RealmModel realm, List<Membership> asked)
      throws ProblemException {
    Memberships memberships = new Memberships(session);
    for (Membership membership : asked) {
      memberships.resolved.add(
          membership.organization() == null
              ? new Resolved(membership, null, group(session, realm, membership.group()))
              : new Resolved(membership, memberships.organization(realm, membership), null));
    }
    return memberships;
  }

  /** Whether a membership that begins in this session is one that was invited to. */
  static boolean areGranted(KeycloakSession session) {
    return session.getAttribute(GRANTING) != null;
  }

  Outcome grant(UserModel user) {
    session.setAttribute(GRANTING, true);
    try {
      return grantAll(user);
    } finally {
      session.removeAttribute(GRANTING);
    }
  }

  private Outcome grantAll(UserModel user) {
    Outcome outcome = new Outcome(new ArrayList<>(), new ArrayList<>());
    for (Resolved membership : resolved) {
      boolean changed =
          membership.organization() == null
              ? join(user, membership.group())
              : join(user, membership.organization(), membership.named().group());
      (changed ? outcome.granted() : outcome.already()).add(membership.named());
    }
    return outcome;
  }

  private boolean join(UserModel user, OrganizationModel organization, String role) {
    boolean joined = organizations.addMember(organization, user);
    if (role == null) {
      return joined;
    }
    GroupModel group = RoleGroups.ensure(session, organization, role);
    boolean already =
        organizations
            .getOrganizationGroupsByMember(organization, user)
            .anyMatch(other -> other.getId().equals(group.getId()));
    if (!already) {
      user.joinGroup(group);
    }
    return joined || !already;
  }

  private static boolean join(UserModel user, GroupModel group) {
    if (user.isMemberOf(group)) {
      return false;
    }
    user.joinGroup(group);
    return true;
  }

  private OrganizationModel organization(RealmModel realm, Membership membership)
      throws ProblemException {
    OrganizationModel found =
        organizations != null && organizations.isEnabled()
            ? organizations.getByAlias(membership.organization())
            : null;
    if (found == null || !found.isEnabled()) {
      throw new ProblemException(
          Status.NOT_FOUND,
          "organization_unknown",
          "There is no enabled organization " + membership.organization());
    }
    String role = membership.group();
    if (role != null && !RealmList.of(realm, RoleGroups.GRANTABLE).contains(role)) {
      throw notAllowed(role, RoleGroups.GRANTABLE);
    }
    return found;
  }

  private static GroupModel group(KeycloakSession session, RealmModel realm, String path)
      throws ProblemException {
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
      throw notAllowed(path, GroupPaths.GRANTABLE);
    }
    return found;
  }

  private static ProblemException notAllowed(String group, String attribute) {
    return new ProblemException(
        Status.FORBIDDEN,
        "group_not_allowed",
        "Group " + group + " is not listed in realm attribute " + attribute);
  }
}
