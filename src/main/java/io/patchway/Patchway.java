package io.patchway;

import io.patchway.config.BadSettingException;
import io.patchway.store.DatabaseUnavailable;
import org.apache.camel.main.Main;

/** Starts Patchway from the folder that holds {@code config} and {@code routes}. */
public final class Patchway {
    private Patchway() {}

    /** Runs the service, or the one command that the arguments name. */
    public static void main(String[] arguments) throws Exception {
        if (Commands.meantBy(arguments)) {
            System.exit(new Commands(System.out).run(arguments));
        }
        try (Assembly assembly = new Assembly()) {
            Main main = new Main();
            main.setPropertyPlaceholderLocations("file:config/application.properties");
            main.configure().addConfiguration(assembly);
            StartUp startUp = new StartUp(assembly, main::completed);
            main.addMainListener(startUp);
            main.run(arguments);
            startUp.throwFailure();
        } catch (Throwable e) {
            System.err.println("Patchway did not start: " + reason(e));
            System.exit(1);
        }
    }

    /** What an operator can act on is told in a sentence; anything else keeps its stack trace. */
    private static String reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BadSettingException || cause instanceof DatabaseUnavailable) {
                return cause.getMessage();
            }
        }
        failure.printStackTrace();
        return failure.toString();
    }
}
