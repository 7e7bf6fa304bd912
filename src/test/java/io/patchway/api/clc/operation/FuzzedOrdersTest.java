package io.patchway.api.clc.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.api.clc.OpenClcDoor;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is sent, it is never an error of ours, and what is refused has started nothing. */
class FuzzedOrdersTest {
    private static final int ORDERS = 1200;
    private static final String GOOD = ClcWorld.body("WA1ALIASSERV0101", "WA1ALIASNOPE01");
    private static final List<String> PIECES = List.of(
            "null",
            "{}",
            "[]",
            "\"\"",
            "0",
            "-1e999",
            "true",
            "\\u0000",
            "\\ud800",
            "\"servers\":",
            "\"package\":",
            "\"parameters\":",
            ",",
            ":",
            "{",
            "}",
            "[",
            "]",
            "\"WA1ALIASSERV0102\"",
            "'",
            "; drop table server_run",
            "${sys:user.home}",
            "é",
            "\uD83D\uDD12",
            "\"packageId\":\"Yum Update\"");

    @TempDir
    Path folder;

    @Test
    void noOrderIsAnErrorOfOursAndNoRefusedOneStartsAnything() throws Exception {
        Random random = new Random(20261127);
        int accepted = 0;
        try (ClcWorld world = new ClcWorld(folder)) {
            for (int i = 0; i < ORDERS; i++) {
                String body = damaged(random);
                int before = world.ledger.openRuns();
                HttpResponse<String> response = world.execute(body);

                int queued = world.ledger.openRuns() - before;
                assertThat(response.statusCode()).as(body).isIn(200, 400);
                if (response.statusCode() == 200) {
                    EntityShape.check(OpenClcDoor.json(response.body()));
                    accepted++;
                } else {
                    assertThat(queued).as(body).isZero();
                    assertThat(OpenClcDoor.json(response.body()).path("message").asText())
                            .as(body)
                            .isNotEmpty();
                }
                world.clock.advance(Duration.ofSeconds(30));
            }
        }
        assertThat(accepted).as("some are good enough").isBetween(1, ORDERS - 1);
    }

    private static String damaged(Random random) {
        StringBuilder body = new StringBuilder(GOOD);
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            int at = random.nextInt(body.length());
            switch (random.nextInt(4)) {
                case 0 -> body.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                case 1 -> body.setCharAt(at, (char) (32 + random.nextInt(95)));
                case 2 -> body.delete(at, Math.min(body.length(), at + 1 + random.nextInt(12)));
                default -> body.replace(at, at + 1, PIECES.get(random.nextInt(PIECES.size())));
            }
            if (body.isEmpty()) {
                body.append(' ');
            }
        }
        return new String(body.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
