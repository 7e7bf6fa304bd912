package io.patchway.bench;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One connection of a client that signs its calls as AWS clients do (Signature Version 4), and costs little more than
 * that: what is measured is the server. Belongs to one thread.
 */
final class SignedConnection implements AutoCloseable {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String SIGNED = "content-type;host;x-amz-date;x-amz-target";
    private static final String TYPE = "application/x-amz-json-1.1";

    private final Key key;
    private final String host;
    private final Socket socket;
    private final DataInputStream input;
    private final MessageDigest sha256;
    private final Mac mac;
    private String signedDay = "";

    /** An access key of Patchway. */
    record Key(String id, String secret) {}

    SignedConnection(int port, Key key) throws IOException, GeneralSecurityException {
        this.key = key;
        this.host = "127.0.0.1:" + port;
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        this.input = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        this.sha256 = MessageDigest.getInstance("SHA-256");
        this.mac = Mac.getInstance("HmacSHA256");
    }

    /**
     * Makes one call.
     *
     * @throws IOException when the answer is not 200
     */
    String call(String operation, String json) throws IOException, GeneralSecurityException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        String target = "AmazonSSM." + operation;
        String stamp = STAMP.format(Instant.now());
        String head = "POST / HTTP/1.1\r\nHost: " + host + "\r\nContent-Type: " + TYPE + "\r\nX-Amz-Date: " + stamp
                + "\r\nX-Amz-Target: " + target + "\r\nAuthorization: " + authorization(stamp, target, body)
                + "\r\nContent-Length: " + body.length + "\r\n\r\n";
        byte[] start = head.getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new byte[start.length + body.length];
        System.arraycopy(start, 0, whole, 0, start.length);
        System.arraycopy(body, 0, whole, start.length, body.length);
        socket.getOutputStream().write(whole);
        return answer(operation);
    }

    private String authorization(String stamp, String target, byte[] body) throws GeneralSecurityException {
        String day = stamp.substring(0, 8);
        String scope = day + "/us-east-1/ssm/aws4_request";
        String canonical = "POST\n/\n\ncontent-type:" + TYPE + "\nhost:" + host + "\nx-amz-date:" + stamp
                + "\nx-amz-target:" + target + "\n\n" + SIGNED + "\n" + hex(sha256.digest(body));
        String toSign = "AWS4-HMAC-SHA256\n" + stamp + "\n" + scope + "\n"
                + hex(sha256.digest(canonical.getBytes(StandardCharsets.UTF_8)));
        useKeyOf(day);
        String signature = hex(mac.doFinal(toSign.getBytes(StandardCharsets.UTF_8)));
        return "AWS4-HMAC-SHA256 Credential=" + key.id() + "/" + scope + ", SignedHeaders=" + SIGNED + ", Signature="
                + signature;
    }

    private void useKeyOf(String day) throws GeneralSecurityException {
        if (!day.equals(signedDay)) {
            byte[] chain = ("AWS4" + key.secret()).getBytes(StandardCharsets.UTF_8);
            for (String part : new String[] {day, "us-east-1", "ssm", "aws4_request"}) {
                mac.init(new SecretKeySpec(chain, "HmacSHA256"));
                chain = mac.doFinal(part.getBytes(StandardCharsets.UTF_8));
            }
            mac.init(new SecretKeySpec(chain, "HmacSHA256"));
            signedDay = day;
        }
    }

    private String answer(String operation) throws IOException {
        String status = line();
        int length = 0;
        for (String header = line(); !header.isEmpty(); header = line()) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring("content-length:".length()).strip());
            }
        }
        String body = new String(input.readNBytes(length), StandardCharsets.UTF_8);
        if (!status.contains(" 200")) {
            throw new IOException(operation + ": " + status + " " + body);
        }
        return body;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int read = input.readUnsignedByte(); read != '\n'; read = input.readUnsignedByte()) {
            if (read != '\r') {
                line.append((char) read);
            }
        }
        return line.toString();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
