import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;

/**
 * Compiles the samples in FOLDER/API/*.java, then runs the class of each line of its input, such as "v1/RegisterCallback",
 * and prints a line after its output. One process compiles and runs all samples, because a process for each takes a second.
 */
class Run {
    public static void main(String[] args) throws Exception {
        var folder = Path.of(args[0]);
        for (var api : folder.toFile().listFiles(File::isDirectory)) compile(api.toPath());
        System.out.println("== end");
        var input = new BufferedReader(new InputStreamReader(System.in));
        for (var line = input.readLine(); line != null; line = input.readLine()) {
            var name = line.split("/");
            try (var loader = new URLClassLoader(new URL[] {folder.resolve(name[0]).toUri().toURL()})) {
                var main = loader.loadClass(name[1]).getDeclaredMethod("main", String[].class);
                main.setAccessible(true);
                main.invoke(null, (Object) new String[0]);
            } catch (ReflectiveOperationException error) {
                System.out.println("failed: " + error.getCause());
            }
            System.out.println("== end");
        }
    }

    static void compile(Path folder) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-d", folder.toString(), "-Xlint:all", "-Werror"));
        try (var files = Files.list(folder)) {
            files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(arguments::add);
        }
        var status = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        if (status != 0) throw new IllegalStateException("The samples of " + folder + " do not compile");
    }
}
