import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegistrationTest {
  private static final String CALLBACKS = "/api/fota/v2/callbacks/0000123456-00001";
  private static final String BODY = "{\"url\":\"https://example.com/fota\"}";
  private static ThingSpaceMock mock;

  @BeforeAll
  static void start() throws Exception {
    mock = new ThingSpaceMock();
  }

  @AfterAll
  static void stop() {
    mock.close();
  }

  @BeforeEach
  void reset() throws Exception {
    mock.send("DELETE", "/mock/state", "");
  }

  @Test
  void registers() throws Exception {
    assertEquals(200, mock.send("POST", CALLBACKS, BODY).statusCode());
    String expected = "{\"expected\":[{\"operationId\":\"registerCallback\",\"count\":1}]}";
    assertTrue(mock.send("POST", "/mock/verify", expected).body().contains("\"verified\":true"));
  }

  @Test
  void getsTheErrorOfAFault() throws Exception {
    mock.send("POST", "/mock/faults", "{\"operationId\":\"registerCallback\",\"status\":503,\"times\":1}");
    assertEquals(503, mock.send("POST", CALLBACKS, BODY).statusCode());
    assertEquals(200, mock.send("POST", CALLBACKS, BODY).statusCode());
  }
}
