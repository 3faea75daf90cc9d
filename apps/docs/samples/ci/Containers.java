import java.util.Map;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

class Containers {
  /** The mock's address is "http://" + mock.getHost() + ":" + mock.getMappedPort(4010). */
  static GenericContainer<?> mock() {
    return new GenericContainer<>("localhost/thingspace-callbacks-mock")
        .withEnv(Map.of("MOCK_CONTROL_TOKEN", "secret", "MOCK_ALLOW_TARGET", "host.testcontainers.internal"))
        .withExposedPorts(4010)
        .waitingFor(Wait.forHttp("/readyz"));
  }
}
