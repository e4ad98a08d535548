package ai.mavster.credits.report;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What the rows of a report are grouped by. All of it is fixed when a grant is given. */
@Schema(name = "ReportGrouping")
enum Grouping {
    ACCOUNT("account_id"),
    KIND("kind"),
    PLAN("plan"),
    CURRENCY("currency");

    final String column;

    Grouping(String column) {
        this.column = column;
    }
}
