package org.companion.keycloak;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.RETURNS_SELF;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.net.URI;
import org.mockito.invocation.InvocationOnMock;

/** Responses without a server: what is built tells its status, entity and headers. */
final class Responses {
  private Responses() {}

  static void install() {
    RuntimeDelegate delegate = mock(RuntimeDelegate.class);
    when(delegate.createResponseBuilder()).thenAnswer(call -> builder());
    RuntimeDelegate.setInstance(delegate);
  }

  /** A builder of addresses that comes to this one whatever it is given. */
  static UriBuilder uri(String address) {
    UriBuilder builder = mock(UriBuilder.class, RETURNS_SELF);
    doReturn(URI.create(address)).when(builder).build(any());
    return builder;
  }

  private static Response.ResponseBuilder builder() {
    Response response = mock(Response.class);
    when(response.getHeaders()).thenReturn(new MultivaluedHashMap<>());
    return mock(Response.ResponseBuilder.class, call -> built(response, call));
  }

  private static Object built(Response response, InvocationOnMock call) {
    Object value = call.getArguments().length == 0 ? null : call.getArgument(0);
    switch (call.getMethod().getName()) {
      case "build":
        return response;
      case "status":
        int status =
            value instanceof Response.StatusType type ? type.getStatusCode() : (Integer) value;
        when(response.getStatus()).thenReturn(status);
        when(response.getStatusInfo()).thenReturn(Response.Status.fromStatusCode(status));
        break;
      case "entity":
        when(response.getEntity()).thenReturn(value);
        break;
      case "location":
        when(response.getLocation()).thenReturn((URI) value);
        break;
      case "header":
        when(response.getHeaderString((String) value)).thenReturn(call.getArgument(1).toString());
        break;
      default:
    }
    return call.getMock();
  }
}
