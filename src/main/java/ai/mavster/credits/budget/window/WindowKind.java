package ai.mavster.credits.budget.window;

import ai.mavster.credits.EnumId;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How long a budget lasts until it is whole again. */
@Schema(name = "BudgetWindow")
public enum WindowKind {
    /** A period of the subscription; without one, or once that is over, a month. */
    BILLING_PERIOD,
    DAY,
    /** From Monday. */
    WEEK,
    MONTH;

    /** As in the database and in JSON: {@code billing_period}. */
    public String id() {
        return EnumId.of(this);
    }

    /** The first day of the window by the calendar that a day lies in. */
    LocalDate firstDay(LocalDate day) {
        return switch (this) {
            case DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH, BILLING_PERIOD -> day.withDayOfMonth(1);
        };
    }

    /** The first day of the next one. */
    LocalDate next(LocalDate firstDay) {
        return switch (this) {
            case DAY -> firstDay.plusDays(1);
            case WEEK -> firstDay.plusWeeks(1);
            case MONTH, BILLING_PERIOD -> firstDay.plusMonths(1);
        };
    }
}
