package ai.mavster.credits.portal.limit;

import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.http.page.PageProblem;
import ai.mavster.credits.http.page.PageProblems;
import ai.mavster.credits.http.page.Texts;
import ai.mavster.credits.portal.Visit;
import jakarta.inject.Singleton;

/** What was wrong in a form. */
@Singleton
class FormProblems {

    private static final int BAD_REQUEST = 400;

    private final PageProblems problems;

    FormProblems(PageProblems problems) {
        this.problems = problems;
    }

    /** Of a field in the words that its page has for it, {@code <page>.wrong.<field>}. */
    PageProblem of(RuntimeException failure, String page, Visit visit) {
        Texts texts = visit.texts();
        if (failure instanceof InvalidInput input && texts.has(page + ".wrong." + input.field())) {
            return new PageProblem(
                    BAD_REQUEST,
                    "invalid_request",
                    input.field(),
                    texts.say("problem.invalid.title"),
                    texts.say(page + ".wrong." + input.field()));
        }
        return problems.of(failure, visit.request().language());
    }
}
