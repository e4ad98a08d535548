package ai.mavster.credits.ledger.burndown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.posting.GrantKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Grants of which only the first were read. */
class OpenGrantsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T18:39:00Z");
    private static final Instant PAST = NOW.minusSeconds(60);
    private static final Instant LATER = NOW.plusSeconds(60);

    @Test
    void fewerThanCouldBeReadAreAllThereAre() {
        OpenGrants grants = read(3, grant(1, null), grant(2, null));

        assertThat(grants.unexpired(NOW)).extracting(OpenGrant::seq).containsExactly(1L, 2L);
        assertThat(grants.hasAllExpiring()).isTrue();
    }

    @Test
    void theEndOfWhatWasReadIsNotTheEndOfTheCredits() {
        OpenGrants grants = read(2, grant(1, null), grant(2, null));

        assertThat(BurnOrder.take(grants.unexpired(NOW), Credits.of(2))).hasSize(2);
        assertThatThrownBy(() -> BurnOrder.take(grants.unexpired(NOW), Credits.parse("2.000001")))
                .isInstanceOfSatisfying(
                        OpenGrants.NotRead.class, e -> assertThat(e.accountId()).isEqualTo("acct"));
    }

    @Test
    void whatComesInBehindThemIsNotReachedBeforeThoseInBetween() {
        OpenGrants grants = read(1, grant(1, null));
        grants.add(grant(9, null));

        assertThat(grants.get(new UUID(0, 9))).isNotNull();
        assertThatThrownBy(() -> new ArrayList<>(BurnOrder.take(grants.unexpired(NOW), Credits.of(2))))
                .isInstanceOf(OpenGrants.NotRead.class);
    }

    @Test
    void whatComesInBeforeThemIsReached() {
        OpenGrants grants = read(2, grant(1, null), grant(2, null));
        grants.add(grant(9, LATER));

        assertThat(BurnOrder.take(grants.unexpired(NOW), Credits.of(3)))
                .extracting(movement -> movement.grantId().getLeastSignificantBits())
                .containsExactly(9L, 1L, 2L);
    }

    @Test
    void spentOnesLeaveTheEndWhereItWas() {
        OpenGrants grants = read(2, grant(1, null), grant(2, null));
        grants.remove(new UUID(0, 1));
        grants.remove(new UUID(0, 2));

        assertThatThrownBy(() -> grants.unexpired(NOW).iterator().next()).isInstanceOf(OpenGrants.NotRead.class);
        assertThat(BurnOrder.take(grants.unexpired(NOW), Credits.ZERO)).isEmpty();
    }

    @Test
    void whereAllOfThemHaveExpiredMoreMayHave() {
        assertThatThrownBy(() -> read(2, grant(1, PAST), grant(2, PAST)).expired(NOW))
                .isInstanceOf(OpenGrants.NotRead.class);
        assertThat(read(3, grant(1, PAST), grant(2, PAST), grant(3, LATER)).expired(NOW))
                .hasSize(2);
        assertThat(read(3, grant(1, PAST), grant(2, PAST)).expired(NOW)).hasSize(2);
    }

    @Test
    void oneThatExpiresAtTheEndLeavesItOpenWhetherMoreDo() {
        assertThat(read(2, grant(1, LATER), grant(2, LATER)).hasAllExpiring()).isFalse();
        assertThat(read(2, grant(1, LATER), grant(2, null)).hasAllExpiring()).isTrue();
    }

    private static OpenGrants read(long most, OpenGrant... inOrder) {
        OpenGrants grants = new OpenGrants("acct");
        List.of(inOrder).forEach(grant -> grants.read(grant, most));
        return grants;
    }

    private static OpenGrant grant(long seq, @Nullable Instant expiresAt) {
        return new OpenGrant(new UUID(0, seq), GrantKind.TOP_UP, Credits.of(1), Credits.of(1), expiresAt, seq);
    }
}
