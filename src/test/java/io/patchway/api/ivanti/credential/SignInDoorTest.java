package io.patchway.api.ivanti.credential;

import static io.patchway.api.ivanti.credential.SignInDoor.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchway.api.ivanti.credential.Line.Answer;
import io.patchway.api.ivanti.ntlm.NtlmClient;
import io.patchway.faults.Survives;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes over the wire at the sign-in, and what clients hand over behind it. */
class SignInDoorTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CLEAR = "{\"clearText\": \"%s\", \"protectionMode\": \"None\"}";

    @TempDir
    Path folder;

    private SignInDoor door;

    @BeforeEach
    void open() throws IOException {
        door = new SignInDoor(folder);
    }

    @AfterEach
    void close() {
        door.close();
    }

    private Answer as(String user, String method, String path, String body) throws IOException {
        String both = user + ":" + PASSWORD;
        String header =
                "Authorization: Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
        try (Line line = new Line(door.port())) {
            return line.call(method, path, body, header);
        }
    }

    private static JsonNode json(Answer answer) throws IOException {
        return JSON.readTree(answer.body());
    }

    @Test
    void aPasswordInTheClearIsTakenFromNobodyWhoCameOverAnOpenWay() throws IOException {
        String[] headers = {"Authorization: Bearer token-of-otto", "X-Forwarded-For: 192.0.2.1"};
        String credential = "{\"name\": \"n\", \"userName\": \"root\", \"password\": " + CLEAR.formatted("x") + "}";
        try (Line line = new Line(door.portBehindProxy())) {
            Answer session = line.call("POST", "sessioncredentials", CLEAR.formatted(PASSWORD), headers);
            Answer stored = line.call("POST", "credentials", credential, headers);
            Answer fromHere = line.call("POST", "sessioncredentials", CLEAR.formatted(PASSWORD), headers[0]);

            assertThat(session.status()).isEqualTo(403);
            assertThat(json(session).path("message").asText()).contains("over https only", "Change it");
            assertThat(stored.status()).isEqualTo(403);
            assertThat(fromHere.status()).as(fromHere.body()).isEqualTo(200);
        }
    }

    @Test
    void ntlmIsOfferedOnceSomebodyMaySignInByItAndNotBefore() throws IOException {
        try (Line line = new Line(door.port())) {
            Answer before = line.call("GET", "credentials", "");
            door.ntlm.turnOn("otto", PASSWORD, "test");
            Answer after = line.call("GET", "credentials", "");
            Answer proxied = line.call("GET", "credentials", "", "X-Forwarded-For: 192.0.2.1");

            assertThat(before.values("WWW-Authenticate"))
                    .singleElement()
                    .asString()
                    .startsWith("Basic ");
            assertThat(after.status()).isEqualTo(401);
            assertThat(after.body()).isEmpty();
            assertThat(after.values("WWW-Authenticate"))
                    .satisfiesExactly(
                            first -> assertThat(first).isEqualTo("Negotiate"),
                            second -> assertThat(second).isEqualTo("NTLM"),
                            third -> assertThat(third).startsWith("Basic "));
            assertThat(proxied.values("WWW-Authenticate")).hasSize(1);
        }
    }

    @Test
    @Survives(34)
    void aConnectionThatHasSignedInStaysSoAndAnotherDoesNot() throws IOException {
        door.ntlm.turnOn("otto", PASSWORD, "test");
        for (String scheme : new String[] {"NTLM", "Negotiate"}) {
            try (Line line = new Line(door.port());
                    Line other = new Line(door.port())) {
                Answer challenge = line.call(
                        "POST", "credentials", "{\"a\": 1}", "Authorization: " + scheme + " " + NtlmClient.negotiate());
                assertThat(challenge.status()).isEqualTo(401);
                String message = challenge.values("WWW-Authenticate").get(0).substring(scheme.length() + 1);
                String answer = new NtlmClient("otto", "PATCHWAY", PASSWORD, true).answer(message);

                assertThat(other.call("GET", "credentials", "", "Authorization: " + scheme + " " + answer)
                                .status())
                        .isEqualTo(401);
                assertThat(line.call("GET", "credentials", "", "Authorization: " + scheme + " " + answer)
                                .status())
                        .isEqualTo(200);
                assertThat(line.call("GET", "credentials", "").status()).isEqualTo(200);
                assertThat(line.call("GET", "credentials", "", "Via: 1.1 proxy").status())
                        .isEqualTo(401);
                assertThat(other.call("GET", "credentials", "").status()).isEqualTo(401);
            }
        }
    }

    @Test
    @Survives(31)
    void whateverStandsInTheHeaderItIsNoErrorOfOurs() throws IOException {
        door.ntlm.turnOn("otto", PASSWORD, "test");
        Random random = new Random(42);
        String[] schemes = {"NTLM", "Negotiate", "Basic", "Bearer", "ntlm", "Digest", ""};
        for (int i = 0; i < 300; i++) {
            byte[] bytes = new byte[random.nextInt(120)];
            random.nextBytes(bytes);
            if (random.nextBoolean() && bytes.length > 12) {
                System.arraycopy("NTLMSSP\0".getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, 8);
                System.arraycopy(new byte[] {(byte) (1 + random.nextInt(3)), 0, 0, 0}, 0, bytes, 8, 4);
            }
            String text = random.nextInt(4) == 0
                    ? new String(bytes, StandardCharsets.ISO_8859_1).replaceAll("[\\x00-\\x1f\\x7f]", "?")
                    : Base64.getEncoder().encodeToString(bytes);
            String header = "Authorization: " + schemes[random.nextInt(schemes.length)] + " " + text;
            try (Line line = new Line(door.port())) {
                assertThat(line.call("GET", "credentials", "", header).status())
                        .as(header)
                        .isIn(400, 401, 403, 429);
            }
        }
    }

    @Test
    @Survives(34)
    void theRitualOfTheSessionCredentialWorksInTheClearAndSealed() throws Exception {
        assertThat(as("otto", "DELETE", "sessioncredentials", "").status()).isEqualTo(404);
        Answer made = as("otto", "POST", "SessionCredentials", CLEAR.formatted(PASSWORD));
        assertThat(made.status()).isEqualTo(200);
        assertThat(made.body()).isEqualTo("{\"created\":true}");
        assertThat(as("otto", "POST", "sessioncredentials", sealed(PASSWORD, true))
                        .status())
                .isEqualTo(409);
        assertThat(as("anna", "POST", "sessioncredentials", sealed(PASSWORD, false))
                        .status())
                .isEqualTo(200);
        assertThat(as("otto", "DELETE", "sessioncredentials", "").status()).isEqualTo(204);
        assertThat(as("otto", "POST", "sessioncredentials", sealed(PASSWORD, true))
                        .status())
                .isEqualTo(200);
        assertThat(as("otto", "POST", "sessioncredentials", CLEAR.formatted("a guess"))
                        .status())
                .isEqualTo(400);
        assertThat(door.audit.lines()).noneMatch(line -> line.contains(PASSWORD));
    }

    @Test
    void aUserWhoIsKeptToSomeAccountsIsRefusedBecauseAccountsCannotBeToldApartHere() throws IOException {
        for (String path : new String[] {"credentials", "configuration/certificate", "no-such-path"}) {
            Answer answer = as("acme", "GET", path, "");

            assertThat(answer.status()).as(path).isEqualTo(403);
            assertThat(json(answer).path("message").asText()).contains("acme", "ACME", "a user without aliases");
        }
        assertThat(as("acme", "POST", "sessioncredentials", CLEAR.formatted(PASSWORD))
                        .status())
                .isEqualTo(403);
        assertThat(as("anna", "DELETE", "sessioncredentials", "").status()).isEqualTo(404);
    }

    @Test
    void whatCannotBeOpenedIsRefusedWithTheSameWords() throws Exception {
        JsonNode good = JSON.readTree(sealed(PASSWORD, false));
        byte[] cipherText = Base64.getDecoder().decode(good.path("cipherText").asText());
        byte[] odd = Arrays.copyOf(cipherText, cipherText.length - 1);
        byte[] changed = cipherText.clone();
        changed[changed.length - 1] ^= 1;
        String key = good.path("sessionKey").path("encryptedKey").asText();
        String otherKey = Base64.getEncoder().encodeToString(new byte[256]);
        String base64 = Base64.getEncoder().encodeToString(odd);
        String text = good.toString();

        String first = refusal(text.replace(good.path("cipherText").asText(), base64));
        assertThat(first).contains("could not be opened");
        assertThat(refusal(text.replace(
                        good.path("cipherText").asText(), Base64.getEncoder().encodeToString(changed))))
                .isEqualTo(first);
        assertThat(refusal(text.replace(key, otherKey))).isEqualTo(first);
        assertThat(refusal(text.replace(key, "AAAA"))).isEqualTo(first);
        assertThat(refusal("{\"clearText\": \"x\", \"protectionMode\": \"LocalDPApi\"}"))
                .contains("protectionMode");
        assertThat(refusal("{}")).contains("clearText");
        assertThat(refusal("{\"protectionMode\": \"SessionKey\", \"cipherText\": [1, 256]}"))
                .contains("cipherText");
        assertThat(refusal("{\"protectionMode\": \"SessionKey\", \"cipherText\": [1]}"))
                .contains("sessionKey");
        assertThat(refusal("{\"protectionMode\": \"Rot13\"}")).contains("protectionMode");
    }

    @Test
    void nobodyLearnsWhetherSomethingCanBeOpened() throws Exception {
        String good = sealed("a guess", false);
        String key = JSON.readTree(good).path("sessionKey").path("encryptedKey").asText();
        String closed = good.replace(key, Base64.getEncoder().encodeToString(new byte[256]));

        assertThat(refusal(good)).isEqualTo(refusal(closed));
        assertThat(door.audit.lines().stream().filter(line -> line.contains("wrong password")))
                .hasSize(2);
        for (String password : new String[] {good, closed}) {
            String body = "{\"name\": \"%s\", \"userName\": \"root\", \"password\": %s}"
                    .formatted(password.hashCode(), password);
            assertThat(as("otto", "POST", "credentials", body).status()).isEqualTo(201);
        }
    }

    private String refusal(String body) throws IOException {
        Answer answer = as("otto", "POST", "sessioncredentials", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        return json(answer).path("message").asText();
    }

    @Test
    void credentialsAreToldBackWithoutTheirSecretAndChangedByTheirOwnerOnly() throws IOException {
        String body = "{\"name\": \"Linux root\", \"userName\": \"root\", \"password\": "
                + CLEAR.formatted("secret-of-root") + "}";
        Answer made = as("otto", "POST", "credentials", body);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        String one = "credentials/" + json(made).path("id").asText();

        assertThat(as("anna", "POST", "credentials", body).status()).isEqualTo(409);
        assertThat(as("otto", "POST", "credentials", "{\"name\": \"x\", \"userName\": \"y\"}")
                        .status())
                .isEqualTo(400);
        JsonNode named = json(as("otto", "GET", "credentials/?name=LINUX%20ROOT&count=1", ""));
        assertThat(named.path("id")).isEqualTo(named.path("value").path(0).path("id"));
        assertThat(named.path("username").asText()).isEqualTo("root");
        assertThat(named.toString()).doesNotContain("secret-of-root").contains("no password is kept");
        assertThat(as("anna", "GET", one, "").status()).isEqualTo(404);

        assertThat(as("otto", "PUT", one + "/share", "{\"sharedWith\": [\"Anna\"]}")
                        .status())
                .isEqualTo(200);
        assertThat(as("anna", "GET", one, "").status()).isEqualTo(200);
        assertThat(as("anna", "DELETE", one, "").status()).isEqualTo(401);
        assertThat(json(as("otto", "PUT", one, "{\"userName\": \"admin\"}"))
                        .path("username")
                        .asText())
                .isEqualTo("admin");
        assertThat(as("otto", "DELETE", one, "").status()).isEqualTo(204);
        assertThat(as("otto", "DELETE", one, "").status()).isEqualTo(404);
        assertThat(json(as("otto", "GET", "credentials?name=linux", ""))
                        .path("count")
                        .asInt())
                .isZero();
    }

    /** As the published scripts do it: an array of numbers from PowerShell, Base64 from others. */
    private String sealed(String password, boolean asArray) throws IOException, GeneralSecurityException {
        String der = json(as("otto", "GET", "configuration/certificate", ""))
                .path("derEncoded")
                .asText();
        Certificate certificate = CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(Base64.getDecoder().decode(der)));
        byte[] key = "sixteen bytes ok".getBytes(StandardCharsets.US_ASCII);
        byte[] iv = "another sixteen.".getBytes(StandardCharsets.US_ASCII);
        Cipher aes = Cipher.getInstance("AES/CBC/PKCS5Padding");
        aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
        byte[] cipherText = aes.doFinal(password.getBytes(StandardCharsets.UTF_16LE));
        Cipher rsa = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
        rsa.init(
                Cipher.ENCRYPT_MODE,
                certificate.getPublicKey(),
                new OAEPParameterSpec("SHA-1", "MGF1", MGF1ParameterSpec.SHA1, PSource.PSpecified.DEFAULT));
        Base64.Encoder base64 = Base64.getEncoder();
        String text = asArray
                ? IntStream.range(0, cipherText.length)
                        .mapToObj(i -> String.valueOf(Byte.toUnsignedInt(cipherText[i])))
                        .collect(Collectors.joining(",", "[", "]"))
                : '"' + base64.encodeToString(cipherText) + '"';
        return "{\"protectionMode\": \"SessionKey\", \"cipherText\": " + text
                + ", \"sessionKey\": {\"algorithmIdentifier\": \"http://www.w3.org/2001/04/xmlenc#aes128-cbc\","
                + " \"encryptedKey\": \"" + base64.encodeToString(rsa.doFinal(key)) + "\", \"iv\": \""
                + base64.encodeToString(iv) + "\"}}";
    }
}
