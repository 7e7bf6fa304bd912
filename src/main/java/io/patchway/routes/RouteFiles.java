package io.patchway.routes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.PluginHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the YAML routes that an operator may change. Each file is taken whole or not at all, and a bad one never keeps
 * the others from running.
 */
public final class RouteFiles {
    private static final Logger LOG = LoggerFactory.getLogger(RouteFiles.class);

    private RouteFiles() {}

    /**
     * Loads every {@code *.camel.yaml} of a folder into a context that has been started.
     *
     * @return what was wrong: a sentence for each file that was left out
     */
    public static List<String> loadInto(CamelContext camel, Path folder) throws IOException {
        List<String> problems = new ArrayList<>();
        for (Path file : files(folder)) {
            List<RouteDefinition> before = routes(camel);
            try {
                PluginHelper.getRoutesLoader(camel)
                        .loadRoutes(PluginHelper.getResourceLoader(camel).resolveResource("file:" + file));
            } catch (Exception e) {
                LOG.debug("Routes of {} could not be loaded", file, e);
                problems.add(file + ": " + reason(e) + "; its routes are left out");
                remove(camel, before);
            }
        }
        return problems;
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".camel.yaml"))
                    .sorted()
                    .toList();
        }
    }

    private static List<RouteDefinition> routes(CamelContext camel) {
        return List.copyOf(((ModelCamelContext) camel).getRouteDefinitions());
    }

    private static void remove(CamelContext camel, List<RouteDefinition> before) {
        List<RouteDefinition> half = new ArrayList<>(routes(camel));
        half.removeAll(before);
        try {
            ((ModelCamelContext) camel).removeRouteDefinitions(half);
        } catch (Exception e) {
            LOG.error("Routes of a bad file are still there: {}", half, e);
        }
    }

    /** The innermost cause: it names the file, line and column, or the option that is not known. */
    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return message.replaceAll("\\s+", " ");
    }
}
