package io.patchway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.patchway.SettableClock;
import io.patchway.access.UserDesk.Edit;
import io.patchway.faults.Survives;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerTokensTest {
    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-27T12:00:00.7Z"));
    private TestUsers world;
    private UserAccount ops;
    private String token;

    @BeforeEach
    void open() throws IOException {
        world = new TestUsers(folder, clock);
        ops = world.add("ops", "mypassword", Role.OPERATOR);
        token = world.token(ops);
    }

    private Optional<User> owner(String text) {
        return world.tokens().apply(text);
    }

    @Test
    void aTokenBelongsToItsUserOnAllNodesAndAfterARestart() {
        assertThat(owner(token)).contains(ops.user());
        assertThat(world.anotherNode().apply(token)).contains(ops.user());
    }

    @Test
    @Survives(32)
    void aTokenLastsTwoWeeksToTheSecond() {
        clock.set(Instant.parse("2026-12-11T11:59:59Z"));
        assertThat(owner(token)).isPresent();

        clock.advance(Duration.ofSeconds(1));
        assertThat(owner(token)).isEmpty();
        assertThat(world.anotherNode().apply(token)).isEmpty();
        assertThat(world.tokens().revoke(token, "ops")).isFalse();
    }

    @Test
    void itCountsOnANodeWhoseClockIsABitBehindAndNotOnOneThatIsFarBehind() {
        clock.set(Instant.parse("2026-11-27T11:59:30Z"));
        assertThat(world.anotherNode().apply(token)).isPresent();

        clock.set(Instant.parse("2026-11-27T11:58:30Z"));
        assertThat(world.anotherNode().apply(token)).isEmpty();
    }

    @Test
    void oneTokenIsRevokedAndTheOtherIsNot() {
        String other = world.token(ops);

        assertThat(world.tokens().revoke(token, "ops")).isTrue();
        assertThat(world.tokens().revoke(token, "ops")).isFalse();

        assertThat(owner(token)).isEmpty();
        assertThat(owner(other)).isPresent();
    }

    @Test
    void aTokenIsRevokedByItsId() throws Exception {
        String id = SignedJWT.parse(token).getJWTClaimsSet().getJWTID();

        assertThat(world.tokens().revokeById(id, "ops", "root")).isTrue();

        assertThat(owner(token)).isEmpty();
        assertThatThrownBy(() -> world.tokens().revokeById("x", "ops", "root"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsChangedOnAnotherNodeCountsWithinSeconds() {
        BearerTokens other = world.anotherNode();
        assertThat(other.apply(token)).isPresent();

        world.tokens().revoke(token, "ops");
        clock.advance(BearerTokens.FRESH.plusMillis(1));

        assertThat(other.apply(token)).isEmpty();
    }

    @Test
    void aTokenThatAnotherNodeIssuedAMomentAgoCountsAtOnce() {
        BearerTokens other = world.anotherNode();
        assertThat(other.apply(token)).isPresent();
        clock.advance(Duration.ofMillis(200));

        UserAccount renewed = world.desk()
                .setPassword("ops", Optional.of("another password"), "root")
                .orElseThrow()
                .account();

        assertThat(other.apply(world.token(renewed))).isPresent();
        assertThat(other.apply(token)).isEmpty();
    }

    @Test
    void theRoleIsThatOfTheUserAndNotThatOfTheToken() {
        world.desk()
                .change(
                        "ops",
                        new Edit(Optional.of(Role.VIEWER), Optional.of(Set.of("ALFA")), Optional.empty()),
                        "root");

        assertThat(owner(token)).hasValueSatisfying(user -> {
            assertThat(user.role()).isEqualTo(Role.VIEWER);
            assertThat(user.mayWorkUnder("BRAVO")).isFalse();
        });
    }

    @Test
    void aNewPasswordDisablingAndRevokingEndAllTokensForGood() {
        world.desk().setPassword("ops", Optional.of("another password"), "root");
        assertThat(owner(token)).isEmpty();

        String second = world.token(world.desk().find("ops").orElseThrow());
        world.desk().disable("ops", "root");
        world.desk().enable("ops", "root");
        assertThat(owner(second)).isEmpty();

        String third = world.token(world.desk().find("ops").orElseThrow());
        assertThat(owner(third)).isPresent();
        world.desk().revokeTokens("ops", "root");
        assertThat(owner(third)).isEmpty();
    }

    @Test
    @Survives(31)
    void onlyWhatWasSignedWithOurKeyAndOurAlgorithmCounts() throws Exception {
        JWTClaimsSet claims = SignedJWT.parse(token).getJWTClaimsSet();
        byte[] ours = ourKey();
        String[] parts = token.split("\\.");

        assertThat(owner(signed(claims, JWSAlgorithm.HS256, ours)))
                .as("the test signs properly")
                .isPresent();
        assertThat(owner(new PlainJWT(claims).serialize())).isEmpty();
        assertThat(owner(base64("{\"alg\":\"none\"}") + "." + parts[1] + ".")).isEmpty();
        assertThat(owner(base64("{\"alg\":\"NONE\"}") + "." + parts[1] + "." + parts[2]))
                .isEmpty();
        assertThat(owner(signed(claims, JWSAlgorithm.HS384, twice(ours)))).isEmpty();
        assertThat(owner(signed(claims, JWSAlgorithm.HS512, twice(ours)))).isEmpty();
        assertThat(owner(signed(claims, JWSAlgorithm.HS256, new byte[32]))).isEmpty();
        assertThat(owner(parts[0] + "." + base64(claims.toString().replace("ops", "root")) + "." + parts[2]))
                .isEmpty();
    }

    @Test
    void whatWasSignedForSomethingElseDoesNotCount() throws Exception {
        JWTClaimsSet claims = SignedJWT.parse(token).getJWTClaimsSet();
        byte[] ours = ourKey();

        for (JWTClaimsSet other : List.of(
                new JWTClaimsSet.Builder(claims).issuer("somebody").build(),
                new JWTClaimsSet.Builder(claims).audience("others").build(),
                new JWTClaimsSet.Builder(claims).expirationTime(null).build(),
                new JWTClaimsSet.Builder(claims).jwtID(null).build(),
                new JWTClaimsSet.Builder(claims).jwtID("x").build(),
                new JWTClaimsSet.Builder(claims).claim("unique_name", "nobody").build())) {
            assertThat(owner(signed(other, JWSAlgorithm.HS256, ours)))
                    .as(other.toString())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a.b.c", "Bearer", "e30.e30.e30", "\u0000", "=.=.="})
    void whatIsNoTokenIsNobodys(String text) {
        assertThat(owner(text)).isEmpty();
        assertThat(owner(text.repeat(10_000))).isEmpty();
    }

    @Test
    void askingAgainReadsNothing() {
        owner(token);
        int reads = world.users().reads();

        for (int i = 0; i < 1000; i++) {
            assertThat(owner(token)).isPresent();
            assertThat(owner("nobody's")).isEmpty();
        }

        assertThat(world.users().reads()).isEqualTo(reads);
    }

    @Test
    @Survives(35)
    void theSigningKeyIsSealedAndUnderAnotherMasterKeyNobodyGetsAToken() throws IOException {
        String sealed = world.records().signingKey().orElseThrow();
        MasterKey other = MasterKey.in(folder.resolve("other-key"));
        BearerTokens elsewhere = new BearerTokens(
                world.users(),
                world.records(),
                new SigningKey(world.records(), other),
                BearerTokens.LONGEST_LIFE,
                clock);

        assertThat(sealed).doesNotContain(Base64.getEncoder().encodeToString(ourKey()));
        assertThat(elsewhere.apply(token)).isEmpty();
        assertThatThrownBy(() -> elsewhere.issue(ops, List.of(), "A", "B")).isInstanceOf(IllegalStateException.class);
        assertThat(world.records().signingKey())
                .as("the key of the others stays")
                .contains(sealed);
        assertThat(owner(token)).isPresent();
    }

    private byte[] ourKey() throws IOException {
        String sealed = world.records().signingKey().orElseThrow();
        String key = MasterKey.in(folder.resolve("master-key"))
                .open(sealed, "bearer tokens")
                .orElseThrow();
        return Base64.getDecoder().decode(key);
    }

    private static byte[] twice(byte[] key) {
        byte[] both = new byte[key.length * 2];
        System.arraycopy(key, 0, both, 0, key.length);
        System.arraycopy(key, 0, both, key.length, key.length);
        return both;
    }

    private static String signed(JWTClaimsSet claims, JWSAlgorithm algorithm, byte[] key) throws Exception {
        SignedJWT jwt = new SignedJWT(new JWSHeader(algorithm), claims);
        jwt.sign(new MACSigner(key));
        return jwt.serialize();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
