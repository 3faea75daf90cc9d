import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A mock that runs until it is closed, or until the tests end. */
final class ThingSpaceMock implements AutoCloseable {
  private static final Pattern ORIGIN = Pattern.compile("\"origin\":\"([^\"]+)\"");

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  final String origin;

  ThingSpaceMock() throws IOException {
    process = new ProcessBuilder(
        "thingspace-callbacks-mock", "--port", "0", "--json", "--quiet", "--exit-with-parent")
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    String line = new BufferedReader(new InputStreamReader(process.getInputStream())).readLine();
    Matcher matcher = ORIGIN.matcher(line == null ? "" : line);
    if (!matcher.find()) throw new IOException("The mock did not start.");
    origin = matcher.group(1);
  }

  /** Sends a request with any tokens, which the mock accepts. An empty body is not sent. */
  HttpResponse<String> send(String method, String path, String body) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin + path))
        .header("Authorization", "Bearer any")
        .header("VZ-M2M-Token", "any");
    if (body.isEmpty()) request.method(method, HttpRequest.BodyPublishers.noBody());
    else
      request.header("Content-Type", "application/json")
          .method(method, HttpRequest.BodyPublishers.ofString(body));
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    process.destroy();
  }
}
