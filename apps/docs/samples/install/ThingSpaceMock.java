import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A mock that runs until it is closed, or until the tests end. */
final class ThingSpaceMock implements AutoCloseable {
  private static final Pattern ORIGIN = Pattern.compile("\"origin\":\"([^\"]+)\"");

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

  @Override
  public void close() {
    process.destroy();
  }
}
