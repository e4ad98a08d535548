package ai.mavster.credits.plan;

import ai.mavster.credits.Author;
import ai.mavster.credits.Credits;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The plans there are, and what they were. For pages. */
@Singleton
public class Plans {

    /** So many of a plan's versions are shown: they are changed by hand. */
    private static final int MOST_VERSIONS = 50;

    private final PlanRepository plans;
    private final PlanVersionRepository versions;

    Plans(PlanRepository plans, PlanVersionRepository versions) {
        this.plans = plans;
        this.versions = versions;
    }

    /** A plan as it is now. */
    public record Named(String name, PlanTerms terms) {}

    /**
     * A plan as it was from a time on.
     *
     * @param reason why it was made so; null: nothing was said
     */
    public record Version(
            String name,
            int version,
            Credits monthlyCredits,
            String rollover,
            Instant validFrom,
            Author author,
            @Nullable String reason) {}

    /** By what they grant. */
    public List<Named> all() {
        return QuarkusTransaction.requiringNew()
                .call(() -> plans.find("order by monthlyCredits, planId").stream()
                        .map(plan -> new Named(plan.name, plan.terms()))
                        .toList());
    }

    /** The newest first. */
    public List<Version> versions(String planId) {
        return QuarkusTransaction.requiringNew()
                .call(() -> versions.newestFirst(planId, null, MOST_VERSIONS).stream()
                        .map(version -> new Version(
                                version.name,
                                version.version,
                                new Credits(version.monthlyCredits),
                                version.rollover,
                                version.validFrom,
                                version.author(),
                                version.reason))
                        .toList());
    }
}
