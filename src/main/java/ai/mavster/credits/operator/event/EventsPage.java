package ai.mavster.credits.operator.event;

import ai.mavster.credits.Refusal;
import ai.mavster.credits.RefusalException;
import ai.mavster.credits.account.Accounts;
import ai.mavster.credits.event.Events;
import ai.mavster.credits.event.delivery.Deliveries;
import ai.mavster.credits.event.delivery.Redelivery;
import ai.mavster.credits.http.Cursor;
import ai.mavster.credits.http.page.PageAnswer;
import ai.mavster.credits.operator.Done;
import ai.mavster.credits.operator.Lists;
import ai.mavster.credits.operator.Navigation;
import ai.mavster.credits.operator.Operator;
import ai.mavster.credits.operator.OperatorPage;
import ai.mavster.credits.operator.Visit;
import ai.mavster.credits.operator.record.ActionKind;
import ai.mavster.credits.operator.record.OperatorAction;
import ai.mavster.credits.operator.record.OperatorActions.Result;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateData;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** An account's events with their deliveries, and a second one where it is wanted. */
@Singleton
class EventsPage implements OperatorPage {

    private static final String PATH = "/operator/accounts/:account_id/events";

    private final Accounts accounts;
    private final Events events;
    private final Deliveries deliveries;
    private final Redelivery redelivery;
    private final Template template;

    EventsPage(
            Accounts accounts,
            Events events,
            Deliveries deliveries,
            Redelivery redelivery,
            @Location("operator/events.html") Template template) {
        this.accounts = accounts;
        this.events = events;
        this.deliveries = deliveries;
        this.redelivery = redelivery;
        this.template = template;
    }

    @Override
    public void register(Operator operator) {
        operator.get(PATH, this::show);
        operator.post(PATH + "/:event_id/redeliver", this::redeliver);
    }

    /** An event and what became of it. */
    @TemplateData
    public record Announced(Events.Listed event, List<Deliveries.OfEvent> deliveries) {}

    private PageAnswer show(Visit visit) throws SQLException {
        String accountId = visit.accountId();
        Accounts.Profile profile = accounts.profile(accountId);
        Long before = visit.cursor() == null ? null : Cursor.toNumber(visit.cursor());
        List<Events.Listed> found = events.newestFirst(accountId, before, Lists.ROWS + 1);
        List<Events.Listed> shown = found.subList(0, Math.min(Lists.ROWS, found.size()));
        Map<Long, List<Deliveries.OfEvent>> delivered = shown.isEmpty()
                ? Map.of()
                : deliveries.ofEvents(
                        accountId,
                        shown.get(shown.size() - 1).sequence(),
                        shown.get(0).sequence());
        String next = found.size() > shown.size()
                ? Cursor.of(shown.get(shown.size() - 1).sequence())
                : null;
        return PageAnswer.of(visit.fill(template)
                .data("profile", profile)
                .data(
                        "events",
                        shown.stream()
                                .map(event -> new Announced(event, delivered.getOrDefault(event.sequence(), List.of())))
                                .toList())
                .data("next", Lists.next(visit.request().path(), Map.of(), next)));
    }

    private PageAnswer redeliver(Visit visit) throws Exception {
        String eventId = visit.path("event_id");
        if (!events.has(visit.accountId(), eventId)) {
            throw new RefusalException(
                    Refusal.of(Refusal.Code.NOT_FOUND, "The account has no such event, or it has left."));
        }
        long endpoints = visit.record(
                OperatorAction.of(ActionKind.REDELIVERED)
                        .account(visit.accountId())
                        .target(eventId)
                        .because(visit.reason()),
                () -> Result.of(redelivery.again(eventId, null)));
        return visit.done(
                Navigation.account(visit.accountId()) + "/events",
                endpoints == 0 ? Done.NOT_DELIVERED : Done.REDELIVERED);
    }
}
