package ai.mavster.credits.portal.overview;

import ai.mavster.credits.http.page.PageAnswer;
import ai.mavster.credits.portal.Portal;
import ai.mavster.credits.portal.PortalPage;
import ai.mavster.credits.portal.Visit;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.inject.Singleton;

/** The first page. */
@Singleton
class OverviewPage implements PortalPage {

    private final Template template;

    OverviewPage(@Location("portal/overview.html") Template template) {
        this.template = template;
    }

    @Override
    public void register(Portal portal) {
        portal.get("/billing", this::show);
    }

    private PageAnswer show(Visit visit) {
        return visit.answer(visit.fill(template));
    }
}
