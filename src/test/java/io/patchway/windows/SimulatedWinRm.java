package io.patchway.windows;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.xml.parsers.DocumentBuilderFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * The WinRM service of a simulated Windows server, over HTTPS with a certificate of its own: the part of MS-WSMV that
 * runs a command. Of each command it first says that there is no output yet, then gives the output in small pieces.
 */
final class SimulatedWinRm implements AutoCloseable {
    static final String USER = "WIN-01\\Administrator";
    static final String PASSWORD = "Secret-\u00fc\"<&";
    private static final String SHELL = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell";
    private static final int PIECE = 700;

    private final SimulatedWindows windows;
    private final HttpsServer server;
    private final Path certificate;
    private final Path passwordFile;
    private final Map<String, Shell> shells = new ConcurrentHashMap<>();
    private final List<String> actions = new CopyOnWriteArrayList<>();
    private final Set<String> commands = new ConcurrentSkipListSet<>();
    private volatile String faultOfCreate = "";
    private volatile boolean silent;
    private volatile boolean breaksOff;

    SimulatedWinRm(SimulatedWindows windows, Path folder) throws Exception {
        this.windows = windows;
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair keys = generator.generateKeyPair();
        X509Certificate own = certificate(keys);
        certificate = Files.writeString(
                folder.resolve("certificate.pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder().encodeToString(own.getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        passwordFile = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls(keys, own)));
        server.createContext("/wsman", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    private static X509Certificate certificate(KeyPair keys) throws Exception {
        X500Name name = new X500Name("CN=win-01");
        Instant now = Instant.now();
        var builder = new JcaX509v3CertificateBuilder(
                name,
                BigInteger.ONE,
                Date.from(now.minusSeconds(3600)),
                Date.from(now.plusSeconds(3600)),
                name,
                keys.getPublic());
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost")));
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    }

    private static SSLContext tls(KeyPair keys, X509Certificate own) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("own", keys.getPrivate(), new char[0], new X509Certificate[] {own});
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    int port() {
        return server.getAddress().getPort();
    }

    Path certificate() {
        return certificate;
    }

    Path passwordFile() {
        return passwordFile;
    }

    /** The last word of each action that was asked for, in turn. */
    List<String> actions() {
        return List.copyOf(actions);
    }

    /** Every different command line that came in. */
    Set<String> commands() {
        return Set.copyOf(commands);
    }

    int openShells() {
        return shells.size();
    }

    /** From now on no shell is created; this is the code of the fault. */
    void refuseShells(String code) {
        faultOfCreate = code;
    }

    /** From now on commands never end. */
    void neverEnd() {
        silent = true;
    }

    /** From now on the connection breaks instead of an answer with output. */
    void breakOff() {
        breaksOff = true;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String proof = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] request = exchange.getRequestBody().readAllBytes();
            byte[] expected = (USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8);
            if (!proof.equals("Basic " + Base64.getEncoder().encodeToString(expected))) {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Negotiate");
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"WSMAN\"");
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            if (windows.takeAbsence()) {
                return;
            }
            Envelope envelope = Envelope.of(request);
            exchange.setAttribute("RelatesTo", envelope.text("MessageID"));
            answer(exchange, envelope);
        }
    }

    private void answer(HttpExchange exchange, Envelope request) throws IOException {
        String action = request.text("Action");
        actions.add(action.substring(action.lastIndexOf('/') + 1));
        switch (action.substring(action.lastIndexOf('/') + 1)) {
            case "Create" -> create(exchange, request);
            case "Command" -> command(exchange, request);
            case "Receive" -> receive(exchange, request);
            case "Signal" -> reply(exchange, 200, SHELL + "/SignalResponse", "<rsp:SignalResponse/>");
            case "Delete" -> {
                shells.remove(request.text("Selector"));
                reply(exchange, 200, "http://schemas.xmlsoap.org/ws/2004/09/transfer/DeleteResponse", "");
            }
            default -> fault(exchange, "2150858817", "no such action");
        }
    }

    private void create(HttpExchange exchange, Envelope request) throws IOException {
        if (!faultOfCreate.isEmpty()) {
            fault(exchange, faultOfCreate, "Access is denied.");
            return;
        }
        String id = UUID.randomUUID().toString().toUpperCase(java.util.Locale.ROOT);
        shells.put(id, new Shell(request.variables()));
        reply(
                exchange,
                200,
                "http://schemas.xmlsoap.org/ws/2004/09/transfer/CreateResponse",
                "<x:ResourceCreated><a:Address>https://win-01:5986/wsman</a:Address><a:ReferenceParameters>"
                        + "<w:ResourceURI>" + SHELL + "/cmd</w:ResourceURI><w:SelectorSet><w:Selector Name=\"ShellId\">"
                        + id + "</w:Selector></w:SelectorSet></a:ReferenceParameters></x:ResourceCreated>"
                        + "<rsp:Shell><rsp:ShellId>" + id + "</rsp:ShellId></rsp:Shell>");
    }

    private void command(HttpExchange exchange, Envelope request) throws IOException {
        Shell shell = shells.get(request.text("Selector"));
        commands.add(request.text("Command"));
        String feed = String.join("", shell.variables.values());
        try {
            shell.answer(windows.answer(ReceivedFeed.parse(Arrays.asList(feed.split(",")))), 0);
        } catch (IllegalArgumentException e) {
            shell.answer("", 126);
        }
        reply(
                exchange,
                200,
                SHELL + "/CommandResponse",
                "<rsp:CommandResponse><rsp:CommandId>" + shell.command + "</rsp:CommandId></rsp:CommandResponse>");
    }

    private void receive(HttpExchange exchange, Envelope request) throws IOException {
        Shell shell = shells.get(request.text("Selector"));
        if (breaksOff) {
            return;
        }
        if (!shell.asked || silent) {
            shell.asked = true;
            fault(
                    exchange,
                    "2150858793",
                    "The WS-Management service cannot complete the operation within the time specified in"
                            + " OperationTimeout.");
            return;
        }
        String piece = shell.pieces.isEmpty() ? "" : shell.pieces.remove(0);
        String streams = "<rsp:Stream Name=\"stdout\" CommandId=\"" + shell.command + "\">" + piece + "</rsp:Stream>";
        String state = shell.pieces.isEmpty()
                ? "<rsp:CommandState CommandId=\"%s\" State=\"%s/CommandState/Done\"><rsp:ExitCode>%d</rsp:ExitCode></rsp:CommandState>"
                        .formatted(shell.command, SHELL, shell.exit)
                : "<rsp:CommandState CommandId=\"%s\" State=\"%s/CommandState/Running\"/>"
                        .formatted(shell.command, SHELL);
        reply(
                exchange,
                200,
                SHELL + "/ReceiveResponse",
                "<rsp:ReceiveResponse>" + streams + state + "</rsp:ReceiveResponse>");
    }

    private static void fault(HttpExchange exchange, String code, String words) throws IOException {
        reply(
                exchange,
                500,
                "http://schemas.dmtf.org/wbem/wsman/1/wsman/fault",
                "<s:Fault><s:Code><s:Value>s:Receiver</s:Value><s:Subcode><s:Value>w:TimedOut</s:Value></s:Subcode>"
                        + "</s:Code><s:Reason><s:Text xml:lang=\"en-US\">" + words + "</s:Text></s:Reason><s:Detail>"
                        + "<f:WSManFault xmlns:f=\"http://schemas.microsoft.com/wbem/wsman/1/wsmanfault\" Code=\""
                        + code
                        + "\" Machine=\"win-01\"><f:Message>" + words
                        + "</f:Message></f:WSManFault></s:Detail></s:Fault>");
    }

    private static void reply(HttpExchange exchange, int status, String action, String body) throws IOException {
        String envelope = "<s:Envelope xml:lang=\"en-US\" xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\""
                + " xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\""
                + " xmlns:x=\"http://schemas.xmlsoap.org/ws/2004/09/transfer\""
                + " xmlns:w=\"http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd\" xmlns:rsp=\"" + SHELL + "\"><s:Header>"
                + "<a:Action>" + action + "</a:Action><a:MessageID>uuid:" + UUID.randomUUID() + "</a:MessageID>"
                + "<a:RelatesTo>" + exchange.getAttribute("RelatesTo") + "</a:RelatesTo>"
                + "<a:To>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:To></s:Header><s:Body>"
                + body + "</s:Body></s:Envelope>";
        byte[] bytes = envelope.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/soap+xml;charset=UTF-8");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static final class Shell {
        private final Map<String, String> variables;
        private final String command = UUID.randomUUID().toString().toUpperCase(java.util.Locale.ROOT);
        private final List<String> pieces = new ArrayList<>();
        private int exit;
        private boolean asked;

        Shell(Map<String, String> variables) {
            this.variables = variables;
        }

        /** Cut where it falls, in the middle of a character too. */
        void answer(String text, int exitCode) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            for (int start = 0; start < bytes.length; start += PIECE) {
                byte[] piece = Arrays.copyOfRange(bytes, start, Math.min(bytes.length, start + PIECE));
                pieces.add(Base64.getEncoder().encodeToString(piece));
            }
            exit = exitCode;
        }
    }

    /** What a client sent. */
    private record Envelope(Document document) {
        static Envelope of(byte[] bytes) throws IOException {
            try {
                DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
                factory.setNamespaceAware(true);
                return new Envelope(factory.newDocumentBuilder().parse(new ByteArrayInputStream(bytes)));
            } catch (javax.xml.parsers.ParserConfigurationException | org.xml.sax.SAXException e) {
                throw new IOException(e);
            }
        }

        String text(String element) {
            NodeList found = document.getElementsByTagNameNS("*", element);
            return found.getLength() == 0 ? "" : found.item(0).getTextContent();
        }

        /** By name; PATCHWAY_FEED_ and a digit sort as they should. */
        Map<String, String> variables() {
            Map<String, String> variables = new TreeMap<>();
            NodeList found = document.getElementsByTagNameNS("*", "Variable");
            for (int i = 0; i < found.getLength(); i++) {
                variables.put(
                        ((Element) found.item(i)).getAttribute("Name"),
                        found.item(i).getTextContent());
            }
            return variables;
        }
    }
}
