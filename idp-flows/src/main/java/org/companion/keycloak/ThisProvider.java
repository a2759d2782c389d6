package org.companion.keycloak;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Properties;

/** Which provider runs, and where, so that a node with an old jar can be found. */
final class ThisProvider {
  /** Version of docs/identity-provider.md that this provider keeps. */
  static final int CONTRACT = 1;

  static final String VERSION = version();
  static final String NODE = node();

  private ThisProvider() {}

  private static String version() {
    Properties properties = new Properties();
    try (InputStream file =
        ThisProvider.class.getResourceAsStream("/companion-idp-flows.properties")) {
      properties.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }

  private static String node() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
