package ai.mavster.credits.operator.renewal;

import ai.mavster.credits.http.page.PageAnswer;
import ai.mavster.credits.operator.Done;
import ai.mavster.credits.operator.Lists;
import ai.mavster.credits.operator.Operator;
import ai.mavster.credits.operator.OperatorPage;
import ai.mavster.credits.operator.Visit;
import ai.mavster.credits.operator.record.ActionKind;
import ai.mavster.credits.operator.record.OperatorAction;
import ai.mavster.credits.operator.record.OperatorActions.Result;
import ai.mavster.credits.renewal.Renewals;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.inject.Singleton;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is due for renewal. */
@Singleton
class RenewalsPage implements OperatorPage {

    private static final String PATH = "/operator/renewals";

    /** So many subscriptions are renewed by one click; a browser waits for it. */
    private static final int MOST = 1_000;

    private final Renewals renewals;
    private final Template template;

    RenewalsPage(Renewals renewals, @Location("operator/renewals.html") Template template) {
        this.renewals = renewals;
        this.template = template;
    }

    @Override
    public void register(Operator operator) {
        operator.get(PATH, this::show);
        operator.post(PATH, this::renew);
    }

    private PageAnswer show(Visit visit) {
        return PageAnswer.of(visit.fill(template)
                .data("count", renewals.countDue())
                .data("nextDueAt", nextDueAt())
                .data("most", MOST)
                .data("due", renewals.due(Lists.ROWS)));
    }

    private @Nullable Instant nextDueAt() {
        return renewals.nextDueAt().orElse(null);
    }

    private PageAnswer renew(Visit visit) throws Exception {
        visit.record(OperatorAction.of(ActionKind.RENEWED), () -> Result.of(renewals.run(MOST)));
        return visit.done(PATH, Done.RENEWED);
    }
}
