package io.patchway.connection;

import io.patchway.run.ServerFault;
import io.patchway.run.ServerFault.Kind;
import io.patchway.server.ConnectionSettings.WinRm;
import jakarta.xml.ws.soap.SOAPFaultException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** What goes wrong on the way to a Windows server, in words for its operator. */
final class WinRmFaults {
    private static final String ACCESS_DENIED = "5";
    private static final int LONGEST = 300;
    private static final Pattern BAD_CERTIFICATE = Pattern.compile("certificate|verify host", Pattern.CASE_INSENSITIVE);

    private final String server;
    private final WinRm settings;

    /** @param server how messages call the server */
    WinRmFaults(String server, WinRm settings) {
        this.server = server;
        this.settings = settings;
    }

    String there() {
        return "%s (%s, %s://%s:%d): "
                .formatted(
                        server, settings.user(), settings.https() ? "https" : "http", settings.host(), settings.port());
    }

    ServerFault configuration(String what, Throwable cause) {
        return new ServerFault(Kind.CONFIGURATION, there() + what, cause);
    }

    ServerFault deadline(String script, Duration deadline) {
        return new ServerFault(
                Kind.UNREACHABLE,
                there() + script + " did not end within " + Faults.seconds(deadline) + " and was left");
    }

    /** @param script what was to be run */
    ServerFault of(RuntimeException thrown, String script) {
        Optional<SOAPFaultException> fault =
                find(thrown, SOAPFaultException.class::isInstance).map(SOAPFaultException.class::cast);
        if (fault.isPresent() && WinRmAnswers.code(fault.get()).isPresent()) {
            return told(fault.get(), script);
        }
        if (find(thrown, WinRmFaults::isRefusedLogin).isPresent()) {
            return new ServerFault(
                    Kind.LOGIN_REFUSED,
                    there() + "the login was refused. Check user and password, that " + settings.authentication()
                            + " is allowed there (winrm get winrm/config/service/auth), and that the user is an"
                            + " administrator; while a host boots or shuts down this is normal.",
                    thrown);
        }
        if (find(thrown, WinRmFaults::isBadCertificate).isPresent()) {
            return new ServerFault(
                    Kind.HOST_KEY_UNKNOWN,
                    there() + "the server's certificate is not trusted, or is for another name: "
                            + words(root(thrown))
                            + ". Name its certificate, or that of its authority, in trustedCertificates.",
                    thrown);
        }
        return new ServerFault(Kind.UNREACHABLE, there() + script + ": " + reason(root(thrown)), thrown);
    }

    private ServerFault told(SOAPFaultException fault, String script) {
        String code = WinRmAnswers.code(fault).orElse("");
        if (code.equals(ACCESS_DENIED)) {
            return new ServerFault(
                    Kind.NOT_PERMITTED,
                    there() + "access denied: the user must be an administrator of the server",
                    fault);
        }
        return new ServerFault(
                Kind.UNREACHABLE,
                there() + script + " was refused by WinRM, code " + code + ": " + words(fault),
                fault);
    }

    private static boolean isRefusedLogin(Throwable thrown) {
        String words = words(thrown).toLowerCase(Locale.ROOT);
        return words.contains("401") && words.contains("unauthorized")
                || words.contains("authorization loop detected")
                || thrown instanceof javax.security.auth.login.LoginException;
    }

    private static boolean isBadCertificate(Throwable thrown) {
        return thrown instanceof CertificateException
                || thrown instanceof CertPathValidatorException
                || thrown instanceof CertPathBuilderException
                || thrown instanceof SSLException
                        && BAD_CERTIFICATE.matcher(words(thrown)).find();
    }

    private static String reason(Throwable root) {
        return switch (root) {
            case UnknownHostException unknown -> "the name cannot be resolved; check it and this machine's resolver";
            case ConnectException refused
            when words(refused).contains("refused") ->
                "connection refused; WinRM does not listen there, the host may be booting, or the port is another";
            case NoRouteToHostException noRoute -> "no route to the host; check the address and the network";
            case SocketTimeoutException late -> "no answer in time; the host may be down or booting";
            default -> "no answer: " + words(root);
        };
    }

    private static Optional<Throwable> find(Throwable thrown, Predicate<Throwable> wanted) {
        return Stream.iterate(thrown, each -> each != null, Throwable::getCause)
                .limit(20)
                .filter(wanted)
                .findFirst();
    }

    private static Throwable root(Throwable thrown) {
        return Stream.iterate(thrown, each -> each != null, Throwable::getCause)
                .limit(20)
                .reduce(thrown, (before, deeper) -> deeper);
    }

    private static String words(Throwable thrown) {
        String message = thrown.getMessage();
        String text = message == null || message.isBlank() ? thrown.getClass().getSimpleName() : message.strip();
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }
}
