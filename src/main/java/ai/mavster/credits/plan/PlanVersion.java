package ai.mavster.credits.plan;

import ai.mavster.credits.Author;
import ai.mavster.credits.EnumId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.math.BigDecimal;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** What a plan was from some time on, who made it so, and why. Amounts in millionths. */
@Entity
@Immutable
@IdClass(PlanVersion.Key.class)
class PlanVersion {

    record Key(String planId, int version) {}

    @Id
    String planId = "";

    @Id
    int version;

    Instant validFrom = Instant.EPOCH;
    String authorType = "";
    String authorId = "";
    String authorName = "";

    @Nullable
    String reason;

    String name = "";
    long monthlyCredits;

    @Nullable
    BigDecimal capRatio;

    String rollover = "";

    @Nullable
    Long trialCredits;

    String billingInterval = "";

    /** What a plan is from now on. */
    static PlanVersion of(Plan plan, Instant now, Author author, @Nullable String reason) {
        PlanVersion version = new PlanVersion();
        version.planId = plan.planId;
        version.version = plan.version;
        version.validFrom = now;
        version.authorType = author.type().id();
        version.authorId = author.id();
        version.authorName = author.name();
        version.reason = reason;
        version.name = plan.name;
        version.monthlyCredits = plan.monthlyCredits;
        version.capRatio = plan.capRatio;
        version.rollover = plan.rollover;
        version.trialCredits = plan.trialCredits;
        version.billingInterval = plan.billingInterval;
        return version;
    }

    Author author() {
        return new Author(EnumId.parse(Author.Type.class, authorType), authorId, authorName);
    }
}
