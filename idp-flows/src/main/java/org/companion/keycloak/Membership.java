package org.companion.keycloak;

/** An organization's alias and a group's path; one of them may be null. */
record Membership(String organization, String group) {}
