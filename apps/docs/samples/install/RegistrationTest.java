import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RegistrationTest {
  private static ThingSpaceMock mock;

  @BeforeAll
  static void start() throws Exception {
    mock = new ThingSpaceMock();
  }

  @AfterAll
  static void stop() {
    mock.close();
  }

  @Test
  void registers() throws Exception {
    URI uri = URI.create(mock.origin + "/api/fota/v2/callbacks/0242078689-00001");
    HttpRequest request = HttpRequest.newBuilder(uri)
        .header("Authorization", "Bearer any")
        .header("VZ-M2M-Token", "any")
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString("{\"url\":\"https://example.com/fota\"}"))
        .build();
    assertEquals(200, HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).statusCode());
  }
}
