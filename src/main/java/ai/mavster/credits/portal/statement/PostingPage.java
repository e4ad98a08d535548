package ai.mavster.credits.portal.statement;

import ai.mavster.credits.explanation.Explanations;
import ai.mavster.credits.http.page.PageAnswer;
import ai.mavster.credits.portal.Portal;
import ai.mavster.credits.portal.PortalPage;
import ai.mavster.credits.portal.Visit;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.inject.Singleton;
import java.sql.SQLException;

/** One posting, explained. */
@Singleton
class PostingPage implements PortalPage {

    private final Explanations explanations;
    private final Template template;

    PostingPage(Explanations explanations, @Location("portal/posting.html") Template template) {
        this.explanations = explanations;
        this.template = template;
    }

    @Override
    public void register(Portal portal) {
        portal.get(StatementPage.PATH + "/:posting_id", this::show);
    }

    private PageAnswer show(Visit visit) throws SQLException {
        var explained = explanations.of(
                visit.accountId(),
                visit.request().pathParam("posting_id"),
                visit.account().asOf());
        return visit.answer(visit.fill(template).data("posting", PostingView.of(explained, visit.texts())));
    }
}
