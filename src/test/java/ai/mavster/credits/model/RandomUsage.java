package ai.mavster.credits.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.usage.NaiveUsage;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SplittableRandom;
import javax.sql.DataSource;

/** Asks what an account has used, of some range and by the days of some zone: what its entries add up to. */
final class RandomUsage {

    private RandomUsage() {}

    static void check(DataSource database, String accountId, Instant now, SplittableRandom random) throws SQLException {
        NaiveUsage naive = new NaiveUsage(database, accountId);
        if (naive.first() == null) {
            return;
        }
        NaiveUsage.Question question = question(now, random);
        JsonNode answer = Customer.get("/v1/accounts/" + accountId + "/usage" + question.query())
                .is(200)
                .json();
        assertThat(naive.told(question, answer)).as(question.query()).isEqualTo(naive.rows(question));
        assertThat(NaiveUsage.figures(answer.path("totals")))
                .as(question.query())
                .isEqualTo(naive.total(question));
    }

    private static NaiveUsage.Question question(Instant now, SplittableRandom random) {
        String bucket = NaiveUsage.BUCKETS.get(random.nextInt(NaiveUsage.BUCKETS.size()));
        long most = Duration.ofDays(bucket.equals("hour") ? 31 : 400).toSeconds() * 1_000_000;
        Instant from = now.minus(random.nextLong(1, most), ChronoUnit.MICROS);
        Instant to = random.nextBoolean()
                ? now.plus(1, ChronoUnit.MICROS)
                : from.plus(random.nextLong(1, most), ChronoUnit.MICROS);
        return new NaiveUsage.Question(
                from,
                to,
                NaiveUsage.ZONES.get(random.nextInt(NaiveUsage.ZONES.size())),
                bucket,
                NaiveUsage.DIMENSIONS.stream()
                        .filter(dimension -> random.nextInt(3) == 0)
                        .toList());
    }
}
