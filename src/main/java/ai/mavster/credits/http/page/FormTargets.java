package ai.mavster.credits.http.page;

import java.util.List;

/**
 * Where a feature's forms may lead on to beyond this service: browsers hold redirects of forms to the policy of their
 * page. Implementations are beans.
 */
public interface FormTargets {

    /** Origins such as {@code https://pay.example.com}. */
    List<String> origins();
}
