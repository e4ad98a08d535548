package ai.mavster.credits.portal.overview;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentUsageTest {

    @Test
    void hasABarForEachDayOnWhichSomethingWasUsed() {
        List<Credits> since = List.of(Credits.of(160), Credits.of(60), Credits.of(60), Credits.parse("0.1"));
        assertThat(RecentUsage.of(since).bars())
                .containsExactly(
                        new RecentUsage.Bar(0, 0, 100),
                        new RecentUsage.Bar(20, 40, 60),
                        new RecentUsage.Bar(30, 98, 2));
    }

    @Test
    void drawsNothingWhereMoreWasGivenBack() {
        assertThat(RecentUsage.of(List.of(Credits.of(-5), Credits.ZERO)).bars()).isEmpty();
    }

    @Test
    void daysAreTheAccountsOwn() {
        assertThat(RecentUsage.days(Instant.parse("2026-10-26T22:30:00Z"), ZoneId.of("Europe/Berlin")))
                .hasSize(RecentUsage.DAYS)
                .endsWith(Instant.parse("2026-10-24T22:00:00Z"), Instant.parse("2026-10-25T23:00:00Z"));
    }
}
