package io.patchway.config.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.faults.Survives;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Damages good documents at random: whatever comes out is read or refused, and nothing else happens. */
class DamagedDocumentsTest {
    private static final int DAMAGES = 5_000;
    private static final byte[] PIECES =
            "{}[]\":,'\\&*!|>%@`#-? \n\t\r\0~<=_eE+.0xaou\uFEFF\u0085\uD83D\uDE00".getBytes(StandardCharsets.UTF_8);

    @Test
    @Survives(17)
    void aDamagedJsonDocumentIsReadOrRefused() {
        damage(DocumentReader.json(), """
            {"servers": ["web-01", "web-02"], "package": {"packageId": "c3c6642e", "parameters": null},
             "maxRounds": 5, "ratio": -1.5e10, "flag": true, "text": "a\\u00e4\\n\\"b\\""}
            """);
    }

    @Test
    @Survives(17)
    void aDamagedYamlDocumentIsReadOrRefused() {
        damage(DocumentReader.yaml(), """
            # a window
            name: web-sunday
            schedule: cron(0 2 ? * SUN *)
            duration: 3
            targets: {groups: [web, "db"], tags: {a: 'b'}}
            text: |
              several
              lines
            list:
              - id: 1
                flag: true
                ratio: 1.5
                when: 2026-01-01
                hex: 0x1F
                octal: 0o17
            """);
    }

    private static void damage(DocumentReader reader, String document) {
        Random random = new Random(4711);
        int refused = 0;
        for (int i = 0; i < DAMAGES; i++) {
            byte[] damaged = damaged(document.getBytes(StandardCharsets.UTF_8), random);
            try {
                assertThat(reader.read("x", damaged)).isNotNull();
            } catch (BadDocumentException e) {
                refused++;
                assertThat(e.problems())
                        .isNotEmpty()
                        .allSatisfy(problem -> assertThat(problem.message()).isNotBlank());
            }
        }
        assertThat(refused).isBetween(1, DAMAGES - 1);
    }

    private static byte[] damaged(byte[] document, Random random) {
        byte[] copy = document.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            int place = random.nextInt(copy.length);
            copy[place] = random.nextBoolean() ? PIECES[random.nextInt(PIECES.length)] : (byte) random.nextInt(256);
        }
        return copy;
    }
}
