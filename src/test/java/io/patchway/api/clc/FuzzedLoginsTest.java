package io.patchway.api.clc;

import static io.patchway.api.clc.OpenClcDoor.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.SettableClock;
import io.patchway.access.Role;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever comes in as a login, the answer is an object that says what is wrong, and never an error of ours. */
class FuzzedLoginsTest {
    private static final int FUZZED = 600;

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-27T12:00:00Z"));

    @Test
    void damagedLoginsAreRefusedAndNeverAnErrorOfOurs() throws Exception {
        try (OpenClcDoor door = new OpenClcDoor(folder, clock)) {
            door.users().add("ops", "mypassword", Role.OPERATOR);
            send(door);
        }
    }

    private void send(OpenClcDoor door) throws Exception {
        Random random = new Random(20261127);
        String good = "{\"username\":\"ops\",\"password\":\"mypassword\"}";
        String form = "username=ops&password=mypassword";
        for (int i = 0; i < FUZZED; i++) {
            boolean asForm = random.nextInt(3) == 0;
            byte[] body = damaged(asForm ? form : good, random);
            HttpRequest.Builder request = HttpRequest.newBuilder()
                    .uri(door.at(ClcSignIn.LOGIN))
                    .header("Content-Type", asForm ? "application/x-www-form-urlencoded" : "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body));

            HttpResponse<String> response = door.send(request);

            assertThat(response.statusCode())
                    .as(new String(body, StandardCharsets.ISO_8859_1))
                    .isIn(200, 400, 429);
            assertThat(json(response.body()).isObject()).isTrue();
            clock.advance(Duration.ofMinutes(1));
        }
    }

    private static byte[] damaged(String text, Random random) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                case 2 -> bytes[at] = "{}[]\",:%&=\\\0".getBytes(StandardCharsets.UTF_8)[random.nextInt(12)];
                default -> {
                    byte[] twice = Arrays.copyOf(bytes, bytes.length + bytes.length - at);
                    System.arraycopy(bytes, at, twice, bytes.length, bytes.length - at);
                    bytes = twice;
                }
            }
        }
        return bytes;
    }
}
